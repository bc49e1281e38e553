"""The sheet of adjustments and appeals: those that were approved and are paid, and those that wait and are not."""

from collections.abc import Sequence

from samrit.reference import format_day_th, parse_day
from samrit.reports.book import Book, Cell, Sheet, baht
from samrit.reports.figures import Figures
from samrit.reports.words import ADJUSTMENT_TH, money_th
from samrit.schemes import Adjustment

WIDTHS = (62, 126, 50, 76, 120, 300, 110, 92, 110, 92)
STYLES = ((), (), (), (), ("money", "bold"), ("wrap", "middle", "after"), (), (), (), ())


def write_adjustments(book: Book, figures: Figures) -> None:
    """The sheet การปรับยอด; left out when the run was given none."""
    given = figures.run.inputs.adjustments
    names = {p.org: p.name_th for p in figures.payees}
    inside = [a for a in given if a.org in names]
    if not inside:
        return
    sheet = book.sheet("การปรับยอด", WIDTHS)
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"การปรับยอดและอุทธรณ์ {figures.place_th}", "title")
    sheet.put(1, 0, "เฉพาะรายการที่ผู้อื่นอนุมัติแล้วจึงรวมในยอดจ่าย ผู้บันทึกอนุมัติรายการของตนเองไม่ได้", "note")
    thai = ["รหัส", figures.payee_th, "ข้อ", "ประเภท", f"จำนวนเงิน ({money_th(figures.run.pack)})"]
    thai += ["เหตุผล", "ผู้บันทึก", "วันที่บันทึก", "ผู้อนุมัติ", "วันที่อนุมัติ"]
    english = ["code", "unit", "item", "kind", "amount", "reason", "entered by", "on", "approved by", "on"]
    sheet.head(2, thai, english, right=(4,))
    sheet.page.freeze_panes(4, 0)
    sheet.page.repeat_rows(2, 3)
    row = _write_part(sheet, 4, "อนุมัติแล้ว รวมในยอดจ่าย", [a for a in inside if a.is_approved], names)
    _write_part(sheet, row, "รออนุมัติ ยังไม่รวมในยอดจ่าย", [a for a in inside if not a.is_approved], names)


def _write_part(sheet: Sheet, row: int, title: str, given: Sequence[Adjustment], names: dict[str, str]) -> int:
    sheet.merge((row, row), (0, len(WIDTHS) - 1), title, "domain")
    row += 1
    if not given:
        sheet.put(row, 0, "ไม่มี", "note")
        return row + 2
    for a in given:
        who = (a.org, names[a.org], a.item or "-", ADJUSTMENT_TH[a.kind.value], baht(a.amount), a.reason)
        sheet.page.set_row(row, 22 * sheet.lines(a.reason, WIDTHS[5], 14))
        sheet.put_row(row, (*who, a.author, _day(a.entered_on), a.approved_by, _day(a.approved_on)), STYLES, "row")
        row += 1
    cells: list[Cell] = [f"รวม {len(given)} รายการ", *[""] * 3, baht(sum(a.amount for a in given)), *[""] * 5]
    sheet.put_row(row, cells, STYLES, "total")
    return row + 2


def _day(text: str) -> str:
    return format_day_th(parse_day(text)) if text else ""
