"""UK QOF, section 6 of the specification of QOF 2557: points paid by list size and prevalence, aspiration advanced."""

from decimal import Decimal

import pytest

from samrit.allocation import (
    Index,
    NettingPolicy,
    PointLine,
    advance_on_last,
    instalments,
    net,
    paid_so_far,
    price_per_point,
    rest,
)

POUNDS_PER_POINT = Decimal("201.16")  # 2021/22
MEAN_LIST = Decimal(9103)


@pytest.mark.parametrize(
    ("people", "pence"),
    [("9103", 1_488_584), ("4551.5", 744_292), ("18206", 2_977_168)],
    ids=["mean", "half", "double"],
)
def test_seventy_four_points_at_the_mean_list_half_and_double(people: str, pence: int) -> None:
    """Section 6: 74 x 201.16 = 14,885.84 at the mean list 9,103; 7,442.92 at half, 29,771.68 at double."""
    earned = price_per_point({"all": PointLine(Decimal(74))}, POUNDS_PER_POINT, [Index(Decimal(people), MEAN_LIST)])
    assert earned.total == pence


def test_one_point_is_worth_its_price_at_the_mean_list() -> None:
    """Section 6: 124.60 pounds a point in 2006/07."""
    mean = Index(MEAN_LIST, MEAN_LIST)
    assert price_per_point({"all": PointLine(Decimal(1))}, Decimal("124.60"), [mean]).total == 12_460


def test_points_of_an_item_follow_its_prevalence() -> None:
    """Section 6: points x prevalence / national prevalence; 2 % against 4 % is half."""
    lines = {
        "af": PointLine(Decimal(37), (Index(Decimal(2), Decimal(4)),)),
        "dm": PointLine(Decimal(37), (Index(Decimal(4), Decimal(4)),)),
    }
    earned = price_per_point(lines, POUNDS_PER_POINT, [Index(MEAN_LIST, MEAN_LIST)])
    assert earned.items == {"af": 372_146, "dm": 744_292}


def test_aspiration_is_sixty_percent_of_last_year_in_monthly_parts_and_is_netted() -> None:
    """Section 6: 60 % of last year's unadjusted payment x uprating index, in monthly parts, netted at the end."""
    aspiration = advance_on_last(1_488_584, Decimal("0.6"), [Index(Decimal("1.02"), Decimal(1))])
    assert aspiration == 911_013  # 14,885.84 x 0.6 x 1.02 = 9,110.13408
    months = instalments(aspiration, {f"month {number:02}": Decimal(1) for number in range(1, 13)})
    # 911,013 / 12 = 75,917.75: nine months of 75,918 and three of 75,917
    assert list(months.values()) == [75_918] * 9 + [75_917] * 3
    assert (paid_so_far(months, "month 03"), rest(months, "month 03")) == (227_754, 683_259)
    assert net(1_488_584, aspiration, NettingPolicy.RECOVER).net == 577_571
