"""The papers of every pack agree with each other and with the transfer file, to the satang, and speak its words."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reports.building import PAYEES, all_text, find_row, make_run, read_rows, satang
from reports.kept_runs import BEST, PACKS
from samrit.reports import REPORTS, run_of_folder, write_instalments, write_notices, write_workbook
from samrit.schemes import SchemeRun
from samrit.schemes.transfers import TRANSFER_COLUMNS, transfers_of


def register_sums(path: Path) -> Counter[str]:
    """Unit -> satang of all its instalments in the register."""
    sums: Counter[str] = Counter()
    for row in read_rows(path, "ทะเบียนงวดเงิน")[5:]:
        if row[2] != "" and not str(row[0]).startswith("รวม"):
            sums[str(row[0])] += satang(row[2])
    return sums


def notice_sums(path: Path) -> Counter[str]:
    """Unit -> satang under the heading of what is paid when, on its notice."""
    sums: Counter[str] = Counter()
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        heads = [str(row[0]) for row in rows]
        if "กำหนดจ่าย" in heads:
            first, last = heads.index("กำหนดจ่าย") + 1, heads.index("ข้อสังเกต")
            sums[name.split(" ")[0]] += sum(satang(row[4]) for row in rows[first:last] if row[1])
    return sums


@pytest.mark.parametrize("pack_id", PACKS)
def test_instalments_transfers_and_notices_agree_to_the_satang(
    pack_id: str, kept: dict[str, SchemeRun], tmp_path: Path
) -> None:
    run = kept[pack_id]
    write_instalments(run, tmp_path / "i.xlsx")
    write_notices(run, tmp_path / "n.xlsx")
    transfers: Counter[str] = Counter()
    for row in transfers_of(run.run, run.materials, None, draft=True):
        said = dict(zip(TRANSFER_COLUMNS, row, strict=True))
        transfers[str(said["org"])] += int(str(said["amount_satang"]))
    assert transfers.total() > 0
    assert register_sums(tmp_path / "i.xlsx") == transfers == notice_sums(tmp_path / "n.xlsx")
    amount = run.evaluation.amount
    for payee in run.payees:
        settled = max(amount(payee.org, "net"), 0) - amount(payee.org, "carried")
        due = amount(payee.org, "advance") + settled + amount(payee.org, "support")
        assert transfers[payee.org] == due


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_check_of_every_pack_ends_in_zero(pack_id: str, kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    write_workbook(kept[pack_id], tmp_path / "w.xlsx")
    text = all_text(tmp_path / "w.xlsx")
    assert "ถูกต้อง" in text
    assert "ไม่ตรง\n" not in text


@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize("ending", REPORTS)
def test_a_run_of_its_folder_gives_the_same_bytes_as_the_run_itself(
    pack_id: str, ending: str, kept: dict[str, SchemeRun], tmp_path: Path
) -> None:
    REPORTS[ending](kept[pack_id], tmp_path / "a.xlsx", None, None, "")
    REPORTS[ending](run_of_folder(kept[pack_id].run), tmp_path / "b.xlsx", None, None, "")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_pounds_are_never_called_baht(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    """No column, tile or sentence; Thai number words are those of baht, so the notice has figures."""
    for ending, write in REPORTS.items():
        path = tmp_path / f"uk{ending}.xlsx"
        write(kept["uk-qof"], path, None, None, "")
        text = all_text(path)
        assert "ปอนด์" in text
        assert "บาท" not in text, ending


def test_money_stands_by_pool_where_a_pack_has_no_domains(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    """R-items are paid to hospitals: Chiang Khan (11031) has nobody referred, so its cell of that pool is empty."""
    write_workbook(kept["nhso-2552"], tmp_path / "w.xlsx")
    rows, amount = read_rows(tmp_path / "w.xlsx", "การจ่ายเงิน"), kept["nhso-2552"].evaluation.amount
    assert rows[2][3:5] == ["เงินกองทุนหน่วยบริการประจำและปฐมภูมิ", "เงินกองทุนหน่วยบริการรับส่งต่อ"]
    loei = find_row(rows, "10705")
    names = ("earned.primary", "earned.referral", "earned", "support")
    assert [satang(cell) for cell in loei[3:7]] == [amount("10705", name) for name in names]
    assert find_row(rows, "11031")[4] == ""
    assert "ด้านที่" not in all_text(tmp_path / "w.xlsx")


def test_a_relative_pool_shows_the_mean_the_rate_and_what_a_head_got(
    kept: dict[str, SchemeRun], tmp_path: Path
) -> None:
    """Referral: 240, 300 and 300 points, mean 280; the base is 10 baht, so 8.57, 10.71 and 10.71 baht a head."""
    write_workbook(kept["nhso-2552"], tmp_path / "w.xlsx")
    rows = read_rows(tmp_path / "w.xlsx", "วงเงิน 2")
    assert "280.00" in str(rows[1][0])
    assert [row[3] for row in rows[5:8]] == [240, 300, 300]
    assert [row[5] for row in rows[5:8]] == [8.57, 10.71, 10.71]
    assert [str(row[0]) for row in rows[5:8]] == ["10705", "11030", "11447"]
    assert satang(rows[5][6]) == kept["nhso-2552"].evaluation.amount("10705", "earned.referral")


def test_hospitals_have_a_matrix_of_their_own(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    write_workbook(kept["nhso-2552"], tmp_path / "w.xlsx")
    first, second = (read_rows(tmp_path / "w.xlsx", name) for name in ("ตาราง", "ตาราง 2"))
    assert [len(first[3]) - 4, len(second[3]) - 4] == [4, 3]
    assert find_row(first, "P1")[4] == "● ข้อเท็จจริง"  # 4,000 people a nurse: 4 of 5
    assert find_row(second, "R1")[4] == "△ ข้อเท็จจริง"  # ten units passed: 3 of 5
    assert not any(str(row[0]) == "P1" for row in second)


def test_points_of_two_pools_are_not_added(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    write_workbook(kept["qof-2560"], tmp_path / "w.xlsx")
    write_notices(kept["qof-2560"], tmp_path / "n.xlsx")
    assert "คะแนนรวมทุกด้าน" not in all_text(tmp_path / "w.xlsx")
    total = next(row for row in read_rows(tmp_path / "n.xlsx", "10705 เมืองเลย") if row[1] == "รวมได้ตามผลงาน")
    assert total[2:4] == ["", ""]


@pytest.mark.parametrize(
    ("pack_id", "said", "unsaid"),
    [
        ("qof-2557", "วงเงินเมื่อได้คะแนนเต็ม", ""),
        ("qof-2560", "วงเงินเมื่อได้คะแนนเต็ม", ""),
        ("nhso-2552", "วงเงิน", "วงเงินเมื่อได้คะแนนเต็ม"),
    ],
)
def test_only_a_price_list_has_a_pot_at_full_marks(
    pack_id: str, said: str, unsaid: str, kept: dict[str, SchemeRun], tmp_path: Path
) -> None:
    write_workbook(kept[pack_id], tmp_path / "w.xlsx")
    text = all_text(tmp_path / "w.xlsx")
    assert said in text
    assert not unsaid or unsaid not in text


def test_approved_adjustments_are_paid_and_pending_ones_are_listed(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    write_workbook(kept["qof-2557"], tmp_path / "w.xlsx")
    rows = read_rows(tmp_path / "w.xlsx", "การปรับยอด")
    approved = find_row(rows, BEST)
    assert [*approved[2:4], satang(approved[4])] == ["2.6", "อุทธรณ์", 1_250_50]
    assert approved[7:] == ["15 เม.ย. 2557", "สมหญิง", "1 พ.ค. 2557"]
    waiting = next(n for n, row in enumerate(rows) if str(row[0]).startswith("รออนุมัติ"))
    assert satang(rows[waiting + 1][4]) == -300_00
    write_notices(kept["qof-2557"], tmp_path / "n.xlsx")
    text = all_text(tmp_path / "n.xlsx")
    assert "ปรับยอดที่อนุมัติแล้ว 1 รายการ (ส่งแฟ้มช้าเพราะระบบขัดข้อง)" in text
    assert "ปรับยอดหรืออุทธรณ์ที่รออนุมัติ 1 รายการ รวม −300.00 บาท ยังไม่รวมในยอดนี้" in text


def test_money_runs_from_earned_to_paid_in_one_line(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    """Earned + adjusted - advanced = net; less 1,000 and 2,000.25 owed of two years before = paid."""
    write_workbook(kept["qof-2557"], tmp_path / "w.xlsx")
    row = find_row(read_rows(tmp_path / "w.xlsx", "การจ่ายเงิน"), BEST)
    earned, adjusted, advance, net, carried, payable, receivable = (satang(cell) for cell in row[8:15])
    assert earned + adjusted - advance == net > 0
    assert (adjusted, carried, payable, receivable) == (1_250_50, 3_000_25, net - 3_000_25, 0)


def test_where_nothing_is_approved_the_sheet_says_so(kept: dict[str, SchemeRun], tmp_path: Path) -> None:
    write_workbook(kept["uk-qof"], tmp_path / "w.xlsx")
    rows = read_rows(tmp_path / "w.xlsx", "การปรับยอด")
    approved = next(n for n, row in enumerate(rows) if str(row[0]).startswith("อนุมัติแล้ว"))
    assert rows[approved + 1][0] == "ไม่มี"
    assert "ปรับยอดและอุทธรณ์ที่รออนุมัติ 1 รายการ รวม 10.00 ปอนด์ ยังไม่รวมในยอด" in all_text(tmp_path / "w.xlsx")


def test_a_run_of_several_provinces_is_summed_by_province(tmp_path: Path) -> None:
    """Near is in Loei (42), far is moved to Nong Khai (43); one more unit of Loei has nobody counted."""
    third = replace(PAYEES[0], org="90003", people={"uc": 10_000})
    write_workbook(make_run(payees=[PAYEES[0], replace(PAYEES[1], district_code="4301"), third]), tmp_path / "w.xlsx")
    rows = read_rows(tmp_path / "w.xlsx", "การจ่ายเงิน")
    loei, nong_khai = (next(row for row in rows if row[1] == name) for name in ("เลย", "หนองคาย"))
    assert [loei[0], loei[2], nong_khai[0], nong_khai[2]] == ["2 แห่ง", 110_000, "1 แห่ง", 50_000]
    assert satang(loei[9]) == 28_13 * 110_000


def test_a_region_of_many_units_shows_the_dearest_and_sums_the_others(tmp_path: Path) -> None:
    """25 units that lose 1 to 25 times as much: twenty are named, five are summed."""
    units = [replace(PAYEES[0], org=f"{80_000 + n}", people={"uc": 1_000 * n}) for n in range(1, 26)]
    write_workbook(make_run(payees=units, counts={}), tmp_path / "w.xlsx")
    rows = read_rows(tmp_path / "w.xlsx", "สรุป")
    named = [str(row[0]) for row in rows if str(row[0]).startswith("800")]
    assert named == [str(80_000 + n) for n in range(25, 5, -1)]
    performance = 54_10 - 11_61  # items without bands are nobody's loss
    others = find_row(rows, "อีก 5 แห่ง")
    assert satang(others[3]) == performance * 1_000 * (1 + 2 + 3 + 4 + 5)
