"""Satang: whole hundredths of a baht, rounded half up once, at the last step (qof-2557 section 5)."""

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from samrit.allocation.errors import AllocationError
from samrit.problems import Problem, problem

MAX_DIGITS = 100
_TOO_LARGE = 10**MAX_DIGITS

Number: TypeAlias = Decimal | Fraction | int  # every number of this room is exact

# Products and sums of numbers of at most MAX_DIGITS digits are exact here; Inexact is trapped, so nothing is lost.
EXACT = Context(prec=2000, traps=[InvalidOperation, Overflow, Inexact])


def to_satang(baht: Decimal) -> int:
    """Baht as whole satang, half up (a half satang goes away from zero). Raises AllocationError for NaN or infinity.

    >>> to_satang(Decimal("121946109.83")), to_satang(Decimal("0.005")), to_satang(Decimal("-0.005"))
    (12194610983, 1, -1)
    """
    refuse(find_fault("baht", baht, negative=True))
    return round_satang(EXACT.scaleb(baht, 2))


def round_satang(satang: Number) -> int:
    """An exact amount in satang as whole satang, half up (a half goes away from zero)."""
    return half_up(*satang.as_integer_ratio())


def half_up(top: int, bottom: int) -> int:
    """A quotient of whole numbers, `bottom` above 0, as a whole number, half up (a half goes away from zero)."""
    size = (2 * abs(top) + bottom) // (2 * bottom)
    return -size if top < 0 else size


def add_up(amounts: Iterable[Number]) -> Fraction:
    """The exact sum.

    >>> add_up([Decimal("0.1"), Fraction(1, 3), 2])
    Fraction(73, 30)
    """
    ratios = [amount.as_integer_ratio() for amount in amounts]
    common = lcm(*(denominator for _, denominator in ratios))
    return Fraction(sum(numerator * (common // denominator) for numerator, denominator in ratios), common)


def whole_columns(columns: Iterable[Sequence[Decimal]]) -> tuple[list[list[int]], int]:
    """Decimals as whole numbers of 10 to the minus `places`, exact: (columns, places). Equal ones are made once.

    >>> whole_columns([[Decimal("0.5"), Decimal(2)], [Decimal("0.25"), Decimal("0.5")]])
    ([[50, 200], [25, 50]], 2)
    """
    given = list(columns)
    different = {number for column in given for number in column}
    places = max(map(places_of, different), default=0)
    whole = {number: whole_of(number, places) for number in different}
    return [[whole[number] for number in column] for column in given], places


def whole_of(number: Decimal, places: int) -> int:
    """A decimal of at most so many places as a whole number of 10 to the minus `places`."""
    return int(EXACT.scaleb(number, places))


def places_of(number: Decimal) -> int:
    """How many decimals the number is written with: read off its text, which is quicker than taking it apart."""
    text, _, exponent = str(number).partition("E")
    _, _, decimals = text.partition(".")
    return max(len(decimals) - int(exponent or 0), 0)


def show(value: Fraction, places: int) -> Decimal:
    """An exact value as a decimal for the reader, half up to `places`; nothing is computed from it.

    >>> show(Fraction(3200, 350), 2), show(Fraction(35, 36), 10)
    (Decimal('9.14'), Decimal('0.9722222222'))
    """
    return EXACT.scaleb(Decimal(round_satang(value * 10**places)), -places)


def show_satang(satang: int, *, grouped: bool = True) -> str:
    """Satang as baht in figures: always two places; thousands apart unless a program reads it.

    >>> show_satang(-60090261), show_satang(-60090261, grouped=False), show_satang(5)
    ('-600,902.61', '-600902.61', '0.05')
    """
    baht, rest = divmod(abs(satang), 100)
    whole = f"{baht:,}" if grouped else str(baht)
    return f"{'-' if satang < 0 else ''}{whole}.{rest:02d}"


def rate_amount(rate: Decimal, population: int) -> int:
    """Satang of a rate in baht per head and a population: pots and advances (54.65 or 28.13 baht x UC population).

    Raises AllocationError for a negative rate or population and for a rate that is not a number.

    >>> rate_amount(Decimal("28.13"), 92589)
    260452857
    """
    refuse([*find_fault("rate", rate), *find_fault("population", population)])
    return round_satang(EXACT.multiply(EXACT.scaleb(rate, 2), Decimal(population)))


def find_fault(name: str, value: Number, negative: bool = False) -> list[Problem]:
    """What is wrong with a number, if anything: NaN, infinity, a size exact arithmetic cannot serve, a wrong sign."""
    if isinstance(value, Decimal):
        fits = value.is_finite() and -MAX_DIGITS <= value.adjusted() <= MAX_DIGITS and _is_short(value)
        below = fits and value.is_signed() and value != 0
    else:
        fits = not isinstance(value, int) or abs(value) < _TOO_LARGE
        below = value.numerator < 0
    if not fits:
        return [problem("allocation.number", name=name, limit=MAX_DIGITS)]
    if below and not negative:
        return [problem("allocation.negative", name=name, found=value)]
    return []


def _is_short(value: Decimal) -> bool:
    """At most MAX_DIGITS digits: what is written in so many letters has no more, which is quicker to see."""
    return len(str(value)) <= MAX_DIGITS or len(value.as_tuple().digits) <= MAX_DIGITS


def refuse(faults: Iterable[Problem]) -> None:
    """Raise AllocationError with all the faults, if there are any."""
    found = tuple(faults)
    if found:
        raise AllocationError(*found)
