"""NormBands: a value scored against the mean and standard deviation of its group."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from samrit.problems import Problems, problem
from samrit.scoring.bands import Better
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import check_finite
from samrit.scoring.known import Known
from samrit.scoring.norm import Norm
from samrit.scoring.scored import NO_DATA, Basis, Mark, Scored, ScoreStanding
from samrit.scoring.steps import check_edges, check_scores


@dataclass(frozen=True, slots=True)
class NormBands:
    """Scores from worst to best and the rising edges between them, as z: how many SD above the mean of the group.

    `better` lower turns the sign of z. An edge opens the better score (>=); comparison is exact. `sd_zero` is the score
    of all when SD is 0. The norm is `known.norms['']`. Defaults: nhso-2552 section 4. Raises ScoringError with every
    mistake in scores and edges.

    >>> from samrit.scoring import norm_of
    >>> norms = {"": norm_of([Decimal(70), Decimal(80), Decimal(90)])}
    >>> [NormBands().score(Known(Decimal(value), norms=norms)).score for value in (70, 80, 90)]
    [Decimal('1'), Decimal('3'), Decimal('4')]
    """

    edges: tuple[Decimal, ...] = (Decimal(-2), Decimal(-1), Decimal(0), Decimal(1), Decimal(2))
    scores: tuple[Decimal | int, ...] = (0, 1, 2, 3, 4, 5)
    better: Better = Better.HIGHER
    sd_zero: Decimal | int = 3

    def __post_init__(self) -> None:
        found = Problems()
        check_scores(self.scores, found)
        check_edges(self.edges, len(self.scores), found)
        if not found and not self.worst <= self.sd_zero <= self.best:
            found.add("scoring.norm.sd_zero", found=self.sd_zero, worst=self.worst, best=self.best)
        if found:
            raise ScoringError(*found)

    @property
    def best(self) -> Decimal:
        """The score of the best band."""
        return Decimal(self.scores[-1])

    @property
    def worst(self) -> Decimal:
        """The score of the worst band."""
        return Decimal(self.scores[0])

    def score(self, known: Known) -> Scored:
        """The score of the known value in its group; no value -> NO_DATA (0).

        Raises ScoringError for NaN, infinity and a value without the norm of its group.
        """
        value = known.value
        if value is None:
            return NO_DATA
        norm = known.norms.get("")
        if norm is None:
            raise ScoringError(problem("scoring.norm.missing", fact="value"))
        cuts = NormCuts(self, norm)
        score, standing = cuts.mark(value)
        if not norm.variance:
            return Scored(score, standing, value=value, basis=_basis(norm, value))
        step = cuts.step(value)
        next_edge = norm.at(self.turn(self.edges[step])) if step < len(self.edges) else None
        return Scored(score, standing, step + 1, next_edge, value, basis=_basis(norm, value))

    def turn(self, edge: Decimal) -> Decimal:
        """The z at which an edge lies in the direction of the value."""
        return edge if self.better is Better.HIGHER else edge.copy_negate()


@dataclass(frozen=True, slots=True)
class NormCuts:
    """Norm bands made ready for the many values of one group: where, in the unit of the value, the edges lie."""

    bands: NormBands
    norm: Norm
    _edges: tuple[Decimal, ...] = field(init=False, repr=False)
    _lows: tuple[Decimal, ...] = field(init=False, repr=False)
    _highs: tuple[Decimal, ...] = field(init=False, repr=False)
    """The edges as z of the value, rising; in the unit of the value each lies between its low and its high."""
    _marks: tuple[Mark, ...] = field(init=False, repr=False)
    """Of every step, worst first; of all units alike when SD is 0."""

    def __post_init__(self) -> None:
        scores = self.bands.scores if self.norm.variance else (self.bands.sd_zero,)
        edges = sorted(self.bands.turn(edge) for edge in self.bands.edges) if self.norm.variance else []
        near = [self.norm.near(edge) for edge in edges]
        lows = list(accumulate((low for low, _ in reversed(near)), min))  # rising even where SD is next to nothing
        object.__setattr__(self, "_edges", tuple(edges))
        object.__setattr__(self, "_lows", tuple(reversed(lows)))
        object.__setattr__(self, "_highs", tuple(accumulate((high for _, high in near), max)))
        object.__setattr__(self, "_marks", tuple(Mark(Decimal(score), ScoreStanding.SCORED) for score in scores))

    def mark(self, value: Decimal | None, last: Decimal | None = None) -> Mark:
        """The score of a value in short. Raises ScoringError for NaN and infinity."""
        return NO_DATA.mark if value is None else self._marks[self.step(value)]

    def step(self, value: Decimal) -> int:
        """How many edges the value has passed on the way to better scores; 0 when SD is 0."""
        below = bisect_left(self._highs, check_finite(value))  # edges that are surely below
        reached = bisect_right(self._lows, value)  # and those that are not surely above
        higher = self.bands.better is Better.HIGHER
        passed = below
        if below != reached:  # so near to an edge that only the exact comparison tells
            stands = [self.norm.compare(value, edge) for edge in self._edges[below:reached]]
            passed += sum(stand >= 0 if higher else stand > 0 for stand in stands)
        return passed if higher else len(self._edges) - passed


def _basis(norm: Norm, value: Decimal) -> Basis:
    z = norm.z(value)
    figures: Basis = (("n", norm.n), ("mean", norm.shown_mean), ("sd", norm.sd))
    return figures if z is None else (*figures, ("z", z))
