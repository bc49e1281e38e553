"""From bytes to cells: encodings, header, lines, widths of rows (DEFINITIONS S1.3 to S1.5)."""

import itertools

import polars as pl
import pytest

from builders import HOSPCODE, person, row, text_of
from samrit.f43 import ReadEntry, Rule, read_entry, table, table_names
from samrit.problems import codes
from samrit.received import decode

PERSON = table("PERSON")
HEADER = "HOSPCODE|PID|NAME|SEX"


def read(text: str | bytes, name: str = "PERSON", sender: str = HOSPCODE) -> ReadEntry:
    return read_entry(text.encode() if isinstance(text, str) else text, table(name), sender)


def kept(entry: ReadEntry, *columns: str) -> list[tuple[str, ...]]:
    return entry.rows.select(*columns).rows()


def faults(entry: ReadEntry) -> list[tuple[int, str, str, str]]:
    return sorted(entry.faults.select("line", "field", "rule", "state").rows())


# Encodings


def test_utf8_is_read_as_utf8() -> None:
    assert decode("สมชาย".encode()) == ("สมชาย", "utf-8")


def test_byte_order_mark_is_dropped() -> None:
    entry = read(b"\xef\xbb\xbf" + f"{HEADER}\r\n{HOSPCODE}|1|ก|1\r\n".encode())
    assert kept(entry, "HOSPCODE", "PID") == [(HOSPCODE, "1")]


def test_one_byte_that_is_no_utf8_makes_the_whole_entry_cp874() -> None:
    # 'น้ำ' in TIS-620, beside ASCII
    assert decode(b"a|\xb9\xe9\xd3") == ("a|น้ำ", "cp874")
    # Good UTF-8 in front does not save it: three bytes of UTF-8 become three characters.
    text, encoding = decode("ก".encode() + b"\xb9")
    assert (len(text), encoding) == (4, "cp874")


def test_byte_order_mark_before_cp874_is_dropped_too() -> None:
    assert decode(b"\xef\xbb\xbf\xa1") == ("ก", "cp874")


@pytest.mark.parametrize("byte", [0xDB, 0xDC, 0xDD, 0xDE, 0xFC, 0xFD, 0xFE, 0xFF])
def test_byte_that_cp874_does_not_have_is_replaced_and_the_row_stays(byte: int) -> None:
    assert decode(b"\xa1" + bytes([byte])) == ("ก\ufffd", "cp874")
    entry = read(f"{HEADER}\n{HOSPCODE}|1|".encode() + b"\xa1" + bytes([byte]) + b"|1")
    assert kept(entry, "NAME") == [("ก\ufffd",)]


# Lines


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_end_at_lf_and_one_cr_before_it_is_dropped(ending: str) -> None:
    entry = read(text_of([person("1"), person("2")], ending))
    assert kept(entry, "PID") == [("1",), ("2",)]


def test_last_line_needs_no_ending() -> None:
    assert kept(read(f"{HEADER}\n{HOSPCODE}|1|a|1"), "PID", "SEX") == [("1", "1")]


@pytest.mark.parametrize("mark", ["\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_no_other_mark_ends_a_line(mark: str) -> None:
    entry = read(f"{HEADER}\n{HOSPCODE}|1|a{mark}b|1\n{HOSPCODE}|2|c|1\n")
    assert kept(entry, "PID", "NAME") == [("1", f"a{mark}b"), ("2", "c")]


def test_blank_lines_are_skipped_and_lines_keep_the_numbers_they_came_with() -> None:
    text = f"\r\n \r\n{HEADER}\r\n\r\n{HOSPCODE}|1|a|1\r\n\u00a0\t\r\n{HOSPCODE}|2|b|1\r\nxx\r\n\r\n"
    entry = read(text)
    assert entry.read == 3
    assert entry.rows.select("_line", "PID").rows() == [(5, "1"), (7, "2")]
    assert faults(entry) == [(8, "", "cells", "aside")]


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b"  \n\t\n", HEADER.encode(), f"{HEADER}\r\n".encode()]
)
def test_entry_without_rows_is_normal(content: bytes) -> None:
    entry = read(content)
    assert (entry.read, entry.rows.height, entry.faults.height, entry.unknown) == (0, 0, 0, ())
    assert entry.rows.columns == ["_line", *PERSON.column_names]


