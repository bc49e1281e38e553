"""Results: rounds, verdicts, bands, levels and roll-ups, against printed tables and worked cases."""

import csv
import json
import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.formula import parse, round_half_up
from samrit.kpi import (
    BandOf,
    Course,
    KpiError,
    Operator,
    RollUp,
    Round,
    Target,
    Targets,
    UnitResult,
    Unreported,
    Verdicts,
    at_round,
    count_verdicts,
    judge,
    level_of,
    roll_up,
    score_in,
)

DATA = Path(__file__).parent / "data"
META: dict[str, Any] = json.loads((DATA / "rollup_regions.meta.json").read_text(encoding="utf-8"))
PERCENT = parse("A/B x 100")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def regions(dataset: str) -> tuple[list[UnitResult], dict[str, str]]:
    """The units of a printed table, judged by the target of its last round; and what is printed of each."""
    meta = META[dataset]
    target, operator = Target(Decimal(meta["target"]["M12"])), Operator(meta["op"])
    units, printed = [], {}
    for row in rows("rollup_regions.csv"):
        if row["dataset"] == dataset and row["unit_code"] != "TH":
            values: Mapping[str, Decimal | None] = {"A": number(row["A"]), "B": number(row["B"])}
            result = parse(row["formula"]).evaluate(values)
            units.append(UnitResult(row["unit_code"], values, result, judge(result, operator, target)))
            printed[row["unit_code"]] = row["result_2dp"]
    return units, printed


@pytest.mark.parametrize("dataset", sorted(META))
def test_printed_region_tables_come_out(dataset: str) -> None:
    units, printed = regions(dataset)
    assert len(units) == 13
    for unit in units:
        if unit.result is not None:
            assert round_half_up(unit.result, 2) == Decimal(printed[unit.unit])
    whole = roll_up(units, RollUp.RATIO_OF_SUMS, PERCENT)
    a, b, value = META[dataset]["tot"]
    assert (whole.values["A"], whole.values["B"]) == (a, b)
    assert whole.result is not None
    assert round_half_up(whole.result, 2) == Decimal(str(value))
    assert whole.unreported == META[dataset]["unreported_n"]


@pytest.mark.parametrize("dataset", sorted(META))
def test_passed_and_failed_are_counted_as_the_page_does(dataset: str) -> None:
    """Early snapshots count an unreported region as failed, later ones leave it out; both were printed."""
    meta = META[dataset]
    units, _ = regions(dataset)
    found = count_verdicts(unit.passes for unit in units)
    assert found.unreported == meta["unreported_n"]
    assert (found.passed, found.failed) == (meta["pass_final"], meta["fail_final"])
    if meta.get("unreported") == "counted_as_fail":
        failing = count_verdicts((unit.passes for unit in units), Unreported.FAIL)
        assert (failing.passed, failing.failed, failing.unreported) == (meta["passed"], meta["failed"], 1)


CASES = [case for case in rows("golden_cases.csv") if not case["case"].startswith("cmi") and case["case"] != "dx-6"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_cases_of_067_and_74(case: dict[str, str]) -> None:
    given: dict[str, Any] = json.loads(case["inputs_json"])
    if "cells_used" in given:
        given["A"] = given["cells_used"]
        given["B"] = given["facilities"] * given["topics"] * given["months_denominator"]
    value = PERCENT.evaluate({"A": Decimal(given["A"]), "B": Decimal(given["B"])})
    expected = number(case["expected_value"])
    assert (value if value is None else round_half_up(value, 2)) == expected
    passes = judge(value, Operator.AT_LEAST, Target(Decimal(given["target"])))
    assert passes is {"true": True, "false": False, "": None}[case["expected_pass"]]


def test_rounds_end_with_the_quarters_of_the_fiscal_year() -> None:
    assert [each.ends(2564) for each in Round] == [
        date(2020, 12, 31), date(2021, 3, 31), date(2021, 6, 30), date(2021, 9, 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("course", "at", "value", "of"),
    [
        (Course.CUMULATIVE, Round.M3, 5, Round.M3),
        (Course.CUMULATIVE, Round.M12, 9, Round.M9),  # a missing later round is not 0
        (Course.SNAPSHOT, Round.M6, 5, Round.M3),
        (Course.DISCRETE, Round.M3, 5, Round.M3),
        (Course.DISCRETE, Round.M9, None, Round.M9),  # 5 + ? + 9
    ],
)
def test_what_a_letter_is_at_a_round(course: Course, at: Round, value: int | None, of: Round) -> None:
    reported = {Round.M3: Decimal(5), Round.M6: None, Round.M9: Decimal(9), Round.M12: None}
    found = at_round(reported, course, at)
    assert (found.value, found.of) == (value, of)


def test_nothing_reported_is_no_value_and_0_is_one() -> None:
    assert at_round({}, Course.CUMULATIVE, Round.M12).value is None
    assert at_round({Round.M3: Decimal(0)}, Course.CUMULATIVE, Round.M12).value == 0


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        (Operator.AT_LEAST, False, True, True),
        (Operator.AT_MOST, True, True, False),
        (Operator.ABOVE, False, False, True),
        (Operator.BELOW, True, False, False),
        (Operator.EQUALS, False, True, False),
    ],
)
def test_operators_at_their_edge(operator: Operator, below: bool, at: bool, above: bool) -> None:
    target = Target(Decimal(60))
    edge = [judge(Decimal(text), operator, target) for text in ("59.999999", "60.00", "60.000001")]
    assert edge == [below, at, above]
    assert judge(None, operator, target) is None
    assert judge(Decimal(60), operator, None) is None


