"""Instalments: a total paid in parts, in an order, that add up to it exactly."""

from collections.abc import Mapping

from samrit.allocation.satang import Number, refuse
from samrit.allocation.split import check_conservation, split
from samrit.problems import nearest, problem


def instalments(total: int, parts: Mapping[str, Number]) -> dict[str, int]:
    """Satang of every instalment, by the proportions in `parts`; they sum to `total`.

    What cutting down leaves goes to the largest remainders; of equal ones the earlier instalment is served first, so
    equal parts differ by one satang at most and the larger come first. A negative total is the mirror image. Raises
    NothingToShareBy when the proportions add up to zero, AllocationError for a negative one.

    >>> instalments(1_000, {"first": 50, "second": 25, "third": 25})
    {'first': 500, 'second': 250, 'third': 250}
    >>> instalments(-8, {"b": 1, "a": 1, "c": 1})
    {'b': -3, 'a': -3, 'c': -2}
    """
    amounts = split(total, parts, order=tuple(parts))
    check_conservation(total, amounts)
    return amounts


def paid_so_far(amounts: Mapping[str, int], last: str) -> int:
    """Satang of the instalments up to and with `last`. Raises AllocationError for an instalment that is not there.

    >>> paid_so_far({"first": 500, "second": 250, "third": 250}, "second")
    750
    """
    if last not in amounts:
        refuse([problem("allocation.instalment.unknown", name=last, near=nearest(last, amounts))])
    names = list(amounts)
    return sum(amounts[name] for name in names[: names.index(last) + 1])


def rest(amounts: Mapping[str, int], last: str) -> int:
    """Satang of the instalments after `last`: `paid_so_far` + `rest` = the total. Raises as `paid_so_far`.

    >>> rest({"first": 500, "second": 250, "third": 250}, "second")
    250
    """
    return sum(amounts.values()) - paid_so_far(amounts, last)