# Cells


WHITE = [c for c in map(chr, range(0x110000)) if c.isspace() and c != "\n"]


@pytest.mark.parametrize("white", WHITE, ids=[f"U+{ord(c):04X}" for c in WHITE])
def test_every_kind_of_white_space_is_trimmed_at_both_ends_only(white: str) -> None:
    entry = read(
        f"{white}HOSPCODE|{white}pid{white}|NAME|SEX\n{HOSPCODE}{white}|{white}1{white * 2}|a{white}b|{white}\n"
    )
    assert kept(entry, "HOSPCODE", "PID", "NAME", "SEX") == [(HOSPCODE, "1", f"a{white}b", "")]


def test_quotes_and_backslashes_are_letters_like_any_other() -> None:
    entry = read(f'{HEADER}\n{HOSPCODE}|"1"|\\|1\n{HOSPCODE}|2|"a\n{HOSPCODE}|3|b"|1\n')
    assert kept(entry, "PID", "NAME") == [('"1"', "\\"), ("3", 'b"')]
    assert faults(entry) == [(3, "", "cells", "aside")]


def test_blank_cells_and_columns_that_did_not_come_are_empty_text() -> None:
    assert kept(read(f"{HEADER}\n{HOSPCODE}|1||\n"), "NAME", "SEX", "BIRTH", "D_UPDATE") == [("", "", "", "")]


# Header


def test_columns_are_read_by_name_in_any_order_and_any_case() -> None:
    for names in itertools.permutations(["hospcode", "Pid", "NAME"]):
        cells = {"hospcode": HOSPCODE, "Pid": "1", "NAME": "n"}
        entry = read("|".join(names) + "\n" + "|".join(cells[n] for n in names))
        assert kept(entry, "HOSPCODE", "PID", "NAME") == [(HOSPCODE, "1", "n")]


def test_unknown_columns_are_passed_over_and_reported() -> None:
    entry = read(f"HOSPCODE|FOO|PID|bar\n{HOSPCODE}|x|1|y\n")
    assert kept(entry, "HOSPCODE", "PID") == [(HOSPCODE, "1")]
    assert entry.unknown == ("FOO", "BAR")


def test_first_of_two_columns_of_one_name_counts() -> None:
    entry = read(f"HOSPCODE|PID|SEX|SEX\n{HOSPCODE}|1|1|2\n")
    assert kept(entry, "SEX") == [("1",)]
    assert entry.unknown == ("SEX",)


ALIASES = [(name, c.name, alias) for name in table_names() for c in table(name).columns for alias in c.aliases]


def test_misspelt_names_of_real_files_are_known() -> None:
    """Those that the data dictionary lists as met in real files or in the manual."""
    assert sorted((name, alias) for name, _, alias in ALIASES) == [
        ("CLINICAL_REFER", "CLINICALVALUE"),
        ("HOME", "ACTRL"),
        ("HOME", "BCTRL"),
        ("ICF", "DATE_SERRV"),
        ("NEWBORN", "LONG"),
        ("PROVIDER", "MOVEFORM"),
        ("REFER_HISTORY", "PTYEDIS"),
        ("REFER_RESULT", "REFERID"),
    ]


@pytest.mark.parametrize(("name", "column", "alias"), ALIASES)
def test_alias_means_its_column_in_any_case(name: str, column: str, alias: str) -> None:
    cells = row(name) | {alias.lower(): "20130601"}
    cells.pop(column, None)
    entry = read(text_of([cells]), name)
    assert kept(entry, column) == [("20130601",)]
    assert entry.unknown == ()