def test_between_counts_both_ends() -> None:
    target = Target(Decimal(10), Decimal(20))
    assert [judge(Decimal(v), Operator.BETWEEN, target) for v in (9, 10, 20, 21)] == [False, True, True, False]
    with pytest.raises(KpiError):
        judge(Decimal(10), Operator.BETWEEN, Target(Decimal(10)))
    with pytest.raises(KpiError):
        Target(Decimal(20), Decimal(10))


def test_the_year_is_judged_by_the_twelfth_month_or_by_the_last_target_that_there_is() -> None:
    targets = Targets({2563: {Round.M6: Target(Decimal(25))}})
    assert targets.final(2563) is None
    assert targets.last(2563) == Target(Decimal(25))
    assert targets.last(2564) is None


def test_bands_are_half_open_and_judged_unrounded() -> None:
    ends = [None, 65, 70, 75, 80, None]
    bands = [
        BandOf(None if low is None else Decimal(low), None if high is None else Decimal(high), Decimal(score))
        for score, (low, high) in enumerate(pairwise(ends), start=1)
    ]
    scores = [score_in(Decimal(text), bands) for text in ("64.999", "65", "69.9999", "70", "79.99", "80", "1000")]
    assert scores == [1, 2, 2, 3, 4, 5, 5]
    assert score_in(None, bands) is None
    assert score_in(Decimal(5), [BandOf(Decimal(10), Decimal(20), Decimal(1))]) is None


@pytest.mark.parametrize(
    ("steps", "independent", "level"),
    [
        ([True, True, True, True, True], False, 5),
        ([True, False, True], False, 1),
        ([True, False, True], True, 2),
        ([False, True], False, 0),
        ([True, None, True], False, None),
        ([True, False, None], False, 1),
        ([True, None], True, None),
        ([], False, 0),
    ],
)
def test_levels_give_no_credit_over_a_gap(steps: list[bool | None], independent: bool, level: int | None) -> None:
    assert level_of(steps, independent=independent) == level


def unit(code: str, a: int | None, b: int | None, passes: bool | None = None) -> UnitResult:
    values = {"A": None if a is None else Decimal(a), "B": None if b is None else Decimal(b)}
    return UnitResult(code, values, PERCENT.evaluate(values), passes)


THREE = [unit("1", 9, 10, True), unit("2", 0, 90, False), unit("3", None, 50)]


@pytest.mark.parametrize(
    ("how", "result", "unreported"),
    [
        (RollUp.RATIO_OF_SUMS, 9, 1),
        (RollUp.SUM, 90, 1),
        (RollUp.MEAN_OF_UNITS, 45, 1),
        (RollUp.LAST, 0, 1),
        (RollUp.MAX, 90, 1),
        (RollUp.MIN, 0, 1),
        (RollUp.COUNT_PASSING_UNITS, 50, 1),
        (RollUp.ALL_MUST_PASS, 0, 1),
    ],
)
def test_every_roll_up(how: RollUp, result: int, unreported: int) -> None:
    found = roll_up(THREE, how, PERCENT)
    assert (found.result, found.unreported) == (result, unreported)


def test_all_must_pass_is_not_known_while_somebody_has_not_reported_and_nobody_failed() -> None:
    assert roll_up([unit("1", 9, 10, True), unit("2", None, None)], RollUp.ALL_MUST_PASS, PERCENT).result is None
    assert roll_up([unit("1", 9, 10, True)], RollUp.ALL_MUST_PASS, PERCENT).result == 1


@pytest.mark.parametrize("how", [how for how in RollUp if how is not RollUp.NONE])
def test_nobody_reported_is_no_result(how: RollUp) -> None:
    found = roll_up([unit("1", None, None)], how, PERCENT)
    assert (found.result, found.unreported) == (None, 1)


def test_what_is_not_rolled_up_is_refused() -> None:
    with pytest.raises(KpiError):
        roll_up(THREE, RollUp.NONE, PERCENT)


def test_verdicts_together() -> None:
    assert count_verdicts([]) == Verdicts(0, 0, 0)
    assert count_verdicts([True, False, None]) == Verdicts(1, 1, 1)
    assert count_verdicts([True, False, None], Unreported.FAIL) == Verdicts(1, 2, 1)


AMOUNTS = st.none() | st.integers(0, 200)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=8), st.randoms())
def test_parts_of_parts_are_the_whole(pairs: list[tuple[int | None, int | None]], shuffler: random.Random) -> None:
    """A country rolled up from regions that were rolled up themselves is the country rolled up from all units."""
    units = [unit(str(place), a, b) for place, (a, b) in enumerate(pairs)]
    whole = roll_up(units, RollUp.RATIO_OF_SUMS, PERCENT)
    shuffler.shuffle(units)
    halves = [roll_up(part, RollUp.RATIO_OF_SUMS, PERCENT) for part in (units[::2], units[1::2])]
    again = roll_up([UnitResult("half", half.values) for half in halves], RollUp.RATIO_OF_SUMS, PERCENT)
    assert (again.values, again.result) == (whole.values, whole.result)
