"""KPI 067 of the ministry, fiscal year 2561 (source document 004): printed figures, and a log with what it must give.

Measure 1: 5,200 cells of 130 facilities x 10 topics x 12 months = 15,600 are 33.33 %. Measure 2: 35 of 116 hospitals
are 30.17 %. The rest of the cases is derived from the same page.
"""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.formula import round_half_up
from samrit.logs import log_kind
from samrit.measures import Engine, When, compile_measure, count, measure, value_of
from samrit.measures.checking import formula_of
from samrit.reference import FacilityRow, OrgLevel, Period, Register
from samrit.results import roll_up
from samrit.warehouse import Home, load_logs, rejects

HERE = Path(__file__).parent
DX_LOG = HERE / "moph_067_dx_log.csv"
FACILITIES = ("00001", "00002", "00003")


def golden(kpi: str) -> list[dict[str, str]]:
    with (HERE / "moph_067_golden_cases.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["kpi"] == kpi]


@pytest.mark.parametrize("row", [*golden("067.1")[:-1], *golden("067.2")], ids=lambda row: row["case"])
def test_the_formula_gives_the_value_of_the_golden_case(row: dict[str, str]) -> None:
    said = json.loads(row["inputs_json"])
    if row["kpi"] == "067.1":
        of = measure("data_exchange_use")
        a, b = said["cells_used"], said["facilities"] * said["topics"] * said["months_denominator"]
    else:
        of, a, b = measure("smart_health_id_use"), said["A"], said["B"]
    value = formula_of(of).evaluate({"A": Decimal(a), "B": Decimal(b)})
    expected = Decimal(row["expected_value"]) if row["expected_value"] else None
    assert (None if value is None else round_half_up(value, 2)) == expected
    if value is not None:  # the target is compared with the value unrounded
        assert (value >= said["target"]) == (row["expected_pass"] == "true")


def test_one_facility_has_as_many_cells_in_a_year_as_printed() -> None:
    row = golden("067.1")[-1]
    assert (row["case"], json.loads(row["inputs_json"])["facilities"]) == ("dx-6", 1)
    of, year = measure("data_exchange_use"), Period.parse("2017-10-01..2018-09-30")
    with Engine(None, Register([FacilityRow("00001")])) as engine:
        cells = count(engine, compile_measure(of, of.parameters), [When(year, year.start)])
    assert sum(cell.amount for cell in cells if cell.letter == "b") == int(row["expected_value"])


@pytest.mark.parametrize(
    ("end", "rule", "cells", "denominator", "value"),
    [
        ("2018-03-31", "year", 6, 360, "1.67"),
        ("2018-03-31", "elapsed", 6, 180, "3.33"),
        ("2018-09-30", "year", 7, 360, "1.94"),
    ],
)
def test_the_log_of_three_facilities(
    end: str, rule: str, cells: int, denominator: int, value: str, tmp_path: Path
) -> None:
    """Left out: a failed call, another fiscal year, an unknown topic, an unknown facility. 00003 stays in B."""
    home = Home(tmp_path / "home")
    snapshot = load_logs(home, log_kind("data-exchange"), [DX_LOG]).snapshot
    register = Register([FacilityRow(code, hostype="06", province_code="42", health_region="8") for code in FACILITIES])
    of = measure("data_exchange_use")
    when = When(Period.parse(f"2017-10-01..{end}"), Period.parse(f"2017-10-01..{end}").start)
    with Engine(snapshot, register) as engine:
        found = count(engine, compile_measure(of, of.with_parameters({"denominator_months": rule})), [when])
    [country] = roll_up(found, OrgLevel.COUNTRY, register, when.census_day)
    assert (country.a, country.b) == (cells, denominator)
    made = value_of(of, country)
    assert made is not None
    assert round_half_up(made, 2) == Decimal(value)
    by_facility = roll_up(found, OrgLevel.FACILITY, register, when.census_day)
    assert {line.org: line.b for line in by_facility} == dict.fromkeys(FACILITIES, denominator // 3)
    assert list(rejects(home)) == []
