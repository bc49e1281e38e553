"""Improvement: change in points and in percent, its direction, and what happens without last year's value."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.scoring import NO_DATA, Bands, Better, Change, Improvement, Known, Levels, ScoreStanding
from scoring.reasons import codes_of

BANDS = Bands((1, 2, 3), (Decimal(0), Decimal(5)), 2, Better.HIGHER)
POINTS, PERCENT = Improvement(Change.POINTS, BANDS), Improvement(Change.PERCENT, BANDS)
LEVELS = Levels({0: 0, 50: 4})


def known(value: str, last: str | None) -> Known:
    return Known(Decimal(value), None if last is None else Decimal(last))


@pytest.mark.parametrize(
    ("value", "last", "points", "percent"),
    [
        ("80", "75", 3, 3),
        ("80", "75.01", 2, 3),  # 6.65 %
        ("105", "100", 3, 3),
        ("104.99", "100", 2, 2),
        ("104.995", "100", 3, 3),  # rounded half up before it is compared
        ("210", "200.01", 3, 2),  # 4.99 %
        ("75", "75", 2, 2),
        ("74.99", "75", 1, 1),
    ],
)
def test_change_is_measured_in_points_or_in_percent_of_last_year(
    value: str, last: str, points: int, percent: int
) -> None:
    assert POINTS.score(known(value, last)).score == points
    assert PERCENT.score(known(value, last)).score == percent


def test_less_is_improvement_when_lower_is_better() -> None:
    for change in Change:
        fewer = Improvement(change, BANDS, better=Better.LOWER)
        assert [fewer.score(known(value, "100")).score for value in ("95", "95.01", "100", "100.01")] == [3, 2, 2, 1]


def test_basis_says_last_years_value_and_the_change_as_it_was() -> None:
    fewer = Improvement(Change.PERCENT, BANDS, better=Better.LOWER)
    scored = fewer.score(known("98", "100"))
    assert scored.basis == (("last", Decimal(100)), ("change", Decimal(-2)))
    assert (scored.score, scored.standing, scored.band) == (2, ScoreStanding.SCORED, 2)
    assert (scored.value, scored.next_edge, scored.distance) == (2, 5, 3)  # an improvement of 2, 3 short of 5


def test_percent_of_a_negative_last_value_keeps_the_direction() -> None:
    assert PERCENT.score(known("-5", "-10")).basis[1] == ("change", Decimal(50))


def test_no_value_scores_zero_and_asks_no_other_rule() -> None:
    assert Improvement(Change.POINTS, BANDS, LEVELS).score(Known(last=Decimal(1))) == NO_DATA


def test_without_last_year_the_other_rule_scores() -> None:
    scored = Improvement(Change.POINTS, BANDS, LEVELS).score(known("50", None))
    assert (scored.score, scored.standing) == (4, ScoreStanding.SCORED)
    assert scored.basis == (("improvement", "otherwise"),)


def test_without_last_year_and_another_rule_there_is_no_score() -> None:
    scored = POINTS.score(known("50", None))
    assert (scored.score, scored.standing) == (None, ScoreStanding.UNSCORED)
    assert scored.basis == (("improvement", "otherwise"),)


def test_last_value_of_zero_is_none_for_percent_only() -> None:
    assert Improvement(Change.PERCENT, BANDS, LEVELS).score(known("50", "0.00")).score == 4
    assert PERCENT.score(known("50", "0")).standing is ScoreStanding.UNSCORED
    assert POINTS.score(known("50", "0")).score == 3


def test_percent_just_below_an_edge_never_reaches_it() -> None:
    """4.995 less 10^-60 percent: rounded to 50 digits it would be 4.995 and then 5.00."""
    with decimal.localcontext(prec=100):
        value = Decimal("104.995") - Decimal("1e-60")
    assert PERCENT.score(Known(value, last=Decimal(100))).score == 2
    with decimal.localcontext(prec=100):
        value = Decimal("104.995") * 3 - Decimal("1e-60")
    assert PERCENT.score(Known(value, last=Decimal(300))).score == 2


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=1):
        assert PERCENT.score(known("104.99", "100")).score == 2


@pytest.mark.parametrize(("value", "last"), [("NaN", "1"), ("1", "NaN"), ("Infinity", "1")])
@pytest.mark.parametrize("rule", [POINTS, PERCENT])
def test_what_is_no_number_is_refused(value: str, last: str, rule: Improvement) -> None:
    assert codes_of(lambda: rule.score(known(value, last))) == ["scoring.value"]


def test_bands_of_an_improvement_read_upwards() -> None:
    down = Bands((1, 2), (Decimal(0),), 2, Better.LOWER)
    assert codes_of(lambda: Improvement(Change.POINTS, down)) == ["scoring.improvement.bands"]


def test_best_and_worst_are_those_of_both_rules() -> None:
    assert (POINTS.best, POINTS.worst) == (3, 1)
    both = Improvement(Change.POINTS, BANDS, LEVELS)
    assert (both.best, both.worst) == (4, 0)
    inner = Improvement(Change.POINTS, BANDS, Levels({1: 2}))
    assert (inner.best, inner.worst) == (3, 1)


VALUES = st.decimals(0, 100, places=2)


@settings(max_examples=100, deadline=None)
@given(VALUES, VALUES, st.decimals("0.01", 100, places=2), st.sampled_from(Change), st.sampled_from(Better))
def test_better_value_never_scores_less(
    one: Decimal, other: Decimal, last: Decimal, change: Change, better: Better
) -> None:
    rule = Improvement(change, BANDS, better=better)
    worse, best = sorted((one, other), reverse=better is Better.LOWER)
    assert (rule.score(Known(worse, last)).score or 0) <= (rule.score(Known(best, last)).score or 0)
