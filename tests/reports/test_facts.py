"""The workbook shows what was typed in as facts, by unit and primary unit, in the words of the pack."""

from pathlib import Path

from python_calamine import CalamineWorkbook

from reports.building import read_rows
from reports.conftest import Kept
from samrit.reports import write_workbook


def test_facts_stand_in_a_sheet_of_their_own_by_unit_and_primary_unit(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "nhso.xlsx"
    write_workbook(kept["nhso-2552"], path)
    rows = [row for row in read_rows(path, "ข้อเท็จจริง") if row[0] == "10705"]
    said = {(str(row[2]), str(row[4]), str(row[5])): str(row[6]) for row in rows}
    assert said["P1", "10705-1", "ประชากรที่รับผิดชอบ"] == "4,000"
    assert said["R1", "", "หน่วยงานที่ผ่าน HNQA"] == "10"
    assert said["R1", "", "การรับรองที่มี"] == "บันไดขั้นที่ 1 สู่ HA"


def test_a_run_without_facts_has_no_such_sheet(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "qof.xlsx"
    write_workbook(kept["qof-2557"], path)
    assert "ข้อเท็จจริง" not in CalamineWorkbook.from_path(str(path)).sheet_names
