"""Bands: the edges between which a value earns a score. Only one edge per step is stored, so there are no gaps."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise

from samrit.problems import Problems
from samrit.scoring.errors import ScoringError

MAX_DECIMALS = 10


class Better(StrEnum):
    """Which way a value improves."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
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

    scores: tuple[int, ...]
    lower_edges: tuple[Decimal, ...]
    decimals: int
    better: Better

    def __post_init__(self) -> None:
        found = Problems()
        if not self.scores or self.scores[0] < 0 or not _rising(self.scores):
            found.add("scoring.scores")
        if len(self.lower_edges) != len(self.scores) - 1:
            expected = max(len(self.scores) - 1, 0)
            found.add("scoring.edges.count", scores=len(self.scores), expected=expected, found=len(self.lower_edges))
        decimals_fit = 0 <= self.decimals <= MAX_DECIMALS
        if not decimals_fit:
            found.add("scoring.decimals", found=self.decimals, limit=MAX_DECIMALS)
        before: Decimal | None = None
        for place, edge in enumerate(self.lower_edges, start=1):
            if not edge.is_finite():
                found.add("scoring.edges.number", place=place)
                continue
            if decimals_fit and round_to(edge, self.decimals) != edge:
                found.add("scoring.edges.decimals", place=place, edge=edge, decimals=self.decimals)
            if before is not None and edge <= before:
                found.add("scoring.edges.rising", place=place, edge=edge, before=before)
            before = edge
        if found:
            raise ScoringError(*found)

    @property
    def max_score(self) -> int:
        """The score of the best band."""
        return self.scores[-1]


def round_to(value: Decimal, decimals: int) -> Decimal:
    """The finite value rounded half up (a half away from zero), whatever the caller's decimal context."""
    wide = Context(prec=max(value.adjusted(), 0) + decimals + 2, traps=[InvalidOperation])
    return value.quantize(Decimal((0, (1,), -decimals)), ROUND_HALF_UP, wide)


def _rising(numbers: tuple[int, ...]) -> bool:
    return all(lower < higher for lower, higher in pairwise(numbers))
