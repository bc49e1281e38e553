"""Netting: a negative net is owed, or forgiven in the open; never a silent zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.allocation import AllocationError, Netting, NettingPolicy, net


@pytest.mark.parametrize("policy", NettingPolicy)
def test_more_earned_than_advanced_is_paid(policy: NettingPolicy) -> None:
    assert net(150, 100, policy) == Netting(50, 0, 0)


@pytest.mark.parametrize("policy", NettingPolicy)
def test_exactly_the_advance_leaves_nothing(policy: NettingPolicy) -> None:
    assert net(100, 100, policy) == Netting(0, 0, 0)


def test_less_earned_than_advanced_is_a_receivable() -> None:
    assert net(60, 100, NettingPolicy.RECOVER) == Netting(-40, 40, 0)


def test_floor_at_zero_shows_what_it_forgives() -> None:
    assert net(60, 100, NettingPolicy.FLOOR_ZERO) == Netting(0, 0, 40)


def test_earned_may_be_negative_after_an_adjustment() -> None:
    assert net(-5, 0, NettingPolicy.RECOVER) == Netting(-5, 5, 0)


def test_negative_advance_is_refused() -> None:
    with pytest.raises(AllocationError) as caught:
        net(0, -1, NettingPolicy.RECOVER)
    assert caught.value.problems[0].code == "allocation.negative"
    assert "'advance'" in caught.value.problems[0].en


def test_policy_names_are_those_of_a_pack() -> None:
    assert [policy.value for policy in NettingPolicy] == ["recover", "floor_zero"]


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.sampled_from(NettingPolicy))
def test_no_satang_is_lost(earned: int, advance: int, policy: NettingPolicy) -> None:
    result = net(earned, advance, policy)
    assert earned - advance == result.net - result.forgiven
    assert result.receivable == max(-result.net, 0)
