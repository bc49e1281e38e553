"""Rule: every way to score, behind one function."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from samrit.scoring.bands import Bands
from samrit.scoring.conditional import Conditional
from samrit.scoring.few import Few
from samrit.scoring.improvement import Improvement
from samrit.scoring.known import Known
from samrit.scoring.ladder import Ladder
from samrit.scoring.levels import Levels
from samrit.scoring.linear import Linear
from samrit.scoring.norm import Norm
from samrit.scoring.norm_bands import NormBands, NormCuts
from samrit.scoring.scored import UNSCORED, Mark, Scored

Rule = Bands | Levels | NormBands | Ladder | Linear | Improvement | Conditional


class Marker(Protocol):
    """A rule made ready for many units: this year's and last year's value -> the score in short."""

    def __call__(self, value: Decimal | None, last: Decimal | None) -> Mark: ...


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


def marker_of(rule: Rule, norms: Mapping[str, Norm]) -> Marker | None:
    """A rule made ready for the many units of one group; it gives each the mark of `score`.

    None for a rule that looks at more than this year's and last year's value, or that lacks the norm of its group.

    >>> from samrit.scoring import Better
    >>> mark = marker_of(Bands((1, 2), (Decimal(70),), 2, Better.HIGHER), {})
    >>> [mark(Decimal(value), None).score for value in (69, 70)] if mark else None
    [Decimal('1'), Decimal('2')]
    """
    match rule:
        case Bands() | Levels() | Linear():
            return rule.mark
        case Improvement(otherwise=None):
            return rule.mark
        case NormBands():
            norm = norms.get("")
            return None if norm is None else NormCuts(rule, norm).mark
        case _:
            return None


def best_of(rule: Rule) -> Decimal:
    """The best score that the rule can give: full marks."""
    return rule.best


def worst_of(rule: Rule) -> Decimal:
    """The worst score that the rule gives to a unit with data."""
    return rule.worst
