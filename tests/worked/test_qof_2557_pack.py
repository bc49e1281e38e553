"""QOF 2557: the pack says what the source says, and pays the printed figures, to the satang."""

from datetime import date
from decimal import Decimal

import pytest

from samrit.allocation import rate_amount
from samrit.problems import SamritError
from samrit.reference import OrgLevel, shipped_register
from samrit.schemes import Item, Standing, Winner, read_pack
from samrit.schemes.authoring.judging import better_of
from samrit.schemes.authoring.pools import OpenRate
from samrit.schemes.authoring.rules import BandSet
from schemes.building import EVERYONE, FULL_PACK, LOEI, PACK, REGION, UNSCORED, all_at, evaluate_all, lines_of, payee
from worked.qof_2557_tables import indicators, rows, satang

GOLDEN = rows("qof2557_netting_golden.csv")
DISTRICTS = [row for row in rows("loei_budget_2557.csv") if row["district_en"] != "TOTAL"]
TOTAL = rows("loei_budget_2557.csv")[-1]
STANDINGS = {"printed": Standing.PRINTED, "forced": Standing.RECONSTRUCTED}
SCHEME = PACK.scheme


def points(item: Item) -> Decimal:
    assert item.points is not None
    return item.points.value


def rate(item: Item) -> Decimal:
    assert item.rate is not None
    return item.rate.value


def test_22_items_in_4_domains_of_400_300_200_and_100_points() -> None:
    """Section 3: 1,000 points."""
    assert len(SCHEME.items) == 22
    assert [d.points for d in SCHEME.domains] == [400, 300, 200, 100]
    assert sum(points(i) for i in SCHEME.items) == 1000


def test_rates_of_the_domains_are_the_printed_sums() -> None:
    """Section 3: 21.66, 16.22, 10.82, 5.40, together 54.10."""
    assert [str(d.rate) for d in SCHEME.domains] == ["21.66", "16.22", "10.82", "5.40"]
    assert sum(rate(i) for i in SCHEME.items) == Decimal("54.10")


def test_points_and_rates_are_those_of_the_restored_table() -> None:
    """Section 3: printed cells and the only solution of the lost ones; W1 by its default, row 6."""
    mine = [(i.item.partition(".")[0], i.item, int(points(i)), rate(i)) for i in SCHEME.items]
    assert mine == indicators()


@pytest.mark.parametrize("row", rows("qof2557_indicators.csv"), ids=lambda row: f"{row['domain']}.{row['no']}")
def test_points_and_rate_of_an_item_say_where_they_come_from(row: dict[str, str]) -> None:
    """Section 3: printed, forced (reconstructed), or one of four solutions (W1: assumed)."""
    item = PACK.item(f"{row['domain']}.{row['no']}")
    wanted = STANDINGS.get(row["rate_status"], Standing.ASSUMED)
    assert item.rate is not None
    assert item.points is not None
    assert (item.rate.standing, item.points.standing) == (wanted, wanted)
    assert better_of(item).value == row["direction"]


@pytest.mark.parametrize("row", rows("qof2557_bands.csv"), ids=lambda row: row["band_id"])
def test_band_sets_are_the_printed_ones(row: dict[str, str]) -> None:
    """Section 4: five sets of four edges, compared at two decimals."""
    of = SCHEME.scoring[row["band_id"]]
    assert isinstance(of, BandSet)
    assert of.lower_edges == tuple(Decimal(edge) for edge in row["edges_lower_inclusive_2_3_4_5"].split(";"))
    assert (of.unit, of.decimals, of.standing) == (row["unit"], 2, Standing.PRINTED)


def test_only_the_ratio_has_its_bands_from_the_source() -> None:
    """Section 4: B3 belongs to 2.1; every other mapping is our proposal."""
    mapped = {i.item: (i.score.by, i.score.standing) for i in SCHEME.items if i.score}
    assert mapped.pop("2.1") == ("B3", Standing.PRINTED)
    assert {standing for _, standing in mapped.values()} == {Standing.ASSUMED}
    by_set = {name: sorted(i for i, (of, _) in mapped.items() if of == name) for name in ("B1", "B2", "B4", "B5")}
    assert by_set == {
        "B1": ["1.1", "1.2", "1.3"],
        "B2": ["1.4", "1.5", "1.6"],
        "B4": ["2.5", "4.1"],
        "B5": ["2.6", "3.1", "3.2", "4.2", "4.3", "4.4", "4.5", "4.6"],
    }


def test_items_without_bands_hold_215_points_and_11_61_of_54_10_baht() -> None:
    """Section 4: 2.2-2.4, 3.3 and 3.4."""
    without = [i for i in SCHEME.items if PACK.rule(i) is None]
    assert tuple(i.item for i in without) == UNSCORED
    assert sum(points(i) for i in without) == 215
    assert sum(rate(i) for i in without) == Decimal("11.61")


def test_money_of_the_items_without_bands_stays_undistributed_and_is_told() -> None:
    """Section 4: money with and without them; at full marks elsewhere a unit earns 42.49 baht a head."""
    lines = lines_of(evaluate_all(PACK, all_at(5), PACK.payees, "42"))
    for p in PACK.payees:
        assert lines[p.org, "ceiling"] == rate_amount(Decimal("54.10"), p.population)
        assert lines[p.org, "earned"] == rate_amount(Decimal("42.49"), p.population)
        assert lines[p.org, "of_which.unscored"] == lines[p.org, "undistributed"]
        assert lines[p.org, "of_which.below_full_score"] == 0


