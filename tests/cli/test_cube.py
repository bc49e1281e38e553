"""measures cube and measures ask: the answers of the kept cube are those of measures count."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from cli.conftest import Office
from cli.speaking import Said, samrit

WHOLE = ("--period", "2013-04-01..2014-03-31", "--census", "2013-10-01")
SPANS = ("--spans", "month,year")


def said(office: Office, *words: str) -> Said:
    return samrit("measures", *words, "--home", office.home)


def rows(answer: Said) -> list[dict[str, str]]:
    assert answer.code == 0, answer.err
    return list(csv.DictReader(io.StringIO(answer.out)))


@pytest.mark.parametrize(("level", "org"), [("facility", ""), ("district", "42"), ("contracting_unit", "4206")])
def test_an_answer_is_what_count_says(office: Office, level: str, org: str) -> None:
    where = ("--level", level, "--org", org, "--format", "csv")
    asked = rows(said(office, "ask", "ht_controlled", *WHOLE, *SPANS, *where))

    assert {row.pop("span") for row in asked} == {"year"}
    assert asked == rows(said(office, "count", "ht_controlled", *WHOLE, *where))


def test_parts_by_sex_sum_to_the_whole(office: Office) -> None:
    where = ("ht_controlled", *WHOLE, *SPANS, "--level", "district", "--org", "4206", "--format", "csv")
    [whole] = rows(said(office, "ask", *where))
    parts = rows(said(office, "ask", *where, "--by", "sex"))

    assert {part["sex"] for part in parts} == {"1", "2"}
    assert sum(int(part["b"]) for part in parts) == int(whole["b"]) > 0


def test_what_is_undefined_is_empty_and_null(office: Office) -> None:
    """A primary-care unit's visit is counted, those of its hospital are not here: no B, so no value."""
    where = ("op_primary_to_hospital_ratio", *WHOLE, *SPANS, "--org", "10705")
    [row] = rows(said(office, "ask", *where, "--format", "csv"))
    [document] = json.loads(said(office, "ask", *where, "--format", "json").out)

    assert (row["a"], row["b"], row["value"]) == ("1", "0", "")
    assert (document["b"], document["value"]) == (0, None)


def test_the_table_has_the_months_and_names(office: Office) -> None:
    answer = said(office, "ask", "ht_controlled", *WHOLE, *SPANS, "--span", "month", "--level", "district")

    assert "2013-04-01..2013-04-30" in answer.out
    assert "นาแห้ว" in answer.out


def test_the_cube_is_written_as_parquet_and_csv(office: Office, tmp_path: Path) -> None:
    made = said(office, "cube", "ht_controlled", *WHOLE, *SPANS, "--json", "--out", str(tmp_path / "cube.parquet"))
    again = said(office, "cube", "ht_controlled", *WHOLE, *SPANS, "--json", "--out", str(tmp_path / "cube.csv"))

    document = json.loads(made.out)
    assert document == json.loads(again.out)
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM read_parquet('{tmp_path / 'cube.parquet'}')")
        columns, parquet = [column[0] for column in found.description or ()], found.fetchall()
    with (tmp_path / "cube.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert columns == list(written[0])
    assert columns == [
        *("measure", "spans", "period_start", "period_end", "facility", "contracting_unit", "sex", "age_band", "a", "b")
    ]
    assert len(parquet) == len(written) == document["rows"]
    assert sum(row[-1] for row in parquet) == sum(int(row["b"]) for row in written)
    assert {row["spans"] for row in written} == {"month", "year"}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["cube.csv", "cube.parquet"]


def test_a_budget_year_is_october_to_september(office: Office) -> None:
    answer = json.loads(said(office, "ask", "ht_controlled", "--year", "2557", *SPANS, "--format", "json").out)

    assert {(row["period_start"], row["period_end"]) for row in answer} == {("2013-10-01", "2014-09-30")}


@pytest.mark.parametrize(
    "words",
    [
        ("cube", "ht_controlled"),
        ("cube", *WHOLE),
        ("cube", "ht_controlled", "--year", "2557", *WHOLE),
        ("cube", "ht_controlled", *WHOLE, "--spans", "week"),
        ("cube", "ht_controlled", *WHOLE, "--spans", ""),
        ("cube", "ht_controlled", *WHOLE, "--out", "cube.xlsx"),
        ("cube", "ht_controlled", *WHOLE, "--out", "nowhere/cube.csv"),
        ("cube", "--all", *WHOLE, "--param", "nobody=1"),
        ("ask", "ht_controlled", *WHOLE, *SPANS, "--span", "quarter"),
    ],
)
def test_wrong_usage_is_refused(office: Office, words: tuple[str, ...]) -> None:
    assert said(office, *words).code == 2


def test_a_readmission_result_of_data_that_end_too_early_is_marked(office: Office) -> None:
    """S9.4: the zips of this home were made on 1 April 2014, 28 days after the period is 28 April."""
    where = ("dm_readmission_28_days", *WHOLE, "--level", "country", "--format", "json")
    for answer in (said(office, "count", *where), said(office, "ask", *where, *SPANS)):
        assert "measures.cut_off" in answer.err
        assert all("28" in row["remark"]["th"] for row in json.loads(answer.out))
    early = ("--period", "2013-04-01..2014-01-31", "--census", "2013-10-01")
    assert "measures.cut_off" not in said(office, "count", "dm_readmission_28_days", *early).err
