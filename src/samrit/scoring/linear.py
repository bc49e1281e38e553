"""Linear: a score that grows evenly between two bounds, as in the UK's QOF."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from samrit.problems import Problems
from samrit.scoring.bands import Better
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import check_finite, decimal_of
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

    def __post_init__(self) -> None:
        found = Problems()
        if not (self.lower.is_finite() and self.upper.is_finite() and self.lower < self.upper):
            found.add("scoring.linear.bounds", lower=self.lower, upper=self.upper)
        if not (self.best.is_finite() and self.best > 0):
            found.add("scoring.linear.best", best=self.best)
        if found:
            raise ScoringError(*found)

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
        full, none = (self.upper, self.lower) if self.better is Better.HIGHER else (self.lower, self.upper)
        part = Fraction(Fraction(check_finite(value)) - Fraction(none), Fraction(full) - Fraction(none))
        score = decimal_of(Fraction(self.best) * min(max(part, Fraction(0)), Fraction(1)))
        return Scored(score, ScoreStanding.SCORED, next_edge=full if part < 1 else None, value=value)
