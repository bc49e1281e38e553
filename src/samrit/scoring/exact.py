"""Exact numbers: 50 digits where a number does not end, and no rounding by the caller's decimal context anywhere."""

from collections.abc import Iterable
from decimal import (
    MAX_EMAX,
    MAX_PREC,
    MIN_EMIN,
    ROUND_05UP,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from functools import reduce

from samrit.problems import problem
from samrit.scoring.errors import ScoringError

DIGITS = 50
_TRAPS = [InvalidOperation, DivisionByZero, Overflow]

# For sums and roundings that end; what does not end must never meet it
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=_TRAPS)
NEAREST = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, traps=_TRAPS)
# What does not end is cut so that the last digit still tells "more than this": rounding again to fewer digits is right
CUT = Context(prec=DIGITS, rounding=ROUND_05UP, traps=_TRAPS)


def round_to(value: Decimal, decimals: int) -> Decimal:
    """The finite value rounded half up (a half away from zero), whatever the caller's decimal context."""
    return value.quantize(Decimal((0, (1,), -decimals)), ROUND_HALF_UP, EXACT)


def decimal_of(number: Fraction, context: Context = NEAREST) -> Decimal:
    """The fraction as a decimal of at most 50 digits, rounded once.

    >>> decimal_of(Fraction(1, 8)), len(str(decimal_of(Fraction(2, 3))))
    (Decimal('0.125'), 52)
    """
    return context.divide(Decimal(number.numerator), Decimal(number.denominator))


def add_up(numbers: Iterable[Decimal | int]) -> Decimal:
    """The sum, exact.

    >>> add_up([4, Decimal("0.5")])
    Decimal('4.5')
    """
    return reduce(EXACT.add, (Decimal(number) for number in numbers), Decimal(0))


def check_finite(value: Decimal) -> Decimal:
    """The value itself. Raises ScoringError (scoring.value) for NaN and infinity."""
    if not value.is_finite():
        raise ScoringError(problem("scoring.value"))
    return value
