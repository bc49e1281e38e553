"""Indices: how a unit stands to a reference (list size, prevalence, prices), as exact multipliers of money."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from samrit.allocation.satang import find_fault, refuse
from samrit.problems import problem


@dataclass(frozen=True)
class Index:
    """A value against its reference, held between `low` and `high` when they are given.

    Raises AllocationError for a reference of zero, a negative figure and limits that cross.

    >>> Index(Decimal(7_000), Decimal(9_103)).ratio, Index(Decimal(3), Decimal(1), high=Decimal(2)).ratio
    (Fraction(7000, 9103), Fraction(2, 1))
    """

    value: Decimal
    reference: Decimal
    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        given = {"value": self.value, "reference": self.reference, "low": self.low, "high": self.high}
        refuse(fault for name, number in given.items() if number is not None for fault in find_fault(name, number))
        if self.reference == 0:
            refuse([problem("allocation.index.reference")])
        if self.low is not None and self.high is not None and self.low > self.high:
            refuse([problem("allocation.index.limits", low=self.low, high=self.high)])

    @property
    def ratio(self) -> Fraction:
        """Value / reference within the limits, exact."""
        ratio = Fraction(Fraction(self.value), Fraction(self.reference))
        if self.low is not None:
            ratio = max(ratio, Fraction(self.low))
        if self.high is not None:
            ratio = min(ratio, Fraction(self.high))
        return ratio


def multiply_indices(indices: Iterable[Index]) -> Fraction:
    """The product of the ratios, exact; 1 when there are none.

    >>> multiply_indices([Index(Decimal(1), Decimal(3)), Index(Decimal(6), Decimal(4))])
    Fraction(1, 2)
    """
    product = Fraction(1)
    for index in indices:
        product *= index.ratio
    return product
