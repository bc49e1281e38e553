"""NormBands: a value scored against the mean and standard deviation of its group."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from samrit.problems import Problems, problem
from samrit.scoring.bands import Better
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import check_finite
from samrit.scoring.known import Known
from samrit.scoring.norm import Norm
from samrit.scoring.scored import NO_DATA, Basis, Scored, ScoreStanding
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
        if not norm.variance:
            check_finite(value)
            return Scored(Decimal(self.sd_zero), ScoreStanding.SCORED, value=value, basis=_basis(norm, value))
        passed = sum(1 for _ in takewhile(lambda edge: self._opens(edge, norm, value), self.edges))
        next_edge = norm.at(self._turn(self.edges[passed])) if passed < len(self.edges) else None
        score = Decimal(self.scores[passed])
        return Scored(score, ScoreStanding.SCORED, passed + 1, next_edge, value, basis=_basis(norm, value))

    def _opens(self, edge: Decimal, norm: Norm, value: Decimal) -> bool:
        stands = norm.compare(value, self._turn(edge))
        return stands >= 0 if self.better is Better.HIGHER else stands <= 0

    def _turn(self, edge: Decimal) -> Decimal:
        return edge if self.better is Better.HIGHER else edge.copy_negate()


def _basis(norm: Norm, value: Decimal) -> Basis:
    z = norm.z(value)
    figures: Basis = (("n", norm.n), ("mean", norm.shown_mean), ("sd", norm.sd))
    return figures if z is None else (*figures, ("z", z))
