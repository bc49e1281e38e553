"""Rule: every way to score, behind one function."""

from decimal import Decimal

from samrit.scoring.bands import Bands
from samrit.scoring.conditional import Conditional
from samrit.scoring.few import Few
from samrit.scoring.improvement import Improvement
from samrit.scoring.known import Known
from samrit.scoring.ladder import Ladder
from samrit.scoring.levels import Levels
from samrit.scoring.linear import Linear
from samrit.scoring.norm_bands import NormBands
from samrit.scoring.scored import UNSCORED, Scored

Rule = Bands | Levels | NormBands | Ladder | Linear | Improvement | Conditional


def score(known: Known, rule: Rule | None, few: Few | None = None) -> Scored:
    """The score of what is known under a rule; no rule -> UNSCORED. `few` guards against too few cases.

    Raises ScoringError for numbers that are none and facts that do not fit the rule.

    >>> from samrit.scoring import Better
    >>> score(Known(Decimal(70)), Bands((1, 2), (Decimal(70),), 2, Better.HIGHER)).score
    Decimal('2')
    """
    if rule is None:
        return UNSCORED
    return rule.score(known) if few is None else few.score(known, rule)


def best_of(rule: Rule) -> Decimal:
    """The best score that the rule can give: full marks."""
    return rule.best


def worst_of(rule: Rule) -> Decimal:
    """The worst score that the rule gives to a unit with data."""
    return rule.worst
