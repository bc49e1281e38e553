"""NHSO 2552, sections 2 and 6: the pots, the printed example of three hospitals, the cap, to the satang."""

from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.allocation import (
    Activity,
    ActivityRates,
    Mean,
    Pot,
    Relative,
    Scale,
    check_conservation,
    pot_amount,
    relative_to_mean,
    round_satang,
    show,
    support,
    take_from,
)
from worked.qof_2557_tables import rows, satang

PRINTED = rows("nhso2552_allocation_example.csv")
GOLDEN = rows("nhso2552_allocation_golden.csv")
UNITS = {row["hospital"].removeprefix("รพ. "): (Decimal(row["score"]), int(row["uc_population"])) for row in PRINTED}
BASE = Decimal(10)
CAP = 350_000_000
REGION_MEAN = Decimal(350)


def pay(mean: Mean | Decimal = REGION_MEAN, cap: int | None = CAP, scale: Scale = Scale.DOWN_ONLY) -> Relative:
    """The three hospitals with exact rates."""
    return relative_to_mean(UNITS, BASE, mean, cap, scale)


def whole_rates(mean: Decimal | Mean) -> list[int]:
    """Rates of ก, ข, ค rounded to whole baht, as the slide shows them."""
    found = relative_to_mean(UNITS, BASE, mean, rate_rounding="whole_baht")
    return [int(rate) for rate in found.rates.values()]


def golden(case: str) -> Relative:
    """The payment of one case of the golden table, from its own columns."""
    lines = [row for row in GOLDEN if row["case"] == case]
    units = {row["hospital"]: (Decimal(row["score"]), int(row["uc_population"])) for row in lines}
    (base,) = {Decimal(row["base"]) for row in lines}
    (mean,) = {Decimal(row["mean"]) for row in lines}
    (cap,) = {satang(row["cap_baht"]) if row["cap_baht"] else None for row in lines}
    return relative_to_mean(units, base, mean, cap, rate_rounding="whole_baht" if "printed" in case else None)


def test_all_printed_and_golden_rows_are_read() -> None:
    assert list(UNITS) == ["ก", "ข", "ค"]
    assert len(GOLDEN) == 9
    assert {row["case"] for row in GOLDEN} == {"printed_rates_no_cap", "printed_rates_cap_35M", "exact_rates_cap_35M"}


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row["hospital"])
def test_printed_rate_and_budget_of_the_slide(row: dict[str, str]) -> None:
    """Section 6: base 10, region mean 350, rates in whole baht, budget = rate x population."""
    mean = Decimal(row["region_mean_score"])
    found = relative_to_mean(UNITS, BASE, mean, rate_rounding="whole_baht")
    hospital = row["hospital"].removeprefix("รพ. ")
    assert found.rates[hospital] == int(row["rate_printed_baht_per_uc"])
    assert found.paid[hospital] == satang(row["budget_printed_baht"])


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['case']} {row['hospital']}")
def test_golden_rate_factor_and_payment_reproduce_to_the_satang(row: dict[str, str]) -> None:
    """Section 6, A4 and A6: printed and exact rates, with and without the cap of 3,500,000 baht."""
    found, hospital = golden(row["case"]), row["hospital"]
    places = len(row["rate"].partition(".")[2])
    assert show(found.rates[hospital], places) == Decimal(row["rate"])
    assert round_satang(found.unadjusted[hospital]) == satang(row["unadjusted_baht"])
    assert show(found.factor, 10) == Decimal(row["factor"])
    assert found.paid[hospital] == satang(row["paid_baht"])


def test_golden_totals_are_the_printed_sum_or_the_cap() -> None:
    """Section 6: printed rates sum to 3,600,000; scaled parts add to the cap exactly."""
    assert golden("printed_rates_no_cap").total == 360_000_000
    for case in ("printed_rates_cap_35M", "exact_rates_cap_35M"):
        check_conservation(CAP, golden(case).paid)
        assert golden(case).undistributed == 0


def test_cap_of_the_three_hospitals_scales_by_35_36() -> None:
    """Section 6: if ก, ข, ค were the region the cap is 3,500,000 and the factor 35/36."""
    people = sum(people for _, people in UNITS.values())
    assert pot_amount(Pot(rate=BASE, people=people)) == CAP
    assert golden("printed_rates_cap_35M").factor == Fraction(35, 36)


