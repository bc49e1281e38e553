"""QOF 2557, section 5: from score to money and net of the advance, to the satang."""

from decimal import Decimal

import pytest

from samrit.allocation import (
    Earned,
    NettingPolicy,
    RatedItem,
    check_conservation,
    net,
    open_rate,
    rate_amount,
    to_satang,
)
from samrit.scoring import Scored, ScoreStanding, share
from worked.qof_2557_tables import indicators, rows, satang

GOLDEN = rows("qof2557_netting_golden.csv")
MUEANG_LOEI = 92_589


def earn(score: int, population: int) -> Earned:
    part = share(Scored(Decimal(score), ScoreStanding.SCORED), 5)
    return open_rate([RatedItem(code, rate, part) for _, code, _, rate in indicators()], population)


def test_all_golden_rows_are_read() -> None:
    assert len(GOLDEN) == 15


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['district_en']} {row['every_score']}")
def test_earned_advance_and_net_reproduce_to_the_satang(row: dict[str, str]) -> None:
    """Section 5: open rate with the printed rates; equal scores, so the second 20-pointer does not matter."""
    people = int(row["uc_population"])
    earned = earn(int(row["every_score"]), people)
    advance = rate_amount(Decimal("28.13"), people)
    result = net(earned.total, advance, NettingPolicy.RECOVER)
    assert earned.total == satang(row["earned_baht"])
    assert advance == satang(row["advance_paid_baht"])
    assert result.net == satang(row["net_baht"])
    assert result.receivable == (-satang(row["net_baht"]) if row["meaning"] == "recover" else 0)
    assert earned.total == rate_amount(Decimal(row["gross_rate_baht"]), people)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['district_en']} {row['every_score']}")
def test_items_and_undistributed_make_the_full_score_amount(row: dict[str, str]) -> None:
    """Section 5: money below full score stays with the region; a full score earns 54.10 x UC."""
    people = int(row["uc_population"])
    earned = earn(int(row["every_score"]), people)
    check_conservation(rate_amount(Decimal("54.10"), people), {**earned.items, "undistributed": earned.undistributed})


@pytest.mark.parametrize("row", [row for row in GOLDEN if row["meaning"] == "recover"], ids=lambda row: row["net_baht"])
def test_floor_at_zero_forgives_what_recovery_would_take_back(row: dict[str, str]) -> None:
    """Section 5: parameter recover | floor_zero."""
    result = net(satang(row["earned_baht"]), satang(row["advance_paid_baht"]), NettingPolicy.FLOOR_ZERO)
    assert (result.net, result.receivable, result.forgiven) == (0, 0, -satang(row["net_baht"]))


def test_rounding_item_by_item_would_miss_mueang_loei_by_two_satang() -> None:
    """Section 5: at score 4 the items rounded one by one add to 4,007,251.94 instead of 4,007,251.92."""
    one_by_one = sum(to_satang(rate * 4 / 5 * MUEANG_LOEI) for _, _, _, rate in indicators())
    assert one_by_one == 400725194
    assert earn(4, MUEANG_LOEI).total == 400725192


@pytest.mark.parametrize(("score", "pays"), [(3, True), (2, False)])
def test_all_threes_are_paid_and_all_twos_owe(score: int, pays: bool) -> None:
    """Section 5: break-even is 52.0% of points."""
    earned, advance = earn(score, MUEANG_LOEI).total, rate_amount(Decimal("28.13"), MUEANG_LOEI)
    assert (net(earned, advance, NettingPolicy.RECOVER).net > 0) is pays
