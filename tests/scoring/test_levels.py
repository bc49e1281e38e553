"""Levels: what a given level is worth."""

from decimal import Decimal

import pytest

from samrit.scoring import NO_DATA, Known, Levels, ScoreStanding
from scoring.reasons import codes_of

STEPS = Levels({0: 0, 1: 3, 2: Decimal("4.5"), 5: 4})


@pytest.mark.parametrize(("level", "score"), [("0", "0"), ("1", "3"), ("2", "4.5"), ("2.00", "4.5"), ("5", "4")])
def test_level_earns_its_score(level: str, score: str) -> None:
    scored = STEPS.score(Known(Decimal(level)))
    assert (scored.score, scored.standing, scored.value) == (Decimal(score), ScoreStanding.SCORED, Decimal(level))
    assert (scored.band, scored.next_edge) == (None, None)


def test_level_may_be_the_score() -> None:
    same = Levels({level: level for level in range(6)})
    assert [same.score(Known(Decimal(level))).score for level in range(6)] == [0, 1, 2, 3, 4, 5]


def test_no_level_scores_zero_and_says_so() -> None:
    assert STEPS.score(Known()) == NO_DATA


@pytest.mark.parametrize("level", ["3", "-1", "1.5", "6"])
def test_level_outside_the_table_is_refused(level: str) -> None:
    assert codes_of(lambda: STEPS.score(Known(Decimal(level)))) == ["scoring.level.unknown"]


def test_refusal_names_the_levels_there_are() -> None:
    with pytest.raises(Exception, match="Level 3 is not in the table; the levels are 0, 1, 2, 5"):
        Levels({5: 4, 0: 0, 2: 2, 1: 1}).score(Known(Decimal(3)))


def test_level_that_is_no_number_is_refused() -> None:
    assert codes_of(lambda: STEPS.score(Known(Decimal("NaN")))) == ["scoring.value"]


@pytest.mark.parametrize("scores", [{}, {0: 0, 1: -1}, {0: Decimal("NaN")}, {1: Decimal("Infinity")}])
def test_table_that_cannot_be_is_refused(scores: dict[int, Decimal | int]) -> None:
    assert codes_of(lambda: Levels(scores)) == ["scoring.levels"]


def test_best_and_worst_are_those_of_any_level() -> None:
    assert (STEPS.best, STEPS.worst) == (Decimal("4.5"), 0)


def test_no_level_has_the_mark_of_no_data() -> None:
    assert STEPS.mark(None) == (NO_DATA.score, NO_DATA.standing)
