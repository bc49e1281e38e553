"""measures list, show, check, count, people: the contract of DESIGN section 4."""

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from cli.conftest import STRANGER, Office
from cli.speaking import Said, has_thai, samrit
from samrit.measures import measure_ids
from samrit.warehouse import Home, broken_at

PERIOD = ("--period", "2013-04-01..2014-03-31", "--census", "2013-10-01")
CASES = """
measure: {measure}
period: 2013-04-01..2014-03-31
census_day: 2013-10-01
cases:
- case: the last two readings are both below 140/90
  CHRONIC: |
    CHRONIC
    I10
  CHRONICFU: |
    DATE_SERV  | SBP | DBP
    2013-08-01 | 139 | 89
    2014-03-31 | 120 | 80
  expect: {{"11053": {{a: {a}, b: 1, value: {value}}}}}
"""


def count(office: Office, *words: str) -> list[dict[str, str]]:
    said = samrit("measures", "count", *words, *PERIOD, "--format", "csv", "--home", office.home)
    assert said.code == 0, said.err
    return list(csv.DictReader(io.StringIO(said.out)))


def people(office: Office, *words: str, reason: str = "ติดตามผู้ป่วย", part: str = "b") -> Said:
    asked = ("ht_controlled", "--org", STRANGER, "--part", part, *PERIOD, "--reason", reason)
    return samrit("measures", "people", *asked, *words, "--home", office.home)


def test_list_names_every_measure() -> None:
    told = samrit("measures", "list", "--json").json
    assert [m["id"] for m in told] == list(measure_ids())
    assert all(has_thai(m["title"]["th"]) for m in told)
    shown = samrit("measures", "list").out
    assert all(measure_id in shown for measure_id in measure_ids())


def test_show_has_the_words_and_the_sql() -> None:
    said = samrit("measures", "show", "ht_controlled")
    assert "registered_ht" in said.out
    assert "a.sql" in said.out
    assert has_thai(said.out)
    told = samrit("measures", "show", "ht_controlled", "--json").json
    assert told["id"] == "ht_controlled"
    assert "SELECT" in told["b_sql"].upper()


def test_an_unknown_measure_is_2_and_names_the_nearest() -> None:
    said = samrit("measures", "show", "ht_controled")
    assert (said.code, said.out) == (2, "")
    assert "ht_controlled" in said.err
    assert has_thai(said.err)


def test_count_gives_the_columns_of_the_contract(office: Office) -> None:
    said = samrit("measures", "count", "ht_controlled", *PERIOD, "--format", "csv", "--home", office.home)
    assert said.lines[0] == "measure,period_start,period_end,level,org,a,b,value"
    for row in count(office, "ht_controlled"):
        assert (row["measure"], row["period_start"], row["period_end"], row["level"]) == (
            "ht_controlled", "2013-04-01", "2014-03-31", "facility",
        )  # fmt: skip
        wanted = Decimal(row["a"]) * 100 / Decimal(row["b"])
        assert re.fullmatch(r"\d+\.\d{4}", row["value"])
        assert abs(Decimal(row["value"]) - wanted) <= Decimal("0.00005")


def test_a_facility_that_the_register_does_not_know_is_counted(office: Office) -> None:
    (row,) = [r for r in count(office, "ht_controlled") if r["org"] == STRANGER]
    assert (row["a"], row["b"], row["value"]) == ("0", "1", "0.0000")


def test_a_value_over_nothing_is_empty(office: Office) -> None:
    """One visit to a primary-care unit of 10705, none to its hospital: the ratio has no value."""
    rows = {row["org"]: row for row in count(office, "op_primary_to_hospital_ratio")}
    assert [rows["10705"][name] for name in ("a", "b", "value")] == ["1", "0", ""]
    assert rows["11033"]["value"]
    form = ("--format", "json", "--home", office.home)
    told = samrit("measures", "count", "op_primary_to_hospital_ratio", *PERIOD, *form).json
    assert [row["value"] for row in told if row["org"] == "10705"] == [None]


def test_an_org_with_neither_a_nor_b_has_no_line(office: Office) -> None:
    rows = count(office, "ht_controlled", "op_primary_to_hospital_ratio")
    assert all(int(row["a"]) or int(row["b"]) for row in rows)
    assert count(office, "ht_controlled", "--org", "10705") == []


def test_parts_sum_to_their_parents_and_the_country_holds_everything(office: Office) -> None:
    rows = count(office, "ht_controlled")
    known = [row for row in rows if row["org"] != STRANGER]
    for level, code in (("contracting_unit", "11033"), ("district", "4206"), ("province", "42"), ("region", "8")):
        above = count(office, "ht_controlled", "--level", level)
        (mine,) = [row for row in above if row["org"] == code]
        for letter in ("a", "b"):
            assert int(mine[letter]) == sum(int(row[letter]) for row in known)
            assert sum(int(row[letter]) for row in above) == sum(int(row[letter]) for row in rows)
    (row,) = count(office, "ht_controlled", "--level", "country")
    assert (row["org"], int(row["b"])) == ("TH", sum(int(r["b"]) for r in rows))


def test_org_keeps_what_is_inside_it(office: Office) -> None:
    every = {row["org"] for row in count(office, "ht_controlled")}
    assert {row["org"] for row in count(office, "ht_controlled", "--org", "4206")} == every - {STRANGER} != every
    assert [row["org"] for row in count(office, "ht_controlled", "--org", STRANGER)] == [STRANGER]
    (unit,) = count(office, "ht_controlled", "--level", "contracting_unit", "--org", "11033")
    assert unit["org"] == "11033"


