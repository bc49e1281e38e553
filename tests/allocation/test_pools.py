"""Pools by domain: cut by weight, shared by point-people, and what nobody earned stays in its domain."""

from decimal import Decimal

import pytest

from samrit.allocation import AllocationError, NothingToShareBy, Pooled, by_domain


def test_pot_is_cut_by_weight_and_shared_by_point_people() -> None:
    # 1,000 over 3 : 1 is 750 and 250; 750 over 200 : 100, 250 over 1 : 4
    pooled = by_domain(
        1000,
        {"1": Decimal(3), "2": Decimal(1)},
        {"1": {"a": Decimal(200), "b": Decimal(100)}, "2": {"a": Decimal(1), "b": Decimal(4)}},
    )
    assert pooled == Pooled({"1": {"a": 500, "b": 250}, "2": {"a": 50, "b": 200}}, {"1": 0, "2": 0}, 1000)


def test_domain_where_nobody_has_a_point_keeps_its_part() -> None:
    pooled = by_domain(1000, {"1": Decimal(3), "2": Decimal(1)}, {"1": {"a": Decimal(0)}, "2": {"a": Decimal(2)}})
    assert pooled == Pooled({"1": {"a": 0}, "2": {"a": 250}}, {"1": 750, "2": 0}, 250)


def test_domain_of_which_nothing_is_known_keeps_its_part() -> None:
    pooled = by_domain(1000, {"1": Decimal(3), "2": Decimal(1)}, {"2": {"a": Decimal(2)}})
    assert pooled == Pooled({"1": {}, "2": {"a": 250}}, {"1": 750, "2": 0}, 250)


def test_domain_without_weight_gets_nothing_and_keeps_nothing() -> None:
    pooled = by_domain(10, {"1": Decimal(1), "2": Decimal(0)}, {"1": {"a": Decimal(1)}, "2": {"a": Decimal(1)}})
    assert pooled == Pooled({"1": {"a": 10}, "2": {"a": 0}}, {"1": 0, "2": 0}, 10)


def test_both_cuts_are_by_largest_remainder() -> None:
    # 11 over 1 : 1 is 6 and 5 (tie: smaller code); 6 over 1 : 3 is 1.5 and 4.5 (tie: larger part)
    pooled = by_domain(
        11,
        {"2": Decimal(1), "1": Decimal(1)},
        {"2": {"a": Decimal(1)}, "1": {"a": Decimal(1), "b": Decimal(3)}},
    )
    assert pooled.parts == {"2": {"a": 5}, "1": {"a": 1, "b": 5}}


def test_weights_of_zero_are_refused() -> None:
    with pytest.raises(NothingToShareBy):
        by_domain(1, {"1": Decimal(0)}, {})


def test_all_mistakes_are_shown_together_with_the_nearest_domain() -> None:
    with pytest.raises(AllocationError) as caught:
        by_domain(-1, {"child": Decimal(1)}, {"chld": {"a": Decimal(-1)}, "child": {"b": Decimal("NaN")}})
    assert [(p.code, p.en.split("'")[1::2]) for p in caught.value.problems] == [
        ("allocation.negative", ["pot"]),
        ("allocation.domain.unknown", ["chld", "child"]),
        ("allocation.negative", ["chld.a"]),
        ("allocation.number", ["child.b"]),
    ]
