"""The instalment register: days in the Buddhist Era, what was due before, what is left, and places to sign."""

from pathlib import Path

from reports.building import all_text, find_row, make_run, pack_with, read_rows, satang
from reports.kept_runs import BEST
from samrit.reports import write_instalments
from samrit.schemes import SchemeRun


def test_monthly_payments_run_from_nothing_paid_to_nothing_left(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    """A2: 60 % of 20,000 pounds in twelve months is 1,000 a month; it owes at the end, so nothing follows."""
    write_instalments(kept["uk-qof"], tmp_path / "i.xlsx")
    rows = [row for row in read_rows(tmp_path / "i.xlsx", "ทะเบียนงวดเงิน") if row[0] == "A2"]
    amounts = [[satang(cell) for cell in row[2:5]] for row in rows]
    assert amounts == [[1_000_00, 1_000_00 * month, 1_000_00 * (11 - month)] for month in range(12)]


def test_payments_stand_in_the_order_of_their_days(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    write_instalments(kept["uk-qof"], tmp_path / "i.xlsx")
    rows = read_rows(tmp_path / "i.xlsx", "สรุปงวดเงิน")[5:18]
    assert [row[4] for row in rows][:3] == ["30 เม.ย. 2564", "31 พ.ค. 2564", "30 มิ.ย. 2564"]
    assert rows[10][1:3] == ["จ่ายล่วงหน้ารายเดือน (งวดที่ 11 จาก 12)", "จ่ายล่วงหน้า"]
    assert rows[10][4] == "28 ก.พ. 2565"
    assert rows[12][1:5] == ["จ่ายตามผลงานหลังหักเงินล่วงหน้า", "จ่ายตามผลงาน", 1, "30 มิ.ย. 2565"]


def test_the_advance_comes_first_and_results_after_old_debts(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    write_instalments(kept["qof-2557"], tmp_path / "i.xlsx")
    amount = kept["qof-2557"].evaluation.amount
    advance, final = (row for row in read_rows(tmp_path / "i.xlsx", "ทะเบียนงวดเงิน") if row[0] == BEST)
    paid, payable = amount(BEST, "advance"), amount(BEST, "net") - 3_000_25
    assert [satang(cell) for cell in advance[2:5]] == [paid, 0, payable]
    assert [satang(cell) for cell in final[2:5]] == [payable, paid, 0]
    rows = read_rows(tmp_path / "i.xlsx", "สรุปงวดเงิน")
    assert [row[3:5] for row in rows[5:7]] == [[14, "1 ต.ค. 2556"], [1, "1 ก.ค. 2557"]]
    assert satang(find_row(rows[7:], "")[5]) == amount("42", "advance") + payable
    assert "ลงชื่อผู้รับเงิน" in all_text(tmp_path / "i.xlsx")


def test_without_money_the_summary_says_so(tmp_path: Path) -> None:
    pack = pack_with(money__advance__rate__value="0")
    write_instalments(make_run(pack, counts={}), tmp_path / "i.xlsx")
    assert "ไม่มีหน่วยใดได้รับเงิน" in all_text(tmp_path / "i.xlsx")
