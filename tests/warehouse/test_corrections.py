"""DATA_CORRECT: what a facility withdrew, in the order of submissions (DEFINITIONS S2.5)."""

from pathlib import Path
from typing import Any

import pytest

from builders import HOSPCODE9, correction, effects, load_all, name_of_zip, person, row, standing, write_zip
from samrit.warehouse import Home, Snapshot

Entries = dict[str, list[dict[str, str]]]
KEY = {"HOSPCODE": "11053", "PID": "P1"}


def after(tmp_path: Path, *packages: Entries, sender: str = "11053") -> Snapshot:
    """The snapshot of packages sent on 1, 2, 3 ... January; the last one is received first."""
    paths = [write_zip(tmp_path, name_of_zip(day, sender), entries) for day, entries in enumerate(packages, start=1)]
    return load_all(Home(tmp_path / "home"), *reversed(paths)).snapshot


def withdrawn(tmp_path: Path, pairs: Any, of: str = "PERSON", **cells: str) -> tuple[int, list[str]]:
    """How many PERSON rows stand after one row P1 of a man was sent, then one correction; and what it did."""
    snapshot = after(tmp_path, {"PERSON": [person(NAME="ก")]}, {"DATA_CORRECT": [correction(of, pairs, **cells)]})
    return len(standing(snapshot, "PERSON")), effects(snapshot)


@pytest.mark.parametrize(
    "pairs",
    [
        KEY,
        {"PID": "P1"},  # HOSPCODE is the row's own
        {"pid": " P1 ", "HospCode": "11053\u00a0"},  # names in any case, values trimmed
        {" PID\t": "P1"},
        KEY | {"SEX": "1", "NAME": "ก", "CID": "", "LNAME": ""},  # every pair equals; a blank or absent cell is ''
        KEY | {"CID": None},
        KEY | {"EDITOR_CID": "1028644678572"},  # dropped
        KEY | {"editor_cid": {"a": [1]}},
        "{'HOSPCODE':'11053','PID':'P1'}",  # single quotes, as real files have
        "{ 'PID' : 'P1' , 'SEX' : 1 }",
        '{"PID":"P1","SEX":1}',  # a number is read as its text
        '{"PID":"x","PID":"P1"}',  # JSON: the last of equal names
        '{"PID":"\\u0050\\u0031"}',
    ],
    ids=str,
)
def test_key_whose_pairs_all_equal_the_standing_row_is_erased(tmp_path: Path, pairs: Any) -> None:
    assert withdrawn(tmp_path, pairs) == (0, ["erased"])


@pytest.mark.parametrize("of", ["person", "Person", " PERSON "])
def test_table_is_named_in_any_case(tmp_path: Path, of: str) -> None:
    assert withdrawn(tmp_path, KEY, of) == (0, ["erased"])


MISFITS: list[tuple[Any, str]] = [
    (KEY | {"PID": "P2"}, "no_row"),
    (KEY | {"PID": "p1"}, "no_row"),
    (KEY | {"SEX": "2"}, "differs"),
    (KEY | {"NAME": "ข"}, "differs"),
    (KEY | {"SEX": ""}, "differs"),
    (KEY | {"SEX": None}, "differs"),
    (KEY | {"BIRTH": "1960-05-01"}, "differs"),  # text is compared, not what it means
    (KEY | {"D_UPDATE": "20131001"}, "differs"),
    (KEY | {"NO_SUCH_COLUMN": "1"}, "differs"),
    (KEY | {"NO_SUCH_COLUMN": ""}, "differs"),
    (KEY | {"NO_SUCH_COLUMN": {"a": 1}}, "differs"),  # a nested value equals nothing, not even a column not there
    (KEY | {"SEX": ["1"]}, "differs"),
    (KEY | {"SEX": True}, "differs"),
    (KEY | {"_line": "2"}, "differs"),
    (KEY | {"_order": 0}, "differs"),
    ('{"PID":"P1","NAME":"\\ud800"}', "differs"),  # half a letter is no text
    ('{"PID":"P1","\\ud800":"x"}', "differs"),
    ({"HOSPCODE": "11053"}, "key_missing"),
    (KEY | {"PID": ""}, "key_missing"),
    (KEY | {"PID": "  "}, "key_missing"),
    (KEY | {"PID": None}, "key_missing"),
    (KEY | {"PID": ["P1"]}, "key_missing"),
    ('{"PID":"\\ud800"}', "key_missing"),
    ({}, "key_missing"),
    (KEY | {"HOSPCODE": "10705"}, "other_facility"),
    (KEY | {"HOSPCODE": ""}, "other_facility"),
    ("", "unreadable"),
    ("PID=P1", "unreadable"),
    ('{"PID":"P1"', "unreadable"),
    ("{'PID':'P1','NAME':'O'Neil'}", "unreadable"),
    ('[{"PID":"P1"}]', "unreadable"),
    ('"P1"', "unreadable"),
    ("1", "unreadable"),
    ("null", "unreadable"),
    ("[" * 100_000, "unreadable"),
]