def test_a_parameter_changes_what_is_counted(office: Office) -> None:
    usual = sum(int(row["a"]) for row in count(office, "ht_controlled"))
    none = sum(int(row["a"]) for row in count(office, "ht_controlled", "--param", "readings=9"))
    assert none < usual


@pytest.mark.parametrize(
    "words",
    [
        ("ht_controlled", "--param", "reading=1", *PERIOD),
        ("ht_controlled", "--param", "readings", *PERIOD),
        ("--all", "--param", "readins=1", *PERIOD),
        ("ht_controlled", "--period", "2013-04-01"),
        ("ht_controlled", "--period", "2014-04-01..2013-03-31"),
        ("ht_controlled", "--period", "2556-04-01..2557-03-31"),
        ("ht_controlled",),
        PERIOD,
        ("ht_controlled", "--level", "village", *PERIOD),
        ("ht_controlled", "--org", "x", *PERIOD),
        ("ht_controlled", "--snapshot", "no", *PERIOD),
        ("ht_controlled", "--format", "xml", *PERIOD),
    ],
)
def test_a_question_that_cannot_be_is_2_and_says_nothing_on_stdout(office: Office, words: tuple[str, ...]) -> None:
    said = samrit("measures", "count", *words, "--home", office.home)
    assert (said.code, said.out) == (2, "")
    assert said.err


def test_json_and_table_tell_the_same_numbers_as_csv(office: Office) -> None:
    rows = count(office, "ht_controlled")
    told = samrit("measures", "count", "ht_controlled", *PERIOD, "--format", "json", "--home", office.home).json
    assert [{name: str(cell) for name, cell in row.items()} for row in told] == rows
    table = samrit("measures", "count", "ht_controlled", *PERIOD, "--home", office.home)
    for row in rows:
        assert any(line.split()[-4:] == [row["org"], row["a"], row["b"], row["value"]] for line in table.lines)


def test_people_are_listed_with_the_lines_behind_them_and_the_look_is_logged(office: Office) -> None:
    said = people(office, "--json", "--as", "somchai")
    assert said.code == 0
    (one,) = said.json
    assert (one["facility"], one["person"]) == (STRANGER, f"{STRANGER}/P1")
    assert {(x["table"], x["entry"], x["line"]) for x in one["lines"]} == {
        ("CHRONIC", "CHRONIC.txt", 2),
        ("PERSON", "PERSON.txt", 2),
    }
    log = Home(office.home).access_log.read_text(encoding="utf-8").splitlines()
    last = json.loads(log[-1])
    assert (last["user"], last["reason"], last["shown"]) == ("somchai", "ติดตามผู้ป่วย", 1)
    assert (last["asked"]["measure"], last["asked"]["org"], last["asked"]["part"]) == ("ht_controlled", STRANGER, "b")
    assert broken_at(Home(office.home)) is None


def test_every_look_adds_a_line_to_the_chain(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "officer")
    log = Home(office.home).access_log
    before = len(log.read_bytes().splitlines()) if log.exists() else 0
    assert people(office).code == 0
    assert people(office, part="missing").code == 0
    lines = log.read_text(encoding="utf-8").splitlines()
    assert len(lines) == before + 2
    assert json.loads(lines[-1])["user"] == "officer"
    assert broken_at(Home(office.home)) is None


@pytest.mark.parametrize("reason", ["", "   "])
def test_people_without_a_reason_are_not_shown_and_nothing_is_logged(office: Office, reason: str) -> None:
    log = Home(office.home).access_log
    before = log.read_bytes() if log.exists() else b""
    said = people(office, reason=reason)
    assert (said.code, said.out) == (2, "")
    assert "เหตุผล" in said.err
    assert (log.read_bytes() if log.exists() else b"") == before


def test_people_for_people_say_zip_entry_and_line(office: Office) -> None:
    said = people(office)
    assert f"{STRANGER}/P1" in said.out
    assert f"F43_{STRANGER}_20140401080000.ZIP > CHRONIC.txt บรรทัด 2" in said.out
    assert "logged" in said.err


def test_missing_and_a_are_b(office: Office) -> None:
    asked = ("--level", "contracting_unit", "--org", "11033", "--json")
    found = {
        part: {json.dumps(p["person"]) for p in people(office, *asked, part=part).json}
        for part in ("a", "b", "missing")
    }
    assert found["a"] | found["missing"] == found["b"]
    assert not found["a"] & found["missing"]
    assert found["a"]


def test_check_runs_cases_and_counts_passed_and_failed(tmp_path: Path) -> None:
    texts = {
        "right": CASES.format(measure="ht_controlled", a=1, value=100),
        "wrong": CASES.format(measure="ht_controlled", a=0, value=0),
        "later": CASES.format(measure="not_there_yet", a=0, value=0),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    said = samrit("measures", "check", "--cases", tmp_path)
    assert (said.code, said.lines[-1]) == (1, "1 passed, 1 failed")
    assert "wrong.yaml" in said.out
    assert any("not_there_yet" in line and "skipped" in line for line in said.lines)
    (tmp_path / "wrong.yaml").unlink()
    said = samrit("measures", "check", "ht_controlled", "--cases", tmp_path)
    assert (said.code, said.lines[-1]) == (0, "1 passed, 0 failed")


def test_check_of_a_folder_that_is_not_there_is_2(tmp_path: Path) -> None:
    said = samrit("measures", "check", "--cases", tmp_path / "nowhere")
    assert said.code == 2
    assert has_thai(said.err)
