"""Bands: the edges between which a value earns a score. Only one edge per step is stored, so there are no gaps."""

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from samrit.problems import Problems
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import EXACT, check_finite, round_to
from samrit.scoring.known import Known
from samrit.scoring.scored import NO_DATA, UNSCORED, Mark, Scored, ScoreStanding
from samrit.scoring.steps import check_edges, check_scores

MAX_DECIMALS = 10


class Better(StrEnum):
    """Which way a value improves."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Bands:
    """Scores from worst to best and the edges between them, in the unit of the value (percent, ratio, rate).

    `better` higher: the edges are lower edges, inclusive; the n-th edge opens the (n+1)-th score. (1, 2, 3) with edges
    (65, 70) reads: below 65 is 1, [65, 70) is 2, from 70 is 3.
    `better` lower: the mirror image. The edges, still in rising order, are upper edges, inclusive, and the smallest
    belongs to the best score. (1, 2, 3) with edges (4, 8) reads: up to 4 is 3, (4, 8] is 2, above 8 is 1.
    A value is rounded half up to `decimals` before it is compared (qof-2557 section 4), so printed bands 65-69.99 and
    70-74.99 meet, and "above 1.70" is the edge 1.71. Raises ScoringError with every mistake in scores and edges.

    >>> from decimal import Decimal
    >>> Bands((1, 2, 3), (Decimal(65), Decimal(70)), 2, Better.HIGHER).max_score
    3
    """

    scores: tuple[Decimal | int, ...]
    lower_edges: tuple[Decimal, ...]
    decimals: int
    better: Better
    _cuts: "_Cuts" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = Problems()
        check_scores(self.scores, found)
        decimals_fit = 0 <= self.decimals <= MAX_DECIMALS
        if not decimals_fit:
            found.add("scoring.decimals", found=self.decimals, limit=MAX_DECIMALS)
        check_edges(self.lower_edges, len(self.scores), found)
        for place, edge in enumerate(self.lower_edges, start=1):
            if decimals_fit and edge.is_finite() and round_to(edge, self.decimals) != edge:
                found.add("scoring.edges.decimals", place=place, edge=edge, decimals=self.decimals)
        if found:
            raise ScoringError(*found)
        object.__setattr__(self, "_cuts", _cut(self))

    @property
    def max_score(self) -> Decimal | int:
        """The score of the best band, as written."""
        return self.scores[-1]

    @property
    def best(self) -> Decimal:
        """The score of the best band."""
        return Decimal(self.scores[-1])

    @property
    def worst(self) -> Decimal:
        """The score of the worst band."""
        return Decimal(self.scores[0])

    def score(self, known: Known) -> Scored:
        """The score of the known value: see `band`."""
        return band(known.value, self)

    def mark(self, value: Decimal | None, last: Decimal | None = None) -> Mark:
        """The score of a value in short. Raises ScoringError for NaN and infinity."""
        return NO_DATA.mark if value is None else self._cuts.marks[self._cuts.passed(value)]


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Bands made ready for unrounded values: a rounded value has reached an edge exactly when the value itself has
    reached the edge less half a unit of the last place; at and below zero it must be beyond it, for a half is rounded
    away from zero. `places` are rising in the value, `beyond` of them (the first ones) must be passed.
    `steps`: score, band and next edge of the value that has passed 0, 1, 2, ... places.
    """

    places: tuple[Decimal, ...]
    beyond: int
    steps: tuple[tuple[Decimal, int, Decimal | None], ...]
    marks: tuple[Mark, ...]
    """The score of every step in short."""

    def passed(self, value: Decimal) -> int:
        """How many places the value has passed. Raises ScoringError for NaN and infinity."""
        passed = bisect_right(self.places, check_finite(value))
        return passed - 1 if 0 < passed <= self.beyond and self.places[passed - 1] == value else passed


def _cut(bands: Bands) -> _Cuts:
    unit = Decimal((0, (1,), -bands.decimals))
    half = Decimal((0, (5,), -bands.decimals - 1))
    higher = bands.better is Better.HIGHER
    # lower is better: an upper edge, inclusive, is left at the next rounded value
    reached = [edge if higher else EXACT.add(edge, unit) for edge in bands.lower_edges]
    nexts = (*bands.lower_edges, None) if higher else (None, *bands.lower_edges)
    count = len(bands.scores)
    numbers = range(count) if higher else range(count - 1, -1, -1)
    steps = tuple((Decimal(bands.scores[number]), number + 1, nexts[place]) for place, number in enumerate(numbers))
    return _Cuts(
        tuple(EXACT.subtract(edge, half) for edge in reached),
        sum(edge <= 0 for edge in reached),
        steps,
        tuple(Mark(score, ScoreStanding.SCORED) for score, _, _ in steps),
    )


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
    cuts = bands._cuts
    score, number, next_edge = cuts.steps[cuts.passed(value)]
    return Scored(score, ScoreStanding.SCORED, number, next_edge, value, bands.decimals)
