"""Steps: what scores and the edges between them must be like, for every rule that has them."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from samrit.problems import Problems


def check_scores(scores: Sequence[Decimal | int], found: Problems) -> None:
    """Scores are at least one, finite, not negative and strictly rising."""
    numbers = [Decimal(score) for score in scores]
    finite = all(number.is_finite() for number in numbers)
    if not numbers or not finite or numbers[0] < 0 or not all(one < next_ for one, next_ in pairwise(numbers)):
        found.add("scoring.scores")


def check_edges(edges: Sequence[Decimal], scores: int, found: Problems) -> None:
    """Edges are one fewer than the scores, finite and strictly rising."""
    if len(edges) != scores - 1:
        found.add("scoring.edges.count", scores=scores, expected=max(scores - 1, 0), found=len(edges))
    before: Decimal | None = None
    for place, edge in enumerate(edges, start=1):
        if not edge.is_finite():
            found.add("scoring.edges.number", place=place)
            continue
        if before is not None and edge <= before:
            found.add("scoring.edges.rising", place=place, edge=edge, before=before)
        before = edge
