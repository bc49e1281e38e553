"""Receivables: what was owed, set off, new and left, on the summary and on the page of every unit that owes."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reports.building import all_text, find_row, read_rows, satang
from reports.kept_runs import BEST, WORST
from samrit.reports import baht_in_thai_words, write_notices, write_receivables
from samrit.schemes import SchemeRun


@pytest.fixture(scope="session")
def path(kept: dict[str, SchemeRun], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The receivables of qof-2557."""
    made = tmp_path_factory.mktemp("owed") / "r.xlsx"
    write_receivables(kept["qof-2557"], made, {WORST: "โรงพยาบาลหนองหิน"})
    return made


def test_a_unit_that_earned_enough_has_paid_what_it_owed(path: Path) -> None:
    """1,000 of 2555 and 2,000.25 of 2556 are set off; nothing is left, so there is no page for it."""
    row = find_row(read_rows(path, "สรุปลูกหนี้"), BEST)
    assert [satang(cell) for cell in row[2:6]] == [3_000_25, 3_000_25, 0, 0]
    assert row[6] == "ปีงบประมาณ 2555, ปีงบประมาณ 2556"
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    assert not any(name.startswith(BEST) for name in names)
    assert len(names) == 1 + 13  # the other units of Loei owe the advance


def test_what_a_unit_owes_is_the_old_and_the_new(path: Path, kept: dict[str, SchemeRun]) -> None:
    new = -kept["qof-2557"].evaluation.amount(WORST, "net")
    row = find_row(read_rows(path, "สรุปลูกหนี้"), WORST)
    assert [satang(cell) for cell in row[2:6]] == [500_00, 0, new, new + 500_00]


def test_columns_of_the_summary_add_up(path: Path) -> None:
    rows = read_rows(path, "สรุปลูกหนี้")
    total = find_row(rows, "รวม 14 แห่ง")
    units = [row for row in rows if str(row[0]).isdigit()]
    for column in range(2, 6):
        assert sum(satang(row[column]) for row in units) == satang(total[column])
    opening, set_off, new, closing = (satang(cell) for cell in total[2:6])
    assert opening - set_off + new == closing


def test_the_statement_names_periods_the_sum_in_words_and_how_it_is_paid_back(
    path: Path, kept: dict[str, SchemeRun]
) -> None:
    rows = read_rows(path, f"{WORST} หนองหิน")
    text = "\n".join(str(cell) for row in rows for cell in row)
    owed = -kept["qof-2557"].evaluation.amount(WORST, "net") + 500_00
    assert [row[1] for row in rows if row[0] in {"1", "2"}] == ["ปีงบประมาณ 2556", "ปีงบประมาณ 2557"]
    said = ("ใบแจ้งยอดลูกหนี้", "เรียน  ผู้อำนวยการโรงพยาบาลหนองหิน", f"(ตัวอักษร)  {baht_in_thai_words(owed)}",
            "หักจากเงินที่หน่วยบริการจะได้รับในงวดถัดไป", "ผู้แทนหน่วยบริการ รับทราบยอด", "ร่าง ยังไม่รับรอง")  # fmt: skip
    for words in said:
        assert words in text


def test_where_nobody_owes_the_summary_says_so(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    write_receivables(kept["nhso-2552"], tmp_path / "r.xlsx")
    assert "ไม่มีหน่วยใดเป็นลูกหนี้" in all_text(tmp_path / "r.xlsx")
    assert CalamineWorkbook.from_path(str(tmp_path / "r.xlsx")).sheet_names == ["สรุปลูกหนี้"]


def test_a_debt_that_is_paid_in_part_is_told_in_part(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    """Na Duang earned 41,600.00 baht (10 baht x 0.16 x 26,000 people) and owed 50,000: 8,400 are left."""
    write_receivables(kept["qof-2560"], tmp_path / "r.xlsx")
    row = find_row(read_rows(tmp_path / "r.xlsx", "สรุปลูกหนี้"), "11030")
    assert [satang(cell) for cell in row[2:6]] == [50_000_00, 41_600_00, 0, 8_400_00]
    text = "\n".join(str(cell) for line in read_rows(tmp_path / "r.xlsx", "11030 นาด้วง") for cell in line)
    assert "หักกลบลูกหนี้เดิมแล้ว 41,600.00 บาท" in text
    assert "(ตัวอักษร)  แปดพันสี่ร้อยบาทถ้วน" in text
    assert "ลูกหนี้ใหม่" not in text
    write_notices(kept["qof-2560"], tmp_path / "n.xlsx")
    text = "\n".join(str(cell) for line in read_rows(tmp_path / "n.xlsx", "11030 นาด้วง") for cell in line)
    assert "ยอดจ่ายหลังหักลูกหนี้ (ตัวอักษร)  ศูนย์บาทถ้วน" in text
