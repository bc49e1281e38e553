"""The workbook says what the run says: every number is compared with the lines of the run or with a sum by hand."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from reports.building import (
    COUNTS,
    FAR,
    NEAR,
    PAYEES,
    RUN_ID,
    all_text,
    find_row,
    make_run,
    pack_with,
    read_rows,
    satang,
)
from samrit.problems import problem
from samrit.reference import Period, Span
from samrit.reports import ReportsError, write_workbook
from samrit.reports.trend import SPANS
from samrit.results import Frozen
from samrit.schemes import Counted, Payee, SchemeRun, Standing, TrendLine, Winner
from samrit.schemes.paying import PaymentLines

REGION = 4_335_091


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    write_workbook(make_run(), path)
    return path


def written(run: SchemeRun, folder: Path) -> Path:
    path = folder / "other.xlsx"
    write_workbook(run, path)
    return path


def test_payments_are_those_of_the_run_to_the_satang(book: Path) -> None:
    rows, evaluation = read_rows(book, "การจ่ายเงิน"), make_run().evaluation
    for org, first in ((NEAR, NEAR), (FAR, FAR), ("42", "รวม")):
        row = find_row(rows, first)
        names = ("earned", "advance", "net", "receivable")
        assert [satang(cell) for cell in row[8:12]] == [evaluation.amount(org, name) for name in names]


def test_payments_are_those_worked_out_by_hand(book: Path) -> None:
    """Near: 1.1 in full 4.33 and 3.1 at 4/5 of 3.25 baht; far: 1.1 at 1/5; the advance is 28.13 baht."""
    rows = read_rows(book, "การจ่ายเงิน")
    near = 4_33 * 100_000 + 3_25 * 100_000 * 4 // 5
    far = 4_33 * 50_000 // 5
    assert satang(find_row(rows, NEAR)[8]) == near
    assert [satang(cell) for cell in find_row(rows, FAR)[8:12]] == [
        far, 28_13 * 50_000, far - 28_13 * 50_000, 28_13 * 50_000 - far
    ]  # fmt: skip
    assert find_row(rows, NEAR)[2:4] == [100_000, 80 + 48]


def test_domains_add_up_to_the_earned_total_and_units_to_the_whole(book: Path) -> None:
    rows = read_rows(book, "การจ่ายเงิน")
    units, whole = [find_row(rows, NEAR), find_row(rows, FAR)], find_row(rows, "รวม")
    for row in (*units, whole):
        assert sum(satang(cell) for cell in row[4:8]) == satang(row[8])
    for column in (2, *range(4, 12)):
        assert sum(satang(row[column]) for row in units) == satang(whole[column])


def test_a_unit_that_owes_is_called_so_in_words(book: Path) -> None:
    assert find_row(read_rows(book, "การจ่ายเงิน"), FAR)[12] == "ลูกหนี้"


def test_ceiling_assumed_and_reasons_are_those_of_the_run(book: Path) -> None:
    rows, amount = read_rows(book, "วงเงินและค่าสมมติ"), make_run().evaluation.amount
    for org, first, ceiling in ((NEAR, NEAR, "ceiling"), (FAR, FAR, "ceiling"), ("42", "รวม", "pot")):
        row = [satang(cell) for cell in find_row(rows, first)[4:13]]
        earned, assumed, advance = (amount(org, name) for name in ("earned", "of_which.assumed", "advance"))
        assert row[:5] == [earned, assumed, earned - assumed, earned - assumed - advance, amount(org, ceiling)]
        reasons = ("below_full_score", "no_data", "unscored", "not_computed")
        assert row[5:] == [amount(org, f"of_which.{why}") for why in reasons]
        assert row[0] + sum(row[5:]) == row[4]


def test_matrix_holds_a_b_value_score_and_points_of_every_unit(book: Path) -> None:
    rows, run = read_rows(book, "ตาราง"), make_run()
    for item in run.pack.scheme.items:
        top = next(n for n, row in enumerate(rows) if row[0] == item.item)
        for column, payee in enumerate(PAYEES, 4):
            line = next(s for s in run.evaluation.scores if (s.org, s.item) == (payee.org, item.item))
            value, a, b, score, points = (rows[top + part][column] for part in range(5))
            known = (line.counted.a, line.counted.b, line.scored.score, line.points)
            assert [a, b, score, points] == ["" if n is None else float(n) for n in known]
            assert isinstance(value, str) if line.counted.value is None else value == float(line.counted.value)


def test_a_value_without_end_stands_with_four_places_as_in_the_scores(tmp_path: Path) -> None:
    """12 of 14 units: 85.714285... percent."""
    twelve = Counted(12, 14, Decimal(1200) / 14, Standing.TYPED_IN)
    path = written(make_run(counts={**COUNTS, ("3.2", NEAR): twelve}), tmp_path)
    assert find_row(read_rows(path, "ตาราง"), "3.2")[4] == 85.7143


def test_matrix_tells_the_kinds_of_nothing_apart(book: Path) -> None:
    rows = read_rows(book, "ตาราง")
    assert find_row(rows, "1.2")[4:6] == ["ไม่มีกลุ่มเป้าหมาย (B = 0)", "ไม่มีผลงานที่รายงาน"]
    assert find_row(rows, "4.2")[4] == "ยังไม่กรอก"


def test_matrix_sums_units_and_never_averages(book: Path) -> None:
    """1.1: (85 + 64) / (100 + 100) = 74.5 percent."""
    rows = read_rows(book, "ตาราง")
    top = next(n for n, row in enumerate(rows) if row[0] == "1.1")
    assert [rows[top + part][3] for part in range(3)] == [74.5, 149, 200]


def test_points_of_domains_and_of_all_stand_below_the_items(book: Path) -> None:
    rows = read_rows(book, "ตาราง")
    assert find_row(rows, "รวมด้านที่ 1")[4:6] == [80, 16]
    assert find_row(rows, "รวมด้านที่ 3")[4:6] == [48, 0]
    assert find_row(rows, "คะแนนรวมทุกด้าน (เต็ม 1,000)")[4:6] == [128, 16]


def format_of(path: Path, sheet: int, cell: str) -> str:
    """The number format of a cell of the n-th sheet."""
    with zipfile.ZipFile(path) as files:
        styles = files.read("xl/styles.xml").decode()
        page = files.read(f"xl/worksheets/sheet{sheet}.xml").decode()
    found = re.search(rf'<c r="{cell}" s="([0-9]+)"', page)
    assert found is not None
    used = re.findall(r'<xf numFmtId="([0-9]+)"', styles[styles.index("<cellXfs") :])[int(found[1])]
    named = dict(re.findall(r'<numFmt numFmtId="([0-9]+)" formatCode="([^"]*)"', styles))
    return named.get(used, "")


def test_a_sign_stands_before_the_value_so_that_grey_print_tells_the_same(tmp_path: Path) -> None:
    """Item 1.1 at the near unit is in E5 of the second sheet: scores 5, 4, 3, 2 and 1, then a value without bands."""
    for value, sign in ((80, "●"), (75, "●"), (70, "△"), (69, "■"), (0, "■")):
        counts = {**COUNTS, ("1.1", NEAR): Counted(value, 100, Decimal(value))}
        assert format_of(written(make_run(counts=counts), tmp_path), 2, "E5").startswith(f"&quot;{sign}&quot;")
    rows = read_rows(tmp_path / "other.xlsx", "ตาราง")
    unscored = next(n for n, row in enumerate(rows, start=1) if row[0] == "2.2")
    assert "&quot;" not in format_of(tmp_path / "other.xlsx", 2, f"E{unscored}")


def test_facilities_add_up_to_their_unit_and_others_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(make_run(), path, {"90101": "รพ.สต.ทดสอบ"})
    rows = [row for row in read_rows(path, "หน่วยบริการ")[4:] if row[0]]
    assert [(row[0], row[2], row[4], *row[6:]) for row in rows] == [
        (NEAR, "90001", "1.1", 50, 60, 83.3333),
        (NEAR, "90101", "1.1", 35, 40, 87.5),
        (FAR, "90102", "1.1", 64, 100, 64),
    ]
    assert [row[3] for row in rows] == ["", "รพ.สต.ทดสอบ", ""]


def test_what_is_missing_or_assumed_stands_with_its_money(book: Path) -> None:
    rows, amount = read_rows(book, "สิ่งที่ขาดหรือสมมติ"), make_run().evaluation.amount
    parts = [n for n, row in enumerate(rows) if str(row[0]).startswith(("ยังไม่ได้เงิน", "ได้เงินแล้ว"))]
    sums = [satang(find_row(rows, "รวม", after=start)[4]) for start in parts]
    missing = sum(amount("42", f"of_which.{why}") for why in ("no_data", "unscored", "not_computed"))
    assert sums == [missing, amount("42", "of_which.assumed"), amount(NEAR, "earned.3.1")]
    said = {(row[0], row[2]): row[3:5] for row in rows[4 : parts[1]]}
    assert said["2.2", "ยังไม่มีเกณฑ์"] == ["ทุกหน่วย (2 แห่ง)", 2.43 * 150_000]
    assert said["1.2", "ไม่มีกลุ่มเป้าหมาย (B = 0)"] == ["เมืองใกล้", 4.33 * 100_000]
    assert said["1.2", "ไม่มีผลงานที่รายงาน"] == ["เมืองไกล", 4.33 * 50_000]
    assert said["3.1", "ยังไม่กรอก"] == ["เมืองไกล", 3.25 * 50_000]
    assert [(row[0], row[3]) for row in rows[parts[2] + 1 :] if row[3]] == [("3.1", "เมืองใกล้")]
    assert len(rows) == parts[2] + 3


def test_an_item_without_a_way_to_count_says_so(tmp_path: Path) -> None:
    pack = pack_with()
    items = tuple(
        i.model_copy(update={"measure": "of_the_future"}) if i.item == "4.6" else i for i in pack.scheme.items
    )
    pack = replace(pack, scheme=pack.scheme.model_copy(update={"items": items}))
    path = written(make_run(pack), tmp_path)
    assert find_row(read_rows(path, "ตาราง"), "4.6")[4] == "ยังไม่คำนวณ"
    assert satang(find_row(read_rows(path, "วงเงินและค่าสมมติ"), NEAR)[12]) == 1_08 * 100_000


def test_the_summary_names_the_unit_and_the_items_that_lose_most(book: Path) -> None:
    """Near misses nothing of 1.1; its dearest loss is 1.2 (4.33 baht x 100,000), as dear as 1.3."""
    rows = read_rows(book, "สรุป")
    texts = [str(row[0]) for row in rows]
    assert any("มากที่สุดที่เมืองใกล้" in text for text in texts)
    units = [row[0] for row in rows if row[0] in {NEAR, FAR}]
    assert units[:2] == [NEAR, FAR]
    near = find_row(rows, NEAR)
    assert near[5:7] == ["1.2   433,000.00", "1.3   433,000.00"]
    dearest = next(t for t in texts if "ข้อที่เสียเงินมากที่สุด" in t)
    assert dearest.index("1.2 ") < dearest.index("1.3 ")
    assert "649,500.00" in dearest


def test_units_are_ordered_by_what_they_lose_and_not_by_district(tmp_path: Path) -> None:
    """The second district has ten times the people of the first."""
    payees = [PAYEES[0], replace(PAYEES[1], people={"uc": 1_000_000})]
    rows = read_rows(written(make_run(payees=payees), tmp_path), "สรุป")
    assert [row[0] for row in rows if row[0] in {NEAR, FAR}] == [FAR, NEAR]


def test_the_summary_counts_only_what_performance_can_win_back(book: Path) -> None:
    amount = make_run().evaluation.amount
    own = sum(amount("42", f"of_which.{why}") for why in ("below_full_score", "no_data"))
    assert satang(find_row(read_rows(book, "สรุป"), "รวม 2 แห่ง")[3]) == own


def test_a_run_before_the_end_of_the_period_calls_itself_a_draft(book: Path, tmp_path: Path) -> None:
    assert "ร่างก่อนปิดงวด: ผลงาน 11 จาก 12 เดือน" in all_text(book)
    whole = written(make_run(period=Period.parse("2013-04-01..2014-03-31")), tmp_path)
    assert "ร่างก่อนปิดงวด" not in all_text(whole)
    assert "ร่าง ยังไม่รับรอง: ผลงานครบ 12 เดือน" in all_text(whole)


def test_a_frozen_run_is_no_draft_and_says_who_froze_it_when_and_why(tmp_path: Path) -> None:
    """Frozen at 01:30 in Thailand on 2 June 2014, which is 2557 there."""
    frozen = Frozen(RUN_ID, "qof-2557", "2014-06-02T01:30:00+07:00", "สมหญิง", "มติคณะกรรมการ 3/2557", "ab", "qof-2557")
    path = tmp_path / "frozen.xlsx"
    write_workbook(make_run(period=Period.parse("2013-04-01..2014-03-31")), path, frozen=frozen)
    text = all_text(path)
    assert "ร่าง" not in text
    assert "รับรองแล้วเมื่อ 2 มิ.ย. 2557: ผลงานครบ 12 เดือน" in text
    assert "รับรองเมื่อ 2 มิ.ย. 2557 โดย สมหญิง   เหตุผล: มติคณะกรรมการ 3/2557" in text


def test_notes_name_the_run_its_inputs_and_its_warnings(tmp_path: Path) -> None:
    inputs = {"entries": {"file": "entries.csv", "sha256": "ab" * 32, "day": "2014-03-05"}}
    warning = problem("schemes.run.register_young", days=104, newest=date(2014, 6, 12), newest_th="12 มิ.ย. 2557")
    text = all_text(written(make_run(inputs=inputs, warnings=(warning,)), tmp_path))
    for said in (RUN_ID, "fedcba9876543210", "0.1.0+abc", make_run().pack.hash, "ab" * 32, "5 มี.ค. 2557", warning.th):
        assert said in text


def test_notes_show_printed_pots_beside_what_the_printed_rates_give(book: Path) -> None:
    """C1 (qof-2557 section 1): 54.65 x 4,335,091 = 236,912,723.15, so 25,699.85 baht less than printed."""
    rows = read_rows(book, "หมายเหตุ")
    total, parts = [row for row in rows if row[0] == "งบ QOF ทั้งหมด"]
    assert [satang(cell) for cell in total[2:5]] == [236_938_423_00, 236_912_723_15, 25_699_85]
    assert [satang(cell) for cell in parts[2:5]] == [236_938_423_00, 236_938_423_00, 0]
    assert [satang(cell) for cell in find_row(rows, "จ่ายล่วงหน้าพร้อม")[2:5]] == [121_946_110_00, 121_946_109_83, 17]


def test_notes_show_the_budget_of_the_district_table_beside_the_ceiling(book: Path) -> None:
    """C2: 54.65 against 54.10 baht for 150,000 people."""
    row = find_row(read_rows(book, "หมายเหตุ"), "งบตามตารางอำเภอ")
    assert [satang(cell) for cell in row[2:5]] == [54_65 * 150_000, 54_10 * 150_000, 55 * 150_000]


def test_every_check_of_the_notes_ends_in_zero(book: Path) -> None:
    """The pot, sums over units, sums over items, and the two payments of the calendar."""
    rows = read_rows(book, "หมายเหตุ")
    checks = [row for row in rows if row[5] in {"ถูกต้อง", "ไม่ตรง"}]
    assert [(row[0], row[4], row[5]) for row in checks] == [
        (name, 0.0, "ถูกต้อง")
        for name in (
            "วงเงิน", "ได้ตามผลงาน", "อิงค่าสมมติ", "ยังไม่จัดสรร", "จ่ายล่วงหน้าแล้ว", "สุทธิ", "ลูกหนี้", "ได้ตามผลงาน",
            "งวดเงินจ่ายล่วงหน้า", "งวดเงินตามผลงาน",
        )
    ]  # fmt: skip


def test_a_check_that_fails_is_not_called_right(tmp_path: Path) -> None:
    run = make_run()
    payments = PaymentLines(
        p._replace(amount=p.amount + 1) if p.component == "earned.1.1" else p for p in run.evaluation.payments
    )
    broken = replace(run, evaluation=replace(run.evaluation, payments=payments))
    rows = read_rows(written(broken, tmp_path), "หมายเหตุ")
    wrong = [row for row in rows if len(row) > 5 and row[5] == "ไม่ตรง"]
    assert [(row[1], satang(row[4])) for row in wrong] == [("บวกทุกข้อของทุกหน่วย", -2)]


def test_the_trend_stands_by_month_quarter_year_to_date_and_twelve_months(tmp_path: Path) -> None:
    """April to July: quarters end in June and, cut, in July; a value stands under the last month of its span."""
    april, july = Period.parse("2013-04-01..2013-04-30"), Period.parse("2013-07-01..2013-07-31")
    second = Period.parse("2013-04-01..2013-06-30")
    to_july = Period.parse("2013-04-01..2013-07-31")
    trend = (
        TrendLine("1.1", "all", Span.MONTH, april, 1, 4, Decimal(25)),
        TrendLine("1.1", "all", Span.MONTH, july, 3, 4, Decimal(75)),
        TrendLine("1.1", "all", Span.QUARTER, second, 6, 10, Decimal(60)),
        TrendLine("1.1", "all", Span.YEAR_TO_DATE, april, 1, 4, Decimal(25)),
        TrendLine("1.1", "all", Span.YEAR_TO_DATE, to_july, 4, 8, Decimal(50)),
        TrendLine("1.1", "all", Span.ROLLING, Period.parse("2012-07-01..2013-06-30"), 7, 10, Decimal(70)),
        TrendLine("1.1", FAR, Span.MONTH, april, 0, 0, None),
        TrendLine("1.1", FAR, Span.QUARTER, july, 0, 0, None),
    )
    rows = read_rows(written(make_run(trend=trend, period=to_july), tmp_path), "แนวโน้ม")
    none, nobody = "ไม่มีผลงานที่รายงาน", "ไม่มีกลุ่มเป้าหมาย (B = 0)"
    assert [str(cell) for cell in rows[2][4:]] == ["เม.ย. 56", "พ.ค. 56", "มิ.ย. 56", "ก.ค. 56"]
    assert rows[4][2:] == ["รวมทุกหน่วย", "รายเดือน", 25, none, none, 75]
    assert rows[5][2:] == ["รวมทุกหน่วย", "รายไตรมาส", "", "", 60, none]
    assert rows[6][2:] == ["รวมทุกหน่วย", "สะสม", 25, none, none, 50]
    assert rows[7][2:] == ["รวมทุกหน่วย", "12 เดือนย้อนหลัง", none, none, 70, none]
    assert rows[8][2:] == ["เมืองไกล", "รายเดือน", nobody, none, none, none]
    assert rows[9][2:] == ["เมืองไกล", "รายไตรมาส", "", "", none, nobody]
    assert len(rows) == 12


def test_every_span_of_the_trend_has_rows_on_the_sheet() -> None:
    assert set(SPANS) == set(Span) - {Span.YEAR}  # the year itself is the workbook


def test_points_and_their_sums_have_two_decimals_everywhere(book: Path) -> None:
    rows = read_rows(book, "ตาราง")
    places = [n for n, row in enumerate(rows, start=1) if str(row[0]).startswith(("รวมด้านที่", "คะแนนรวม"))]
    item = next(n for n, row in enumerate(rows, start=1) if row[0] == "1.1")
    for row in (*places, item, item + 4):
        assert format_of(book, 2, f"E{row}").endswith("#,##0.00")
    assert format_of(book, 2, f"D{item}").endswith("#,##0.00")


def test_a_reason_instead_of_a_value_has_room_for_its_lines(tmp_path: Path) -> None:
    """24 letters in a column of 63 pixels, as with 14 units, need three lines; a row of values is 22 points high."""
    others = [replace(PAYEES[1], org=str(code)) for code in range(90_010, 90_022)]
    counts = {**COUNTS, **{("1.1", other.org): Counted(64, 100, Decimal(64)) for other in others}}
    path = written(make_run(payees=[*PAYEES, *others], counts=counts), tmp_path)
    rows = read_rows(path, "ตาราง")
    with zipfile.ZipFile(path) as files:
        page = files.read("xl/worksheets/sheet2.xml").decode()
    for item, least, most in (("1.2", 3 * 17.5, 100), ("1.1", 21, 22)):
        row = next(n for n, cells in enumerate(rows, start=1) if cells[0] == item)
        found = re.search(rf'<row r="{row}"[^>]* ht="([0-9.]+)"', page)
        assert found is not None
        assert least <= float(found[1]) <= most


def test_no_item_is_torn_over_two_pages(book: Path) -> None:
    """Every page of the matrix starts with an item: its number stands in the row after the break."""
    rows = read_rows(book, "ตาราง")
    with zipfile.ZipFile(book) as files:
        page = files.read("xl/worksheets/sheet2.xml").decode()
    breaks = [int(found) for found in re.findall(r'<brk id="([0-9]+)" max="16383"', page)]
    starts = {item.item for item in make_run().pack.scheme.items}
    assert len(breaks) >= 3  # one before every domain but the first
    assert all(rows[row][0] in starts for row in breaks)
    assert all(later - earlier <= 36 for earlier, later in pairwise([4, *breaks]))


def test_one_term_each_for_no_report_and_for_nobody_to_count(tmp_path: Path) -> None:
    """Items 1.2 and 1.3 at the two units: the same words on every sheet, and none of the words of before."""
    trend = (TrendLine("1.2", NEAR, Span.MONTH, Period.parse("2013-04-01..2013-04-30"), 0, 0, None),)
    path = written(make_run(trend=trend), tmp_path)
    for sheet in ("สรุป", "ตาราง", "แนวโน้ม", "สิ่งที่ขาดหรือสมมติ"):
        text = "\n".join(str(cell) for row in read_rows(path, sheet) for cell in row)
        assert "ไม่มีผลงานที่รายงาน" in text, sheet
        assert text.count("B = 0") == text.count("ไม่มีกลุ่มเป้าหมาย (B = 0)") > 0, sheet
    for old in ("ไม่มีรายงาน", "ไม่มีข้อมูล"):
        assert old not in all_text(path)


def test_without_a_trend_there_is_no_sheet_of_it(book: Path) -> None:
    with zipfile.ZipFile(book) as files:
        assert "แนวโน้ม" not in files.read("xl/workbook.xml").decode()


def test_the_same_run_gives_the_same_bytes_and_no_clock(book: Path, tmp_path: Path) -> None:
    again = written(make_run(), tmp_path)
    assert again.read_bytes() == book.read_bytes()
    with zipfile.ZipFile(book) as files:
        properties = files.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in files.infolist()} == {1980}
    assert set(re.findall(r">([0-9]{4}-[0-9]{2}-[0-9]{2}T[^<]*)<", properties)) == {"2014-02-28T00:00:00Z"}


HOSTILE = ("=1+1", "http://example.org/x", "@SUM(A1)", "+1", "0123", "{=A1}", "<b>&\"'", "a[b]:*?/\\c")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_text_whatever_it_looks_like(name: str, tmp_path: Path) -> None:
    payees = [replace(PAYEES[0], name_th=name), PAYEES[1]]
    path = written(make_run(payees=payees), tmp_path)
    assert find_row(read_rows(path, "การจ่ายเงิน"), NEAR)[1] == name
    with zipfile.ZipFile(path) as files:
        sheets = "".join(files.read(f).decode() for f in files.namelist() if f.startswith("xl/worksheets/"))
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets


def test_every_sheet_prints_on_a4_with_heads_run_id_and_page_numbers(book: Path) -> None:
    with zipfile.ZipFile(book) as files:
        sheets = [files.read(f).decode() for f in files.namelist() if f.startswith("xl/worksheets/sheet")]
        names = files.read("xl/workbook.xml").decode()
    assert len(sheets) == 7
    for sheet in sheets:
        assert 'paperSize="9"' in sheet
        assert 'orientation="landscape"' in sheet
        assert 'fitToHeight="0"' in sheet
        assert f"รหัสผล {RUN_ID}" in sheet
        assert "หน้า &amp;P จาก &amp;N" in sheet
    assert names.count("_xlnm.Print_Titles") == 5


def test_a_closed_pool_is_shown_without_ceilings_and_excellence_stands_apart(tmp_path: Path) -> None:
    payees = [replace(PAYEES[0], people={"uc": 4_000_000}), replace(PAYEES[1], people={"uc": REGION - 4_000_000})]
    winners = [Winner(NEAR, "region"), Winner(FAR, "province")]
    run = make_run(pack_with(pools__qof__rule="closed_pool"), payees, whole="region:8", winners=winners)
    path = written(run, tmp_path)
    rows = read_rows(path, "การจ่ายเงิน")
    assert sum(satang(find_row(rows, org)[8]) for org in (NEAR, FAR)) == 234_569_039_00
    assert satang(find_row(rows, NEAR)[13]) == 710_815_00
    assert satang(find_row(rows, "รวม")[13]) == 710_815_00 + 1_658_569_00
    assert "วงเงิน\nเมื่อคะแนนเต็ม" not in all_text(path)
    assert "ไม่ตรง" not in all_text(path)


def test_what_is_forgiven_is_said(tmp_path: Path) -> None:
    path = written(make_run(pack_with(money__netting="floor_zero")), tmp_path)
    row = find_row(read_rows(path, "การจ่ายเงิน"), FAR)
    assert [satang(row[10]), satang(row[11]), row[12]] == [0, 0, "พอดี"]
    forgiven = 28_13 * 150_000 - 4_33 * 100_000 - 2_60 * 100_000 - 4_33 * 50_000 // 5
    assert f"ส่วนที่ไม่เรียกคืนรวม {forgiven / 100:,.2f} บาท" in all_text(path)


def test_a_unit_alone_and_a_unit_without_people_are_written_too(tmp_path: Path) -> None:
    nobody = Payee("90003", "4203", "", "", {"uc": 0})
    counts = {key: counted for key, counted in COUNTS.items() if key[1] != FAR}
    path = written(make_run(payees=[nobody], counts=counts, whole="90003"), tmp_path)
    assert find_row(read_rows(path, "การจ่ายเงิน"), "90003")[2] == 0


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ReportsError) as refused:
        write_workbook(make_run(), tmp_path / "file" / "book.xlsx")
    assert refused.value.problems[0].code == "reports.out"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
