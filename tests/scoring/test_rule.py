"""One door to all rules, and their full marks."""

from decimal import Decimal
from typing import get_args

import pytest

from samrit.scoring import (
    NO_DATA,
    UNSCORED,
    Bands,
    Better,
    Branch,
    Change,
    Condition,
    Conditional,
    FactTest,
    Improvement,
    Known,
    Ladder,
    Levels,
    Linear,
    NormBands,
    Rule,
    Rung,
    ScoreStanding,
    best_of,
    norm_of,
    score,
    worst_of,
)

BANDS = Bands((1, 2), (Decimal(7),), 0, Better.HIGHER)
SEVEN = Known(Decimal(7), Decimal(0), norms={"": norm_of([Decimal(7), Decimal(1)])})
# rule, score of 7 (last year 0, the other of the group 1), best, worst
RULES: list[tuple[Rule, int, int, int]] = [
    (BANDS, 2, 2, 1),
    (Levels({7: 3, 8: 4, 9: 2}), 3, 4, 2),
    (NormBands(), 4, 5, 0),  # mean 4, SD 3: z is 1
    (Ladder((Rung("seven", 6, (Condition("value", FactTest.IS, Decimal(7)),)), Rung("any", 2, ()))), 6, 6, 2),
    (Linear(Decimal(6), Decimal(8), Decimal(10)), 5, 10, 0),
    (Improvement(Change.POINTS, BANDS), 2, 2, 1),
    (Conditional((), BANDS), 2, 2, 1),
    (Conditional((Branch((), BANDS),)), 2, 2, 1),
]


def test_every_rule_is_tried() -> None:
    assert {type(rule) for rule, *_ in RULES} == set(get_args(Rule))


@pytest.mark.parametrize(("rule", "earned", "best", "worst"), RULES, ids=lambda value: type(value).__name__)
def test_one_function_scores_under_every_rule(rule: Rule, earned: int, best: int, worst: int) -> None:
    scored = score(SEVEN, rule)
    assert (scored.score, scored.standing) == (earned, ScoreStanding.SCORED)
    assert (best_of(rule), worst_of(rule)) == (best, worst)
    assert isinstance(best_of(rule), Decimal)
    assert isinstance(worst_of(rule), Decimal)
    assert isinstance(scored.score, Decimal)


@pytest.mark.parametrize("rule", [rule for rule, *_ in RULES], ids=lambda rule: type(rule).__name__)
def test_nothing_known_is_no_data_under_every_rule(rule: Rule) -> None:
    scored = score(Known(), rule)
    assert (scored.score, scored.standing) == (NO_DATA.score, NO_DATA.standing)


def test_no_rule_is_no_score() -> None:
    assert score(SEVEN, None) == UNSCORED
    assert score(Known(), None) == UNSCORED
