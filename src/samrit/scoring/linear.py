"""Linear: a score that grows evenly between two bounds, as in the UK's QOF."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from samrit.problems import Problems
from samrit.scoring.bands import Better
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import NEAREST, check_finite
from samrit.scoring.known import Known
from samrit.scoring.scored import NO_DATA, Scored, ScoreStanding


@dataclass(frozen=True, slots=True)
class Linear:
    """best x clamp((value - lower) / (upper - lower), 0, 1), to 50 digits; bounds in the unit of the value.

    `better` lower is the mirror image: full marks down to `lower`, none from `upper`. Source: qof-2557 section 6 (d).
    Raises ScoringError when lower is not below upper or best not above 0.

    >>> Linear(Decimal(40), Decimal(90), Decimal(10)).score(Known(Decimal(65))).score
    Decimal('5')
    """

    lower: Decimal
    upper: Decimal
    best: Decimal
    better: Better = Better.HIGHER
    _slope: tuple[int, int] = field(init=False, repr=False, compare=False)
    """Best over the way from no marks to full marks, as whole numbers."""

    def __post_init__(self) -> None:
        found = Problems()
        if not (self.lower.is_finite() and self.upper.is_finite() and self.lower < self.upper):
            found.add("scoring.linear.bounds", lower=self.lower, upper=self.upper)
        if not (self.best.is_finite() and self.best > 0):
            found.add("scoring.linear.best", best=self.best)
        if found:
            raise ScoringError(*found)
        way = Fraction(self.upper) - Fraction(self.lower)
        slope = Fraction(Fraction(self.best), way if self.better is Better.HIGHER else -way)
        object.__setattr__(self, "_slope", slope.as_integer_ratio())

    @property
    def worst(self) -> Decimal:
        """The score at and beyond the worse bound: 0."""
        return Decimal(0)

    def score(self, known: Known) -> Scored:
        """The score of the known value; no value -> NO_DATA (0). `next_edge` is the bound of full marks.

        Raises ScoringError for NaN and infinity.
        """
        value = known.value
        if value is None:
            return NO_DATA
        higher = self.better is Better.HIGHER
        full, none = (self.upper, self.lower) if higher else (self.lower, self.upper)
        check_finite(value)
        if value >= full if higher else value <= full:
            return Scored(self.best, ScoreStanding.SCORED, value=value)
        if value <= none if higher else value >= none:
            return Scored(Decimal(0), ScoreStanding.SCORED, next_edge=full, value=value)
        # whole numbers over whole numbers, divided and rounded once
        top, bottom = value.as_integer_ratio()
        at, of = none.as_integer_ratio()
        rise, run = self._slope
        score = NEAREST.divide(Decimal((top * of - at * bottom) * rise), Decimal(bottom * of * run))
        return Scored(score, ScoreStanding.SCORED, next_edge=full, value=value)
