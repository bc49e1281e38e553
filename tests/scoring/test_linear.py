"""Linear scores: between the bounds, at them and beyond."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.scoring import NO_DATA, Better, Known, Linear, ScoreStanding
from scoring.reasons import codes_of

UK = Linear(Decimal(40), Decimal(90), Decimal(10))
DOWN = Linear(Decimal(40), Decimal(90), Decimal(10), Better.LOWER)


@pytest.mark.parametrize(
    ("value", "score"),
    [("-5", "0"), ("40", "0"), ("40.5", "0.1"), ("65", "5"), ("89", "9.8"), ("90", "10"), ("100", "10")],
)
def test_score_grows_evenly_between_the_bounds(value: str, score: str) -> None:
    scored = UK.score(Known(Decimal(value)))
    assert (scored.score, scored.standing, scored.band) == (Decimal(score), ScoreStanding.SCORED, None)


@pytest.mark.parametrize(("value", "score"), [("30", "10"), ("40", "10"), ("41", "9.8"), ("90", "0"), ("91", "0")])
def test_lower_is_better_is_the_mirror_image(value: str, score: str) -> None:
    assert DOWN.score(Known(Decimal(value))).score == Decimal(score)


def test_next_edge_is_the_bound_of_full_marks() -> None:
    below = UK.score(Known(Decimal("65.125")))
    assert (below.next_edge, below.distance) == (90, Decimal("24.875"))
    above = DOWN.score(Known(Decimal(95)))
    assert (above.next_edge, above.distance) == (40, 55)
    assert UK.score(Known(Decimal(90))).next_edge is None
    assert DOWN.score(Known(Decimal(40))).next_edge is None


def test_no_value_scores_zero_and_says_so() -> None:
    assert UK.score(Known()) == NO_DATA


def test_score_without_end_has_fifty_digits_whatever_the_callers_context() -> None:
    with decimal.localcontext(prec=3):
        thirds = Linear(Decimal(0), Decimal(3), Decimal(2))
        assert thirds.score(Known(Decimal(1))).score == Decimal("0." + "6" * 49 + "7")


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_value_that_is_no_number_is_refused(value: str) -> None:
    assert codes_of(lambda: UK.score(Known(Decimal(value)))) == ["scoring.value"]


@pytest.mark.parametrize(
    ("lower", "upper", "best", "codes"),
    [
        ("5", "5", "1", ["scoring.linear.bounds"]),
        ("6", "5", "1", ["scoring.linear.bounds"]),
        ("NaN", "5", "1", ["scoring.linear.bounds"]),
        ("1", "Infinity", "1", ["scoring.linear.bounds"]),
        ("1", "2", "0", ["scoring.linear.best"]),
        ("1", "2", "NaN", ["scoring.linear.best"]),
        ("1", "2", "Infinity", ["scoring.linear.best"]),
        ("2", "1", "-1", ["scoring.linear.bounds", "scoring.linear.best"]),
    ],
)
def test_rule_that_cannot_be_is_refused(lower: str, upper: str, best: str, codes: list[str]) -> None:
    assert codes_of(lambda: Linear(Decimal(lower), Decimal(upper), Decimal(best))) == codes


def test_refusal_says_what_was_written() -> None:
    with pytest.raises(Exception, match="The lower bound 6 must be below the upper bound 5") as caught:
        Linear(Decimal(6), Decimal(5), Decimal(-7))
    assert "The full score -7 must be" in str(caught.value)


@pytest.mark.parametrize("rule", [UK, DOWN])
def test_no_value_has_the_mark_of_no_data(rule: Linear) -> None:
    assert rule.mark(None) == (NO_DATA.score, NO_DATA.standing)


def test_worst_is_zero() -> None:
    assert (UK.best, UK.worst) == (10, 0)


VALUES = st.decimals(-20, 130, places=3)


@settings(max_examples=100, deadline=None)
@given(VALUES, VALUES, st.sampled_from([UK, DOWN]))
def test_better_value_never_scores_less(one: Decimal, other: Decimal, rule: Linear) -> None:
    worse, better = sorted((one, other), reverse=rule.better is Better.LOWER)
    assert (rule.score(Known(worse)).score or 0) <= (rule.score(Known(better)).score or 0)
