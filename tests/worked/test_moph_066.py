"""KPI 66 of the ministry, fiscal year 2563 (source document 001): the printed floors of the case-mix index."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.measures.checking import formula_of
from samrit.measures.definition import measure
from samrit.reference import case_mix_floor, case_mix_floors

HERE = Path(__file__).parent


def golden() -> list[dict[str, str]]:
    with (HERE / "moph_066_golden_cases.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("row", golden(), ids=lambda row: row["case"])
def test_an_index_meets_the_floor_of_its_class_unrounded(row: dict[str, str]) -> None:
    """A class without a floor gives no verdict; at the floor it is met."""
    said = json.loads(row["inputs_json"])
    floor, index = case_mix_floor(said["class"], said["size"] or ""), Decimal(said["cmi"])
    verdict = "" if floor is None else str(index >= floor).lower()
    assert verdict == row["expected_pass"]


def test_the_floors_are_those_of_the_page() -> None:
    """Table of region 12: A large 1.6, A small 1.5, S 1.2, M1 1.0, M2 0.8, F 0.6, F2-3 0.5."""
    printed = ["1.6", "1.5", "1.2", "1.0", "0.8", "0.6", "0.5", "0.5"]
    assert [str(floor) for floor in case_mix_floors().values()] == printed
    assert case_mix_floor("A") is None


def test_the_index_is_the_sum_of_weights_over_the_stays_unrounded() -> None:
    value = formula_of(measure("case_mix_index")).evaluate({"A": Decimal("3.2"), "B": Decimal(3)})
    assert value is not None
    assert str(value).startswith("1.0666666666")
