"""The instalment register: who is paid how much on which day, what was due before and what is left, to be signed.

The instalments are those of the run (instalments.csv), so the register, the notices and the transfer file agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.reference import format_day_th, parse_day
from samrit.reports.book import Book, Cell, Sheet, baht
from samrit.reports.figures import Figures
from samrit.reports.status import status_th
from samrit.reports.words import STANDING_TH, money_th
from samrit.schemes import Payee
from samrit.schemes.authoring.pools import Payment

OF_TH = {"advance": "จ่ายล่วงหน้า", "net": "จ่ายตามผลงาน", "support": "เงินสนับสนุน"}
SUMMARY_WIDTHS = (50, 360, 150, 90, 150, 150, 210)
WIDTHS = (62, 150, 125, 125, 125, 130, 145, 145)
STYLES = ((), (), ("money", "bold"), ("money",), ("money",), ("after",), (), ())
KEPT_TOGETHER = 12
"""So many units fit below each other on a page; more start a page of their own for every payment."""


@dataclass(frozen=True)
class Due:
    """One instalment of one unit: satang now, due before it and after it in the same run."""

    payee: Payee
    payment: Payment
    number: int
    due: str
    amount: int
    before: int
    after: int

    @property
    def said(self) -> str:
        """The payment in words, with its number where there are several."""
        of = f" (งวดที่ {self.number} จาก {self.payment.months})" if self.payment.months > 1 else ""
        return f"{self.payment.title.th}{of}"


def dues_of(figures: Figures) -> tuple[Due, ...]:
    """The instalments of a run, by day, payment and unit."""
    payments = figures.run.pack.scheme.calendar.payments
    places = {payment.id: place for place, payment in enumerate(payments)}
    units = {payee.org: place for place, payee in enumerate(figures.payees)}
    rows: list[tuple[str, int, int, int, int]] = []
    for line in figures.run.evaluation.instalments:
        name, _, text = line.payment.partition(".")
        rows.append((line.due, places[name], int(text or 1), units[line.org], line.amount))
    rows.sort()
    rest = [0] * len(units)
    for row in rows:
        rest[row[3]] += row[4]
    before = [0] * len(units)
    made = []
    for due, place, number, unit, amount in rows:
        rest[unit] -= amount
        made.append(Due(figures.payees[unit], payments[place], number, due, amount, before[unit], rest[unit]))
        before[unit] += amount
    return tuple(made)


def payments_of_unit(figures: Figures, org: str) -> list[tuple[str, str, int]]:
    """What a unit is paid: the payment, its day in words, satang; monthly instalments of one payment in one line."""
    found: dict[str, list[tuple[str, int]]] = {}
    for line in figures.run.evaluation.instalments:
        if line.org == org:
            found.setdefault(line.payment.partition(".")[0], []).append((line.due, line.amount))
    made = []
    for payment in figures.run.pack.scheme.calendar.payments:
        if payment.id not in found:
            continue
        days = [due for due, _ in found[payment.id]]
        when = _day_th(days[0]) + (f" - {_day_th(days[-1])}" if len(days) > 1 else "")
        said = payment.title.th + (f" {len(days)} งวด" if len(days) > 1 else "")
        made.append((said, when, sum(amount for _, amount in found[payment.id])))
    return made


def write_instalments(book: Book, figures: Figures) -> None:
    """The sheets สรุปงวดเงิน and ทะเบียนงวดเงิน."""
    rounds: dict[tuple[str, str, int], list[Due]] = {}
    for due in dues_of(figures):
        rounds.setdefault((due.due, due.payment.id, due.number), []).append(due)
    _write_summary(book, figures, list(rounds.values()))
    if rounds:
        _write_register(book, figures, list(rounds.values()))


def _write_summary(book: Book, figures: Figures, rounds: Sequence[Sequence[Due]]) -> None:
    sheet = book.sheet("สรุปงวดเงิน", SUMMARY_WIDTHS)
    _write_title(sheet, figures, "สรุปงวดเงิน")
    money = money_th(figures.run.pack)
    thai = ["งวด", "รายการจ่าย", "ประเภท", "หน่วย", "กำหนดจ่าย", f"จำนวนเงิน ({money})", "ที่มาของกำหนดจ่าย"]
    sheet.head(3, thai, ["no.", "payment", "kind", "units", "due", "amount", "standing of the day"], right=(3, 5))
    styles = [("center",), (), (), ("count",), ("after",), ("money", "bold"), ("after",)]
    row = 5
    for number, dues in enumerate(rounds, 1):
        of = dues[0]
        cells: list[Cell] = [str(number), of.said, OF_TH[of.payment.of], len(dues), _day_th(of.due)]
        cells += [baht(sum(due.amount for due in dues)), STANDING_TH[of.payment.standing]]
        sheet.put_row(row, cells, styles, "row")
        row += 1
    whole = sum(due.amount for dues in rounds for due in dues)
    sheet.put_row(row, ["", f"รวม {len(rounds)} งวด", "", None, "", baht(whole), ""], styles, "total")
    row += 2
    said = ["จ่ายตามผลงาน = สุทธิส่วนที่เป็นบวก หลังหักลูกหนี้งวดก่อน หน่วยที่เป็นลูกหนี้จึงไม่มีงวดจ่ายตามผลงาน"]
    if not rounds:
        said = ["กติกานี้ไม่มีงวดเงิน หรือไม่มีหน่วยใดได้รับเงิน"]
    if figures.has("excellence"):
        said.append("เงินรางวัล excellence จ่ายต่างหาก ไม่อยู่ในทะเบียนนี้")
    if figures.frozen and figures.frozen.replaces:
        said.append(f"ผลนี้ใช้แทนผล {figures.frozen.replaces}: แฟ้มโอนเงินมีเฉพาะส่วนที่เพิ่มจากผลนั้น")
    for sentence in said:
        row = sheet.say(row, sentence, "note")


def _write_register(book: Book, figures: Figures, rounds: Sequence[Sequence[Due]]) -> None:
    sheet = book.sheet("ทะเบียนงวดเงิน", WIDTHS)
    _write_title(sheet, figures, "ทะเบียนงวดเงิน")
    thai = ["รหัส", figures.payee_th, f"งวดนี้ ({money_th(figures.run.pack)})", "จ่ายแล้ว\nก่อนงวดนี้", "คงเหลือ\nหลังงวดนี้"]
    thai += ["วันที่จ่ายจริง", "ลงชื่อผู้จ่ายเงิน", "ลงชื่อผู้รับเงิน"]
    english = ["code", "unit", "this instalment", "paid so far", "rest", "paid on", "paid by", "received by"]
    sheet.head(3, thai, english, right=(2, 3, 4))
    sheet.page.repeat_rows(3, 4)
    sheet.page.freeze_panes(5, 2)
    row, breaks = 5, []
    for number, dues in enumerate(rounds, 1):
        if number > 1 and max(len(of) for of in rounds) > KEPT_TOGETHER:
            breaks.append(row)
        said = f"งวด {number}   {dues[0].said}   กำหนดจ่าย {_day_th(dues[0].due)}"
        sheet.merge((row, row), (0, len(WIDTHS) - 1), said, "domain")
        row += 1
        for due in dues:
            money = (baht(due.amount), baht(due.before), baht(due.after))
            sheet.page.set_row(row, 26)
            sheet.put_row(row, (due.payee.org, due.payee.name_th, *money, *["." * 24] * 3), STYLES, "row")
            row += 1
        sums = [baht(sum(getattr(due, name) for due in dues)) for name in ("amount", "before", "after")]
        sheet.put_row(row, [f"รวม {len(dues)} แห่ง", "", *sums, "", "", ""], STYLES, "total")
        row += 2
    sheet.page.set_h_pagebreaks(breaks)


def _write_title(sheet: Sheet, figures: Figures, title: str) -> None:
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"{title} {figures.place_th}", "title")
    sheet.put(
        1, 0, f"{figures.run.pack.scheme.title.th}   {status_th(figures)}", "note" if figures.is_official else "owes"
    )


def _day_th(day: str) -> str:
    return format_day_th(parse_day(day))
