"""Import of an organisation file: CSV and XLSX, all or nothing, every mistake with its line."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.problems import Level, Problem
from samrit.reference import Area, Areas, FacilityRow, ReferenceRefused, Register, read_org_file, shipped_register

BROKEN = Path(__file__).parent / "broken"
DAY = date(2013, 10, 1)
HEAD = "hospcode,hostype,service_level,size,cup,district_code,province_code,health_region"
LOEI = "10705,06,S,,10705,4201,42,8"
# the standard organisation table of the case layout: all eight pairs of province and region are true
STANDARD = f"""{HEAD}
{LOEI}
04801,18,,,10705,4201,42,8
04802,18,,,10705,4201,42,8
11053,07,F2,,11053,4203,42,8
04811,18,,,11053,4203,42,8
04812,18,,,,4203,42,8
10671,05,A,large,10671,4101,41,8
10670,05,A,large,10670,4001,40,7
"""


def write_csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "org.csv"
    path.write_bytes(text.encode(encoding))
    return path


def write_xlsx(folder: Path, rows: list[list[object]]) -> Path:
    """A workbook of one sheet: texts, numbers, and days as numbers in a format of days or of times."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for at, value in enumerate(row):
            name = f"{chr(65 + at)}{number}"
            if isinstance(value, date):
                style = 2 if isinstance(value, datetime) else 1
                days = date(value.year, value.month, value.day) - date(1899, 12, 30)
                cells.append(f'<c r="{name}" s="{style}"><v>{days.days}</v></c>')
            elif isinstance(value, str):
                cells.append(f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else "")
            else:
                cells.append(f'<c r="{name}"><v>{value}</v></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="org" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/styles.xml": f'<styleSheet {main}><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="22"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    path = folder / "org.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return path


def refusal(path: Path, base: Register | None = None) -> tuple[Problem, ...]:
    with pytest.raises(ReferenceRefused) as refused:
        read_org_file(path, base)
    return refused.value.problems


def told(problems: tuple[Problem, ...] | list[Problem]) -> list[tuple[str, int, str]]:
    return [(p.code, p.where.line, p.where.field) for p in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_the_standard_table_comes_in_whole_and_silent_from_every_thai_encoding(tmp_path: Path, encoding: str) -> None:
    named = STANDARD.replace("health_region\n", "health_region,name_th\n").replace("42,8\n", "42,8,เลย\n")
    named = named.replace("41,8\n", "41,8,อุดรธานี\n").replace("40,7\n", "40,7,ขอนแก่น\n")
    register, warnings = read_org_file(write_csv(tmp_path, named, encoding), None)
    assert warnings == []
    assert len(register.rows) == 8
    assert register.on(DAY)["10670"] == FacilityRow(
        "10670", "05", "A", "large", "10670", "4001", "40", "7", name_th="ขอนแก่น"
    )
    assert register.contracting_unit("04812", DAY) == "11053"


def test_columns_are_found_by_name_in_any_case_and_order(tmp_path: Path) -> None:
    head = "Health_Region,PROVINCE_CODE,District_code,cup,size,service_level,HOSTYPE,HospCode"
    register, warnings = read_org_file(write_csv(tmp_path, f"{head}\r\n8,42,4203,,,F2,07,11053\r\n"))
    assert warnings == []
    assert register.rows == (FacilityRow("11053", "07", "F2", "", "", "4203", "42", "8"),)


def test_optional_columns_are_read_and_their_blanks_mean_yes_and_open(tmp_path: Path) -> None:
    head = f"{HEAD},sends_43,smart_health_id_target,name_th,name_en,valid_from,valid_to"
    text = (
        f"{head}\n{LOEI},0,1,เลย,Loei,2013-10-01,2014-09-30\n11053,07,,,,4203,42,8,,0,,,,\n04811,18,,,,4203,,,1,,,,,\n"
    )
    register, _ = read_org_file(write_csv(tmp_path, text))
    rows = {row.hospcode: row for row in register.rows}
    loei = rows["10705"]
    assert (loei.sends_43, loei.smart_health_id_target, loei.name_th, loei.name_en) == (False, True, "เลย", "Loei")
    assert (loei.valid_from, loei.valid_to) == (date(2013, 10, 1), date(2014, 9, 30))
    other = rows["11053"]
    assert (other.sends_43, other.smart_health_id_target) == (True, False)
    assert (other.valid_from, other.valid_to) == (date.min, date.max)
    assert (rows["04811"].sends_43, rows["04811"].smart_health_id_target) == (True, True)
    assert (rows["04811"].province_code, rows["04811"].health_region) == ("42", "8")


def test_without_a_base_the_file_is_the_whole_table(tmp_path: Path) -> None:
    register, _ = read_org_file(write_csv(tmp_path, STANDARD), None)
    assert len(register.rows) == 8


def test_with_a_base_the_rows_of_the_file_replace_those_of_the_same_facility(tmp_path: Path) -> None:
    base = Register(
        [
            FacilityRow("10705", "06", cup="10705", district_code="4201", name_th="โรงพยาบาลเลย"),
            FacilityRow("04801", "18", cup="10705", valid_to=date(2013, 9, 30)),
            FacilityRow("04801", "18", cup="11053", valid_from=DAY),
            FacilityRow("11053", "07", cup="11053", district_code="4203"),
        ]
    )
    register, _ = read_org_file(write_csv(tmp_path, f"{HEAD}\n04801,18,,,10705,4201,42,8\n"), base)
    assert [row.hospcode for row in register.rows] == ["04801", "10705", "11053"]
    assert register.on(DAY)["04801"].cup == "10705"
    assert register.on(DAY)["10705"].name_th == "โรงพยาบาลเลย"


def test_a_cup_may_stand_in_the_base_only(tmp_path: Path) -> None:
    text = f"{HEAD}\n04801,18,,,10705,4201,42,8\n"
    assert [p.code for p in refusal(write_csv(tmp_path, text), None)] == ["reference.cup.unknown"]
    register, _ = read_org_file(write_csv(tmp_path, text), shipped_register())
    assert register.contracting_unit("04801", DAY) == "10705"


def test_the_areas_of_the_base_are_kept(tmp_path: Path) -> None:
    areas = Areas({"4201": Area("4201", "ก", "A", "99")}, {}, {})
    path = write_csv(tmp_path, f"{HEAD}\n10705,06,S,,,4201,,\n")
    register, _ = read_org_file(path, Register([], areas))
    assert register.placing(DAY) == [("10705", "10705", "4201", "99", "")]
    assert read_org_file(path, None)[0].placing(DAY) == [("10705", "10705", "4201", "42", "8")]


# file named after the problem -> line and field of the problem
FAULTS = {
    "reference.column.missing": (1, "province_code"),
    "reference.column.repeated": (1, "hostype"),
    "reference.cup.unknown": (3, "cup"),
    "reference.dates.backwards": (2, "valid_to"),
    "reference.day.buddhist": (2, "valid_from"),
    "reference.day.form": (2, "valid_to"),
    "reference.district.province": (3, "province_code"),
    "reference.file.empty": (0, ""),
    "reference.file.separator": (1, ""),
    "reference.file.unreadable": (3, ""),
    "reference.flag.form": (2, "sends_43"),
    "reference.hospcode.blank": (3, "hospcode"),
    "reference.hospcode.form": (3, "hospcode"),
    "reference.hospcode.overlap": (3, "hospcode"),
    "reference.hostype.zero": (3, "hostype"),
    "reference.province.region": (3, "health_region"),
    "reference.row.cells": (2, ""),
}


def test_every_broken_file_is_expected() -> None:
    assert sorted(FAULTS) == sorted(path.stem for path in BROKEN.iterdir())


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_file_is_refused_for_its_fault_at_its_line(fault: str) -> None:
    path = BROKEN / f"{fault}.csv"
    problems = refusal(path)
    errors = [p for p in problems if p.level is Level.ERROR]
    assert (fault, *FAULTS[fault]) in told(errors)
    # province 41 lies in region 8 like province 42, so even a wrong province is one error
    assert len(errors) == 1
    assert {p.where.file for p in problems} == {str(path)}


def test_a_missing_column_is_told_with_the_nearest_name_of_the_file() -> None:
    problems = refusal(BROKEN / "reference.column.missing.csv")
    assert [p.code for p in problems] == ["reference.column.unknown", "reference.column.missing"]
    assert "nearest name in the file: 'province_cod'" in problems[1].en


def test_the_first_line_of_a_doubled_facility_is_named() -> None:
    (found,) = refusal(BROKEN / "reference.hospcode.overlap.csv")
    assert "line 2" in found.en


def test_all_mistakes_are_told_together_in_order_of_line_and_nothing_comes_in(tmp_path: Path) -> None:
    base = Register([FacilityRow("11053", "07")])
    text = (
        f"{HEAD},sends_43,colour\n"
        f"{LOEI},2,red\n"
        "\n"
        "4801,7,,,99,4201,42,8,1,\n"
        "04802,18,,,10706,4203,41,7,0,\n"
        "04803,99,,,10705,9999,42,8,,\n"
    )
    assert told(refusal(write_csv(tmp_path, text), base)) == [
        ("reference.column.unknown", 1, "colour"),
        ("reference.flag.form", 2, "sends_43"),
        ("reference.hospcode.form", 4, "cup"),
        ("reference.hospcode.form", 4, "hospcode"),
        ("reference.hostype.zero", 4, "hostype"),
        ("reference.cup.unknown", 5, "cup"),
        ("reference.province.region", 5, "health_region"),
        ("reference.district.province", 5, "province_code"),
        ("reference.area.unknown", 6, "district_code"),
        ("reference.hostype.unknown", 6, "hostype"),
    ]
    assert [row.hospcode for row in base.rows] == ["11053"]


def test_a_cup_whose_own_row_is_faulty_is_not_called_unknown(tmp_path: Path) -> None:
    text = f"{HEAD}\n10705,6,S,,10705,4201,42,8\n04801,18,,,10705,4201,42,8\n"
    assert told(refusal(write_csv(tmp_path, text))) == [("reference.hostype.zero", 2, "hostype")]


def test_what_is_doubtful_is_a_warning_and_comes_in(tmp_path: Path) -> None:
    text = (
        f"{HEAD},nam_th\n"
        "10705,06,S,,10705,4201,42,8,x\n"
        "04802,18,,,10705,4201,42,8,x\n"
        "04801,18,,,04802,4201,42,8,x\n"
        "04803,99,,,,4299,42,8,x\n"
    )
    register, warnings = read_org_file(write_csv(tmp_path, text))
    assert told(warnings) == [
        ("reference.column.unknown", 1, "nam_th"),
        ("reference.cup.chained", 4, "cup"),
        ("reference.area.unknown", 5, "district_code"),
        ("reference.hostype.unknown", 5, "hostype"),
    ]
    assert all(p.level is Level.WARNING for p in warnings)
    assert "'name_th'" in warnings[0].en
    assert register.contracting_unit("04801", DAY) == "04802"


def test_a_cup_that_had_another_cup_at_another_time_is_no_chain(tmp_path: Path) -> None:
    text = (
        f"{HEAD},valid_from,valid_to\n"
        f"{LOEI},,\n"
        "04802,18,,,10705,4201,42,8,,2013-09-30\n"
        "04802,07,,,04802,4201,42,8,2013-10-01,\n"
        "04801,18,,,04802,4201,42,8,2013-10-01,\n"
        "04803,07,,,04803,4201,42,8,,2013-09-30\n"
        "04803,18,,,10705,4201,42,8,2013-10-01,\n"
        "04804,18,,,04803,4201,42,8,,2013-09-30\n"
    )
    assert read_org_file(write_csv(tmp_path, text))[1] == []


def test_a_facility_of_the_base_whose_cup_gets_another_cup_is_told(tmp_path: Path) -> None:
    base = Register([FacilityRow("04801", "18", cup="10705"), FacilityRow("10705", "06", cup="10705")])
    text = f"{HEAD}\n10705,06,S,,11053,4201,42,8\n11053,07,F2,,11053,4203,42,8\n"
    register, warnings = read_org_file(write_csv(tmp_path, text), base)
    assert told(warnings) == [("reference.cup.chained", 2, "cup")]
    assert "'04801'" in warnings[0].en
    assert register.contracting_unit("04801", DAY) == "10705"


def test_dated_rows_that_follow_each_other_are_no_overlap(tmp_path: Path) -> None:
    text = f"{HEAD},valid_from,valid_to\n{LOEI},2014-05-02,\n{LOEI},,2014-05-01\n"
    assert len(read_org_file(write_csv(tmp_path, text))[0].rows) == 2


def test_a_quoted_name_over_two_lines_does_not_shift_the_line_numbers(tmp_path: Path) -> None:
    text = f'{HEAD},name_th\n{LOEI},"โรงพยาบาล\nเลย"\n4801,18,,,,4201,42,8,\n'
    assert told(refusal(write_csv(tmp_path, text))) == [("reference.hospcode.form", 4, "hospcode")]


def test_a_column_without_a_name_is_told_only_when_it_holds_something(tmp_path: Path) -> None:
    assert read_org_file(write_csv(tmp_path, f"{HEAD},\n{LOEI},\n"))[1] == []
    (warning,) = read_org_file(write_csv(tmp_path, f"{HEAD},\n{LOEI},x\n"))[1]
    assert warning.code == "reference.column.unknown"
    assert "#9" in warning.en


@pytest.mark.parametrize("content", [STANDARD.encode("utf-16"), b"\xdb\xfd\xff,\x81"])
def test_another_encoding_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "org.csv"
    path.write_bytes(content)
    assert [p.code for p in refusal(path)] == ["reference.file.encoding"]


@pytest.mark.parametrize("content", [b"", b"\n\n", f"{HEAD}\n,,,,,,,\n".encode()])
def test_a_file_without_a_facility_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "org.csv"
    path.write_bytes(content)
    assert [p.code for p in refusal(path)] == ["reference.file.empty"]


def test_a_file_that_is_not_there_or_not_a_workbook_is_unreadable(tmp_path: Path) -> None:
    assert [p.code for p in refusal(tmp_path / "none.csv")] == ["reference.file.unreadable"]
    path = tmp_path / "org.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert [p.code for p in refusal(path)] == ["reference.file.unreadable"]


def test_a_workbook_says_the_same_as_the_csv(tmp_path: Path) -> None:
    rows: list[list[object]] = [list(line.split(",")) for line in STANDARD.splitlines()]
    register, warnings = read_org_file(write_xlsx(tmp_path, rows))
    assert warnings == []
    assert register.canonical_csv() == read_org_file(write_csv(tmp_path, STANDARD))[0].canonical_csv()


def test_a_number_in_a_workbook_that_lost_its_zero_is_refused_and_not_mended(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEAD.split(","), list(LOEI.split(",")), [4801, 18, "", "", 10705, 4201, 42, 8]]
    (found,) = refusal(write_xlsx(tmp_path, rows))
    assert told([found]) == [("reference.hospcode.form", 3, "hospcode")]
    assert "'4801'" in found.en
    assert "format the column as text" in found.hint


def test_numbers_and_dates_of_a_workbook_that_lost_nothing_are_read(tmp_path: Path) -> None:
    head: list[object] = [*HEAD.split(","), "sends_43", "valid_from", "valid_to"]
    rows: list[list[object]] = [
        head,
        [10705, "06", "S", "", 10705, 4201, 42, 8, 0, date(2014, 5, 2), datetime(2014, 9, 30)],  # noqa: DTZ001 (a cell has no zone)
    ]
    register, warnings = read_org_file(write_xlsx(tmp_path, rows))
    assert warnings == []
    (row,) = register.rows
    assert (row.hospcode, row.cup, row.district_code, row.health_region) == ("10705", "10705", "4201", "8")
    assert (row.sends_43, row.valid_from, row.valid_to) == (False, date(2014, 5, 2), date(2014, 9, 30))


def test_lines_of_a_workbook_are_counted_from_its_first_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [[], list(HEAD.split(",")), [], ["4801", "18", "", "", "", "4201", "42", "8"]]
    assert told(refusal(write_xlsx(tmp_path, rows))) == [("reference.hospcode.form", 4, "hospcode")]


def test_the_shipped_table_passes_its_own_import_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "org.csv"
    path.write_bytes(shipped_register().canonical_csv())
    register, warnings = read_org_file(path)
    assert warnings == []
    assert register.canonical_csv() == shipped_register().canonical_csv()


texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)
facilities = st.builds(
    FacilityRow,
    hospcode=st.from_regex(r"\A([0-9]{5}|[0-9A-Z]{9})\Z"),
    hostype=st.sampled_from(["", "05", "07", "18"]),
    district_code=st.sampled_from(["", "4201", "4203"]),
    sends_43=st.booleans(),
    smart_health_id_target=st.booleans(),
    name_th=texts,
    name_en=texts,
    valid_from=st.dates(date(1990, 1, 1), DAY) | st.just(date.min),
    valid_to=st.dates(DAY, date(2099, 1, 1)) | st.just(date.max),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(facilities, min_size=1, max_size=4, unique_by=lambda row: row.hospcode))
def test_the_canonical_csv_of_any_register_can_be_imported_again(
    tmp_path_factory: pytest.TempPathFactory, rows: list[FacilityRow]
) -> None:
    path = tmp_path_factory.mktemp("org") / "org.csv"
    path.write_bytes(Register(rows).canonical_csv())
    assert read_org_file(path)[0].rows == Register(rows).rows
