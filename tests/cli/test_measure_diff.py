"""measures diff: two definitions on one snapshot, by unit; what is written differently; which schemes count by it."""

import csv
import io
from pathlib import Path

import pytest

from cli.conftest import Office
from cli.speaking import Said, samrit

PERIOD = ("--period", "2013-04-01..2014-03-31", "--census", "2013-10-01")


def diff(office: Office, *words: str | Path) -> Said:
    return samrit("measures", "diff", *words, "--home", office.home)


def counts(office: Office, measure_id: str, *words: str) -> dict[str, tuple[str, str, str]]:
    said = samrit("measures", "count", measure_id, *PERIOD, *words, "--format", "csv", "--home", office.home)
    rows = csv.DictReader(io.StringIO(said.out))
    return {row["org"]: (row["a"], row["b"], row["value"]) for row in rows}


def test_a_parameter_is_held_against_the_usual_one(office: Office) -> None:
    level = ("--level", "facility")
    said = diff(office, "ht_controlled", "--param", "readings=9", *PERIOD, *level, "--format", "csv")
    assert said.code == 0, said.err
    rows = list(csv.DictReader(io.StringIO(said.out)))
    usual, other = counts(office, "ht_controlled"), counts(office, "ht_controlled", "--param", "readings=9")
    *units, total = rows
    assert {r["org"]: (r["a_before"], r["b_before"], r["value_before"]) for r in units} == usual
    assert {r["org"]: (r["a_after"], r["b_after"], r["value_after"]) for r in units} == other
    for row in rows:
        assert int(row["a_before"]) - int(row["a_lost"]) + int(row["a_gained"]) == int(row["a_after"])
    assert (total["level"], total["after"]) == ("total", "ht_controlled readings=9")
    for name in ("a_before", "a_lost", "a_gained", "b_after"):
        assert int(total[name]) == sum(int(row[name]) for row in units)
    moved = [abs(float(row["value_change"])) for row in units]
    assert moved == sorted(moved, reverse=True)
    assert moved[0] > 0


def test_a_folder_is_held_against_the_measure_and_its_text_is_told(office: Office, tmp_path: Path) -> None:
    made = samrit("measures", "new", "stricter", "--from", "ht_controlled", "--home", tmp_path)
    folder = Path(made.out.split("  ->")[0])
    sql = folder / "a.sql"
    sql.write_text(sql.read_text(encoding="utf-8").replace("max(r.sbp) < 140", "max(r.sbp) < 130"), encoding="utf-8")
    said = diff(office, "ht_controlled", folder, *PERIOD, "--format", "json")
    told = said.json
    assert [line[0] for line in told["text"] if "max(r.sbp)" in line] == ["-", "+"]
    assert any(use == {**use, "scheme": "qof-2557", "item": "2.6"} for use in told["schemes"])
    total = told["total"]
    assert (total["a_gained"], total["b_lost"], total["b_gained"]) == (0, 0, 0)
    assert total["a_lost"] == total["a_before"] - total["a_after"] > 0
    assert told["units"]
    assert "P1" not in said.out  # persons only as numbers


def test_the_screen_shows_the_change_the_schemes_and_the_total(office: Office) -> None:
    said = diff(office, "ht_controlled", "--param", "readings=9", *PERIOD)
    assert "parameters.readings: 2 -> 9" in said.out
    assert "qof-2557 2.6" in said.out
    (total,) = [line for line in said.lines if line.startswith("รวม")]
    assert "->" in total
    assert "units are unchanged" in said.out


def test_without_a_period_only_the_text_is_told(office: Office) -> None:
    said = diff(office, "ht_controlled", "--measure", "dm_retina_exam")
    assert said.code == 0
    assert "views: + follow_ups" in said.out
    assert "รวม" not in said.out


def test_org_keeps_what_is_inside_it(office: Office) -> None:
    asked = ("ht_controlled", "--param", "readings=9", *PERIOD, "--level", "facility", "--format", "json")
    every, inside = diff(office, *asked).json, diff(office, *asked, "--org", "4206").json
    assert {u["org"] for u in inside["units"]} < {u["org"] for u in every["units"]}
    assert inside["total"]["b_before"] == sum(u["b_before"] for u in inside["units"])


@pytest.mark.parametrize(
    "words",
    [
        ("ht_controlled",),
        ("ht_controled", "--measure", "dm_retina_exam"),
        ("ht_controlled", "--measure", "dm_retina"),
        ("ht_controlled", "nowhere"),
        ("ht_controlled", "--param", "reading=1"),
        ("ht_controlled", "--param", "readings=9", "--format", "csv"),
        ("ht_controlled", "src", "--measure", "dm_retina_exam"),
        ("ht_controlled", "--param", "readings=9", *PERIOD, "--snapshot", "no"),
    ],
)
def test_a_question_that_cannot_be_is_2_and_says_nothing_on_stdout(office: Office, words: tuple[str, ...]) -> None:
    said = diff(office, *words)
    assert (said.code, said.out) == (2, "")
    assert said.err