def test_correction_that_does_not_fit_erases_nothing_and_says_why(tmp_path: Path) -> None:
    snapshot = after(
        tmp_path,
        {"PERSON": [person(NAME="ก")]},
        {"DATA_CORRECT": [correction("PERSON", pairs) for pairs, _ in MISFITS]},
    )
    said = [(str(pairs)[:60], effect) for (pairs, _), effect in zip(MISFITS, effects(snapshot), strict=True)]
    assert said == [(str(pairs)[:60], effect) for pairs, effect in MISFITS]
    assert len(standing(snapshot, "PERSON")) == 1


def test_correction_of_no_table_says_so(tmp_path: Path) -> None:
    rows = [correction(of, KEY) for of in ("", "PERSONS", "DATA_CORRECT", "PERSON.txt")]
    snapshot = after(tmp_path, {"PERSON": [person()]}, {"DATA_CORRECT": rows})
    assert (len(standing(snapshot, "PERSON")), effects(snapshot)) == (1, ["no_table"] * 4)


def test_correction_of_a_table_that_never_came_finds_no_row(tmp_path: Path) -> None:
    pairs = {"PID": "P1", "DATE_SERV": "20130601"}
    assert withdrawn(tmp_path, pairs, "CHRONICFU") == (1, ["no_row"])
    assert withdrawn(tmp_path / "2", "x", "CHRONICFU") == (1, ["unreadable"])


def test_key_columns_that_are_missing_are_those_of_the_book_not_the_printed_ones(tmp_path: Path) -> None:
    """S2.2: ADMISSION is known by HOSPCODE + AN; PID and DATETIME_DISCH need not be said."""
    stay = row("ADMISSION", AN="A1", DATETIME_DISCH="20130605")
    snapshot = after(tmp_path, {"ADMISSION": [stay]}, {"DATA_CORRECT": [correction("ADMISSION", {"AN": "A1"})]})
    assert (standing(snapshot, "ADMISSION"), effects(snapshot)) == ([], ["erased"])


def test_every_version_received_before_is_gone_not_only_the_standing_one(tmp_path: Path) -> None:
    snapshot = after(
        tmp_path,
        {"PERSON": [person(SEX="1", D_UPDATE="20131001"), person(SEX="2", D_UPDATE="20131101")]},
        {"PERSON": [person(SEX="3", D_UPDATE="20131001")]},
        {"DATA_CORRECT": [correction("PERSON", KEY | {"SEX": "2"})]},
    )
    assert (standing(snapshot, "PERSON"), effects(snapshot)) == ([], ["erased"])


def test_pairs_are_compared_with_the_version_that_stands(tmp_path: Path) -> None:
    """The latest D_UPDATE, nulls oldest, the last of equals: the others do not matter."""
    versions = [
        person(SEX="null", D_UPDATE=""),
        person(SEX="newest, first", D_UPDATE="20131101"),
        person(SEX="newest, last", D_UPDATE="20131101"),
        person(SEX="older", D_UPDATE="20131001"),
        person(SEX="null again", D_UPDATE="x"),
    ]
    order = [*(v["SEX"] for v in versions if v["SEX"] != "newest, last"), "newest, last"]
    corrections = [correction("PERSON", KEY | {"SEX": sex}) for sex in order]
    snapshot = after(tmp_path, {"PERSON": versions}, {"DATA_CORRECT": corrections})
    assert effects(snapshot) == ["differs"] * 4 + ["erased"]


def test_among_undated_versions_the_last_stands(tmp_path: Path) -> None:
    versions = [person(SEX="1", D_UPDATE=""), person(SEX="2", D_UPDATE="")]
    snapshot = after(
        tmp_path, {"PERSON": versions}, {"DATA_CORRECT": [correction("PERSON", KEY | {"SEX": s}) for s in "12"]}
    )
    assert effects(snapshot) == ["differs", "erased"]


def test_rows_of_the_same_zip_stand_again_whatever_their_d_update(tmp_path: Path) -> None:
    snapshot = after(
        tmp_path,
        {"PERSON": [person(SEX="1", D_UPDATE="20140101")]},
        {"PERSON": [person(SEX="2", D_UPDATE="19990101")], "DATA_CORRECT": [correction("PERSON", KEY | {"SEX": "1"})]},
    )
    assert standing(snapshot, "PERSON", "SEX") == [("2",)]
    assert effects(snapshot) == ["erased"]


def test_correction_does_not_see_the_rows_of_its_own_zip(tmp_path: Path) -> None:
    snapshot = after(tmp_path, {"DATA_CORRECT": [correction("PERSON", KEY)], "PERSON": [person()]})
    assert len(standing(snapshot, "PERSON")) == 1
    assert effects(snapshot) == ["no_row"]


def test_rows_of_later_zips_stand_again_whatever_their_d_update(tmp_path: Path) -> None:
    snapshot = after(
        tmp_path,
        {"PERSON": [person(SEX="1", D_UPDATE="20140101")]},
        {"DATA_CORRECT": [correction("PERSON", KEY)]},
        {"PERSON": [person(SEX="2", D_UPDATE="")]},
    )
    assert standing(snapshot, "PERSON", "SEX") == [("2",)]