@pytest.mark.parametrize(("name", "column", "alias"), ALIASES)
def test_true_name_beats_its_alias_wherever_it_stands(name: str, column: str, alias: str) -> None:
    true = row(name) | {column: "20130601"}
    for cells in ({alias: "20130701"} | true, true | {alias: "20130701"}):
        entry = read(text_of([cells]), name)
        assert kept(entry, column) == [("20130601",)]
        assert entry.unknown == (alias,)


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name in table_names() for column in table(name).needed_in_header]
)
def test_header_without_a_needed_column_sets_every_row_of_the_entry_aside(name: str, column: str) -> None:
    rows = [row(name), row(name, D_UPDATE=""), row(name, HOSPCODE="99999")]
    for cells in rows:
        del cells[column]
    entry = read(text_of(rows), name)
    assert (entry.read, entry.aside, entry.rows.height) == (3, 3, 0)
    # The header line is listed too: in a file without a header it is a row.
    assert faults(entry) == [(line, column, "header", "aside") for line in (1, 2, 3, 4)]


def test_header_that_lacks_two_columns_names_both_for_every_row() -> None:
    entry = read("HOSPCODE|GRAVIDA\n11053|1\n\n11053|2\n", "LABOR")
    assert faults(entry) == [
        (1, "BDATE", "header", "aside"),
        (1, "PID", "header", "aside"),
        (2, "BDATE", "header", "aside"),
        (2, "PID", "header", "aside"),
        (4, "BDATE", "header", "aside"),
        (4, "PID", "header", "aside"),
    ]
    assert (entry.read, entry.aside) == (2, 2)


def test_tables_whose_key_has_no_pid_still_need_it() -> None:
    """S1.4: a column of the key, or PID where the table has one."""
    assert {name for name in table_names() if "PID" in table(name).needed_in_header} == {
        name for name in table_names() if "PID" in table(name).column_names
    }
    assert "PID" in table("ADMISSION").needed_in_header


def test_file_without_a_header_tells_nobody_what_its_first_row_says() -> None:
    entry = read(f"{HOSPCODE}|1101700230708|P1|สมชาย\n{HOSPCODE}|1101700230709|P2|สมหญิง\n")
    assert entry.aside == entry.read == 1
    assert {line for line, *_ in faults(entry)} == {1, 2}
    assert entry.unknown == ()


# Number of cells


@pytest.mark.parametrize("cells", ["11053|1|a", "11053|1|a|1|", "11053|1|a|1|2", "11053", "|" * 9, "11053|1|a|x|b|1"])
def test_row_with_another_number_of_cells_is_aside_and_its_neighbours_stay(cells: str) -> None:
    entry = read(f"{HEADER}\n11053|1|a|1\n{cells}\n11053|2|b|2\n")
    assert kept(entry, "PID", "SEX") == [("1", "1"), ("2", "2")]
    assert faults(entry) == [(3, "", "cells", "aside")]
    assert (entry.read, entry.aside) == (3, 1)


def test_rows_as_long_as_the_named_part_of_the_header_leave_the_unnamed_columns_out() -> None:
    text = "HOSPCODE||PID| |SEX|\n" + "\n".join(
        [
            "11053|1|2",  # as many as names: HOSPCODE, PID, SEX
            "11053|x|3|y|1|z",  # as many as the header has
            "11053|4|1|",  # neither
            "11053|5",
        ]
    )
    entry = read(text)
    assert entry.rows.select("_line", "PID", "SEX").rows() == [(2, "1", "2"), (3, "3", "1")]
    assert faults(entry) == [(4, "", "cells", "aside"), (5, "", "cells", "aside")]
    assert entry.unknown == ()


def test_village_of_one_vendor_has_an_empty_name_and_rows_one_short() -> None:
    entry = read("HOSPCODE|VID||D_UPDATE\r\n11053|42030101|20131001\r\n", "VILLAGE")
    assert kept(entry, "VID", "D_UPDATE") == [("42030101", "20131001")]


def test_rows_of_both_widths_stay_in_the_order_of_their_lines() -> None:
    entry = read("HOSPCODE|PID|\n11053|1\n11053|2|\n11053|3\n11053|4|x\n")
    assert entry.rows["PID"].to_list() == ["1", "2", "3", "4"]
    assert entry.rows["_line"].dtype == pl.Int32


def test_faults_name_rules_that_the_problem_texts_know() -> None:
    assert {f"f43.row.{rule}" for rule in Rule} == {code for code in codes() if code.startswith("f43.row.")}
