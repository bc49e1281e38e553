"""Scored: what an item earned at a unit, how far the next better step is, why there may be no score; and its points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from samrit.problems import problem
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import EXACT, NEAREST, round_to

Basis = tuple[tuple[str, Decimal | int | str], ...]


class ScoreStanding(StrEnum):
    """Why the score is what it is. A standing without a score is not a zero."""

    SCORED = "scored"  # the rule gave a score
    NO_DATA = "no_data"  # nothing reported or denominator 0: the score is 0
    TOO_FEW = "too_few"  # fewer cases than the rule asks for: the score is what `Few` says, or none
    UNMATCHED = "unmatched"  # facts are known but no rung or branch fits: listed, no score
    UNSCORED = "unscored"  # the scheme has no rule for it
    NOT_COMPUTED = "not_computed"  # the value could not be worked out here


class Mark(NamedTuple):
    """A score in short: all that sums and money need of it. A rule gives units on the same step the same mark."""

    score: Decimal | None
    standing: ScoreStanding


@dataclass(frozen=True, slots=True)
class Scored:
    """A score and the way up: `band` 1 is the worst step; `next_edge` opens the next better one, in the unit of what
    was compared (the value; the improvement under Improvement). None: no score, no steps, or nothing above.

    `value` is what was compared with the edges, `decimals` the places it was rounded to before (None: not rounded).
    `basis` is what the score stands on, as (name, figure) in the order of reading: n, mean, sd, z of a norm; rung,
    bonus, cap of a ladder; branch of a conditional; last, change of an improvement; cases, least of too few cases.
    """

    score: Decimal | None
    standing: ScoreStanding
    band: int | None = None
    next_edge: Decimal | None = None
    value: Decimal | None = None
    decimals: int | None = None
    basis: Basis = ()

    @property
    def mark(self) -> Mark:
        """The score in short."""
        return Mark(self.score, self.standing)

    @property
    def distance(self) -> Decimal | None:
        """What the rounded value still misses to `next_edge`: positive, to 50 digits; None when nothing is above.

        >>> Scored(Decimal(2), ScoreStanding.SCORED, 2, Decimal(70), Decimal("69.994"), 2).distance
        Decimal('0.01')
        """
        if self.next_edge is None or self.value is None:
            return None
        value = self.value if self.decimals is None else round_to(self.value, self.decimals)
        return NEAREST.subtract(max(self.next_edge, value), min(self.next_edge, value))


NO_DATA = Scored(Decimal(0), ScoreStanding.NO_DATA)
UNMATCHED = Scored(None, ScoreStanding.UNMATCHED)
UNSCORED = Scored(None, ScoreStanding.UNSCORED)
NOT_COMPUTED = Scored(None, ScoreStanding.NOT_COMPUTED)


def add_basis(scored: Scored, before: Basis = (), after: Basis = ()) -> Scored:
    """The same score with more to stand on."""
    return replace(scored, basis=before + scored.basis + after)


def share(scored: Scored, max_score: Decimal | int) -> Decimal | None:
    """The part of full marks, 0..1, to 50 digits; None without a score. Raises ScoringError if max_score cannot fit.

    >>> share(Scored(Decimal(4), ScoreStanding.SCORED), 5)
    Decimal('0.8')
    """
    return points(scored, max_score, Decimal(1))


def points(scored: Scored, max_score: Decimal | int, weight: Decimal) -> Decimal | None:
    """Points = score x weight / max_score, in the unit of the weight, to 50 digits; None without a score.

    Raises ScoringError when max_score is 0, negative, not finite or below the score, or the weight is negative or not
    finite. Source: qof-2557 section 3.

    >>> points(Scored(Decimal(4), ScoreStanding.SCORED), 5, Decimal(80))
    Decimal('64')
    """
    return points_of((scored.score,), max_score, weight)[0]


def points_of(scores: Sequence[Decimal | None], max_score: Decimal | int, weight: Decimal) -> list[Decimal | None]:
    """The `points` of many scores under one rule, in their order; equal scores are worked out once.

    >>> points_of([Decimal(4), None, Decimal(5)], 5, Decimal(80))
    [Decimal('64'), None, Decimal('80')]
    """
    full = Decimal(max_score)
    if not weight.is_finite() or weight < 0:
        raise ScoringError(problem("scoring.weight", weight=weight))
    usable = full.is_finite() and full > 0
    known: dict[Decimal | None, Decimal | None] = {}
    for score in dict.fromkeys(scores):
        if not usable or (score is not None and score > full):
            raise ScoringError(problem("scoring.max_score", max_score=max_score, score=score))
        # rounded once: full marks give the weight itself
        known[score] = None if score is None else NEAREST.divide(EXACT.multiply(score, weight), full)
    return [known[score] for score in scores]
