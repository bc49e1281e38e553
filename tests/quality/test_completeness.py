"""samrit quality: what was sent, table by table and month by month, how late, and what is silent."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from builders import load_all, person, row, text_of, write_zip
from cli.speaking import has_thai, samrit
from samrit.quality import measure_completeness, usual_period
from samrit.reference import FacilityRow, Period, Register
from samrit.warehouse import Home, Snapshot

SENDS, LACKS, NEVER, EXEMPT, ELSEWHERE = "04801", "04802", "04811", "04812", "04901"
PERIOD = "2013-10-01..2013-12-31"


def register() -> Register:
    codes = (SENDS, LACKS, NEVER, EXEMPT)
    rows = [FacilityRow(code, district_code="4203", sends_43=code != EXEMPT) for code in codes]
    return Register([*rows, FacilityRow(ELSEWHERE, district_code="4204")])


def visit(facility: str, pid: str, day: str, **cells: str) -> dict[str, str]:
    return row("SERVICE", HOSPCODE=facility, HOSPCODE9="", PID=pid, SEQ=f"{pid}{day}", DATE_SERV=day, **cells)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SENDS: two packages, the second with the visits of the first again, one of them corrected. LACKS: one package."""
    folder = tmp_path_factory.mktemp("sent")
    who = {"HOSPCODE": SENDS, "HOSPCODE9": ""}
    first = [visit(SENDS, "P1", "20131001"), visit(SENDS, "P2", "20131011", SBP="high")]
    again = [*first, visit(SENDS, "P3", "20131221"), visit(SENDS, "", "20131222"), visit(SENDS, "P4", "25561222")]
    again[0] = again[0] | {"D_UPDATE": "20131105"}
    entries = {"PERSON": [person(**who)], "SERVICE": first, "ANC": "HOSPCODE|PID|DATE_SERV\n"}
    zips = [
        write_zip(folder / "zips", f"F43_{SENDS}_20131031080000.zip", entries),
        write_zip(folder / "zips", f"F43_{SENDS}_20140110080000.zip", {"SERVICE": again}),
        write_zip(
            folder / "zips", f"F43_{LACKS}_20140105080000.zip", {"SERVICE": text_of([visit(LACKS, "P1", "20131201")])}
        ),
    ]
    load_all(Home(folder / "home"), *zips)
    return folder / "home"


@pytest.fixture(scope="module")
def snapshot(home: Path) -> Snapshot:
    return Home(home) and load_all(Home(home)).snapshot  # type: ignore[return-value]


def told(home: Path, *words: str) -> dict[str, Any]:
    said = samrit("quality", "--period", PERIOD, *words, "--json", "--home", home)
    assert said.code == 0, said.err
    return said.json  # type: ignore[no-any-return]


def table(home: Path, facility: str, name: str) -> dict[str, Any]:
    [of] = told(home, "--org", facility)["facilities"]
    return next(t for t in of["tables"] if t["table"] == name)


def test_rows_read_are_kept_superseded_or_aside(home: Path) -> None:
    of = table(home, SENDS, "SERVICE")
    # 2 + 5 rows: two stand in their second version, a blank PID and a Buddhist year are aside; SBP 'high' is read twice
    assert {name: of[name] for name in ("packages", "read", "kept", "superseded", "aside", "voided")} == {
        "packages": 2, "read": 7, "kept": 3, "superseded": 2, "aside": 2, "voided": 2,
    }  # fmt: skip
    assert of["last"] == "20140110080000"
    assert {(f["field"], f["rule"], f["state"]): f["count"] for f in of["faults"]} == {
        ("SBP", "number", "voided"): 2,
        ("PID", "key_blank", "aside"): 1,
        ("DATE_SERV", "key_date", "aside"): 1,
    }


