"""Indices: exact ratios between limits, multiplied without rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.allocation import AllocationError, Index, multiply_indices


def index(value: str, low: str | None = None, high: str | None = None) -> Fraction:
    limits = [None if limit is None else Decimal(limit) for limit in (low, high)]
    return Index(Decimal(value), Decimal(3), *limits).ratio


def test_ratio_is_exact() -> None:
    assert index("7") == Fraction(7, 3)
    assert index("0.1") == Fraction(1, 30)
    assert index("0") == 0


def test_ratio_is_held_between_the_limits_that_are_given() -> None:
    assert index("1", low="0.5") == Fraction(1, 2)
    assert index("2", low="0.5") == Fraction(2, 3)
    assert index("9", high="2") == 2
    assert index("5", high="2") == Fraction(5, 3)
    assert index("9", low="0.5", high="2") == 2
    assert index("1", low="0.5", high="2") == Fraction(1, 2)
    assert index("3", low="0", high="0") == 0


def test_limits_may_be_one_and_the_same() -> None:
    assert index("9", low="1", high="1") == 1


def test_reference_of_zero_is_refused() -> None:
    with pytest.raises(AllocationError) as caught:
        Index(Decimal(1), Decimal("0.00"))
    assert [p.code for p in caught.value.problems] == ["allocation.index.reference"]


def test_limits_that_cross_are_refused() -> None:
    with pytest.raises(AllocationError) as caught:
        Index(Decimal(1), Decimal(1), Decimal("1.01"), Decimal(1))
    assert [p.code for p in caught.value.problems] == ["allocation.index.limits"]
    assert "1.01" in caught.value.problems[0].en


def test_unusable_figures_are_shown_together() -> None:
    with pytest.raises(AllocationError) as caught:
        Index(Decimal(-1), Decimal(-2), Decimal("NaN"), Decimal(-4))
    assert [(p.code, p.en.split("'")[1]) for p in caught.value.problems] == [
        ("allocation.negative", "value"),
        ("allocation.negative", "reference"),
        ("allocation.number", "low"),
        ("allocation.negative", "high"),
    ]


def test_product_of_indices_is_exact_and_one_of_none() -> None:
    thirds = [Index(Decimal(1), Decimal(3))] * 3
    assert multiply_indices(thirds) == Fraction(1, 27)
    assert multiply_indices([]) == 1