def test_correction_of_an_earlier_submission_does_not_reach_later_rows(tmp_path: Path) -> None:
    snapshot = after(tmp_path, {"DATA_CORRECT": [correction("PERSON", KEY)]}, {"PERSON": [person(D_UPDATE="19990101")]})
    assert len(standing(snapshot, "PERSON")) == 1
    assert effects(snapshot) == ["no_row"]


def test_second_correction_sees_only_what_came_after_the_first(tmp_path: Path) -> None:
    snapshot = after(
        tmp_path,
        {"PERSON": [person(SEX="1", D_UPDATE="20140101")]},
        {"DATA_CORRECT": [correction("PERSON", KEY), correction("PERSON", KEY)]},
        {"PERSON": [person(SEX="2", D_UPDATE="20130101")]},
        {"DATA_CORRECT": [correction("PERSON", KEY | {"SEX": "1"}), correction("PERSON", KEY | {"SEX": "2"})]},
        {"PERSON": [person(SEX="3", D_UPDATE="20120101")]},
    )
    assert effects(snapshot) == ["erased", "no_row", "differs", "erased"]
    assert standing(snapshot, "PERSON", "SEX") == [("3",)]


def test_corrections_of_one_zip_follow_its_entries_and_lines(tmp_path: Path) -> None:
    snapshot = after(
        tmp_path,
        {"PERSON": [person("P1"), person("P2")]},
        {
            "z/DATA_CORRECT.txt": [correction("PERSON", {"PID": "P2"}), correction("PERSON", {"PID": "P1"})],
            "a/DATA_CORRECT.txt": [correction("PERSON", {"PID": "P1"})],
        },
    )
    assert effects(snapshot) == ["erased", "erased", "no_row"]


def test_other_keys_and_other_tables_stay(tmp_path: Path) -> None:
    snapshot = after(
        tmp_path,
        {"PERSON": [person("P1"), person("P2")], "WOMEN": [row("WOMEN", PID="P1")], "DEATH": [row("DEATH", PID="P1")]},
        {"DATA_CORRECT": [correction("WOMEN", {"PID": "P1"})]},
    )
    assert len(standing(snapshot, "PERSON")) == 2
    assert len(standing(snapshot, "DEATH")) == 1
    assert standing(snapshot, "WOMEN") == []


def test_correction_reaches_its_own_facility_only(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    snapshot = load_all(
        home,
        write_zip(tmp_path, name_of_zip(1), {"PERSON": [person()]}),
        write_zip(
            tmp_path, name_of_zip(2, "10705"), {"DATA_CORRECT": [correction("PERSON", {"PID": "P1"}, HOSPCODE="10705")]}
        ),
        write_zip(tmp_path, name_of_zip(3, "10705"), {"DATA_CORRECT": [correction("PERSON", KEY)]}),  # row aside
    ).snapshot
    assert len(standing(snapshot, "PERSON")) == 1
    assert effects(snapshot, "10705") == ["no_row"]
    assert effects(snapshot) == []


@pytest.mark.parametrize("name", ["CHARGE_IPD", "DRUG_IPD"])
def test_block_is_erased_by_its_key_whatever_else_the_pairs_say(tmp_path: Path, name: str) -> None:
    """S2.5: for CHARGE_IPD and DRUG_IPD the key pairs only."""
    pairs = {"AN": "A1", "PID": "somebody else", "PRICE": "9", "NO_SUCH_COLUMN": "1", "D_UPDATE": {"a": 1}}
    snapshot = after(
        tmp_path,
        {name: [row(name, AN="A1"), row(name, AN="A1"), row(name, AN="A2")]},
        {name: [row(name, AN="A1", D_UPDATE="19990101", PID="new")], "DATA_CORRECT": [correction(name, pairs)]},
    )
    assert effects(snapshot) == ["erased"]
    assert standing(snapshot, name, "AN, PID") == [("A2", "P1"), ("A1", "new")]


def test_nine_character_sender_corrects_the_facility_that_its_rows_name(tmp_path: Path) -> None:
    snapshot = after(tmp_path, {"PERSON": [person()]}, {"DATA_CORRECT": [correction("PERSON", KEY)]}, sender=HOSPCODE9)
    assert (standing(snapshot, "PERSON"), effects(snapshot)) == ([], ["erased"])


def test_corrections_themselves_all_stand(tmp_path: Path) -> None:
    rows = [correction("PERSON", KEY), correction("PERSON", KEY), correction("PERSON", "x")]
    assert len(standing(after(tmp_path, {"DATA_CORRECT": rows}), "DATA_CORRECT")) == 3


def test_what_a_correction_did_is_told_without_what_it_said(tmp_path: Path) -> None:
    snapshot = after(tmp_path, {"PERSON": [person()]}, {"DATA_CORRECT": [correction("PERSON", KEY | {"NAME": "ลับ"})]})
    folder = snapshot.home.standing / snapshot.facilities["11053"]["standing"]
    assert "ลับ" not in (folder / "summary.json").read_text(encoding="utf-8")
