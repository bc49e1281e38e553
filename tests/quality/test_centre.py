"""The centre's file: names of columns as exports write them, typed rows, and every fault at its place."""

from pathlib import Path

import pytest
import xlsxwriter

from samrit.problems import Level
from samrit.quality import QualityError, read_centre

BROKEN = Path(__file__).parent / "broken"
# fault -> code, line, field; the line and the cell are those that the file shows
FAULTS = {
    "not-a-number": ("quality.row.number", 2, "target"),
    "percentage-of-the-result": ("quality.row.number", 2, "result"),
    "lost-leading-zero": ("quality.row.hospcode", 2, "hospcode"),
    "year-of-the-common-era": ("quality.row.year_common", 2, "year"),
    "no-year": ("quality.row.year", 2, "year"),
    "facility-twice": ("quality.row.twice", 4, "hospcode"),
    "village-twice": ("quality.row.twice", 3, "hospcode"),
    "no-facility-column": ("quality.column.hospcode", 1, ""),
    "no-figures": ("quality.column.figures", 1, ""),
    "result-column-twice": ("quality.column.twice", 1, "ผลงาน"),
    "month-twice": ("quality.column.twice", 1, "ต.ค."),
    "cell-too-many": ("quality.row.cells", 2, ""),
    "header-only": ("quality.file.empty", 1, ""),
    "nothing": ("quality.file.empty", 0, ""),
    "open-quote": ("quality.file.unreadable", 0, ""),
    "not-there": ("quality.file.unreadable", 0, ""),
}


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "centre.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_line_column_and_what_to_do(fault: str) -> None:
    with pytest.raises(QualityError) as caught:
        read_centre(BROKEN / f"{fault}.csv")
    errors = [p for p in caught.value.problems if p.level is Level.ERROR]
    [found] = errors
    assert (found.code, found.where.line, found.where.field) == FAULTS[fault]
    assert found.where.file == f"{fault}.csv"
    assert " / " in found.hint


def test_every_broken_file_is_tested() -> None:
    assert {path.stem for path in BROKEN.iterdir()} == set(FAULTS) - {"not-there"}


def test_all_faults_of_a_file_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(QualityError) as caught:
        read_centre(write(tmp_path, "hospcode,target,result\n4801,x,1\n11053,2,y\n"))
    assert [(p.where.line, p.where.field) for p in caught.value.problems] == [
        (2, "hospcode"),
        (2, "target"),
        (3, "result"),
    ]


def test_an_export_of_the_centre_is_read(tmp_path: Path) -> None:
    text = '\ufeffid,hospcode,areacode,date_com,b_year,target,result\nf1,04801,42030101,20140715,2557,"1,234",10\n'
    [row], problems = read_centre(write(tmp_path, text))
    assert (row.line, row.hospcode, row.year, row.target, row.result) == (2, "04801", 2557, 1234, 10)
    assert problems == []


def test_a_thai_table_with_a_title_above_and_a_sum_below_is_read(tmp_path: Path) -> None:
    text = "รายงานความดัน,,,\n\nรหัสหน่วยบริการ,ปีงบประมาณ,เป้าหมาย,ผลงาน\n11053,2557,52,\n,,,\n"
    [row], _ = read_centre(write(tmp_path, text, "cp874"))
    assert (row.line, row.hospcode, row.target, row.result) == (4, "11053", 52, None)


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "centre.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["HOSPCODE", "B_YEAR", "TARGET", "RESULT"])
        sheet.write_row(1, 0, ["04801", 2557, 52, 10])
    [row], _ = read_centre(path)
    assert (row.hospcode, row.year, row.target, row.result) == ("04801", 2557, 52, 10)


def test_villages_of_one_facility_are_added_up(tmp_path: Path) -> None:
    text = "hospcode,areacode,target,result,result10\n11053,42030101,5,,1\n11053,42030102,7,2,\n04801,42030201,1,1,1\n"
    rows, _ = read_centre(write(tmp_path, text))
    assert [(r.hospcode, r.target, r.result, dict(r.months)) for r in rows] == [
        ("11053", 12, 3, {10: 1}),
        ("04801", 1, 1, {10: 1}),
    ]


def test_the_number_behind_result_is_a_calendar_month(tmp_path: Path) -> None:
    heads = ",".join(f"result{month:02d}" for month in range(1, 13))
    [row], problems = read_centre(write(tmp_path, f"hospcode,{heads}\n11053,{','.join('123456789abc'[:9])},10,11,12\n"))
    assert row.months == {month: month for month in range(1, 13)}
    assert row.result == 78  # the sum of 1 to 12
    assert problems == []


def test_a_single_digit_is_a_month_only_when_all_twelve_are_there(tmp_path: Path) -> None:
    text = "hospcode,target,result,target1,result1\n11053,52,10,31,4\n"
    [row], problems = read_centre(write(tmp_path, text))
    assert (row.target, row.result, dict(row.months)) == (52, 10, {})
    assert [(p.code, p.level) for p in problems] == [("quality.column.unused", Level.NOTE)]
    heads = ",".join(f"result{month}" for month in range(1, 13))
    [row], _ = read_centre(write(tmp_path, f"hospcode,{heads}\n11053{',1' * 12}\n"))
    assert set(row.months) == set(range(1, 13))


def test_another_pair_of_columns_can_be_chosen(tmp_path: Path) -> None:
    text = "hospcode,target,result,target1,result1\n11053,52,10,31,4\n"
    [row], problems = read_centre(write(tmp_path, text), target="target1", result="Result1")
    assert (row.target, row.result) == (31, 4)
    assert problems == []
    with pytest.raises(QualityError) as caught:
        read_centre(write(tmp_path, text), target="target9")
    assert "quality.column.chosen" in {p.code for p in caught.value.problems}


def test_months_that_do_not_add_up_to_the_year_are_told(tmp_path: Path) -> None:
    heads = ",".join(f"result{month:02d}" for month in range(1, 13))
    _, [told] = read_centre(write(tmp_path, f"hospcode,result,{heads}\n11053,11{',1' * 12}\n"))
    assert (told.code, told.level, told.where.line) == ("quality.row.months", Level.WARNING, 2)
    _, none = read_centre(write(tmp_path, f"hospcode,result,{heads}\n11053,12{',1' * 12}\n"))
    assert none == []
    _, part = read_centre(write(tmp_path, "hospcode,result,result10\n11053,12,3\n"))  # some months only
    assert part == []
