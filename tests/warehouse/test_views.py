"""The curated views: documented names, types, NULLs and words; people, ties and codes as the book says."""

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import duckdb
import pytest

from builders import (
    ask,
    citizen_id,
    load_all,
    name_of_zip,
    open_views,
    person,
    random_packages,
    row,
    text_of,
    write_zip,
)
from samrit.claims import layouts
from samrit.f43 import ColumnType, table, table_names
from samrit.logs import log_kinds
from samrit.warehouse import Home, Kind, Snapshot, View, views
from samrit.warehouse.catalogue import Words

ALL = list(views().values())
MADE = [view for view in ALL if view.kind not in {Kind.INPUT, Kind.LOG, Kind.CLAIM}]  # tests/logs, tests/claims
EVENTS = [view for view in ALL if view.kind in {Kind.EVENT, Kind.LOG, Kind.CLAIM}]


# What is written about them


@pytest.mark.parametrize("view", ALL, ids=lambda v: v.name)
def test_view_has_sql_unless_it_comes_from_inputs_and_words_in_both_languages(view: View) -> None:
    assert bool(view.sql) == (view.kind is not Kind.INPUT)
    words: Sequence[tuple[str, str]] = [
        (w.th, w.en)
        for w in (view.description.grain, view.description.about, view.description.unreliable)
        if isinstance(w, Words)
    ]
    for th, en in [*words, *((c.th, c.en) for c in view.description.columns)]:
        assert re.search("[ก-๙]", th) or th == "D_UPDATE"
        assert en.strip()
        assert not re.search("[ก-๙]", en)


@pytest.mark.parametrize("view", EVENTS, ids=lambda v: v.name)
def test_event_view_starts_with_facility_person_and_row(view: View) -> None:
    names = [c.name for c in view.description.columns]
    # who answers a referral calls the patient by a number of its own; she is found through the referral
    who = [] if view.name == "referral_replies" else ["person_id"]
    assert names[: 2 + len(who)] == ["facility", *who, "row_id"]
    assert not {"cid", "pid", "hn", "name", "lname"} & set(names)
    assert len(set(names)) == len(names)


def test_views_stand_after_those_that_they_read() -> None:
    order = list(views())
    for view in ALL:
        assert all(order.index(read) < order.index(view.name) for read in view.reads if read in views())
        of_claims = {"first_source", *(of.table for of in layouts())}
        assert view.reads <= {*views(), *table_names(), *(kind.table for kind in log_kinds()), *of_claims}


def test_hash_of_a_view_changes_with_its_sql_and_with_its_columns() -> None:
    view = views()["people"]
    other = View(view.description, view.sql + " ", view.reads)
    fewer = view.description.model_copy(update={"columns": view.description.columns[:-1]})
    assert len({view.hash, other.hash, View(fewer, view.sql, view.reads).hash}) == 3


