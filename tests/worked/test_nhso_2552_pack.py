"""NHSO 2552: the pack says what the source says, and pays its printed example, to the satang."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from samrit.measures import measure
from samrit.schemes import Standing, read_pack
from samrit.schemes.authoring.judging import better_of
from samrit.schemes.authoring.pools import RelativeToMean
from samrit.schemes.authoring.rules import LadderSet, NormSet
from samrit.schemes.authoring.worked import UnitOf, Worked, read_worked
from samrit.schemes.proving import work_out
from samrit.scoring import Known, NormBands, norm_of
from worked.nhso_2552_rules import Z_SCORES

PACK = read_pack("nhso-2552")
SCHEME = PACK.scheme
COUNTED = {"P2": "35+", "P3": "screened", "P4": "asthma", "P5": "DM", "P6": "HT", "R5": "DM", "R6": "HT"}
"""Items that are counted from individual records (section 3); the others are typed in."""


def rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


INDICATORS = rows("nhso2552_indicators.csv")
EXAMPLE = rows("nhso2552_allocation_example.csv")


def test_seven_central_items_in_each_of_two_pools_and_at_most_three_of_the_region() -> None:
    """Section 3."""
    mine = [(pool.id, item.item) for pool in SCHEME.pools for item in PACK.items_of(pool.id)]
    assert mine == [(row["group"], row["code"]) for row in INDICATORS]
    assert [pool.most_regional for pool in SCHEME.pools] == [3, 3]
    assert {item.origin for item in SCHEME.items} == {"central"}


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["code"])
def test_an_item_improves_and_is_counted_as_the_table_says(row: dict[str, str]) -> None:
    item = PACK.item(row["code"])
    assert better_of(item).value == row["direction"]
    assert bool(item.measure) is (row["code"] in COUNTED)
    if item.measure:
        assert f"x{row['multiplier']}" in measure(item.measure).definition.formula.replace(" ", "")
    expected = {"level": {"level", "facts"}, "percent": {"percent", ""}, "rate": {""}}[row["kind"]]
    assert item.entry in expected


def test_results_are_those_of_april_2008_to_march_2009() -> None:
    """Section 2: 12 months; section 3: the population of the first day."""
    assert {row["period"] for row in INDICATORS if ".." in row["period"] and "two" not in row["period"]} == {
        str(SCHEME.period)
    }
    assert SCHEME.census_day == "2008-04-01"


def test_twenty_baht_per_person_ten_in_each_pool_and_one_of_support_on_top() -> None:
    """Section 2, A1."""
    for pool in SCHEME.pools:
        assert isinstance(pool, RelativeToMean)
        assert pool.pot is not None
        assert pool.pot.rate is not None
        figures = (pool.base, pool.pot.rate)
        assert [(figure.value, figure.standing) for figure in figures] == [(10, "printed"), (10, "printed")]
        assert (pool.mean, pool.scale, pool.rate_rounding) == ("simple", "down_only", "none")
    support = SCHEME.money.support
    assert support is not None
    assert (support.rate.value, support.rate.standing, support.inside) == (1, Standing.PRINTED, "")


def test_weights_total_100_and_full_marks_are_500_in_each_pool() -> None:
    """Section 5."""
    for pool in SCHEME.pools:
        items = PACK.items_of(pool.id)
        assert sum(item.weight.value for item in items if item.weight) == 100
        assert sum(PACK.full_points(item) for item in items) == 500


def test_every_item_scores_up_to_5_and_down_to_0() -> None:
    """Section 4."""
    for item in SCHEME.items:
        rule = PACK.rule(item)
        assert rule is not None
        assert (rule.worst, PACK.best(item)) == (0, 5)


@pytest.mark.parametrize(("z", "score"), Z_SCORES)
def test_the_default_table_of_z_scores(z: str, score: int) -> None:
    """Section 4: the group 0 and 2 has mean 1 and SD 1; sign turned where less is better."""
    norms = {"": norm_of([Decimal(0), Decimal(2)])}
    for code, value in (("P2", 1 + Decimal(z)), ("P4", 1 - Decimal(z))):
        rule = PACK.rule(PACK.item(code))
        assert isinstance(rule, NormBands)
        assert rule.score(Known(value, norms=norms)).score == score


def test_the_group_is_the_region_and_for_r3_the_level_when_it_is_compared() -> None:
    """Section 4: the group is declared per item; SD of all units, 3 to all when it is 0."""
    assert {tuple(PACK.norms(item)[""].within) for item in SCHEME.items if "" in PACK.norms(item)} == {()}
    level = read_pack("nhso-2552", {"items.R3.score.by": "Z_LEVEL"})
    assert level.norms(level.item("R3"))[""].within == ("service_level",)
    for name in ("Z", "Z_LEVEL"):
        of = SCHEME.scoring[name]
        assert isinstance(of, NormSet)
        assert (of.sd, of.sd_zero, of.standing) == ("population", 3, Standing.ASSUMED)


def test_the_hai_score_is_compared_within_the_region_exactly() -> None:
    assert list(PACK.norms(PACK.item("R1"))) == ["hai_score"]


def test_every_row_of_the_printed_score_tables_is_a_rung() -> None:
    """Section 4: ISO and HPH of the notes are left out, a valid HPH is assumed."""
    for code in ("P1", "R1"):
        of = SCHEME.scoring[code]
        assert isinstance(of, LadderSet)
        printed = [
            row
            for row in rows("nhso2552_score_tables.csv")
            if row["code"] == code and "notes only" not in row["status"]
        ]
        scores = sorted(int(row["score"]) for row in printed if not row["score"].startswith("+"))
        mine = sorted(int(rung.score) for rung in of.rungs)
        extra = {"P1": [], "R1": [3, 3]}[code]  # the row "step 2 or HPH, expired" is two rungs; a valid HPH
        assert mine == sorted([*scores, *extra])
        assert of.cap == 5
    of = SCHEME.scoring["R1"]
    assert isinstance(of, LadderSet)
    assert (str(of.on), of.grace_months) == ("2009-03-31", 6)


def example(set_: dict[str, str], rest: dict[str, UnitOf]) -> dict[str, int]:
    """Satang of the hospitals of the printed example, by name."""
    units = {
        row["hospital"].removeprefix("รพ. "): UnitOf(
            people={"uc": int(row["uc_population"])}, scores={"every": Decimal(row["score"]) / 100}
        )
        for row in EXAMPLE
    }
    of = read_worked(PACK)[0][0].file.model.worked[0]
    worked = Worked(title=of.title, source=of.source, set=set_, units={**units, **rest}, expect=())
    evaluation = work_out(worked, PACK)
    return {unit: evaluation.amount(unit, "earned.primary") for unit in units}


def test_the_printed_example_is_paid_with_rates_in_whole_baht() -> None:
    """Section 6: 350, 320, 410 points of a region whose mean is 350; a fourth unit of 320 makes it so."""
    fourth = {"ง": UnitOf(people={"uc": 100_000}, scores={"every": Decimal("3.2")})}
    paid = example({"pools.primary.rate_rounding": "whole_baht"}, fourth)
    assert paid == {row["hospital"].removeprefix("รพ. "): int(row["budget_printed_baht"]) * 100 for row in EXAMPLE}


def test_scaled_both_ways_the_base_does_not_matter() -> None:
    """Section 6: paid = cap x people x points / the sum of people x points."""
    rule = {"pools.primary.scale": "both"}
    paid = example(rule, {})
    assert paid == example({**rule, "pools.primary.base.value": "7"}, {})
    weights = {row["hospital"].removeprefix("รพ. "): int(row["uc_population"]) * int(row["score"]) for row in EXAMPLE}
    cap = 350_000 * 10 * 100
    assert sum(paid.values()) == cap
    for unit, weight in weights.items():
        assert abs(paid[unit] - Fraction(cap * weight, sum(weights.values()))) < 1
