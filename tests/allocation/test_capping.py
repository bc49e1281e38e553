"""Capping: proportional, down only or both ways, and a scaled total is the cap to the satang."""

from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.allocation import AllocationError, Capped, Scale, cap_amounts


@pytest.mark.parametrize("scale", Scale)
def test_sum_above_the_cap_is_cut_in_proportion(scale: Scale) -> None:
    capped = cap_amounts({"a": Decimal(300), "b": Decimal(100)}, 100, scale)
    assert capped == Capped({"a": 75, "b": 25}, Fraction(1, 4), 100, 0)


def test_sum_below_the_cap_stays_when_scaled_down_only() -> None:
    capped = cap_amounts({"a": Decimal(30), "b": Decimal(10)}, 100)
    assert capped == Capped({"a": 30, "b": 10}, Fraction(1), 40, 60)


def test_sum_below_the_cap_is_raised_when_scaled_both_ways() -> None:
    capped = cap_amounts({"a": Decimal(30), "b": Decimal(10)}, 100, Scale.BOTH)
    assert capped == Capped({"a": 75, "b": 25}, Fraction(5, 2), 100, 0)


@pytest.mark.parametrize("scale", Scale)
def test_sum_that_is_the_cap_is_left_alone(scale: Scale) -> None:
    assert cap_amounts({"a": 30, "b": 10}, 40, scale) == Capped({"a": 30, "b": 10}, Fraction(1), 40, 0)


def test_a_fraction_of_a_satang_above_the_cap_is_already_cut() -> None:
    # 10 + 1/3 satang over a cap of 10: the factor is 30/31
    capped = cap_amounts({"a": Fraction(31, 3)}, 10)
    assert capped == Capped({"a": 10}, Fraction(30, 31), 10, 0)


def test_slack_total_is_the_rounded_sum_split_by_largest_remainder() -> None:
    # 0.5 + 0.5 + 0.5 = 1.5 rounds to 2; rounding each would make 3
    capped = cap_amounts({code: Fraction(1, 2) for code in "cba"}, 9)
    assert capped == Capped({"c": 0, "b": 1, "a": 1}, Fraction(1), 2, 7)


@pytest.mark.parametrize("scale", Scale)
def test_without_a_cap_nothing_is_scaled_and_nothing_left(scale: Scale) -> None:
    assert cap_amounts({"a": Decimal("7.5")}, None, scale) == Capped({"a": 8}, Fraction(1), 8, 0)


@pytest.mark.parametrize("scale", Scale)
def test_amounts_of_zero_leave_the_whole_cap(scale: Scale) -> None:
    assert cap_amounts({"a": 0}, 100, scale) == Capped({"a": 0}, Fraction(1), 0, 100)
    assert cap_amounts({}, 100, scale) == Capped({}, Fraction(1), 0, 100)


def test_cap_of_zero_pays_nobody() -> None:
    assert cap_amounts({"a": 3, "b": 4}, 0) == Capped({"a": 0, "b": 0}, Fraction(0), 0, 0)


def test_all_unusable_figures_are_shown_together() -> None:
    with pytest.raises(AllocationError) as caught:
        cap_amounts({"a": Decimal(-1), "b": Decimal("NaN"), "c": Fraction(-1, 2)}, -1)
    assert [(p.code, p.en.split("'")[1]) for p in caught.value.problems] == [
        ("allocation.negative", "cap"),
        ("allocation.negative", "a"),
        ("allocation.number", "b"),
        ("allocation.negative", "c"),
    ]


def test_scale_names_are_those_of_a_pack() -> None:
    """nhso-2552 section 6, A5: scale: down_only | both."""
    assert [scale.value for scale in Scale] == ["down_only", "both"]
