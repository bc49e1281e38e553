"""Linear: a score that grows evenly between two bounds, as in the UK's QOF."""

from dataclasses import dataclass, field
from decimal import Decimal

from samrit.problems import Problems
from samrit.scoring.bands import Better
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import EXACT, NEAREST, check_finite
from samrit.scoring.known import Known
from samrit.scoring.scored import NO_DATA, Mark, Scored, ScoreStanding


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
    _way: Decimal = field(init=False, repr=False, compare=False)
    """From no marks to full marks, in the unit of the value."""

    def __post_init__(self) -> None:
        found = Problems()
        if not (self.lower.is_finite() and self.upper.is_finite() and self.lower < self.upper):
            found.add("scoring.linear.bounds", lower=self.lower, upper=self.upper)
        if not (self.best.is_finite() and self.best > 0):
            found.add("scoring.linear.best", best=self.best)
        if found:
            raise ScoringError(*found)
        object.__setattr__(self, "_way", EXACT.subtract(self.upper, self.lower))

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
        score, standing = self.mark(value)
        higher = self.better is Better.HIGHER
        is_full = value >= self.upper if higher else value <= self.lower
        next_edge = None if is_full else self.upper if higher else self.lower
        return Scored(score, standing, next_edge=next_edge, value=value)

    def mark(self, value: Decimal | None, last: Decimal | None = None) -> Mark:
        """The score of a value in short. Raises ScoringError for NaN and infinity."""
        if value is None:
            return NO_DATA.mark
        higher = self.better is Better.HIGHER
        if check_finite(value) >= self.upper:
            return Mark(self.best if higher else Decimal(0), ScoreStanding.SCORED)
        if value <= self.lower:
            return Mark(Decimal(0) if higher else self.best, ScoreStanding.SCORED)
        gone = EXACT.subtract(value, self.lower) if higher else EXACT.subtract(self.upper, value)
        # exact over exact, divided and rounded once
        return Mark(NEAREST.divide(EXACT.multiply(gone, self.best), self._way), ScoreStanding.SCORED)
