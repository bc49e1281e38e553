"""Inputs of a run: typed-in values, people, winners, changes and counts of others, as CSV or XLSX, or not at all."""

import hashlib
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from samrit.schemes import Counted, RunInputs, SchemesError, Standing, Winner, find_inputs, read_inputs, read_pack
from schemes.desk import Desk

ENTRIES = ("item", "org", "a", "b", "value", "author", "entered_on")
WINNERS = ("org", "pool", "author", "entered_on")
CHANGES = ("path", "value", "author", "entered_on")
PEOPLE = ("org", "district_code", "uc_population")
CUBE = ("item", "org", "a", "b")
SIGNED = ("สมชาย", "2014-04-15")
GOOD = ("3.1", "11033", 80, 100, "", *SIGNED)
CELL = '<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="entries" sheetId="1" r:id="r1"/></sheets></workbook>',
}


def write_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """The smallest workbook that can be: one sheet, numbers as numbers, the rest as text."""
    lines = []
    for number, cells in enumerate(rows, start=1):
        made = []
        for place, cell in enumerate(cells):
            at = f"{chr(65 + place)}{number}"
            if isinstance(cell, int | float):
                made.append(f'<c r="{at}"><v>{cell}</v></c>')
            else:
                made.append(CELL.format(at=at, text=escape(str(cell))))
        lines.append(f'<row r="{number}">{"".join(made)}</row>')
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(path, "w") as book:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "inputs"
    folder.mkdir()
    return Desk(folder, "qof-2557")


def test_an_empty_folder_gives_no_inputs(desk: Desk) -> None:
    assert desk.read() == RunInputs()


def test_a_and_b_of_a_percentage_or_a_value(desk: Desk) -> None:
    desk.write(
        "entries", ENTRIES, GOOD, ("3.2", "11033", "", "", "61.5", *SIGNED), ("3.3", "11033", "", "", 4, *SIGNED)
    )
    assert desk.read().entries == {
        ("3.1", "11033"): Counted(Decimal(80), Decimal(100), Decimal(80), Standing.TYPED_IN),
        ("3.2", "11033"): Counted(None, None, Decimal("61.5"), Standing.TYPED_IN),
        ("3.3", "11033"): Counted(None, None, Decimal(4), Standing.TYPED_IN),
    }


def test_b_of_zero_has_no_value(desk: Desk) -> None:
    desk.write("entries", ENTRIES, ("3.1", "11033", 0, 0, "", *SIGNED))
    assert desk.read().entries["3.1", "11033"].value is None


def test_xlsx_gives_what_csv_gives(desk: Desk) -> None:
    desk.write("entries", ENTRIES, GOOD, ("3.2", "28861", "", "", "61.5", *SIGNED))
    as_csv = desk.read().entries
    book = write_xlsx(desk.folder.parent / "entries.xlsx", [ENTRIES, (3.1, 11033, 80, 100, "", *SIGNED),
                                                            (3.2, 28861, "", "", 61.5, *SIGNED)])  # fmt: skip
    assert desk.read({"entries": book}).entries == as_csv


def test_a_mistake_in_xlsx_is_told_at_its_row_and_column(desk: Desk) -> None:
    write_xlsx(desk.folder / "entries.xlsx", [ENTRIES, GOOD, (3.2, 11033, "many", 100, "", *SIGNED)])
    assert desk.refused_once() == ("schemes.input.number", "entries.xlsx", 3, "a")


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("3.7", "11033", 1, 2, "", *SIGNED), "schemes.item.unknown", "item"),
        (("2.6", "11033", 1, 2, "", *SIGNED), "schemes.entry.computed", "item"),
        (("3.1", "11034X", 1, 2, "", *SIGNED), "schemes.payee.unknown", "org"),
        (("3.1", "", 1, 2, "", *SIGNED), "schemes.payee.unknown", "org"),
        (("3.1", "11033", 1, "", "", *SIGNED), "schemes.entry.shape", "value"),
        (("3.1", "11033", "", "", "", *SIGNED), "schemes.entry.shape", "value"),
        (("3.1", "11033", 1, 2, 50, *SIGNED), "schemes.entry.shape", "value"),
        (("3.3", "11033", 3, 5, "", *SIGNED), "schemes.entry.shape", "value"),
        (("3.1", "11033", 101, 100, "", *SIGNED), "schemes.entry.range", "a"),
        (("3.1", "11033", 1, 0, "", *SIGNED), "schemes.entry.range", "a"),
        (("3.1", "11033", "1.5", 2, "", *SIGNED), "schemes.cube.whole", "a"),
        (("3.1", "11033", "", "", "100.01", *SIGNED), "schemes.entry.range", "value"),
        (("3.3", "11033", "", "", 6, *SIGNED), "schemes.entry.range", "value"),
        (("3.1", "11033", 1, 2, "", "", "2014-04-15"), "schemes.input.author", "author"),
        (("3.1", "11033", 1, 2, "", "สมชาย", "15/04/2557"), "reference.day.form", "entered_on"),
        (("3.1", "11033", 1, 2, "", "สมชาย", "2557-04-15"), "reference.day.buddhist", "entered_on"),
    ],
)
def test_a_wrong_entry_is_refused_at_its_line_and_column(
    desk: Desk, row: Sequence[object], code: str, field: str
) -> None:
    desk.write("entries", ENTRIES, ("3.2", "11033", 1, 2, "", *SIGNED), row)
    assert desk.refused_once() == (code, "entries.csv", 3, field)