# What comes out


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Random rows, and a row of every table with all cells blank that may be, all wrong, all right."""
    folder = tmp_path_factory.mktemp("views")
    blank, wrong, right = {}, {}, {}
    for name in table_names():
        of = table(name)
        needed = {*of.needed_in_header, "HOSPCODE9"}
        rest = [c for c in of.columns if c.name not in needed]
        usual = {
            ColumnType.DATE: "20130601",
            ColumnType.DATETIME: "20130601101500",
            ColumnType.NUMBER: "1.5",
            ColumnType.INTEGER: "1",
        }
        base = {c: v for c, v in row(name).items() if c in needed}
        integers = {c: "x" for c in of.key if of.column(c).type is ColumnType.INTEGER}
        wrong[name] = [base | integers | {c.name: "?" for c in rest}]
        blank[name] = [base | dict.fromkeys((c.name for c in rest), "")]
        right[name] = [base | {c.name: usual.get(c.type, "1") for c in rest}]
    right["REFER_HISTORY"][0]["AN"] = right["DIAGNOSIS_IPD"][0]["AN"]
    paths = [
        write_zip(
            folder, name_of_zip(day, sender), {n: text_of(rows).replace("11053", sender) for n, rows in of.items()}
        )
        for day, (sender, of) in enumerate((("10001", blank), ("10002", wrong), ("10003", right)), start=1)
    ]
    return load_all(
        Home(folder / "home"), *paths, *random_packages(Random(5), folder / "in", ("11053", "04811"), 3)
    ).snapshot


@pytest.mark.parametrize("view", MADE, ids=lambda v: v.name)
def test_columns_have_the_documented_names_types_and_nulls(snapshot: Snapshot, view: View) -> None:
    connection = open_views(snapshot)
    made = [(r[0], r[1]) for r in connection.execute(f"DESCRIBE {view.name}").fetchall()]
    assert made == [(c.name, c.type) for c in view.description.columns]
    ((count,),) = connection.execute(f"SELECT count(*) FROM {view.name}").fetchall()
    assert count > 0
    for column in view.description.columns:
        ((nulls,),) = connection.execute(f'SELECT count(*) FROM {view.name} WHERE "{column.name}" IS NULL').fetchall()
        assert bool(nulls) <= column.null, f"{column.name} may not be NULL"


@pytest.mark.parametrize("view", MADE, ids=lambda v: v.name)
def test_text_is_never_null_unless_it_says_so(view: View) -> None:
    """VIEWS: blank is '', so that <>, NOT and NOT IN mean what they say. Only the home may be missing."""
    nullable = {c.name for c in view.description.columns if c.type == "VARCHAR" and c.null}
    assert nullable <= {"home_facility"}


@pytest.mark.parametrize("view", EVENTS, ids=lambda v: v.name)
def test_each_file_of_an_event_view_is_of_one_facility(snapshot: Snapshot, view: View) -> None:
    for path in snapshot.files(view.name):
        facilities = duckdb.execute(f"SELECT DISTINCT facility FROM read_parquet('{path}')").fetchall()
        assert len(facilities) <= 1


def test_home_of_a_package_without_rows_has_every_view_empty(tmp_path: Path) -> None:
    bare = write_zip(tmp_path, name_of_zip(1), {"PERSON": []})
    connection = open_views(load_all(Home(tmp_path / "home"), bare).snapshot)
    for view in ALL:
        assert connection.execute(f"SELECT * FROM {view.name}").fetchall() == []
        assert [r[0] for r in connection.execute(f"DESCRIBE {view.name}").fetchall()] == [
            c.name for c in view.description.columns
        ]


# Persons (S3)


def load_rows(tmp_path: Path, *rows: dict[str, str], **tables: list[dict[str, str]]) -> Snapshot:
    """A snapshot of PERSON rows and others, one zip per HOSPCODE."""
    entries = {"PERSON": list(rows), **tables}
    senders = sorted({r["HOSPCODE"] for some in entries.values() for r in some})
    paths = [
        write_zip(
            tmp_path,
            name_of_zip(1, sender),
            {n: mine for n, some in entries.items() if (mine := [r for r in some if r["HOSPCODE"] == sender])},
        )
        for sender in senders
    ]
    return load_all(Home(tmp_path / "home"), *paths).snapshot


CID = citizen_id(1)


def test_rows_with_one_valid_citizen_number_are_one_person(tmp_path: Path) -> None:
    rows = [person("1", CID=CID), person("2", CID=CID), person("9", CID=CID, HOSPCODE="10705")]
    assert ask(load_rows(tmp_path, *rows), "SELECT count(*) FROM people") == [(1,)]


@pytest.mark.parametrize(
    "bad", ["", CID[:-1] + str((int(CID[-1]) + 1) % 10), "1111111111119", "0" + CID[1:], f"{CID[:6]}-{CID[6:]}"]
)
def test_rows_with_a_number_that_is_not_valid_are_known_by_facility_and_pid(tmp_path: Path, bad: str) -> None:
    rows = [person("1", CID=bad), person("2", CID=bad), person("1", CID=bad, HOSPCODE="10705")]
    assert ask(load_rows(tmp_path, *rows), "SELECT count(DISTINCT person_id) FROM people") == [(3,)]


def test_rows_of_other_tables_find_their_person_by_facility_and_pid(tmp_path: Path) -> None:
    """S3.2: their own CID is ignored; without a PERSON row the person is facility and PID and in no register."""
    visits = [
        row("CHRONICFU", PID="1", HOSPCODE="11053"),
        row("CHRONICFU", PID="7", HOSPCODE="10705", CID=citizen_id(2)),
        row("CHRONICFU", PID="1", HOSPCODE="10705", CID=CID),
        row("CHRONICFU", PID="8", HOSPCODE="10705"),
    ]
    people = [person("1", CID=CID), person("7", CID=CID, HOSPCODE="10705")]
    snapshot = load_rows(tmp_path, *people, CHRONICFU=visits)
    sql = """SELECT facility, p.person_id IS NOT NULL AS known, count(DISTINCT f.person_id)
             FROM follow_ups AS f LEFT JOIN people AS p USING (person_id) GROUP BY ALL ORDER BY ALL"""
    assert ask(snapshot, sql) == [("10705", False, 2), ("10705", True, 1), ("11053", True, 1)]
    assert ask(snapshot, "SELECT count(DISTINCT person_id) FROM follow_ups") == [(3,)]


HOME = {"TYPEAREA": "1", "DISCHARGE": "9", "CID": CID}


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        # facility, PID and cells; the winner by its facility and PID (S3.3)
        (("11053", "1", {"D_UPDATE": "20131001"}), ("10705", "1", {"D_UPDATE": "20131002"}), ("10705", "1")),
        (("11053", "1", {"D_UPDATE": ""}), ("10705", "1", {"D_UPDATE": "18500101"}), ("10705", "1")),
        (("11053", "1", {"D_UPDATE": "18500101"}), ("10705", "1", {"D_UPDATE": ""}), ("11053", "1")),
        (("11053", "1", {}), ("10705", "2", {}), ("10705", "2")),  # tie: smaller HOSPCODE, whatever the PID
        (("11053", "1", {"D_UPDATE": ""}), ("10705", "1", {"D_UPDATE": ""}), ("10705", "1")),
        (("11053", "2", {}), ("11053", "10", {}), ("11053", "10")),  # tie: smaller PID, as text
        (("11053", "ก", {}), ("11053", "Z", {}), ("11053", "Z")),
        (("11053", "1", {"TYPEAREA": "4", "D_UPDATE": "20140101"}), ("10705", "1", {}), ("10705", "1")),
        (("11053", "1", {"TYPEAREA": "2", "D_UPDATE": "20140101"}), ("10705", "1", {"TYPEAREA": "3"}), ("10705", "1")),
        (("11053", "1", {"DISCHARGE": "1", "D_UPDATE": "20140101"}), ("10705", "1", {}), ("10705", "1")),
        (("11053", "1", {"DISCHARGE": "", "D_UPDATE": "20140101"}), ("10705", "1", {}), ("10705", "1")),
        # no home row: the same order over all rows
        (("11053", "1", {"TYPEAREA": "4", "D_UPDATE": "20140101"}), ("10705", "1", {"DISCHARGE": "2"}), ("11053", "1")),
        (("11053", "1", {"TYPEAREA": "4"}), ("10705", "1", {"TYPEAREA": "5"}), ("10705", "1")),
    ],
)
def test_winning_row_is_the_home_row_with_the_latest_d_update(
    tmp_path: Path,
    first: tuple[str, str, dict[str, str]],
    second: tuple[str, str, dict[str, str]],
    winner: tuple[str, str],
) -> None:
    rows = [person(pid, HOSPCODE=at, SEX=f"{at}{pid}", **HOME | cells) for at, pid, cells in (first, second)]
    home = next(r for r in rows if (r["HOSPCODE"], r["PID"]) == winner)
    lives_there = home["TYPEAREA"] in "13" and home["DISCHARGE"] == "9"
    (found,) = ask(load_rows(tmp_path, *rows), "SELECT sex, home_facility FROM people")
    assert found == ("".join(winner), winner[0] if lives_there else None)


def test_birth_sex_and_nation_come_from_the_winning_row_only(tmp_path: Path) -> None:
    winner = person("1", **HOME | {"BIRTH": "25030501", "SEX": "", "NATION": ""}, D_UPDATE="20140101")
    other = person("1", HOSPCODE="10705", **HOME)
    assert ask(load_rows(tmp_path, winner, other), "SELECT birth_date, sex, nation FROM people") == [(None, "", "")]


# Codes and ties of single views


def test_codes_are_normalised_to_capital_letters_and_digits(tmp_path: Path) -> None:
    rows = [row("CHRONIC", CHRONIC=code) for code in ("e11.9 ", "I10-", "ก j 45.9", "๑E10")]
    assert ask(load_rows(tmp_path, CHRONIC=rows), "SELECT code FROM chronic_register ORDER BY row_id") == [
        ("E119",),
        ("I10",),
        ("J459",),
        ("E10",),
    ]


def test_principal_diagnosis_is_the_latest_of_type_1_then_the_smaller_code(tmp_path: Path) -> None:
    """S8.2: by HOSPCODE + AN; PID and DATETIME_ADMIT are not compared; none is ''."""

    def diagnosis(an: str, code: str, **cells: str) -> dict[str, str]:
        return row("DIAGNOSIS_IPD", **{"AN": an, "DIAGCODE": code, "DIAGTYPE": "1"} | cells)

    stays = [row("ADMISSION", AN=str(n), DATETIME_ADMIT="20130601") for n in range(1, 7)]
    diagnoses = [
        diagnosis("1", "E119", D_UPDATE="20131001"),
        diagnosis("1", "i10.", D_UPDATE="20131002"),
        diagnosis("2", "j45", D_UPDATE="20131001"),
        diagnosis("2", "I10", D_UPDATE="20131001"),
        diagnosis("3", "A00", D_UPDATE=""),
        diagnosis("3", "Z00", D_UPDATE="18500101"),
        diagnosis("4", "A00", DIAGTYPE="2"),
        diagnosis("5", "A00", PID="other", DATETIME_ADMIT="20130701"),
        diagnosis("6", "B01", D_UPDATE="x"),
        diagnosis("6", "A01", D_UPDATE=""),
    ]
    elsewhere = [diagnosis("4", "C00", HOSPCODE="10705")]
    snapshot = load_rows(tmp_path, ADMISSION=stays, DIAGNOSIS_IPD=diagnoses + elsewhere)
    sql = "SELECT principal_diagnosis FROM admissions ORDER BY row_id"
    assert [code for (code,) in ask(snapshot, sql)] == ["I10", "I10", "Z00", "", "A00", "A01"]


def test_discharge_before_the_admission_day_is_no_discharge(tmp_path: Path) -> None:
    """S8.1: the day decides, so an hour before admission on the same day is a discharge."""
    times = [
        ("20130602080000", "20130602070000"),
        ("20130602080000", "20130601235959"),
        ("20130602", ""),
        ("", "20130602"),
        ("x", "20130602101500"),
    ]
    stays = [row("ADMISSION", AN=str(n), DATETIME_ADMIT=a, DATETIME_DISCH=d) for n, (a, d) in enumerate(times)]
    sql = "SELECT CAST(discharged_on AS VARCHAR), CAST(discharged_at AS VARCHAR) FROM admissions ORDER BY row_id"
    assert ask(load_rows(tmp_path, ADMISSION=stays), sql) == [
        ("2013-06-02", "2013-06-02 07:00:00"),
        (None, None),
        (None, None),
        ("2013-06-02", "2013-06-02 00:00:00"),
        ("2013-06-02", "2013-06-02 10:15:00"),
    ]


def test_death_and_transfer_of_a_stay(tmp_path: Path) -> None:
    """S9.2: dead is DISCHTYPE or DISCHSTATUS 8 or 9, by transfer is DISCHTYPE 4."""
    stays = {
        ("", ""): (False, False), ("2", "1"): (False, False), ("8", "1"): (True, False), ("9", ""): (True, False),
        ("", "8"): (True, False), ("2", "9"): (True, False), ("2", "4"): (False, True), ("8", "4"): (True, True),
        ("4", "2"): (False, False), ("08", "1"): (False, False),
    }  # fmt: skip
    rows = [row("ADMISSION", AN=str(n), DISCHSTATUS=s, DISCHTYPE=d) for n, (s, d) in enumerate(stays)]
    sql = "SELECT died, transferred FROM admissions ORDER BY row_id"
    assert ask(load_rows(tmp_path, ADMISSION=rows), sql) == list(stays.values())


def test_drg_of_digits_only_is_padded_to_five(tmp_path: Path) -> None:
    """S7.2."""
    codes = {"4520": "04520", "04520": "04520", "1": "00001", "": "", "A452": "A452", "123456": "123456"}
    rows = [row("ADMISSION", AN=str(n), DRG=code) for n, code in enumerate(codes)]
    sql = "SELECT drg FROM admissions ORDER BY row_id"
    assert [drg for (drg,) in ask(load_rows(tmp_path, ADMISSION=rows), sql)] == list(codes.values())


def test_one_plausible_blood_pressure_per_person_and_day(tmp_path: Path) -> None:
    """2.6: 50-300 over 20-200, lower below upper; latest D_UPDATE, then smaller facility, then smaller PID."""

    def reading(day: int, sbp: str, dbp: str, **cells: str) -> dict[str, str]:
        return row("CHRONICFU", DATE_SERV=f"201306{day:02d}", SBP=sbp, DBP=dbp, **cells)

    rows = [
        reading(1, "50", "20"), reading(2, "300", "200"), reading(3, "49", "20"), reading(4, "301", "200"),
        reading(5, "120", "19"), reading(6, "290", "201"), reading(7, "80", "80"), reading(8, "81", "80"),
        reading(9, "", "80"), reading(10, "120", "x"),
        reading(11, "130", "80", D_UPDATE="20131001"), reading(11, "131", "80", D_UPDATE="20131002", PID="P2"),
        reading(12, "140", "80", PID="P2"), reading(12, "141", "80", PID="P10"),
        reading(13, "150", "80"), reading(13, "151", "80", HOSPCODE="10705", PID="P2"),
        reading(14, "160", "80", D_UPDATE="18500101"), reading(14, "161", "80", HOSPCODE="10705", D_UPDATE=""),
        reading(15, "900", "80", D_UPDATE="20140101"), reading(15, "170", "80", PID="P2", D_UPDATE="20131001"),
    ]  # fmt: skip
    people = [person(p, CID=CID, HOSPCODE=h) for h in ("11053", "10705") for p in ("P1", "P2", "P10")]
    sql = "SELECT day(day), CAST(sbp AS INT) FROM blood_pressures ORDER BY ALL"
    assert ask(load_rows(tmp_path, *people, CHRONICFU=rows), sql) == [
        (1, 50), (2, 300), (8, 81), (11, 131), (12, 141), (13, 151), (14, 160), (15, 170),
    ]  # fmt: skip


def test_one_delivery_per_person_and_gravida(tmp_path: Path) -> None:
    """1.1: latest D_UPDATE, then smaller facility, PID, BDATE; a gravida that is no whole number makes no pregnancy."""

    def birth(gravida: str, day: int, kind: str, **cells: str) -> dict[str, str]:
        return row("LABOR", GRAVIDA=gravida, BDATE=f"201306{day:02d}", BTYPE=kind, **cells)

    rows = [
        birth("1", 1, "old", D_UPDATE="20131001"), birth("01", 2, "new", D_UPDATE="20131002", PID="P2"),
        birth("2", 5, "later day"), birth("2", 4, "earlier day"),
        birth("3", 4, "P2", PID="P2"), birth("3", 5, "P10", PID="P10"),
        birth("4", 4, "11053"), birth("4", 5, "10705", HOSPCODE="10705", PID="P2"),
        birth("5", 4, "null", D_UPDATE=""), birth("5", 5, "dated", D_UPDATE="18500101"),
        birth("6+", 4, "none"), birth("7", 4, "alone", HOSPCODE="10705"),
    ]  # fmt: skip
    people = [person(p, CID=CID, HOSPCODE=h) for h in ("11053", "10705") for p in ("P1", "P2", "P10")]
    snapshot = load_rows(tmp_path, *people, LABOR=rows)
    assert ask(snapshot, "SELECT gravida, birth_type FROM pregnancies ORDER BY ALL") == [
        (1, "new"), (2, "earlier day"), (3, "P10"), (4, "10705"), (5, "dated"), (7, "alone"),
    ]  # fmt: skip
    assert ask(snapshot, "SELECT birth_type FROM births WHERE gravida IS NULL") == [("none",)]