def test_rates_shown_with_two_decimals() -> None:
    """Section 6: 3200/350 = 9.14 and 4100/350 = 11.71."""
    assert [str(show(rate, 2)) for rate in pay().rates.values()] == ["10.00", "9.14", "11.71"]


@pytest.mark.parametrize(
    ("mean", "fits"),
    [("336.84", False), ("336.85", True), ("350", True), ("356.52", True), ("356.53", False)],
)
def test_printed_rates_need_a_mean_between_336_84_and_356_52(mean: str, fits: bool) -> None:
    """Section 6: rates (10, 9, 12) need 336.84 < m <= 356.52, so the lost cell is 350."""
    assert (whole_rates(Decimal(mean)) == [10, 9, 12]) is fits


def test_means_of_the_three_hospitals_do_not_fit_the_slide() -> None:
    """Section 6: the simple mean 360 and the weighted 358.57 give other rates, so the mean is of the whole region."""
    assert pay(Mean.SIMPLE).mean == 360
    assert show(pay(Mean.WEIGHTED).mean, 2) == Decimal("358.57")
    assert whole_rates(Mean.SIMPLE) != [10, 9, 12]
    assert whole_rates(Mean.WEIGHTED) != [10, 9, 12]


def test_weighted_mean_with_exact_rates_spends_the_cap_without_scaling() -> None:
    """Section 6, identity: the sum equals the cap and the factor is 1."""
    found = pay(Mean.WEIGHTED)
    assert sum(found.unadjusted.values()) == CAP
    assert (found.factor, found.total, found.undistributed) == (1, CAP, 0)


@pytest.mark.parametrize("mean", [Mean.SIMPLE, Mean.WEIGHTED, Decimal(350), Decimal(1)])
def test_base_and_mean_cancel_when_the_factor_is_always_applied(mean: Mean | Decimal) -> None:
    """Section 6, identity: paid = cap x UC x s / sum of UC x s; 525 : 320 : 410."""
    found = pay(mean, scale=Scale.BOTH)
    exact = {"ก": Fraction(CAP * 525, 1255), "ข": Fraction(CAP * 320, 1255), "ค": Fraction(CAP * 410, 1255)}
    assert found.total == CAP
    assert all(abs(found.paid[code] - exact[code]) < 1 for code in exact)
    # 146,414,342.63 / 89,243,027.89 / 114,342,629.48: the two satang left go to .89 and .63
    assert found.paid == {"ก": 146_414_343, "ข": 89_243_028, "ค": 114_342_629}


def test_simple_mean_of_the_three_leaves_a_surplus_that_is_not_distributed() -> None:
    """Section 6, A5: the rule only says "not exceed"; 10 x 125,500,000 / 360 = 3,486,111.11 of 3,500,000 baht."""
    found = pay(Mean.SIMPLE)
    assert (found.factor, found.total, found.undistributed) == (1, 348_611_111, 1_388_889)


def test_ten_and_ten_make_the_envelope_of_twenty() -> None:
    """Section 2: two pools of 10 baht per UC person; the region envelope is 20."""
    people = sum(people for _, people in UNITS.values())
    pools = [pot_amount(Pot(rate=Decimal(10), people=people)) for _ in ("primary", "referral")]
    check_conservation(pot_amount(Pot(rate=Decimal(20), people=people)), pools)


@pytest.mark.parametrize(("inside", "left"), [(False, 700_000_000), (True, 665_000_000)])
def test_development_support_is_beside_the_twenty_baht_or_inside(inside: bool, left: int) -> None:
    """Section 2, A1: 1 baht per person, not score-based; beside the 20 by default, inside as a parameter."""
    people = sum(people for _, people in UNITS.values())
    envelope = pot_amount(Pot(rate=Decimal(20), people=people))
    own = pot_amount(Pot(rate=Decimal(1), people=people))
    given = support(own, {"ก": Activity(hospitals=1, beds=500)}, ActivityRates(beds=Decimal(300)))
    assert (given.total, given.undistributed) == (15_000_000, 20_000_000)
    assert (take_from(envelope, given) if inside else envelope) == left
