"""Rolling up: many scores made one by the declared rule."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.scoring import RollUp, count_left_out, roll_up_scores
from scoring.reasons import codes_of

PARTS = [(Decimal(4), Decimal(1000)), (None, Decimal(9000)), (Decimal(1), Decimal(3000)), (Decimal(2), Decimal(0))]


@pytest.mark.parametrize(
    ("how", "score"),
    [
        (RollUp.MEAN, "2." + "3" * 49),  # (4 + 1 + 2) / 3
        (RollUp.WEIGHTED_MEAN, "1.75"),  # (4000 + 3000) / 4000
        (RollUp.WORST, "1"),
        (RollUp.BEST, "4"),
    ],
)
def test_scores_become_one_by_the_declared_rule(how: RollUp, score: str) -> None:
    assert roll_up_scores(PARTS, how) == Decimal(score)


def test_parts_without_a_score_are_counted() -> None:
    assert count_left_out(PARTS) == 1
    assert count_left_out([]) == 0
    assert count_left_out([(None, Decimal(1)), (Decimal(0), Decimal(1)), (None, Decimal(0))]) == 2


@pytest.mark.parametrize("how", list(RollUp))
def test_no_score_at_all_stays_no_score(how: RollUp) -> None:
    assert roll_up_scores([], how) is None
    assert roll_up_scores([(None, Decimal(1))], how) is None


def test_a_score_of_zero_is_a_score() -> None:
    parts = [(Decimal(0), Decimal(1)), (Decimal(5), Decimal(1))]
    assert [roll_up_scores(parts, how) for how in RollUp] == [Decimal("2.5"), Decimal("2.5"), 0, 5]


def test_without_any_weight_there_is_no_weighted_mean() -> None:
    parts = [(Decimal(3), Decimal(0)), (None, Decimal(7))]
    assert roll_up_scores(parts, RollUp.WEIGHTED_MEAN) is None
    assert roll_up_scores(parts, RollUp.MEAN) == 3


@pytest.mark.parametrize("how", list(RollUp))
def test_what_is_no_number_is_refused(how: RollUp) -> None:
    parts = [(Decimal("NaN"), Decimal(1)), (Decimal(1), Decimal(-1)), (None, Decimal("NaN"))]
    assert codes_of(lambda: roll_up_scores(parts, how)) == ["scoring.value", "scoring.weight", "scoring.weight"]


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=1):
        assert roll_up_scores(PARTS, RollUp.WEIGHTED_MEAN) == Decimal("1.75")


SCORES = st.none() | st.decimals(0, 5, places=1)
MANY = st.lists(st.tuples(SCORES, st.decimals(0, 1000, places=1)), max_size=8)


@settings(max_examples=100, deadline=None)
@given(MANY, st.randoms(use_true_random=False), st.sampled_from(RollUp))
def test_the_order_of_parts_does_not_matter_and_the_score_lies_among_them(
    parts: list[tuple[Decimal | None, Decimal]], chance, how: RollUp
) -> None:
    shuffled = list(parts)
    chance.shuffle(shuffled)
    score = roll_up_scores(shuffled, how)
    assert score == roll_up_scores(parts, how)
    if score is not None:
        known = [part for part, _ in parts if part is not None]
        assert min(known) <= score <= max(known)
