"""Support: by rates against a pot, by shares of a pot, inside or beside another pot."""

from decimal import Decimal

import pytest

from samrit.allocation import (
    Activity,
    ActivityRates,
    ActivityShares,
    AllocationError,
    NothingToShareBy,
    Support,
    support,
    take_from,
)

UNITS = {"10705": Activity(1, 300, 20), "11030": Activity(1, 60, 10)}
RATES = ActivityRates(hospitals=Decimal(1000), beds=Decimal("2.50"), units=Decimal(10))
# 1,000 + 750 + 200 = 1,950.00 and 1,000 + 150 + 100 = 1,250.00 baht


def test_rates_are_paid_whole_and_the_rest_of_the_pot_stays() -> None:
    assert support(400_000, UNITS, RATES) == Support({"10705": 195_000, "11030": 125_000}, 320_000, 320_000, 80_000)


def test_rates_above_the_pot_are_cut_in_proportion_and_what_was_asked_is_shown() -> None:
    assert support(32_000, UNITS, RATES) == Support({"10705": 19_500, "11030": 12_500}, 320_000, 32_000, 0)


def test_rates_without_a_pot_are_paid_whole() -> None:
    assert support(None, UNITS, RATES) == Support({"10705": 195_000, "11030": 125_000}, 320_000, 320_000, 0)


def test_rates_of_half_satang_are_rounded_once() -> None:
    units = {"a": Activity(beds=1), "b": Activity(beds=1), "c": Activity(beds=1)}
    # three times 0.5 satang: 1.5 rounds to 2
    assert support(None, units, ActivityRates(beds=Decimal("0.005"))) == Support({"a": 1, "b": 1, "c": 0}, 2, 2, 0)


def test_shares_cut_the_pot_and_numbers_divide_each_part() -> None:
    # 1,200 over 2 : 3 : 1 is 400, 600, 200; hospitals 1 : 1, beds 300 : 60, units 20 : 10 (133 1/3 and 66 2/3)
    shares = ActivityShares(hospitals=Decimal(2), beds=Decimal(3), units=Decimal(1))
    found = support(1200, UNITS, shares)
    assert found == Support({"10705": 200 + 500 + 133, "11030": 200 + 100 + 67}, 1200, 1200, 0)


def test_share_of_which_nobody_has_any_stays() -> None:
    shares = ActivityShares(hospitals=Decimal(1), beds=Decimal(1))
    found = support(100, {"a": Activity(hospitals=3), "b": Activity(hospitals=2)}, shares)
    assert found == Support({"a": 30, "b": 20}, 100, 50, 50)


def test_nobody_leaves_the_whole_pot() -> None:
    assert support(100, {}, ActivityShares(beds=Decimal(1))) == Support({}, 100, 0, 100)
    assert support(100, {}, RATES) == Support({}, 0, 0, 100)


def test_what_is_not_stated_is_none() -> None:
    every = {"a": Activity(1, 1, 1)}
    for by in (ActivityRates(hospitals=Decimal(1)), ActivityRates(beds=Decimal(1)), ActivityRates(units=Decimal(1))):
        assert support(None, every, by).total == 100
    full = ActivityRates(Decimal(1), Decimal(1), Decimal(1))
    for activity in (Activity(hospitals=1), Activity(beds=1), Activity(units=1)):
        assert support(None, {"a": activity}, full).total == 100


def test_support_inside_another_pot_takes_its_whole_pot_out() -> None:
    """nhso-2552 A1: 1 baht of the 20 per person; what nobody took stays with the support and is not counted twice."""
    people = 1000
    taken = support(people * 100, UNITS, ActivityRates(beds=Decimal(2)))  # 720 of 1,000 baht
    assert (taken.total, taken.undistributed) == (72_000, 28_000)
    assert take_from(people * 20 * 100, taken) == people * 19 * 100


def test_support_may_take_a_pot_to_the_last_satang_and_no_further() -> None:
    taken = support(None, UNITS, RATES)
    assert take_from(320_000, taken) == 0
    with pytest.raises(AllocationError) as caught:
        take_from(319_999, taken)
    assert [p.code for p in caught.value.problems] == ["allocation.support.exceeds"]
    assert "320000" in caught.value.problems[0].en


def test_shares_need_a_pot() -> None:
    with pytest.raises(AllocationError) as caught:
        support(None, UNITS, ActivityShares(beds=Decimal(1)))
    assert [p.code for p in caught.value.problems] == ["allocation.support.no_pot"]


def test_shares_of_zero_are_refused() -> None:
    with pytest.raises(NothingToShareBy):
        support(1, UNITS, ActivityShares())


def test_all_mistakes_are_shown_together() -> None:
    with pytest.raises(AllocationError) as caught:
        support(-1, {"a": Activity(-1, 0, -3)}, ActivityRates(beds=Decimal("NaN"), units=Decimal(-1)))
    assert [(p.code, p.en.split("'")[1]) for p in caught.value.problems] == [
        ("allocation.negative", "pot"),
        ("allocation.negative", "a.hospitals"),
        ("allocation.number", "beds"),
        ("allocation.negative", "units"),
        ("allocation.negative", "a.units"),
    ]
