"""Pots: the money there is, by amount or by rate x population, kept apart because printed figures disagree."""

from dataclasses import dataclass
from decimal import Decimal

from samrit.allocation.satang import find_fault, rate_amount, refuse
from samrit.problems import problem


@dataclass(frozen=True)
class Pot:
    """A pot of money: `amount` in satang, or `rate` in baht per head x `people`, or both as they were printed.

    Neither is derived from the other: qof-2557 C1 prints 236,938,423 baht beside 54.65 baht per head, and no whole
    population reconciles them. Raises AllocationError when neither way gives an amount, and for a negative figure.

    >>> Pot(rate=Decimal(10), people=150_000)
    Pot(amount=None, rate=Decimal('10'), people=150000)
    """

    amount: int | None = None
    rate: Decimal | None = None
    people: int | None = None

    def __post_init__(self) -> None:
        given = {"amount": self.amount, "rate": self.rate, "people": self.people}
        refuse(fault for name, value in given.items() if value is not None for fault in find_fault(name, value))
        if self.amount is None and (self.rate is None or self.people is None):
            refuse([problem("allocation.pot.empty")])


def pot_amount(pot: Pot) -> int:
    """Satang of the pot: its amount when one is given, else rate x people, rounded once.

    >>> pot_amount(Pot(rate=Decimal(10), people=150_000)), pot_amount(Pot(amount=7, rate=Decimal(10), people=3))
    (150000000, 7)
    """
    if pot.amount is not None:
        return pot.amount
    return _by_rate(pot) or 0  # a pot without an amount has rate and people: checked when built


def pot_difference(pot: Pot) -> int | None:
    """Satang of amount - rate x people, to be shown beside the pot; None when only one of the two is given.

    >>> pot_difference(Pot(23_693_842_300, Decimal("54.65"), 4_335_091))  # qof-2557 C1: 25,699.85 baht
    2569985
    """
    by_rate = _by_rate(pot)
    return None if pot.amount is None or by_rate is None else pot.amount - by_rate


def _by_rate(pot: Pot) -> int | None:
    return None if pot.rate is None or pot.people is None else rate_amount(pot.rate, pot.people)
