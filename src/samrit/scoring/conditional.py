"""Conditional: one rule for these units, another for those - targets by class of hospital or by last year's value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from samrit.problems import Problems
from samrit.scoring.conditions import Condition, all_hold, check_days
from samrit.scoring.errors import ScoringError
from samrit.scoring.known import Known
from samrit.scoring.scored import UNMATCHED, UNSCORED, Scored, add_basis

if TYPE_CHECKING:  # pragma: no cover (types only: a rule may hold rules)
    from samrit.scoring.rule import Rule


@dataclass(frozen=True, slots=True)
class Branch:
    """The rule for units of which all conditions hold; None: these units are not scored."""

    when: tuple[Condition, ...]
    rule: "Rule | None"


@dataclass(frozen=True, slots=True)
class Conditional:
    """Branches in the order of trying: the first that holds scores, else `otherwise`; without one, UNMATCHED.

    Certificates are judged on the day `on`, with so many calendar months of grace. Raises ScoringError when no branch
    has a rule.

    >>> from samrit.scoring import Bands, Better, Change, FactTest, Improvement
    >>> keep = Bands((0, 5), (Decimal(80),), 2, Better.HIGHER)
    >>> rise = Improvement(Change.POINTS, Bands((0, 5), (Decimal(5),), 2, Better.HIGHER))
    >>> rule = Conditional((Branch((Condition("last", FactTest.AT_LEAST, Decimal(80)),), keep),), rise)
    >>> [rule.score(Known(Decimal(81), last=Decimal(last))).score for last in (80, 77)]
    [Decimal('5'), Decimal('0')]
    """

    branches: tuple[Branch, ...]
    otherwise: "Rule | None" = None
    on: date | None = None
    grace_months: int = 0

    def __post_init__(self) -> None:
        found = Problems()
        if not self._rules():
            found.add("scoring.conditional.empty")
        conditions = [condition for branch in self.branches for condition in branch.when]
        check_days(conditions, self.on, self.grace_months, found)
        if found:
            raise ScoringError(*found)

    @property
    def best(self) -> Decimal:
        """The best score of any branch."""
        return max(rule.best for rule in self._rules())

    @property
    def worst(self) -> Decimal:
        """The worst score of any branch."""
        return min(rule.worst for rule in self._rules())

    def score(self, known: Known) -> Scored:
        """The score that the first branch that holds gives. Raises ScoringError as `holds` and that rule do."""
        for number, branch in enumerate(self.branches, start=1):
            if all_hold(branch.when, known, self.on, self.grace_months):
                scored = UNSCORED if branch.rule is None else branch.rule.score(known)
                return add_basis(scored, before=(("branch", number),))
        if self.otherwise is None:
            return UNMATCHED
        return add_basis(self.otherwise.score(known), before=(("branch", "otherwise"),))

    def _rules(self) -> "list[Rule]":
        rules = [*(branch.rule for branch in self.branches), self.otherwise]
        return [rule for rule in rules if rule is not None]
