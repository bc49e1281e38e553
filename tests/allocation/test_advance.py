"""Advance on last year's money: a share of it x indices, rounded once."""

from decimal import Decimal

import pytest

from samrit.allocation import AllocationError, Index, advance_on_last


def test_advance_is_a_share_of_last_year() -> None:
    assert advance_on_last(1_000_000, Decimal("0.6")) == 600_000


def test_uprating_multiplies_before_the_one_rounding() -> None:
    # 1 satang x 0.5 x 3/2 = 0.75; rounding 0.5 first would make 1.5 and then 2
    assert advance_on_last(1, Decimal("0.5"), [Index(Decimal(3), Decimal(2))]) == 1
    assert advance_on_last(1, Decimal("0.5"), [Index(Decimal(1), Decimal(2)), Index(Decimal(1), Decimal(1))]) == 0


def test_negative_figures_are_shown_together() -> None:
    with pytest.raises(AllocationError) as caught:
        advance_on_last(-1, Decimal(-1))
    assert [p.en.split("'")[1] for p in caught.value.problems] == ["last", "share"]
