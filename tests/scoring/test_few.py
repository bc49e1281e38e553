"""Too few cases: what a unit gets, and when the guard does not touch it."""

from decimal import Decimal

import pytest

from samrit.scoring import NO_DATA, UNSCORED, Bands, Better, Few, FewThen, Known, Levels, ScoreStanding, band, score
from scoring.reasons import codes_of

BANDS = Bands((1, 3, 5), (Decimal(50), Decimal(90)), 0, Better.HIGHER)


@pytest.mark.parametrize(
    ("then", "earned"),
    [(FewThen.UNSCORED, None), (FewThen.NO_DATA, 0), (FewThen.WORST, 1), (FewThen.BEST, 5)],
)
def test_below_the_least_number_the_unit_gets_what_the_pack_says(then: FewThen, earned: int | None) -> None:
    scored = score(Known(Decimal(60), cases=29), BANDS, Few(30, then))
    assert (scored.score, scored.standing) == (earned, ScoreStanding.TOO_FEW)
    assert scored.basis == (("cases", 29), ("least", 30))
    assert (scored.band, scored.value) == (None, None)


def test_scoring_all_the_same_leaves_a_remark() -> None:
    scored = score(Known(Decimal(60), cases=29), BANDS, Few(30, FewThen.SCORE))
    assert (scored.score, scored.standing, scored.band) == (3, ScoreStanding.SCORED, 2)
    assert scored.basis == (("cases", 29), ("least", 30))


@pytest.mark.parametrize("cases", [30, Decimal(30), Decimal("30.5"), None])
def test_enough_cases_or_an_unknown_number_are_scored_as_ever(cases: Decimal | int | None) -> None:
    assert score(Known(Decimal(60), cases=cases), BANDS, Few(30)) == band(Decimal(60), BANDS)


def test_no_cases_at_all_are_too_few_and_not_a_zero() -> None:
    scored = score(Known(cases=0), BANDS, Few(1))
    assert (scored.score, scored.standing) == (None, ScoreStanding.TOO_FEW)
    assert score(Known(), BANDS, Few(1)) == NO_DATA


def test_without_a_rule_nothing_is_guarded() -> None:
    assert score(Known(Decimal(60), cases=1), None, Few(30, FewThen.BEST)) == UNSCORED


def test_broken_cases_are_compared_as_they_are() -> None:
    assert score(Known(Decimal(60), cases=Decimal("29.99")), BANDS, Few(30)).standing is ScoreStanding.TOO_FEW


def test_guard_gives_no_score_unless_told_otherwise() -> None:
    assert Few(30).then is FewThen.UNSCORED


def test_worst_and_best_are_those_of_the_rule() -> None:
    levels = Levels({0: 2, 1: 4})
    assert score(Known(cases=0), levels, Few(1, FewThen.WORST)).score == 2
    assert score(Known(cases=0), levels, Few(1, FewThen.BEST)).score == 4


@pytest.mark.parametrize("cases", [-1, Decimal("NaN"), Decimal("Infinity")])
def test_cases_that_cannot_be_are_refused(cases: Decimal | int) -> None:
    assert codes_of(lambda: score(Known(Decimal(60), cases=cases), BANDS, Few(30))) == ["scoring.cases"]


@pytest.mark.parametrize("least", [0, -1])
def test_least_number_below_one_is_refused(least: int) -> None:
    assert codes_of(lambda: Few(least)) == ["scoring.few.least"]


def test_least_number_of_one_is_accepted() -> None:
    assert score(Known(Decimal(60), cases=1), BANDS, Few(1)).score == 3
