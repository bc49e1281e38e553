"""Values and scores as the sheets show them, and how far the next score is."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from samrit.reports.figures import Figures
from samrit.schemes import Item, ScoreLine
from samrit.schemes.authoring.rules import BandSet
from samrit.scoring import ScoreStanding

PERCENT = "(A/B)x100"
FOUR_PLACES = Decimal("0.0001")
GOOD, FAIR = Decimal("0.8"), Decimal("0.6")
"""Shares of the best score from which a score is shown as met, and as near: 4 and 3 of 5."""


def value_of_line(line: ScoreLine) -> Decimal | None:
    """The value of an item at a unit as scores.csv has it: half up to four places."""
    value = line.counted.value
    return None if value is None else value.quantize(FOUR_PLACES, ROUND_HALF_UP)


def mark_of_line(line: ScoreLine) -> str:
    """How a score stands against the best: met, near, miss; '' without a score."""
    score, best = line.scored.score, line.max_score
    if score is None or line.scored.standing is not ScoreStanding.SCORED:
        return ""
    return "met" if score >= best * GOOD else "near" if score >= best * FAIR else "miss"


def needed_for_next_score(figures: Figures, item: Item, line: ScoreLine) -> int | None:
    """How many more of A, with the same B, lift the value to the next score; None where A is no part of B.

    A value is rounded half up before it is compared, so half a step below the edge is enough.
    """
    edge, a, b = line.scored.next_edge, line.counted.a, line.counted.b
    if edge is None or a is None or not b or item.item not in figures.measures or item.score is None:
        return None
    of = figures.measures[item.item].definition
    if of.formula != PERCENT or of.a.part_of != "b":
        return None
    rule = figures.run.pack.scheme.scoring[item.score.by]
    if not isinstance(rule, BandSet):
        return None
    half = Decimal(5).scaleb(-rule.decimals - 1)
    need = int(((edge - half) * b / 100 - a).to_integral_value(ROUND_CEILING))
    return need if 0 < need <= b - a else None
