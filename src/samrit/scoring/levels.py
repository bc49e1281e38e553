"""Levels: a level that was given by people (0-5 of a self-assessment) and the score that it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from samrit.problems import problem
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import check_finite
from samrit.scoring.known import Known
from samrit.scoring.scored import NO_DATA, Mark, Scored, ScoreStanding


@dataclass(frozen=True, slots=True)
class Levels:
    """The score of every level, whole numbers; {0: 0, 1: 1, ...} says that the level is the score.

    Source: nhso-2552 section 3 (R3, R4: level 0-5). Raises ScoringError without levels or for a score that is negative
    or not finite.

    >>> Levels({0: 0, 1: 3, 2: 5}).score(Known(Decimal(1))).score
    Decimal('3')
    """

    scores: Mapping[int, Decimal | int]
    _marks: Mapping[int | Decimal, Mark] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = [Decimal(score) for score in self.scores.values()]
        if not numbers or not all(number.is_finite() and number >= 0 for number in numbers):
            raise ScoringError(problem("scoring.levels"))
        marks = {level: Mark(Decimal(score), ScoreStanding.SCORED) for level, score in self.scores.items()}
        object.__setattr__(self, "_marks", marks)

    @property
    def best(self) -> Decimal:
        """The score of the level that is worth most."""
        return max(Decimal(score) for score in self.scores.values())

    @property
    def worst(self) -> Decimal:
        """The score of the level that is worth least."""
        return min(Decimal(score) for score in self.scores.values())

    def score(self, known: Known) -> Scored:
        """The score of the level in `known.value`; None -> NO_DATA (0). Raises ScoringError for an unknown level."""
        if known.value is None:
            return NO_DATA
        return Scored(*self.mark(known.value), value=known.value)

    def mark(self, value: Decimal | None, last: Decimal | None = None) -> Mark:
        """The score of a level in short. Raises ScoringError for an unknown level."""
        if value is None:
            return NO_DATA.mark
        mark = self._marks.get(check_finite(value))  # an equal decimal finds the whole number
        if mark is not None:
            return mark
        known_levels = ", ".join(str(level) for level in sorted(self.scores))
        raise ScoringError(problem("scoring.level.unknown", level=value, levels=known_levels))
