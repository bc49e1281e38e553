"""Pots: an amount wins, a rate serves when there is none, and the difference of the two is shown."""

from decimal import Decimal

import pytest

from samrit.allocation import AllocationError, Pot, pot_amount, pot_difference


def test_pot_by_rate_and_people() -> None:
    """nhso-2552 section 2: 20 baht per UC person."""
    assert pot_amount(Pot(rate=Decimal(20), people=350_000)) == 700_000_000


def test_pot_by_rate_is_rounded_once() -> None:
    assert pot_amount(Pot(rate=Decimal("0.005"), people=3)) == 2  # 1.5 satang
    assert pot_amount(Pot(rate=Decimal(0), people=3)) == 0


def test_amount_wins_over_rate_and_people() -> None:
    assert pot_amount(Pot(5, Decimal(1), 1)) == 5
    assert pot_amount(Pot(0, Decimal(1), 1)) == 0


def test_difference_is_amount_less_rate_times_people() -> None:
    """qof-2557 C1: 236,938,423 printed; 54.65 x 4,335,091 = 236,912,723.15."""
    assert pot_difference(Pot(23_693_842_300, Decimal("54.65"), 4_335_091)) == 23_693_842_300 - 23_691_272_315


def test_difference_is_negative_when_the_rate_gives_more() -> None:
    """qof-2557 C1: the excellence of 0.55 per head is 2,384,300.05, printed 2,369,384."""
    assert pot_difference(Pot(236_938_400, Decimal("0.55"), 4_335_091)) == -1_491_605


def test_difference_of_equal_ways_is_zero_and_not_nothing() -> None:
    assert pot_difference(Pot(100, Decimal(1), 1)) == 0
    assert pot_difference(Pot(0, Decimal(1), 0)) == 0


@pytest.mark.parametrize(
    "pot", [Pot(100), Pot(100, rate=Decimal(1)), Pot(100, people=1), Pot(rate=Decimal(1), people=1)]
)
def test_there_is_no_difference_with_one_way_only(pot: Pot) -> None:
    assert pot_difference(pot) is None


@pytest.mark.parametrize("given", [{}, {"rate": Decimal(1)}, {"people": 1}])
def test_pot_without_a_way_to_an_amount_is_refused(given: dict[str, Decimal | int]) -> None:
    with pytest.raises(AllocationError) as caught:
        Pot(**given)
    assert [p.code for p in caught.value.problems] == ["allocation.pot.empty"]


def test_all_unusable_figures_are_shown_together() -> None:
    with pytest.raises(AllocationError) as caught:
        Pot(-1, Decimal("NaN"), -2)
    assert [(p.code, p.en.split("'")[1]) for p in caught.value.problems] == [
        ("allocation.negative", "amount"),
        ("allocation.number", "rate"),
        ("allocation.negative", "people"),
    ]
