"""Which errors drop a row, which void a cell, and that nothing else does either (DEFINITIONS S2.1)."""

import random
from collections.abc import Iterator

import pytest

from builders import DATES, HOSPCODE, HOSPCODE9, person, row, text_of
from samrit.f43 import ColumnType, ReadEntry, read_entry, table, table_names
from samrit.f43.values import WHITE_SPACE

NAMES = table_names()
KEYS = [(name, column) for name in NAMES for column in table(name).key]
KEY_DATES = [(name, column) for name, column in KEYS if table(name).column(column).type in DATES]


def read(name: str, *rows: dict[str, str], sender: str = HOSPCODE) -> ReadEntry:
    return read_entry(text_of(rows).encode(), table(name), sender)


def faults(entry: ReadEntry) -> list[tuple[int, str, str, str]]:
    return sorted(entry.faults.select("line", "field", "rule", "state").rows())


def test_standard_has_52_tables() -> None:
    assert len(NAMES) == 52
    assert len(KEYS) > 150
    assert len(KEY_DATES) > 25


@pytest.mark.parametrize("name", NAMES)
def test_row_with_a_whole_key_and_nothing_else_is_kept(name: str) -> None:
    entry = read(name, row(name))
    assert (entry.read, entry.aside, entry.faults.height) == (1, 0, 0)
    assert entry.rows["_line"].to_list() == [2]


@pytest.mark.parametrize(("name", "column"), KEYS)
def test_row_with_one_blank_key_column_is_aside(name: str, column: str) -> None:
    for blank in ("", "  ", "\u00a0"):
        entry = read(name, row(name), row(name, **{column: blank}), row(name))
        rule = "hospcode" if column == "HOSPCODE" else "key_blank"  # a blank HOSPCODE differs from the sender
        assert faults(entry) == [(3, column, rule, "aside")]
        assert entry.rows["_line"].to_list() == [2, 4]


@pytest.mark.parametrize("name", [n for n in NAMES if table(n).has_person and "PID" not in table(n).key])
def test_row_of_a_person_without_pid_is_aside_where_the_key_has_none(name: str) -> None:
    assert faults(read(name, row(name, PID=""))) == [(2, "PID", "pid_blank", "aside")]


def test_those_tables_are_the_stays() -> None:
    """S2.2 took PID out of the key of ADMISSION, CHARGE_IPD and DRUG_IPD."""
    without = {n for n in NAMES if table(n).has_person and "PID" not in table(n).key}
    assert {"ADMISSION", "CHARGE_IPD", "DRUG_IPD"} <= without


@pytest.mark.parametrize(("name", "column"), KEY_DATES)
def test_row_whose_key_date_is_no_date_is_aside(name: str, column: str) -> None:
    wrong = ["20130229", "25560601", "00000000", "2013060110000000", "18491231", "x"]
    entry = read(name, *(row(name, **{column: cell}) for cell in wrong), row(name, **{column: "20130601235959"}))
    assert faults(entry) == [(line, column, "key_date", "aside") for line in range(2, 2 + len(wrong))]
    assert entry.rows["_line"].to_list() == [2 + len(wrong)]


def others(name: str) -> Iterator[tuple[str, ColumnType]]:
    """Columns that are in no key and not PID, with their types."""
    for column in table(name).columns:
        if column.name not in (*table(name).needed_in_header, "HOSPCODE9"):
            yield column.name, column.type


WRONG = {
    ColumnType.DATE: ("25560601", "date"),
    ColumnType.DATETIME: ("20130229101010", "date"),
    ColumnType.NUMBER: ("1,000", "number"),
    ColumnType.INTEGER: ("12+", "integer"),
}


