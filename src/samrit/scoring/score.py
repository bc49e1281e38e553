"""Score: what a value earns in its bands, how far the next band is, and why there may be no score at all."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import StrEnum

from samrit.problems import problem
from samrit.scoring.bands import Bands, Better, round_to
from samrit.scoring.errors import ScoringError

_CONTEXT = Context(prec=50, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])


class ScoreStanding(StrEnum):
    """Why the score is what it is. Only the first two have a score; the others are not a zero."""

    SCORED = "scored"  # a value was reported and banded
    NO_DATA = "no_data"  # nothing reported or denominator 0: the score is 0
    UNSCORED = "unscored"  # the scheme has no bands for it
    NOT_COMPUTED = "not_computed"  # the value could not be worked out here


@dataclass(frozen=True)
class Scored:
    """A score and the way up: `band` 1 is the worst; `next_edge` opens the next better band, `distance` is what the
    rounded value still misses to it (always positive, in the unit of the value). None: no score, or nothing above.
    """

    score: Decimal | None
    standing: ScoreStanding
    band: int | None = None
    next_edge: Decimal | None = None
    distance: Decimal | None = None


NO_DATA = Scored(Decimal(0), ScoreStanding.NO_DATA)
UNSCORED = Scored(None, ScoreStanding.UNSCORED)
NOT_COMPUTED = Scored(None, ScoreStanding.NOT_COMPUTED)


def band(value: Decimal | None, bands: Bands | None) -> Scored:
    """The score of a value: no bands -> UNSCORED, no value -> NO_DATA (0), a poor value -> the lowest score, never 0.

    Source: qof-2557 section 4. Use NOT_COMPUTED where a value exists but was not worked out. Raises ScoringError for
    NaN and infinity.

    >>> from samrit.scoring import Bands, Better
    >>> bands = Bands((1, 2, 3), (Decimal(65), Decimal(70)), 2, Better.HIGHER)
    >>> scored = band(Decimal("69.994"), bands)
    >>> scored.score, scored.next_edge, scored.distance
    (Decimal('2'), Decimal('70'), Decimal('0.01'))
    """
    if bands is None:
        return UNSCORED
    if value is None:
        return NO_DATA
    if not value.is_finite():
        raise ScoringError(problem("scoring.value"))
    rounded = round_to(value, bands.decimals)
    if bands.better is Better.HIGHER:
        ahead = [edge for edge in bands.lower_edges if rounded < edge]
    else:
        ahead = [edge for edge in reversed(bands.lower_edges) if rounded > edge]
    passed = len(bands.lower_edges) - len(ahead)
    score = Decimal(bands.scores[passed])
    if not ahead:
        return Scored(score, ScoreStanding.SCORED, passed + 1)
    distance = _CONTEXT.subtract(max(ahead[0], rounded), min(ahead[0], rounded))
    return Scored(score, ScoreStanding.SCORED, passed + 1, ahead[0], distance)


def share(scored: Scored, max_score: int) -> Decimal | None:
    """The part of full marks, 0..1, to 50 digits; None without a score. Raises ScoringError if max_score cannot fit.

    >>> share(Scored(Decimal(4), ScoreStanding.SCORED), 5)
    Decimal('0.8')
    """
    return points(scored, max_score, Decimal(1))


def points(scored: Scored, max_score: int, weight: Decimal) -> Decimal | None:
    """Points = score x weight / max_score, in the unit of the weight, to 50 digits; None without a score.

    Raises ScoringError when max_score is 0, negative or below the score, or the weight is negative or not finite.

    >>> points(Scored(Decimal(4), ScoreStanding.SCORED), 5, Decimal(80))
    Decimal('64')
    """
    if not weight.is_finite() or weight < 0:
        raise ScoringError(problem("scoring.weight", weight=weight))
    if max_score <= 0 or (scored.score is not None and scored.score > max_score):
        raise ScoringError(problem("scoring.max_score", max_score=max_score, score=scored.score))
    if scored.score is None:
        return None
    return _CONTEXT.divide(_CONTEXT.multiply(scored.score, weight), Decimal(max_score))
