"""Splits: they add up, they do not care for order, and a slow second implementation agrees."""

import decimal
import random
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.allocation import (
    AllocationError,
    NotConserved,
    NothingToShareBy,
    check_conservation,
    closed_pool,
    split,
    split_rows,
)

SHARES = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=5), st.decimals(0, 1000, places=2), min_size=1, max_size=12
).filter(lambda shares: any(shares.values()))
POOLS = st.integers(-(10**12), 10**12)


def test_remainder_goes_to_the_largest_fraction() -> None:
    # 10 x 5/9 = 5.56, 10 x 3/9 = 3.33, 10 x 1/9 = 1.11
    assert split(10, {"a": Decimal(5), "b": Decimal(3), "c": Decimal(1)}) == {"a": 6, "b": 3, "c": 1}


def test_tie_goes_to_the_larger_share() -> None:
    # 2 x 3/4 = 1.5 and 2 x 1/4 = 0.5: the same remainder
    assert split(2, {"a": Decimal(1), "b": Decimal(3)}) == {"a": 0, "b": 2}


def test_tie_of_equal_shares_goes_to_the_smaller_code() -> None:
    assert split(5, {"11054": Decimal(1), "11053": Decimal(1)}) == {"11054": 2, "11053": 3}


def test_stated_order_settles_equal_remainders_before_size_and_code() -> None:
    # 2 x 3/4 = 1.5 and 2 x 1/4 = 0.5: the same remainder, and the smaller share is named first
    assert split(2, {"b": Decimal(3), "a": Decimal(1)}, order=("a", "b")) == {"b": 1, "a": 1}
    assert split(5, {"11053": Decimal(1), "11054": Decimal(1)}, order=["11054", "11053"]) == {"11053": 2, "11054": 3}


def test_stated_order_does_not_beat_a_larger_remainder() -> None:
    # 10 x 5/9 = 5.56, 10 x 3/9 = 3.33, 10 x 1/9 = 1.11
    shares = {"a": Decimal(5), "b": Decimal(3), "c": Decimal(1)}
    assert split(10, shares, order=("c", "b", "a")) == {"a": 6, "b": 3, "c": 1}


def test_stated_order_may_name_codes_that_have_no_share() -> None:
    assert split(1, {"a": Decimal(1), "b": Decimal(1)}, order=("z", "b", "y", "a")) == {"a": 0, "b": 1}


def test_order_that_leaves_codes_out_or_names_one_twice_is_refused() -> None:
    with pytest.raises(AllocationError) as caught:
        split(1, {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)}, order=("c", "z", "y", "x", "w", "v") * 2)
    assert [(p.code, p.en.split("'")[1]) for p in caught.value.problems] == [
        *(("allocation.code.repeated", code) for code in "cvwxyz"),
        ("allocation.order.missing", "a"),
        ("allocation.order.missing", "b"),
    ]


def test_shares_may_be_fractions_and_whole_numbers() -> None:
    # 1/3 : 1/2 : 1 : 1/6 = 2 : 3 : 6 : 1 of 12
    assert split(24, {"a": Fraction(1, 3), "b": Decimal("0.5"), "c": 1, "d": Fraction(1, 6)}) == {
        "a": 4,
        "b": 6,
        "c": 12,
        "d": 2,
    }
    with pytest.raises(AllocationError):
        split(1, {"a": Fraction(-1, 3), "b": 1})


def test_negative_pool_is_the_mirror_image() -> None:
    assert split(-5, {"b": Decimal(1), "a": Decimal(1)}) == {"b": -2, "a": -3}


def test_empty_pool_gives_everybody_nothing() -> None:
    assert split(0, {"a": Decimal(1), "b": Decimal(2)}) == {"a": 0, "b": 0}


def test_share_of_zero_gets_nothing() -> None:
    assert split(7, {"a": Decimal(0), "b": Decimal(1), "c": Decimal(1)})["a"] == 0


def test_shares_of_very_different_sizes_stay_exact() -> None:
    shares = {"large": Decimal("1E+20"), "small": Decimal("1E-20")}
    # one part in 10**40 + 1 is the small one's
    assert split(10**40 + 1, shares) == {"large": 10**40, "small": 1}


@pytest.mark.parametrize("shares", [{}, {"a": Decimal(0)}, {"a": Decimal("0.00"), "b": Decimal("-0")}])
def test_shares_that_add_up_to_zero_are_refused(shares: dict[str, Decimal]) -> None:
    with pytest.raises(NothingToShareBy) as caught:
        split(100, shares)
    assert caught.value.problems[0].code == "allocation.nothing_to_share_by"


