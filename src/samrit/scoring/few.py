"""Few: what happens to the score of a unit with too few cases to judge."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from samrit.problems import problem
from samrit.scoring.errors import ScoringError
from samrit.scoring.known import Known
from samrit.scoring.scored import Basis, Scored, ScoreStanding, add_basis

if TYPE_CHECKING:  # pragma: no cover (types only: the rules do not know this module)
    from samrit.scoring.rule import Rule


class FewThen(StrEnum):
    """What a unit with too few cases gets."""

    UNSCORED = "unscored"  # no score
    NO_DATA = "no_data"  # 0
    WORST = "worst"  # the worst score of the rule
    BEST = "best"  # the best score of the rule
    SCORE = "score"  # the score of the rule all the same, with a remark in its basis


@dataclass(frozen=True, slots=True)
class Few:
    """The least number of cases (B) that a value needs, and what units below it get.

    Units whose number of cases is not known are scored. Raises ScoringError for a least number below 1.

    >>> from samrit.scoring import Bands, Better, score
    >>> bands = Bands((1, 2), (Decimal(50),), 2, Better.HIGHER)
    >>> scored = score(Known(Decimal(100), cases=3), bands, Few(10, FewThen.UNSCORED))
    >>> scored.score, scored.standing.value, scored.basis
    (None, 'too_few', (('cases', 3), ('least', 10)))
    """

    least: int
    then: FewThen = FewThen.UNSCORED

    def __post_init__(self) -> None:
        if self.least < 1:
            raise ScoringError(problem("scoring.few.least", found=self.least))

    def score(self, known: Known, rule: "Rule") -> Scored:
        """The score under the rule, guarded. Raises ScoringError for cases that are negative or not finite."""
        cases = known.cases
        if cases is not None and not (Decimal(cases).is_finite() and cases >= 0):
            raise ScoringError(problem("scoring.cases"))
        if cases is None or cases >= self.least:
            return rule.score(known)
        basis: Basis = (("cases", cases), ("least", self.least))
        if self.then is FewThen.SCORE:
            return add_basis(rule.score(known), after=basis)
        instead = {
            FewThen.UNSCORED: None,
            FewThen.NO_DATA: Decimal(0),
            FewThen.WORST: rule.worst,
            FewThen.BEST: rule.best,
        }
        return Scored(instead[self.then], ScoreStanding.TOO_FEW, basis=basis)
