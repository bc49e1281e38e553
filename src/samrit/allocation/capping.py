"""Capping: exact amounts scaled in proportion so that their sum fits a cap."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from samrit.allocation.satang import Number, add_up, find_fault, refuse, round_satang
from samrit.allocation.split import check_conservation, divide


class Scale(StrEnum):
    """What happens when the sum of the amounts is not the cap."""

    DOWN_ONLY = "down_only"  # cut when above; what is below stays undistributed
    BOTH = "both"  # also raised when below: the cap is always spent


@dataclass(frozen=True)
class Capped:
    """Whole satang of every code, the exact factor applied, and what stays of the cap: `total` + `undistributed` = cap.

    Without a cap nothing is undistributed.
    """

    parts: dict[str, int]
    factor: Fraction
    total: int
    undistributed: int


def cap_amounts(exact: Mapping[str, Number], cap: int | None, scale: Scale = Scale.DOWN_ONLY) -> Capped:
    """Exact amounts (satang) x factor, where factor = min(1, cap / sum), or cap / sum when scaled both ways.

    The scaled sum is rounded once and the parts are its largest-remainder split, so a scaled total is the cap to the
    satang. Amounts that are all zero cannot be raised: the cap stays undistributed. Source: nhso-2552 section 6, A5
    and A6. Raises AllocationError for a negative amount or cap.

    >>> cap_amounts({"a": 200, "b": 100}, 100)
    Capped(parts={'a': 67, 'b': 33}, factor=Fraction(1, 3), total=100, undistributed=0)
    >>> cap_amounts({"a": 20, "b": 10}, 100).undistributed, cap_amounts({"a": 20, "b": 10}, 100, Scale.BOTH).total
    (70, 100)
    """
    faults = [] if cap is None else find_fault("cap", cap)
    refuse([*faults, *(fault for code, amount in exact.items() for fault in find_fault(code, amount))])
    whole = add_up(exact.values())
    factor = Fraction(1)
    if cap is not None and whole and (whole > cap or scale is Scale.BOTH):
        factor = Fraction(cap, whole)
    total = round_satang(whole * factor)
    parts = divide(total, exact)
    undistributed = 0 if cap is None else cap - total
    check_conservation(total + undistributed, [*parts.values(), undistributed])
    return Capped(parts, factor, total, undistributed)
