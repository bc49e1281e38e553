"""Rolling up: the scores of primary care units made into one score of the unit that is paid."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from samrit.problems import Problems
from samrit.scoring.errors import ScoringError
from samrit.scoring.exact import decimal_of

Part = tuple[Decimal | None, Decimal]  # score, weight (often the population)


class RollUp(StrEnum):
    """The declared rule by which many scores become one."""

    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    WORST = "worst"
    BEST = "best"


def roll_up_scores(parts: Sequence[Part], how: RollUp) -> Decimal | None:
    """One score of many (score, weight): to 50 digits, in any order of parts. Parts without a score are left out.

    None when no part has a score, or no weight is left under weighted_mean; only weighted_mean looks at the weights.
    Raises ScoringError for a score that is not finite and a weight that is negative or not finite.

    >>> parts = [(Decimal(5), Decimal(3000)), (Decimal(2), Decimal(1000)), (None, Decimal(500))]
    >>> roll_up_scores(parts, RollUp.WEIGHTED_MEAN), count_left_out(parts)
    (Decimal('4.25'), 1)
    """
    found = Problems()
    for score, weight in parts:
        if score is not None and not score.is_finite():
            found.add("scoring.value")
        if not weight.is_finite() or weight < 0:
            found.add("scoring.weight", weight=weight)
    if found:
        raise ScoringError(*found)
    scored = [(score, weight) for score, weight in parts if score is not None]
    if not scored:
        return None
    if how is RollUp.WORST:
        return min(score for score, _ in scored)
    if how is RollUp.BEST:
        return max(score for score, _ in scored)
    weighted = how is RollUp.WEIGHTED_MEAN
    return _mean([(Fraction(score), Fraction(weight) if weighted else Fraction(1)) for score, weight in scored])


def count_left_out(parts: Sequence[Part]) -> int:
    """How many parts have no score and are left out by `roll_up_scores`."""
    return sum(score is None for score, _ in parts)


def _mean(parts: Sequence[tuple[Fraction, Fraction]]) -> Decimal | None:
    weight = sum((weight for _, weight in parts), Fraction(0))
    total = sum((score * weight for score, weight in parts), Fraction(0))
    return decimal_of(Fraction(total, weight)) if weight else None
