"""Norm: mean and spread of a group of units, exact, and where a value stands against mean + z SD."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import lcm

from samrit.problems import problem
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import DIGITS, NEAREST, check_finite, decimal_of

_WIDE = Context(prec=2 * DIGITS)  # what is shown is worked out with twice the digits, then rounded once


class Spread(StrEnum):
    """Which standard deviation: of all units observed (divide by n) or of a sample of them (divide by n - 1)."""

    POPULATION = "population"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Norm:
    """The norm of a group: n values with their exact mean (unit of the value) and variance (unit squared).

    Source: nhso-2552 section 4. Raises ScoringError for n below 1 or a negative variance.

    >>> from decimal import Decimal
    >>> norm = norm_of([Decimal(2), Decimal(4), None])
    >>> norm.n, norm.mean, norm.variance, norm.at(Decimal(-2)), norm.z(Decimal(6))
    (2, Fraction(3, 1), Fraction(1, 1), Decimal('1'), Decimal('3'))
    """

    n: int
    mean: Fraction
    variance: Fraction

    def __post_init__(self) -> None:
        if self.n < 1 or self.variance < 0:
            raise ScoringError(problem("scoring.norm", n=self.n))

    def compare(self, value: Decimal, z: Decimal) -> int:
        """-1, 0 or 1: the value is below, at or above mean + z SD. Exact: squares are compared, no root is taken.

        >>> Norm(3, Fraction(1), Fraction(2)).compare(Decimal("2.41421356"), Decimal(1))  # 1 + root of 2
        -1
        """
        low, high = self.near(check_finite(z))
        if check_finite(value) > high:
            return 1
        if value < low:
            return -1
        top, bottom = value.as_integer_ratio()
        steps, parts = z.as_integer_ratio()
        # whole numbers only: the squares of value - mean and of z SD, each with its sign, over a common denominator
        away, unit = top * self.mean.denominator - self.mean.numerator * bottom, bottom * self.mean.denominator
        here = away * abs(away) * parts * parts * self.variance.denominator
        there = steps * abs(steps) * unit * unit * self.variance.numerator
        return (here > there) - (here < there)

    @cached_property
    def sd(self) -> Decimal:
        """The standard deviation to 50 digits, for showing."""
        return NEAREST.plus(self._wide_sd)

    def at(self, z: Decimal) -> Decimal:
        """mean + z SD to 50 digits, for showing; `compare` decides."""
        return NEAREST.plus(_WIDE.add(self._wide_mean, _WIDE.multiply(check_finite(z), self._wide_sd)))

    def z(self, value: Decimal) -> Decimal | None:
        """How many SD the value is above the mean, to 50 digits, for showing; None when SD is 0."""
        if not self.variance:
            return None
        return NEAREST.divide(_WIDE.subtract(check_finite(value), self._wide_mean), self._wide_sd)

    @cached_property
    def shown_mean(self) -> Decimal:
        """The mean to 50 digits, for showing."""
        return self.at(Decimal(0))

    def near(self, z: Decimal) -> tuple[Decimal, Decimal]:
        """Two numbers with mean + z SD between them, so close that few values need the exact comparison."""
        if z not in self._bounds:
            away = _WIDE.multiply(z, self._wide_sd)
            at = _WIDE.add(self._wide_mean, away)
            size = _WIDE.add(abs(self._wide_mean), abs(away))
            off = _WIDE.scaleb(size, 8 - 2 * DIGITS)  # far more than the roundings can make, in the last digits
            self._bounds[z] = _WIDE.subtract(at, off), _WIDE.add(at, off)
        return self._bounds[z]

    @cached_property
    def _bounds(self) -> dict[Decimal, tuple[Decimal, Decimal]]:
        return {}

    @cached_property
    def _wide_mean(self) -> Decimal:
        return decimal_of(self.mean, _WIDE)

    @cached_property
    def _wide_sd(self) -> Decimal:
        return _WIDE.sqrt(decimal_of(self.variance, _WIDE))


def norm_of(values: Iterable[Decimal | None], sd: Spread = Spread.POPULATION) -> Norm | None:
    """The norm of the values that are known, in any order; None when none is. Raises ScoringError for NaN, infinity.

    Population SD is the default: all units of the region are observed (nhso-2552 section 4). A sample of one value has
    no spread that could be estimated; its SD is taken as 0.

    >>> norm_of([Decimal(1), Decimal(3)], Spread.SAMPLE).variance, norm_of([None])
    (Fraction(2, 1), None)
    """
    ratios = [check_finite(value).as_integer_ratio() for value in values if value is not None]
    n = len(ratios)
    if not n:
        return None
    common = lcm(*{bottom for _, bottom in ratios})
    whole = [top * (common // bottom) for top, bottom in ratios]  # the values in parts of `common`
    total = sum(whole)
    away_squared = n * sum(one * one for one in whole) - total * total  # n times the sum of squares about the mean
    degrees = n - 1 if sd is Spread.SAMPLE and n > 1 else n
    return Norm(n, Fraction(total, n * common), Fraction(away_squared, n * degrees * common * common))