def test_negative_and_unusable_shares_are_refused_together() -> None:
    shares = {"a": Decimal(-1), "b": Decimal("NaN"), "c": Decimal("1E+101"), "d": Decimal("1E-101"), "e": Decimal(1)}
    with pytest.raises(AllocationError) as caught:
        split(100, shares | {"f": Decimal("1." + "1" * 100)})
    assert [(p.code, p.en.split("'")[1]) for p in caught.value.problems if "'" in p.en] == [
        ("allocation.negative", "a"),
        ("allocation.number", "b"),
        ("allocation.number", "c"),
        ("allocation.number", "d"),
        ("allocation.number", "f"),
    ]


def test_closed_pool_is_spent_whole_by_point_people() -> None:
    # 800 x 300 = 240,000 and 400 x 100 = 40,000 point-people: 6/7 and 1/7 of 1,000
    paid = closed_pool(1000, {"10705": Decimal(800) * 300, "11030": Decimal(400) * 100})
    assert paid == {"10705": 857, "11030": 143}


def test_closed_pool_follows_a_stated_order() -> None:
    assert closed_pool(1, {"a": Decimal(1), "b": Decimal(1)}, order=("b", "a")) == {"a": 0, "b": 1}


def test_closed_pool_of_a_negative_pot_is_refused() -> None:
    with pytest.raises(AllocationError) as caught:
        closed_pool(-1, {"a": Decimal(1)})
    assert caught.value.problems[0].code == "allocation.negative"
    assert "'pot'" in caught.value.problems[0].en


def test_parts_that_add_up_are_accepted() -> None:
    check_conservation(100, {"paid": 70, "undistributed": 30})
    check_conservation(0, [])
    check_conservation(-5, [-2, -3])


def test_missing_satang_is_refused_with_the_difference() -> None:
    with pytest.raises(NotConserved) as caught:
        check_conservation(100, {"a": 70, "b": 29})
    assert caught.value.difference == -1
    assert "difference -1 satang" in caught.value.problems[0].en
    with pytest.raises(NotConserved) as caught:
        check_conservation(100, [112])
    assert "difference +12 satang" in caught.value.problems[0].en


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=1, rounding=decimal.ROUND_UP) as context:
        context.traps[decimal.Inexact] = True
        assert split(1000, {"a": Decimal("12.34"), "b": Decimal("87.66")}) == {"a": 123, "b": 877}


@settings(max_examples=150, deadline=None)
@given(POOLS, SHARES)
def test_parts_sum_to_the_pool_and_stay_within_one_of_their_due(pool: int, shares: dict[str, Decimal]) -> None:
    parts = split(pool, shares)
    assert sum(parts.values()) == pool
    total = sum(Fraction(share) for share in shares.values())
    assert all(abs(parts[code] - pool * Fraction(share) / total) < 1 for code, share in shares.items())


@settings(max_examples=100, deadline=None)
@given(POOLS, SHARES, st.randoms(use_true_random=False))
def test_order_and_scale_of_shares_do_not_matter(
    pool: int, shares: dict[str, Decimal], shuffler: random.Random
) -> None:
    order = list(shares)
    shuffler.shuffle(order)
    assert split(pool, {code: shares[code] for code in order}) == split(pool, shares)
    assert split(pool, {code: share.scaleb(7) for code, share in shares.items()}) == split(pool, shares)


@settings(max_examples=100, deadline=None)
@given(POOLS, SHARES)
def test_larger_share_never_gets_less(pool: int, shares: dict[str, Decimal]) -> None:
    parts = split(abs(pool), shares)
    by_share = sorted(shares, key=lambda code: shares[code])
    assert all(parts[small] <= parts[large] for small, large in pairwise(by_share) if shares[small] < shares[large])


ROWS = st.integers(1, 4).flatmap(
    lambda units: st.tuples(
        st.lists(st.integers(0, 10**9), min_size=units, max_size=units),
        st.dictionaries(
            st.text("0123456789", min_size=1, max_size=3),
            st.lists(st.decimals(1, 1000, places=2) | st.just(Decimal(1)), min_size=units, max_size=units),
            min_size=1,
            max_size=6,
        ),
    )
)


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_many_pools_at_once_are_split_as_each_alone(given: tuple[list[int], dict[str, list[Decimal]]]) -> None:
    pools, shares = given
    alone = [split(pool, {code: of[place] for code, of in shares.items()}) for place, pool in enumerate(pools)]
    assert split_rows(pools, shares) == alone


def test_rows_of_nothing_are_refused_only_where_there_is_something_to_split() -> None:
    nothing = {"a": [Decimal(0)], "b": [Decimal(0)]}
    assert split_rows([0], nothing) == [{"a": 0, "b": 0}]
    with pytest.raises(NothingToShareBy):
        split_rows([1], nothing)


def test_rows_with_unusable_figures_are_refused_with_all_of_them() -> None:
    with pytest.raises(AllocationError) as caught:
        split_rows([-1], {"a": [Decimal("NaN")], "b": [Decimal(-1)]})
    assert [problem.code for problem in caught.value.problems] == [
        "allocation.negative", "allocation.number", "allocation.negative",
    ]  # fmt: skip
