"""Price per point: points x indices x price, rounded once; what full marks would earn stays as undistributed."""

from decimal import Decimal

import pytest

from samrit.allocation import AllocationError, Earned, Index, PointLine, price_per_point


def test_points_are_paid_at_the_price() -> None:
    lines = {"af": PointLine(Decimal(10)), "dm": PointLine(Decimal("2.5"))}
    assert price_per_point(lines, Decimal(4)) == Earned(5000, {"af": 4000, "dm": 1000}, 5000, 0)


def test_indices_of_an_item_touch_that_item_only() -> None:
    # prevalence twice the national one
    lines = {"af": PointLine(Decimal(10), (Index(Decimal(4), Decimal(2)),)), "dm": PointLine(Decimal(10))}
    assert price_per_point(lines, Decimal(1)).items == {"af": 2000, "dm": 1000}


def test_indices_of_the_unit_touch_every_item() -> None:
    lines = {"af": PointLine(Decimal(10), (Index(Decimal(4), Decimal(2)),)), "dm": PointLine(Decimal(10))}
    half = Index(Decimal(5), Decimal(10))
    assert price_per_point(lines, Decimal(1), [half]).items == {"af": 1000, "dm": 500}
    assert price_per_point(lines, Decimal(1), (half, half)).items == {"af": 500, "dm": 250}


def test_missed_and_unscored_points_stay_undistributed_at_the_same_indices() -> None:
    double = (Index(Decimal(2), Decimal(1)),)
    lines = {
        "af": PointLine(Decimal(3), double, best=Decimal(10)),
        "dm": PointLine(None, double, best=Decimal(5)),
        "ht": PointLine(None),
    }
    assert price_per_point(lines, Decimal(1)) == Earned(600, {"af": 600, "dm": 0, "ht": 0}, 3000, 2400)


def test_total_is_rounded_once_and_items_are_its_split() -> None:
    # three times a third of 50 satang is 50; each alone would be 17
    third = (Index(Decimal(1), Decimal(3)),)
    lines = {code: PointLine(Decimal("0.5"), third) for code in "cab"}
    assert price_per_point(lines, Decimal(1)) == Earned(50, {"c": 16, "a": 17, "b": 17}, 50, 0)


def test_ceiling_is_rounded_once_too() -> None:
    third = (Index(Decimal(1), Decimal(3)),)
    lines = {code: PointLine(Decimal(0), third, best=Decimal("0.02")) for code in "ab"}  # 4/3 satang at full marks
    assert price_per_point(lines, Decimal(1)) == Earned(0, {"a": 0, "b": 0}, 1, 1)


def test_no_items_earn_nothing() -> None:
    assert price_per_point({}, Decimal(1)) == Earned(0, {}, 0, 0)


def test_full_marks_leave_nothing() -> None:
    assert price_per_point({"af": PointLine(Decimal(10), best=Decimal(10))}, Decimal(1)).undistributed == 0


def test_all_mistakes_are_shown_together() -> None:
    lines = {
        "a": PointLine(Decimal("5.01"), best=Decimal(5)),
        "b": PointLine(Decimal(-1), best=Decimal(-2)),
        "c": PointLine(Decimal("NaN"), best=Decimal(1)),
    }
    with pytest.raises(AllocationError) as caught:
        price_per_point(lines, Decimal(-1))
    assert [(p.code, p.en.split("'")[1]) for p in caught.value.problems] == [
        ("allocation.negative", "price"),
        ("allocation.points.above_best", "a"),
        ("allocation.negative", "b"),
        ("allocation.negative", "b"),
        ("allocation.number", "c"),
    ]
