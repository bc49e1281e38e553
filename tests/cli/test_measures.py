"""measures list, show, check, count, people: the contract of DESIGN section 4."""

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

import builders
from cli.conftest import STRANGER, Office
from cli.speaking import Said, has_thai, samrit
from samrit.measures import measure_ids, measure_names
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


def test_show_is_a_page_for_people() -> None:
    said = samrit("measures", "show", "ht_controlled").out
    page, _, sql = said.partition("\na.sql\n")
    heads = ("ทำไมต้องวัด", "ตัวตั้ง A", "ตัวหาร B", "สูตร", "นับที่", "พารามิเตอร์", "ที่มา", "รหัสที่ใช้", "ชุดที่มีชื่อ", "วิวที่อ่าน")
    places = [page.index(f"\n{head}") for head in heads]
    assert places == sorted(places)
    for told in (
        "คนไทยในพื้นที่ที่ขึ้นทะเบียนความดันโลหิตสูงก่อนวันสำรวจ", "always part of B", "A of B in per cent",
        "higher is better", "readings = 2", "qof-2557: domain 2 item 6", "I10  Essential hypertension",
        "registered_ht", "thai_residents", "blood_pressures", "ค่าความดันที่เป็นไปได้",
    ):  # fmt: skip
        assert told in page
    assert not set("{}[]") & set(page)
    assert sql.index("b.sql") > sql.index("SELECT")


def test_show_writes_tables_and_choices_out() -> None:
    page = samrit("measures", "show", "anc_five_visits").out
    assert "windows (no, first_week, last_week)" in page
    assert "  1, " in page
    assert "one of: discharge, admission" in samrit("measures", "show", "ht_patient_admission_rate").out


@pytest.mark.parametrize("measure_id", measure_ids())
def test_every_page_is_readable_at_80_columns_above_its_sql(measure_id: str) -> None:
    page = samrit("measures", "show", measure_id).out.partition("\na.sql\n")[0]
    assert max(cell_len(line) for line in page.splitlines()) <= 80


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
        (line,) = [line for line in table.lines if line.split()[:1] == [row["org"]]]
        assert line.split()[-3:] == [row["a"], row["b"], row["value"]]


@pytest.mark.parametrize(
    ("level", "org", "name"),
    [
        ("facility", "11033", "โรงพยาบาลนาแห้ว"),
        ("contracting_unit", "11033", "โรงพยาบาลนาแห้ว"),
        ("district", "4206", "นาแห้ว"),
        ("province", "42", "เลย"),
        ("region", "8", "เขตสุขภาพที่ 8"),
        ("country", "TH", "ประเทศไทย"),
    ],
)
def test_a_table_of_counts_names_the_organisations(office: Office, level: str, org: str, name: str) -> None:
    said = samrit("measures", "count", "ht_controlled", *PERIOD, "--level", level, "--home", office.home)
    (line,) = [line for line in said.lines if line.split()[:1] == [org]]
    assert name in line
    if level != "country":
        assert any("ไม่อยู่ในทะเบียน / not in the register" in line for line in said.lines)
    assert any(line.startswith("ht_controlled") and has_thai(line) for line in said.lines)


def test_a_table_of_many_counts_is_readable_at_80_columns(office: Office) -> None:
    said = samrit("measures", "count", "--all", *PERIOD, "--level", "contracting_unit", "--home", office.home)
    assert max(cell_len(line) for line in said.lines) <= 80
    assert all(any(line.startswith(f"{name}  ") for line in said.lines) for name in measure_names())


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
    assert f"F43_{STRANGER}_20140401080000.zip > CHRONIC.txt บรรทัด 2" in said.out
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


def hypertension_zip(folder: Path) -> Path:
    """P1: a good, a bad and an impossible reading in the period, a good one after it. P2: none. P3: two good ones."""
    people = [builders.person(pid) for pid in ("P1", "P2", "P3")]
    chronic = [builders.row("CHRONIC", PID=pid, CHRONIC="I10", DATE_DIAG="20120101") for pid in ("P1", "P2", "P3")]
    readings = [
        ("P1", "20130501", "120"), ("P1", "20130601", "150"), ("P1", "20130701", "400"), ("P1", "20140401", "120"),
        ("P3", "20130501", "120"), ("P3", "20130601", "120"),
    ]  # fmt: skip
    follow_ups = [builders.row("CHRONICFU", PID=pid, DATE_SERV=day, SBP=sbp, DBP="80") for pid, day, sbp in readings]
    entries = {"PERSON": people, "CHRONIC": chronic, "CHRONICFU": follow_ups}
    return builders.write_zip(folder, "F43_11053_20140601080000.zip", entries)


def test_missing_people_come_with_the_lines_that_a_looked_at(tmp_path: Path) -> None:
    home = tmp_path / "home"
    samrit("load", hypertension_zip(tmp_path), "--home", home)
    asked = ("ht_controlled", "--org", "11053", *PERIOD, "--reason", "ติดตามผู้ป่วย", "--home", home)
    told = {p["person"]: p for p in samrit("measures", "people", *asked, "--part", "missing", "--json").json}
    assert set(told) == {"11053/P1", "11053/P2"}
    looked = [(x["table"], x["line"], x["day"], x["passed_over"]) for x in told["11053/P1"]["looked_at"]]
    assert looked == [
        ("CHRONICFU", 4, "2013-07-01", True),
        ("CHRONICFU", 3, "2013-06-01", False),
        ("CHRONICFU", 2, "2013-05-01", False),
    ]
    assert {x["view"] for x in told["11053/P1"]["looked_at"]} == {"blood_pressures"}
    assert told["11053/P2"]["looked_at"] == []
    said = samrit("measures", "people", *asked, "--part", "missing")
    first, second = said.out.split("11053/P2")
    assert "CHRONICFU.txt บรรทัด 3  1 มิ.ย. 2556" in first
    assert "วิว blood_pressures ไม่รับ / left out by the view" in first
    assert "A found no row: blood_pressures  1 เม.ย. 2556 - 31 มี.ค. 2557" in second
    for part in ("a", "b"):
        assert all("looked_at" not in p for p in samrit("measures", "people", *asked, "--part", part, "--json").json)


def test_a_line_that_puts_a_person_into_b_is_not_told_again_as_looked_at(tmp_path: Path) -> None:
    """A of antenatal care reads the pregnancies too; this one has no visit."""
    labor = builders.row("LABOR", BDATE="20130601", BTYPE="1", GRAVIDA="1")
    entries = {"PERSON": [builders.person(SEX="2", BIRTH="19900501")], "LABOR": [labor]}
    samrit("load", builders.write_zip(tmp_path, "F43_11053_20140601080000.zip", entries), "--home", tmp_path / "home")
    asked = ("anc_five_visits", "--org", "11053", *PERIOD, "--part", "missing", "--reason", "x", "--json")
    (mother,) = samrit("measures", "people", *asked, "--home", tmp_path / "home").json
    assert "LABOR" in {line["table"] for line in mother["lines"]}
    assert mother["looked_at"] == []


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
