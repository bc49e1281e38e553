"""Advance: money paid before there is a result, on what last year paid; `rate_amount` gives one per head."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from samrit.allocation.indices import Index, multiply_indices
from samrit.allocation.satang import find_fault, refuse, round_satang


def advance_on_last(last: int, share: Decimal, indices: Sequence[Index] = ()) -> int:
    """Satang to advance: a share (0.6 = 60 %) of last year's unadjusted money x indices (uprating), rounded once.

    `instalments` makes its monthly parts, `net` takes it off at the end of the year. Source: qof-2557 section 6
    ("aspiration"). Raises AllocationError for a negative figure.

    >>> advance_on_last(1_488_584, Decimal("0.6"), [Index(Decimal("201.16"), Decimal("195.00"))])
    921365
    """
    refuse([*find_fault("last", last), *find_fault("share", share)])
    return round_satang(last * Fraction(share) * multiply_indices(indices))
