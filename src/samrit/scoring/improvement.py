"""Improvement: the change since last year scored against bands."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from samrit.problems import problem
from samrit.scoring.bands import Bands, Better, band
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import CUT, decimal_of
from samrit.scoring.known import Known, change_of
from samrit.scoring.scored import NO_DATA, UNSCORED, Mark, Scored, add_basis

if TYPE_CHECKING:  # pragma: no cover (types only: a rule may hold rules)
    from samrit.scoring.rule import Rule


class Change(StrEnum):
    """How a change is measured: in points (the unit of the value) or in percent of last year's value."""

    POINTS = "points"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Improvement:
    """Bands over value - last (points) or (value - last) / |last| x 100 (percent); more improvement is better.

    `better` lower turns the sign, so the bands always read as improvement and must be higher-is-better themselves.
    Without last year's value, or with a last value of 0 under percent, the rule `otherwise` scores; without one the
    item is UNSCORED. Source: qof-2557 section 4 (2.6, change against last year). Raises ScoringError for bands that
    are lower-is-better.

    >>> bands = Bands((0, 3, 5), (Decimal(1), Decimal(5)), 2, Better.HIGHER)
    >>> fewer = Improvement(Change.POINTS, bands, better=Better.LOWER)
    >>> fewer.score(Known(Decimal(12), last=Decimal(15))).score
    Decimal('3')
    """

    change: Change
    bands: Bands
    otherwise: "Rule | None" = None
    better: Better = Better.HIGHER

    def __post_init__(self) -> None:
        if self.bands.better is not Better.HIGHER:
            raise ScoringError(problem("scoring.improvement.bands"))

    @property
    def best(self) -> Decimal:
        """The best score that the bands or the rule `otherwise` give."""
        return self.bands.best if self.otherwise is None else max(self.bands.best, self.otherwise.best)

    @property
    def worst(self) -> Decimal:
        """The worst score that the bands or the rule `otherwise` give."""
        return self.bands.worst if self.otherwise is None else min(self.bands.worst, self.otherwise.worst)

    def score(self, known: Known) -> Scored:
        """The score of the improvement; no value -> NO_DATA (0). Raises ScoringError for NaN and infinity."""
        if known.value is None:
            return NO_DATA
        change = self._measure(known.value, known.last)
        if change is None:
            scored = UNSCORED if self.otherwise is None else self.otherwise.score(known)
            return add_basis(scored, before=(("improvement", "otherwise"),))
        assert known.last is not None
        scored = band(self._turn(change), self.bands)
        basis = (("last", known.last), ("change", change))
        return Scored(
            scored.score, scored.standing, scored.band, scored.next_edge, scored.value, scored.decimals, basis
        )

    def mark(self, value: Decimal | None, last: Decimal | None = None) -> Mark:
        """The score in short, where no rule `otherwise` is asked. Raises ScoringError for NaN and infinity."""
        if value is None:
            return NO_DATA.mark
        change = self._measure(value, last)
        return UNSCORED.mark if change is None else self.bands.mark(self._turn(change))

    def _measure(self, value: Decimal, last: Decimal | None) -> Decimal | None:
        change = change_of(value, last)
        if change is None or self.change is Change.POINTS:
            return change
        if not last:
            return None
        return decimal_of(Fraction(Fraction(change) * 100, abs(Fraction(last))), CUT)

    def _turn(self, change: Decimal) -> Decimal:
        """The change as improvement."""
        return change if self.better is Better.HIGHER else change.copy_negate()