@pytest.mark.parametrize("text", ["-5", "5e1", "๕", "1.2.3", "NaN", "."])
def test_what_is_no_plain_number_is_refused(desk: Desk, text: str) -> None:
    desk.write("entries", ENTRIES, ("3.1", "11033", "", "", text, *SIGNED))
    assert desk.refused_once() == ("schemes.input.number", "entries.csv", 2, "value")


def test_thousand_separators_are_read(desk: Desk) -> None:
    desk.write("entries", ENTRIES, ("3.1", "11033", "1,500", "3,000", "", *SIGNED))
    assert desk.read().entries["3.1", "11033"].value == 50


def test_an_entry_that_comes_twice_is_refused(desk: Desk) -> None:
    desk.write("entries", ENTRIES, GOOD, GOOD)
    assert desk.refused_once() == ("schemes.input.repeated", "entries.csv", 3, "")


def test_mistakes_of_all_files_are_told_together(desk: Desk) -> None:
    desk.write("entries", ENTRIES, ("9.9", "11033", 1, 2, "", *SIGNED), ("3.1", "11033", 3, 2, "", *SIGNED))
    desk.write("cube", CUBE, ("2.6", "11033", "1.5", 2))
    desk.write("winners", WINNERS, ("11033", "nation", *SIGNED))
    assert [(p.where.file, p.where.line, p.code) for p in desk.refused()] == [
        ("cube.csv", 2, "schemes.cube.whole"),
        ("entries.csv", 2, "schemes.item.unknown"),
        ("entries.csv", 3, "schemes.entry.range"),
        ("winners.csv", 2, "schemes.winner.pool"),
    ]


def test_a_near_name_is_offered(desk: Desk) -> None:
    desk.write("entries", ENTRIES, ("3.1", "28816", 1, 2, "", *SIGNED))
    assert "'28861'" in desk.refused()[0].th


def test_a_missing_column_names_what_was_found_instead(desk: Desk) -> None:
    desk.write("entries", ("item", "orgs", "a", "b", "author", "entered_on"), ("3.1", "11033", 1, 2, *SIGNED))
    found = {p.code: p for p in desk.refused()}
    assert "orgs" in found["reference.column.missing"].en


def test_a_file_that_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(SchemesError, match=r"reference\.file\.unreadable"):
        desk.read({"entries": desk.folder / "entries.csv"})


def test_people_replace_those_of_the_pack_and_name_the_units(desk: Desk) -> None:
    desk.write("populations", PEOPLE, ("90002", "4101", "1,000"), ("90001", "4101", 2000))
    desk.write("entries", ENTRIES, ("3.1", "90001", 1, 2, "", *SIGNED))
    read = desk.read()
    assert [(p.org, p.population) for p in read.populations] == [("90001", 2000), ("90002", 1000)]
    assert ("3.1", "90001") in read.entries


def test_an_entry_of_a_unit_outside_the_given_people_is_refused(desk: Desk) -> None:
    desk.write("populations", PEOPLE, ("90001", "4101", 2000))
    desk.write("entries", ENTRIES, GOOD)
    assert desk.refused_once() == ("schemes.payee.unknown", "entries.csv", 2, "org")


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("90001", "4101", "many"), "schemes.population.number", "uc_population"),
        (("90001", "4101", "10.5"), "schemes.population.number", "uc_population"),
        (("90001", "41", 10), "schemes.population.district", "district_code"),
        (("", "4101", 10), "schemes.population.org", "org"),
        (("90000", "4101", 10), "schemes.input.repeated", "org"),
    ],
)
def test_a_wrong_line_of_people_is_refused(desk: Desk, row: Sequence[object], code: str, field: str) -> None:
    desk.write("populations", PEOPLE, ("90000", "4101", 10), row)
    assert desk.refused_once() == (code, "populations.csv", 3, field)


def test_winners_of_both_pots(desk: Desk) -> None:
    desk.write("winners", WINNERS, ("11033", "region", *SIGNED), ("11033", "province", *SIGNED))
    assert desk.read().winners == (Winner("11033", "province"), Winner("11033", "region"))


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("11033", "Region", *SIGNED), "schemes.winner.pool", "pool"),
        (("11053", "region", *SIGNED), "schemes.payee.unknown", "org"),
        (("28861", "region", *SIGNED), "schemes.input.repeated", ""),
        (("11033", "region", " ", "2014-04-15"), "schemes.input.author", "author"),
    ],
)
def test_a_wrong_winner_is_refused(desk: Desk, row: Sequence[object], code: str, field: str) -> None:
    desk.write("winners", WINNERS, ("28861", "region", *SIGNED), row)
    assert desk.refused_once() == (code, "winners.csv", 3, field)


