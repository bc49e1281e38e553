"""Instalments: parts in an order that add up to the total."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.allocation import AllocationError, NothingToShareBy, instalments, paid_so_far, rest

HALVES = {"first": Decimal(50), "second": Decimal(30), "third": Decimal(20)}


def test_total_is_divided_by_the_proportions_in_their_order() -> None:
    assert list(instalments(1000, HALVES).items()) == [("first", 500), ("second", 300), ("third", 200)]


def test_remainder_of_equal_parts_goes_to_the_earlier_ones() -> None:
    months = {name: Decimal(1) for name in ("oct", "nov", "dec", "jan", "feb")}
    assert list(instalments(103, months).values()) == [21, 21, 21, 20, 20]


def test_remainder_of_unequal_parts_goes_to_the_largest_fraction() -> None:
    # 3 x 0.5, 0.3, 0.2 = 1.5, 0.9, 0.6
    assert instalments(3, HALVES) == {"first": 1, "second": 1, "third": 1}


def test_negative_total_is_the_mirror_image() -> None:
    months = {name: Decimal(1) for name in ("oct", "nov", "dec")}
    assert instalments(-8, months) == {"oct": -3, "nov": -3, "dec": -2}


def test_proportions_of_zero_or_below_are_refused() -> None:
    with pytest.raises(NothingToShareBy):
        instalments(1, {"a": Decimal(0)})
    with pytest.raises(AllocationError):
        instalments(1, {"a": Decimal(-1), "b": Decimal(2)})


def test_paid_and_rest_make_the_total_at_every_instalment() -> None:
    amounts = {"first": 500, "second": 300, "third": 200}
    assert [paid_so_far(amounts, name) for name in amounts] == [500, 800, 1000]
    assert [rest(amounts, name) for name in amounts] == [500, 200, 0]


@pytest.mark.parametrize("ask", [paid_so_far, rest])
def test_unknown_instalment_is_refused_with_the_nearest_name(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(AllocationError) as caught:
        ask({"first": 1, "second": 2}, "secnd")
    assert [p.code for p in caught.value.problems] == ["allocation.instalment.unknown"]
    assert "'second'" in caught.value.problems[0].en


@settings(max_examples=100, deadline=None)
@given(st.integers(-(10**12), 10**12), st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12).filter(any))
def test_instalments_add_up_exactly(total: int, proportions: list[Decimal]) -> None:
    amounts = instalments(total, {f"{n:02}": share for n, share in enumerate(proportions)})
    assert sum(amounts.values()) == total
    assert all(amount * total >= 0 for amount in amounts.values())
