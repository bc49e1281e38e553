"""Satang: whole hundredths of a baht, rounded half up once, at the last step (qof-2557 section 5)."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation, Overflow

from samrit.allocation.errors import AllocationError
from samrit.problems import Problem, problem

MAX_DIGITS = 100

# Products and sums of numbers of at most MAX_DIGITS digits are exact here; Inexact is trapped, so nothing is lost.
EXACT = Context(prec=2000, traps=[InvalidOperation, Overflow, Inexact])
_ROUNDING = Context(prec=2000, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow])


def to_satang(baht: Decimal) -> int:
    """Baht as whole satang, half up (a half satang goes away from zero). Raises AllocationError for NaN or infinity.

    >>> to_satang(Decimal("121946109.83")), to_satang(Decimal("0.005")), to_satang(Decimal("-0.005"))
    (12194610983, 1, -1)
    """
    refuse(find_fault("baht", baht, negative=True))
    return round_satang(EXACT.scaleb(baht, 2))


def round_satang(satang: Decimal) -> int:
    """An exact amount in satang as whole satang, half up."""
    return int(satang.quantize(Decimal(1), ROUND_HALF_UP, _ROUNDING))


def rate_amount(rate: Decimal, population: int) -> int:
    """Satang of a rate in baht per head and a population: pots and advances (54.65 or 28.13 baht x UC population).

    Raises AllocationError for a negative rate or population and for a rate that is not a number.

    >>> rate_amount(Decimal("28.13"), 92589)
    260452857
    """
    refuse([*find_fault("rate", rate), *find_fault("population", Decimal(population))])
    return round_satang(EXACT.multiply(EXACT.scaleb(rate, 2), Decimal(population)))


def find_fault(name: str, value: Decimal, negative: bool = False) -> list[Problem]:
    """What is wrong with a number, if anything: NaN, infinity, a size exact arithmetic cannot serve, a wrong sign."""
    if (
        not value.is_finite()
        or len(value.as_tuple().digits) > MAX_DIGITS
        or not -MAX_DIGITS <= value.adjusted() <= MAX_DIGITS
    ):
        return [problem("allocation.number", name=name, limit=MAX_DIGITS)]
    if value < 0 and not negative:
        return [problem("allocation.negative", name=name, found=value)]
    return []


def refuse(faults: Iterable[Problem]) -> None:
    """Raise AllocationError with all the faults, if there are any."""
    found = tuple(faults)
    if found:
        raise AllocationError(*found)
