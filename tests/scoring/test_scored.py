"""Scored: the ways to have no score, the distance, points and shares."""

import decimal
from decimal import Decimal

import pytest

from samrit.scoring import NO_DATA, NOT_COMPUTED, UNMATCHED, UNSCORED, Scored, ScoreStanding, points, share
from scoring.reasons import codes_of

FOUR = Scored(Decimal(4), ScoreStanding.SCORED)


def test_only_no_data_is_a_zero() -> None:
    assert NO_DATA.score == 0
    assert [nothing.score for nothing in (UNMATCHED, UNSCORED, NOT_COMPUTED)] == [None, None, None]


def test_the_ways_to_have_no_score_are_told_apart() -> None:
    assert len({Scored(Decimal(0), ScoreStanding.SCORED), NO_DATA, UNMATCHED, UNSCORED, NOT_COMPUTED}) == 5
    assert [s.standing.value for s in (NO_DATA, UNMATCHED, UNSCORED, NOT_COMPUTED)] == [
        "no_data",
        "unmatched",
        "unscored",
        "not_computed",
    ]


def test_distance_counts_from_the_rounded_value() -> None:
    scored = Scored(Decimal(2), ScoreStanding.SCORED, 2, Decimal(70), Decimal("69.9949"), 2)
    assert scored.distance == Decimal("0.01")


def test_distance_counts_from_the_value_itself_where_nothing_is_rounded() -> None:
    scored = Scored(Decimal(2), ScoreStanding.SCORED, 2, Decimal(70), Decimal("69.9949"))
    assert scored.distance == Decimal("0.0051")


def test_distance_is_positive_on_the_way_down() -> None:
    assert Scored(Decimal(1), ScoreStanding.SCORED, 1, Decimal(8), Decimal("8.5")).distance == Decimal("0.5")


def test_without_edge_or_value_there_is_no_distance() -> None:
    assert FOUR.distance is None
    assert Scored(Decimal(4), ScoreStanding.SCORED, next_edge=Decimal(1)).distance is None
    assert Scored(Decimal(4), ScoreStanding.SCORED, value=Decimal(1)).distance is None


def test_points_are_the_part_of_full_marks_times_the_weight() -> None:
    assert points(FOUR, 5, Decimal(45)) == 36
    assert points(FOUR, 4, Decimal(45)) == 45
    assert points(NO_DATA, 5, Decimal(45)) == 0
    assert points(NO_DATA, 1, Decimal(45)) == 0
    assert points(Scored(Decimal("0.4"), ScoreStanding.SCORED), Decimal("0.5"), Decimal(45)) == 36
    assert points(FOUR, 5, Decimal(0)) == 0


def test_points_multiply_before_they_divide() -> None:
    assert points(Scored(Decimal(1), ScoreStanding.SCORED), 3, Decimal(60)) == 20


def test_full_marks_may_be_a_broken_number() -> None:
    assert points(Scored(Decimal("2.25"), ScoreStanding.SCORED), Decimal("4.5"), Decimal(10)) == 5


@pytest.mark.parametrize("nothing", [UNSCORED, UNMATCHED, NOT_COMPUTED])
def test_no_score_gives_no_points_and_no_share(nothing: Scored) -> None:
    assert points(nothing, 5, Decimal(45)) is None
    assert share(nothing, 5) is None


def test_share_is_the_part_of_full_marks() -> None:
    assert share(Scored(Decimal(3), ScoreStanding.SCORED), 5) == Decimal("0.6")


@pytest.mark.parametrize("scored", [NO_DATA, UNSCORED])
@pytest.mark.parametrize("max_score", [0, -5, Decimal("NaN"), Decimal("Infinity")])
def test_full_score_that_can_be_none_is_refused(scored: Scored, max_score: Decimal | int) -> None:
    assert codes_of(lambda: points(scored, max_score, Decimal(1))) == ["scoring.max_score"]


def test_full_score_below_the_score_is_refused() -> None:
    assert codes_of(lambda: points(FOUR, 3, Decimal(1))) == ["scoring.max_score"]


@pytest.mark.parametrize("weight", ["-1", "NaN", "Infinity"])
def test_weight_that_cannot_be_one_is_refused(weight: str) -> None:
    assert codes_of(lambda: points(NO_DATA, 5, Decimal(weight))) == ["scoring.weight"]


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=1, rounding=decimal.ROUND_UP) as context:
        context.traps[decimal.Inexact] = True
        assert points(Scored(Decimal(2), ScoreStanding.SCORED), 5, Decimal("12.345")) == Decimal("4.938")


def test_points_without_end_have_fifty_digits() -> None:
    assert share(Scored(Decimal(2), ScoreStanding.SCORED), 3) == Decimal("0." + "6" * 49 + "7")