def test_a_month_is_that_of_the_service_and_waits_for_the_first_package(home: Path) -> None:
    october, december = table(home, SENDS, "SERVICE")["months"]
    # 1 and 11 October came on 31 October: 30 and 20 days, the lower of the two is the middle; the second package
    # brings nothing new. 21 December came on 10 January: 20 days.
    assert october == {"month": "2013-10", "rows": 2, "middle_wait": 20, "longest_wait": 30}
    assert december == {"month": "2013-12", "rows": 1, "middle_wait": 20, "longest_wait": 20}


def test_a_month_without_a_visit_is_silent(home: Path) -> None:
    silent = {f["org"]: f["silent_months"] for f in told(home, "--org", SENDS)["facilities"]}
    assert silent == {SENDS: ["2013-11"]}
    assert told(home, "--org", LACKS)["facilities"][0]["silent_months"] == ["2013-10", "2013-11"]


def test_a_table_with_a_header_only_was_sent_and_holds_nothing(home: Path) -> None:
    of = table(home, SENDS, "ANC")
    assert (of["packages"], of["read"], of["months"]) == (1, 0, [])


def test_who_should_send_and_never_did_stands_first(snapshot: Snapshot) -> None:
    made = measure_completeness(snapshot, register(), Period.parse(PERIOD))
    assert [of.facility for of in made.facilities] == [NEVER, LACKS, SENDS]
    assert [of.is_silent for of in made.facilities] == [True, False, False]
    assert made.facilities[0].silent_months == ((2013, 10), (2013, 11), (2013, 12))


def test_a_table_that_half_of_the_facilities_send_is_missed(snapshot: Snapshot) -> None:
    made = {of.facility: of for of in measure_completeness(snapshot, register(), Period.parse(PERIOD)).facilities}
    assert made[LACKS].silent_tables == ("PERSON",)  # one of two sends it; nobody has a row of ANC
    assert made[SENDS].silent_tables == ()
    assert made[NEVER].silent_tables == ()


def test_the_worst_columns_are_those_of_all_facilities(snapshot: Snapshot) -> None:
    made = measure_completeness(snapshot, register(), Period.parse(PERIOD))
    assert made.worst[0] == ("SERVICE", ("SBP", "number", "voided"), 2)
    assert len(made.worst) == 3


def test_the_usual_period_is_the_twelve_months_before_the_newest_package(snapshot: Snapshot) -> None:
    assert usual_period(snapshot) == Period(date(2013, 1, 1), date(2013, 12, 31))


def test_one_facility_is_shown_with_its_tables_and_months(home: Path) -> None:
    said = samrit("quality", "--period", PERIOD, "--org", SENDS, "--home", home).out
    assert has_thai(said)
    assert "ส่งแต่หัวแฟ้ม ไม่มีแถว / sent with a header only: ANC" in said
    assert "พ.ย.56" in said  # the silent month


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_everything_is_written_to_a_file(home: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"quality.{ending}"
    said = samrit("quality", "--period", PERIOD, "--org", SENDS, "--out", file, "--home", home)
    assert (said.code, said.out) == (0, "")
    if ending == "json":
        assert json.loads(file.read_text(encoding="utf-8")) == told(home, "--org", SENDS)
        return
    if ending == "csv":
        lines = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    else:
        sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
        lines = [[str(int(c)) if isinstance(c, float) else str(c) for c in line] for line in sheet]
    head, rows = lines[0], [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    assert head[:3] == ["org", "table", "month"]
    [whole] = [r for r in rows if (r["table"], r["month"]) == ("SERVICE", "")]
    assert (whole["org"], whole["read"], whole["kept"], whole["worst"]) == (SENDS, "7", "3", "SBP number")
    [october] = [r for r in rows if (r["table"], r["month"]) == ("SERVICE", "2013-10")]
    assert (october["rows"], october["middle_wait"], october["longest_wait"]) == ("2", "20", "30")


def test_another_ending_is_refused(home: Path, tmp_path: Path) -> None:
    assert samrit("quality", "--out", tmp_path / "quality.pdf", "--home", home).code == 2
