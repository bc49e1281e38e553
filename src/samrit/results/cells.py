"""A cell: the smallest count that is stored; every level and every cut is summed from cells."""

from decimal import Context, Decimal
from functools import reduce
from typing import NamedTuple

from samrit.reference import Period

Amount = int | Decimal
"""A count, or an exact sum of weights."""
_EXACT = Context(prec=400)


def add(*amounts: Amount) -> Amount:
    """The exact sum; counts alone give a count.

    >>> add(Decimal("0.85"), Decimal("3.15")), add(1, 2)
    (Decimal('4'), 3)
    """
    counts = [amount for amount in amounts if isinstance(amount, int)]
    if len(counts) == len(amounts):
        return sum(counts)
    return plain(reduce(_EXACT.add, map(Decimal, amounts)))


def plain(amount: Decimal) -> Decimal:
    """The same number without zeros behind its last digit, so that equal sums are written alike.

    >>> plain(Decimal("1.500000000")), plain(Decimal("100.0"))
    (Decimal('1.5'), Decimal('100'))
    """
    text = f"{amount:f}"
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else Decimal(text)


def read_amount(text: str) -> Amount:
    """An amount as it is kept in a table.

    >>> read_amount("12"), read_amount("1.5")
    (12, Decimal('1.5'))
    """
    return int(text) if text.isdigit() else Decimal(text)


class Cell(NamedTuple):
    """How many things of one kind count at one place; cells sort by their figures in this order.

    facility: where they are counted ('' is never used); contracting_unit: person by person (DEFINITIONS S5.3), '' when
    there is none; sex and age_band ('05-09' ... '80+', '' unknown) on the census day; letter: a or b; amount: a count,
    or where weights are summed (case-mix index) an exact decimal.
    """

    measure: str
    period: Period
    facility: str
    contracting_unit: str
    sex: str
    age_band: str
    letter: str
    amount: Amount