def test_changes_are_laid_over_the_pack_before_entries_are_read(desk: Desk) -> None:
    desk.write("changes", CHANGES, ("items.3.3.score.by", "B5", *SIGNED), ("items.3.3.entry", "percent", *SIGNED))
    desk.write("entries", ENTRIES, ("3.3", "11033", 3, 5, "", *SIGNED))
    read, pack = read_inputs(find_inputs(desk.folder), lambda own: read_pack("qof-2557", own))
    assert read.changes == pack.changes == {"items.3.3.score.by": "B5", "items.3.3.entry": "percent"}
    assert read.entries["3.3", "11033"].value == 60


def test_a_changed_path_that_names_nothing_is_told_at_its_line(desk: Desk) -> None:
    desk.write("changes", CHANGES, ("money.netting", "recover", *SIGNED), ("money.neting", "recover", *SIGNED))
    assert desk.refused_once() == ("schemes.set.path", "changes.csv", 3, "path")


def test_a_path_that_is_changed_twice_is_refused(desk: Desk) -> None:
    desk.write("changes", CHANGES, ("money.netting", "recover", *SIGNED), ("money.netting", "floor_zero", *SIGNED))
    assert desk.refused_once() == ("schemes.input.repeated", "changes.csv", 3, "")


def test_a_cube_holds_whole_counts_of_any_item(desk: Desk) -> None:
    desk.write("cube", CUBE, ("2.6", "11033", 5, 10), ("3.1", "28861", 0, 0))
    assert desk.read().cube == {("2.6", "11033"): (5, 10), ("3.1", "28861"): (0, 0)}


@pytest.mark.parametrize("row", [("2.6", "11033", 5, ""), ("2.6", "11033", "0.5", 1), ("2.6", "11053", 5, 10)])
def test_a_wrong_cell_of_the_cube_is_refused(desk: Desk, row: Sequence[object]) -> None:
    desk.write("cube", CUBE, row)
    assert desk.refused_once()[2] == 2


def test_the_paper_of_an_input_has_its_hash_and_latest_day(desk: Desk) -> None:
    path = desk.write("entries", ENTRIES, GOOD, ("3.2", "11033", 1, 2, "", "สมชาย", "2014-05-01"))
    cube = desk.write("cube", CUBE, ("2.6", "11033", 5, 10))
    papers = {file.kind: file.as_dict() for file in desk.read().files}
    assert papers == {
        "entries": {
            "file": "entries.csv",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "day": "2014-05-01",
        },
        "cube": {"file": "cube.csv", "sha256": hashlib.sha256(cube.read_bytes()).hexdigest(), "day": ""},
    }


@pytest.mark.parametrize(
    ("names", "code", "file"),
    [
        (["entrys.csv"], "schemes.input.kind", "entrys.csv"),
        (["entries.csv", "entries.xlsx"], "schemes.input.twice", "entries.xlsx"),
        (["org.csv", "ORG.xlsx"], "schemes.input.twice", "org.csv"),
        (["entries.xls"], "schemes.input.ending", "entries.xls"),
        (["winners.txt"], "schemes.input.ending", "winners.txt"),
    ],
)
def test_a_file_that_cannot_be_an_input_is_refused_and_not_passed_over(
    desk: Desk, names: list[str], code: str, file: str
) -> None:
    for name in names:
        (desk.folder / name).write_text("", encoding="utf-8")
    with pytest.raises(SchemesError) as refused:
        find_inputs(desk.folder)
    assert [(p.code, p.where.file) for p in refused.value.problems] == [(code, file)]


def test_other_files_and_folders_may_lie_beside_the_inputs(desk: Desk) -> None:
    (desk.folder / "README.md").write_text("", encoding="utf-8")
    (desk.folder / "old").mkdir()
    (desk.folder / "Entries.CSV").write_text("", encoding="utf-8")
    (desk.folder / "org.csv").write_text("", encoding="utf-8")
    assert {kind: path.name for kind, path in find_inputs(desk.folder).items()} == {
        "entries": "Entries.CSV",
        "org": "org.csv",
    }


def test_a_folder_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(SchemesError, match=r"schemes\.input\.folder"):
        find_inputs(desk.folder / "nowhere")


def test_a_winner_without_people_is_refused_where_the_money_is_shared_by_people(desk: Desk) -> None:
    desk.write("populations", PEOPLE, ("11033", "4203", 0), ("28861", "4214", 5))
    desk.write("winners", WINNERS, ("28861", "region", *SIGNED), ("11033", "region", *SIGNED))
    assert desk.refused_once() == ("schemes.winner.people", "winners.csv", 3, "org")
    desk.write("changes", CHANGES, ("money.excellence.share", "equal", *SIGNED))
    assert len(desk.read().winners) == 2
