"""QOF 2557, sections 1 and 2: the pot, the population of the region, the districts, contradictions C1 and C2."""

from decimal import Decimal

import pytest

from samrit.allocation import check_conservation, rate_amount, split, to_satang
from samrit.formula import parse, round_half_up
from worked.qof_2557_tables import rows, satang

POT = {row["component"]: row for row in rows("qof2557_pot.csv")}
REGION = 4_335_091
DISTRICTS = rows("loei_budget_2557.csv")


def baht(component: str) -> int:
    return int(POT[component]["amount_baht_printed"])


def per_head(amount: int, places: int) -> Decimal:
    found = parse("A/B").evaluate({"A": amount, "B": REGION})
    assert found is not None
    return round_half_up(found, places)


def test_total_less_excellence_is_advance_plus_performance() -> None:
    """Section 1: 236,938,423 - 2,369,384 = 234,569,039 = 121,946,110 + 112,622,929."""
    assert (baht("total"), baht("excellence"), baht("net_of_excellence")) == (236938423, 2369384, 234569039)
    assert (baht("advance"), baht("performance")) == (121946110, 112622929)
    assert baht("total") - baht("excellence") == baht("net_of_excellence")
    check_conservation(baht("net_of_excellence"), [baht("advance"), baht("performance")])
    check_conservation(baht("total"), [baht("advance"), baht("performance"), baht("excellence")])


def test_excellence_is_one_percent_of_the_total() -> None:
    """Section 1: 1% of the total is 2,369,384.23."""
    assert to_satang(Decimal(baht("total")) / 100) == 236938423
    assert round_half_up(Decimal(baht("total")) / 100, 0) == baht("excellence")


def test_excellence_divides_thirty_to_seventy() -> None:
    """Section 1: 710,815 for the region (30%) and 1,658,569 for the provinces (70%), in whole baht."""
    parts = split(baht("excellence"), {"region": Decimal(30), "province": Decimal(70)})
    assert parts == {"region": 710815, "province": 1658569}
    assert baht("excellence_region_30pct") == parts["region"]
    assert baht("excellence_province_70pct") == parts["province"]


def test_advance_gives_the_population_of_the_region() -> None:
    """Section 1: 28.13 x 4,335,091 = 121,946,109.83; no neighbour rounds to the printed 121,946,110."""
    assert rate_amount(Decimal("28.13"), REGION) == 12194610983
    rounded = {
        people: round_half_up(Decimal(rate_amount(Decimal("28.13"), people)) / 100, 0)
        for people in range(REGION - 2, REGION + 3)
    }
    assert [people for people, amount in rounded.items() if amount == baht("advance")] == [REGION]


@pytest.mark.parametrize(
    ("component", "exact", "shown", "printed"),
    [
        ("performance", "25.9794", "25.98", "25.98"),
        ("net_of_excellence", "54.1094", "54.11", ""),
        ("excellence", "0.5466", "0.55", "0.55"),
        ("advance", "28.1300", "28.13", "28.13"),
        ("total", "54.6559", "54.66", "54.65"),
    ],
)
def test_amounts_per_head_of_the_region(component: str, exact: str, shown: str, printed: str) -> None:
    """Section 1: rates that follow from the population; the total prints 54.66 where the slide says 54.65 (C1)."""
    assert str(per_head(baht(component), 4)) == exact
    assert str(per_head(baht(component), 2)) == shown
    assert POT[component]["rate_baht_per_uc_printed"] == printed


def test_printed_rates_differ_from_the_amounts_by_at_most_one_satang() -> None:
    """Section 1: tolerance in checks is 0.01 baht per UC person."""
    for component in ("total", "advance", "performance", "excellence"):
        printed = Decimal(POT[component]["rate_baht_per_uc_printed"])
        assert abs(per_head(baht(component), 2) - printed) <= Decimal("0.01")


def test_printed_parts_add_up_to_54_66() -> None:
    """Section 1: 28.13 + 25.98 + 0.55 = 54.66, and 28.13 + 25.98 = 54.11."""
    together = {"A": Decimal("28.13"), "B": Decimal("25.98"), "C": Decimal("0.55")}
    assert parse("A+B+C").evaluate(together) == Decimal("54.66")
    assert parse("A+B").evaluate(together) == Decimal("54.11")


def test_printed_excellence_rate_is_one_percent_of_54_65() -> None:
    """Section 1: the printed 0.55 is 0.5465 rounded."""
    one_percent = parse("A x 1 / 100").evaluate({"A": Decimal("54.65")})
    assert one_percent == Decimal("0.5465")
    assert round_half_up(one_percent, 2) == Decimal("0.55")


def test_no_whole_population_gives_the_total_at_54_65() -> None:
    """Section 1, C1: 4,335,561 gives 236,938,408.65 and 4,335,562 gives 236,938,463.30."""
    assert rate_amount(Decimal("54.65"), 4_335_561) == 23693840865
    assert rate_amount(Decimal("54.65"), 4_335_562) == 23693846330
    assert 23693840865 < baht("total") * 100 < 23693846330


@pytest.mark.parametrize("row", DISTRICTS, ids=lambda row: row["district_en"])
def test_district_budget_and_advance_reproduce_to_the_satang(row: dict[str, str]) -> None:
    """Section 1, C2: all 14 districts and the total row at the rounded rates 54.65 and 28.13."""
    people = int(row["uc_population_oct2556"])
    assert rate_amount(Decimal("54.65"), people) == satang(row["qof_budget_54_65"])
    assert rate_amount(Decimal("28.13"), people) == satang(row["advance_28_13"])


@pytest.mark.parametrize("column", ["uc_population_oct2556", "qof_budget_54_65", "advance_28_13"])
def test_columns_of_the_district_table_add_up(column: str) -> None:
    """Section 1, C2: the columns add up; Loei is 27,928,008.10."""
    *districts, total = DISTRICTS
    assert len(districts) == 14
    check_conservation(satang(total[column]), [satang(row[column]) for row in districts])
    assert total["qof_budget_54_65"] == "27928008.10"


def test_excellence_of_loei_by_population() -> None:
    """Section 5: 1,658,569 x 511,034 / 4,335,091 = 195,517.27."""
    share = parse("A x B / C").evaluate({"A": baht("excellence_province_70pct"), "B": 511_034, "C": REGION})
    assert share is not None
    assert to_satang(share) == 19551727
    people = {"Loei": Decimal(511_034), "other provinces": Decimal(REGION - 511_034)}
    assert split(baht("excellence_province_70pct") * 100, people)["Loei"] == 19551727
