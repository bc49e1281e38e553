"""Satang and exact numbers: rounding of fractions, sums, what is shown."""

from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.allocation import round_satang, show
from samrit.allocation.satang import add_up, find_fault, whole_columns


@pytest.mark.parametrize(
    ("exact", "satang"),
    [
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Fraction(499, 1000), 0),
        (Fraction(-499, 1000), 0),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(7, 3), 2),
        (Fraction(8, 3), 3),
        (Fraction(-8, 3), -3),
        (Decimal("2.5"), 3),
        (7, 7),
        (0, 0),
    ],
)
def test_halves_go_away_from_zero_in_every_kind_of_number(exact: Decimal | Fraction | int, satang: int) -> None:
    assert round_satang(exact) == satang


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(3200, 350), 2, "9.14"),  # nhso-2552 section 6
        (Fraction(4100, 350), 2, "11.71"),
        (Fraction(4100, 350), 0, "12"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(10), 2, "10.00"),
    ],
)
def test_shown_values_are_half_up_and_keep_their_places(value: Fraction, places: int, shown: str) -> None:
    assert str(show(value, places)) == shown


def test_more_digits_than_a_usual_context_holds_are_shown() -> None:
    assert str(show(Fraction(1, 3), 60)) == "0." + "3" * 60


def test_sum_of_mixed_numbers_is_exact() -> None:
    assert add_up([Decimal("0.1"), Fraction(1, 3), 2]) == Fraction(73, 30)
    assert add_up([]) == 0


def test_numbers_of_the_largest_size_are_usable_and_one_digit_more_is_not() -> None:
    assert find_fault("x", Decimal("9" * 100)) == []
    assert find_fault("x", Decimal("1E+100")) == []
    assert find_fault("x", Decimal("1E-100")) == []
    assert find_fault("x", 10**99) == []
    assert [fault.code for fault in find_fault("x", 10**100)] == ["allocation.number"]
    assert find_fault("x", Fraction(10**200, 3)) == []


def test_sign_is_looked_at_unless_it_may_be_negative() -> None:
    for number in (-1, Decimal("-0.01"), Fraction(-1, 3)):
        assert [fault.code for fault in find_fault("x", number)] == ["allocation.negative"]
        assert find_fault("x", number, negative=True) == []
    assert find_fault("x", 0) == []


@pytest.mark.parametrize(
    ("numbers", "whole", "places"),
    [
        (["1", "2.50", "0"], [100, 250, 0], 2),
        (["1E+3", "0.001"], [1_000_000, 1], 3),
        (["1.5E-7", "2"], [15, 200_000_000], 8),
        (["-0.5"], [-5], 1),
        ([], [], 0),
    ],
)
def test_decimals_are_whole_numbers_of_one_small_part(numbers: list[str], whole: list[int], places: int) -> None:
    assert whole_columns([[Decimal(number) for number in numbers]]) == ([whole], places)