@pytest.mark.parametrize("name", NAMES)
def test_any_other_error_voids_its_own_cell_and_the_row_stays(name: str) -> None:
    columns = list(others(name))
    entry = read(name, *(row(name, **{column: WRONG.get(kind, ("?" * 500, ""))[0]}) for column, kind in columns))
    assert entry.rows["_line"].to_list() == list(range(2, 2 + len(columns)))
    assert faults(entry) == [
        (line, column, WRONG[kind][1], "voided")
        for line, (column, kind) in enumerate(columns, start=2)
        if kind in WRONG
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_other_column_may_be_blank(name: str) -> None:
    entry = read(name, row(name) | {column: "" for column, _ in others(name)} | {"D_UPDATE": "", "HOSPCODE9": ""})
    assert (entry.rows.height, entry.faults.height) == (1, 0)


@pytest.mark.parametrize("name", NAMES)
def test_integer_in_a_key_that_is_no_integer_is_voided_and_the_row_stays(name: str) -> None:
    """S2.1: only a key column that is a *date* must be valid; GRAVIDA `12+` is null in a row that stays."""
    for column in table(name).key:
        if table(name).column(column).type is ColumnType.INTEGER:
            entry = read(name, row(name, **{column: "G1"}))
            assert faults(entry) == [(2, column, "integer", "voided")]
            assert entry.rows[column].to_list() == ["G1"]


def test_row_with_two_faults_lists_both_and_cells_of_a_row_aside_are_not_voided() -> None:
    entry = read(
        "DIAGNOSIS_IPD",
        row("DIAGNOSIS_IPD", PID="", DATETIME_ADMIT="25560601", D_UPDATE="x"),
        row("DIAGNOSIS_IPD", HOSPCODE="10705", AN="", DIAGCODE=""),
        row("DIAGNOSIS_IPD", D_UPDATE="x"),
    )
    assert faults(entry) == [
        (2, "DATETIME_ADMIT", "key_date", "aside"),
        (2, "PID", "key_blank", "aside"),
        (3, "AN", "key_blank", "aside"),
        (3, "DIAGCODE", "key_blank", "aside"),
        (3, "HOSPCODE", "hospcode", "aside"),
        (4, "D_UPDATE", "date", "voided"),
    ]
    assert (entry.read, entry.aside) == (3, 2)


def test_kept_row_lists_every_voided_cell() -> None:
    entry = read("CHRONICFU", row("CHRONICFU", SBP="สูง", DBP="80/", WEIGHT="60.5", D_UPDATE="00000000"))
    assert faults(entry) == [
        (2, "DBP", "number", "voided"),
        (2, "D_UPDATE", "date", "voided"),
        (2, "SBP", "number", "voided"),
    ]
    assert entry.aside == 0


# A facility speaks for itself only


@pytest.mark.parametrize("hospcode", ["10705", "1105", "110530", "", "๑๑๐๕๓", "11053x"])
def test_row_of_another_facility_is_aside(hospcode: str) -> None:
    entry = read("PERSON", person(HOSPCODE=hospcode), person())
    assert faults(entry) == [(2, "HOSPCODE", "hospcode", "aside")]


def test_five_digit_sender_does_not_look_at_hospcode9() -> None:
    assert read("PERSON", person(HOSPCODE9="EA0010705"), person("P2", HOSPCODE9="")).aside == 0


def test_nine_character_sender_is_known_by_hospcode9_alone() -> None:
    entry = read(
        "PERSON",
        person("P1", HOSPCODE="10705"),
        person("P2", HOSPCODE9="EA0010705"),
        person("P3", HOSPCODE9=""),
        person("P4", HOSPCODE9="11053"),
        person("P5", HOSPCODE=""),
        sender=HOSPCODE9,
    )
    assert entry.rows["PID"].to_list() == ["P1"]
    assert faults(entry) == [
        (3, "HOSPCODE9", "hospcode", "aside"),
        (4, "HOSPCODE9", "hospcode", "aside"),
        (5, "HOSPCODE9", "hospcode", "aside"),
        (6, "HOSPCODE", "key_blank", "aside"),
    ]


def test_nine_character_sender_with_files_of_an_old_edition_has_all_rows_aside() -> None:
    old = person()
    del old["HOSPCODE9"]
    assert faults(read("PERSON", old, sender=HOSPCODE9)) == [(2, "HOSPCODE9", "hospcode", "aside")]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_can_be_sent_by_either_code(name: str) -> None:
    assert {"HOSPCODE", "HOSPCODE9"} <= set(table(name).column_names)
    for sender, column in ((HOSPCODE, "HOSPCODE"), (HOSPCODE9, "HOSPCODE9")):
        entry = read(name, row(name), row(name, **{column: "99999"}), sender=sender)
        assert faults(entry) == [(3, column, "hospcode", "aside")]


def test_corrections_are_kept_whatever_their_cells_say() -> None:
    rows = [row("DATA_CORRECT", TABLENAME="", DATA_CORRECT="", D_UPDATE=""), row("DATA_CORRECT", D_UPDATE="x")]
    entry = read("DATA_CORRECT", *rows)
    assert entry.rows.height == 2
    assert faults(entry) == [(3, "D_UPDATE", "date", "voided")]


# Three states and no fourth


def test_every_line_of_random_dirt_has_exactly_one_state() -> None:
    dice = random.Random(43)
    pieces = [
        HOSPCODE,
        "10705",
        "",
        " ",
        "|",
        "||",
        "\r",
        "\u00a0",
        "P1",
        "20130601",
        "25560601",
        "12+",
        "ก",
        "\x00",
        '"',
    ]
    for _ in range(150):
        name = dice.choice(["PERSON", "LABOR", "ADMISSION", "DATA_CORRECT", "VILLAGE"])
        columns = [*table(name).needed_in_header, "D_UPDATE", *dice.choices(["", "X", "SEX", "BTYPE"], k=2)]
        dice.shuffle(columns)
        usual = row(name)
        lines = ["|".join(columns)]
        for _ in range(dice.randrange(12)):
            if dice.random() < 0.5:
                cells = [
                    usual.get(c, "") if dice.random() < 0.9 else dice.choice(pieces)
                    for c in columns
                    if c or dice.random() < 0.5
                ]
                lines.append("|".join(cells))
            else:
                lines.append("".join(dice.choices(pieces, k=dice.randrange(9))))
        entry = read_entry("\n".join(lines).encode(), table(name), HOSPCODE)
        numbered = [n for n, line in enumerate(lines, start=1) if n > 1 and line.strip(WHITE_SPACE)]
        aside = set(entry.faults.filter(entry.faults["state"] == "aside")["line"])
        voided = set(entry.faults.filter(entry.faults["state"] == "voided")["line"])
        kept = entry.rows["_line"].to_list()
        assert sorted([*kept, *aside]) == numbered
        assert voided <= set(kept)
        assert (entry.read, entry.aside) == (len(numbered), len(aside))