def test_payees_are_the_14_printed_populations_in_their_contracting_units() -> None:
    """Section 1, C2: the district table; the contracting unit of a district is its own hospital."""
    printed = {(r["district_th"], r["district_en"], int(r["uc_population_oct2556"])) for r in DISTRICTS}
    assert {(p.name_th, p.name_en, p.population) for p in PACK.payees} == printed
    assert len(PACK.payees) == 14
    assert sum(p.population for p in PACK.payees) == LOEI == int(TOTAL["uc_population_oct2556"])
    register, day = shipped_register(), date(2013, 10, 1)
    for p in PACK.payees:
        parents = register.parents(p.org, day)
        assert parents[OrgLevel.CONTRACTING_UNIT] == p.org
        assert parents[OrgLevel.DISTRICT] == p.district_code
        assert register.unit(OrgLevel.DISTRICT, p.district_code, day).name_th == p.name_th


def test_period_and_census_are_those_of_the_slides() -> None:
    """Section 2: quarters 3 and 4 of 2556, 1 and 2 of 2557; population of October 2556."""
    assert str(SCHEME.period) == "2013-04-01..2014-03-31"
    assert (SCHEME.census_day, SCHEME.people["uc"].day) == ("2013-10-01", "2013-10-01")


def test_pots_are_kept_as_printed_and_never_recomputed() -> None:
    """Section 1: amounts and rates apart (C1)."""
    kept = [(p.component, p.rate, p.amount) for p in PACK.pots]
    printed = [
        (r["component"], Decimal(text) if (text := r["rate_baht_per_uc_printed"]) else None,
         Decimal(r["amount_baht_printed"]))
        for r in rows("qof2557_pot.csv")
    ]  # fmt: skip
    assert kept == printed
    pot, excellence, people = SCHEME.pools[0].pot, SCHEME.money.excellence, SCHEME.region.people
    assert pot is not None
    assert pot.amount is not None
    assert excellence is not None
    assert people is not None
    assert (pot.amount.value, pot.rate) == (234_569_039, None)
    assert (excellence.region.value, excellence.province.value) == (710_815, 1_658_569)
    assert (people.value, people.standing) == (REGION, Standing.RECONSTRUCTED)


def test_the_default_reading_is_the_price_list() -> None:
    """Section 5: rates are printed per indicator."""
    assert isinstance(SCHEME.pools[0], OpenRate)


@pytest.mark.parametrize("row", DISTRICTS, ids=lambda row: row["district_en"])
def test_budget_and_advance_of_a_district_reproduce_to_the_satang(row: dict[str, str]) -> None:
    """Section 1, C2: 54.65 and 28.13 baht a head."""
    of = payee(row["district_en"])
    assert SCHEME.money.budget is not None
    assert rate_amount(SCHEME.money.budget.value, of.population) == satang(row["qof_budget_54_65"])
    advance = evaluate_all(PACK, {}, [of], "42").amount(of.org, "advance")
    assert advance == satang(row["advance_28_13"])


def test_the_advances_of_a_run_add_up_to_the_printed_total() -> None:
    """Section 1, C2: 14,375,386.42; budgets 27,928,008.10."""
    assert evaluate_all(PACK, {}, PACK.payees, "42").amount("42", "advance") == satang(TOTAL["advance_28_13"])
    assert SCHEME.money.budget is not None
    budgets = [rate_amount(SCHEME.money.budget.value, p.population) for p in PACK.payees]
    assert sum(budgets) == satang(TOTAL["qof_budget_54_65"])


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['district_en']} {row['every_score']}")
def test_netting_through_the_pack_reproduces_to_the_satang(row: dict[str, str]) -> None:
    """Section 5: all 22 items at one score, earned, advance and net."""
    of = payee(row["district_en"])
    lines = lines_of(evaluate_all(FULL_PACK, all_at(int(row["every_score"])), PACK.payees, "42"))
    assert lines[of.org, "earned"] == satang(row["earned_baht"])
    assert lines[of.org, "advance"] == satang(row["advance_paid_baht"])
    assert lines[of.org, "net"] == satang(row["net_baht"])
    owes = satang(row["net_baht"]) < 0
    assert owes is (row["meaning"] == "recover")
    assert lines[of.org, "receivable"] == (-satang(row["net_baht"]) if owes else 0)
    assert sum(lines[of.org, f"earned.{i.item}"] for i in SCHEME.items) == satang(row["earned_baht"])


def test_loei_takes_195_517_27_of_the_excellence_money_of_provinces() -> None:
    """Section 5: 1,658,569 x 511,034 / 4,335,091."""
    winner = Winner(payee("Na Haeo").org, "province")
    lines = lines_of(evaluate_all(PACK, {}, EVERYONE, "region:8", [winner]))
    assert lines[winner.org, "excellence"] == 19_551_727
    assert lines["region:8", "undistributed.excellence.province.42"] == 0
    assert lines["region:8", "undistributed.excellence.region"] == 71_081_500


def test_every_printed_figure_of_the_pack_is_marked() -> None:
    """Section 5: what the source prints of the money, and what was proposed."""
    money, pot = SCHEME.money, SCHEME.pools[0].pot
    assert money.advance is not None
    assert money.budget is not None
    assert money.excellence is not None
    assert money.advance.rate is not None
    assert pot is not None
    marked = (money.advance.rate, money.budget, pot.amount, money.excellence.region, money.excellence.province)
    assert {figure.standing for figure in marked if figure is not None} == {Standing.PRINTED}
    assert (money.advance.rate.value, money.budget.value) == (Decimal("28.13"), Decimal("54.65"))
    assert SCHEME.scoring["LEVEL"].standing is Standing.ASSUMED


def test_a_pack_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(SamritError, match="qof-2557"):
        read_pack("qof2557")
