"""Norms of an item: mean and SD of what the units of a group have, for the value and the facts that a rule compares.

The group is a matter of the pack (`within`: the region, or units of one service level, type, size or province); the
arithmetic is samrit.scoring's. Units without a value, and units with too few cases to judge, are left out of the norm.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from samrit.schemes.authoring.judging import NormGroup
from samrit.schemes.payees import Payee
from samrit.scoring import Norm, norm_of

VALUE = ""
"""The name of the item's own value among norms."""
Wanted = Mapping[str, NormGroup]
ByGroup = Mapping[str, Mapping[tuple[str, ...], Norm]]


def norms_of(wanted: Wanted, numbers: Iterable[tuple[Payee, str, Decimal]]) -> ByGroup:
    """The norm of every group, by name of value or fact. numbers: (payee, name, number), in any order."""
    gathered: dict[str, dict[tuple[str, ...], list[Decimal | None]]] = {name: defaultdict(list) for name in wanted}
    for payee, name, number in numbers:
        gathered[name][_key(wanted[name], payee)].append(number)
    made: dict[str, dict[tuple[str, ...], Norm]] = {name: {} for name in wanted}
    for name, groups in gathered.items():
        for key, of_group in groups.items():
            norm = norm_of(of_group, wanted[name].sd)
            if norm is not None:
                made[name][key] = norm
    return made


def norms_at(norms: ByGroup, wanted: Wanted, payee: Payee) -> dict[str, Norm]:
    """The norms of the groups that a payee is in."""
    keys = {name: _key(group, payee) for name, group in wanted.items()}
    return {name: norms[name][key] for name, key in keys.items() if key in norms[name]}


def _key(group: NormGroup, payee: Payee) -> tuple[str, ...]:
    """What the units of one group share."""
    return tuple([payee.attribute(name) for name in group.within])
