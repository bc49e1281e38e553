"""The receivable statement: what units owe, period by period: before, set off, new, after; a page for each that owes.

The lines are the ledger of the run (ledger.csv).
"""

from collections.abc import Iterable, Mapping, Sequence

from samrit.reference import format_period_th
from samrit.reports.book import Book, Cell, Sheet, baht, say_baht
from samrit.reports.figures import Figures
from samrit.reports.letter import close_letter, open_letter, say_amount
from samrit.reports.status import status_th
from samrit.reports.table import Column, Content, Units, write_units
from samrit.reports.words import NETTING_TH, money_th, since_th
from samrit.schemes import Payee
from samrit.schemes.paying import LedgerLine

WIDTHS = (50, 190, 112, 112, 112, 124)
PARTS = ("opening", "set_off", "new", "closing")
PARTS_TH = ("ยกมา", "หักกลบ\nครั้งนี้", "เกิดใหม่\nครั้งนี้", "คงเหลือ")
PARTS_EN = ("opening", "set off", "new", "closing")


def ledger_of(figures: Figures) -> dict[str, tuple[LedgerLine, ...]]:
    """Unit -> its lines, oldest first, in the order of districts; units that never owed are absent."""
    lines = figures.run.evaluation.ledger
    found = {payee.org: tuple(line for line in lines if line.org == payee.org) for payee in figures.payees}
    return {org: of_unit for org, of_unit in found.items() if of_unit}


def write_receivables(book: Book, figures: Figures, names: Mapping[str, str]) -> None:
    """The sheet สรุปลูกหนี้, and a statement for every unit that still owes. names: code -> Thai name of a facility."""
    ledger = ledger_of(figures)
    units = tuple(payee for payee in figures.payees if payee.org in ledger)
    _write_summary(book, figures, ledger, units)
    for payee in units:
        if total(ledger[payee.org], "closing"):
            _write_statement(book, figures, payee, ledger[payee.org], names)


def total(lines: Iterable[LedgerLine], part: str) -> int:
    """Satang of one part of some lines."""
    return sum(getattr(line, part) for line in lines)


def _write_summary(book: Book, figures: Figures, ledger: Mapping[str, Sequence[LedgerLine]], units: Units) -> None:
    money = money_th(figures.run.pack)
    columns = [
        Column(th, en, 140, "money", _part(ledger, name))
        for name, th, en in zip(PARTS, PARTS_TH, PARTS_EN, strict=True)
    ]
    columns.append(Column("ตั้งแต่", "since", 260, "after", _since(ledger)))
    owing = sum(1 for payee in units if total(ledger[payee.org], "closing"))
    above = f"{figures.run.pack.scheme.title.th}   {status_th(figures)}"
    title = f"สรุปลูกหนี้ {figures.place_th} ({money})"
    sheet, row = write_units(book, figures, "สรุปลูกหนี้", title, columns, units, above)
    said = f"ลูกหนี้คงเหลือ {owing} แห่ง จากทั้งหมด {len(figures.payees)} แห่ง" if owing else "ไม่มีหน่วยใดเป็นลูกหนี้"
    netting = NETTING_TH[figures.run.pack.scheme.money.netting.value]
    sheet.put(row, 0, f"{said}   {netting}   คงเหลือ = ยกมา หัก หักกลบครั้งนี้ รวมกับ เกิดใหม่ครั้งนี้", "small")


def _part(ledger: Mapping[str, Sequence[LedgerLine]], name: str) -> Content:
    return lambda units: baht(sum(total(ledger[p.org], name) for p in units))


def _since(ledger: Mapping[str, Sequence[LedgerLine]]) -> Content:
    return lambda of: ", ".join(since_th(line.since) for line in ledger[of[0].org]) if len(of) == 1 else ""


def _write_statement(
    book: Book, figures: Figures, payee: Payee, lines: Sequence[LedgerLine], names: Mapping[str, str]
) -> None:
    sheet, row = open_letter(book, figures, payee, WIDTHS, "ใบแจ้งยอดลูกหนี้", "แจ้งยอดลูกหนี้", names)
    said = f"        ตามผลงานช่วง {format_period_th(figures.run.period)} {figures.payee_th}นี้มียอดลูกหนี้ดังนี้"
    row = sheet.say(row, said, "letter", size=16) + 1
    row = _write_lines(sheet, figures, lines, row)
    owed = total(lines, "closing")
    row = sheet.say(row + 1, f"ยอดลูกหนี้คงเหลือ {say_amount(figures, owed)}", "letter", "bold", size=16)
    sheet.put(row + 1, 0, "ที่มาและการชำระ", "section")
    row += 2
    for sentence in _reasons(figures, payee, lines):
        row = sheet.say(row, f"•  {sentence}")
    close_letter(sheet, figures, row + 1, both=True)


def _write_lines(sheet: Sheet, figures: Figures, lines: Sequence[LedgerLine], row: int) -> int:
    money = money_th(figures.run.pack)
    thai = ("ที่", f"ลูกหนี้ของ ({money})", *PARTS_TH)
    sheet.head(row, thai, ("no.", "period", *PARTS_EN), right=range(2, 6))
    row += 2
    styles = [("center",), (), *[("money",)] * 3, ("money", "bold")]
    for number, line in enumerate(lines, 1):
        cells: list[Cell] = [str(number), since_th(line.since), *(baht(getattr(line, part)) for part in PARTS)]
        sheet.put_row(row, cells, styles, "row")
        row += 1
    sums = [baht(total(lines, part)) for part in PARTS]
    sheet.put_row(row, ["", "รวม", *sums], styles, "total")
    return row + 1


def _reasons(figures: Figures, payee: Payee, lines: Sequence[LedgerLine]) -> list[str]:
    """How this run changed what the unit owes, and how it is paid back."""
    money, org = money_th(figures.run.pack), payee.org
    said = []
    if total(lines, "new"):
        parts = [f"ได้ตามผลงาน {say_baht(figures.amount(org, 'earned'))}"]
        if figures.amount(org, "adjustment"):
            parts.append(f"รวมกับ ปรับยอดที่อนุมัติแล้ว {say_baht(figures.amount(org, 'adjustment'))}")
        parts.append(f"หัก จ่ายล่วงหน้าแล้ว {say_baht(figures.amount(org, 'advance'))}")
        said.append(f"{' '.join(parts)} สุทธิ {say_baht(figures.amount(org, 'net'))} {money} ส่วนที่ขาดเป็นลูกหนี้ใหม่")
    if total(lines, "set_off"):
        before = say_baht(figures.amount(org, "net"))
        said.append(f"สุทธิครั้งนี้ {before} {money} หักกลบลูกหนี้เดิมแล้ว {say_baht(total(lines, 'set_off'))} {money}")
    said.append("ยอดคงเหลือหักจากเงินที่หน่วยบริการจะได้รับในงวดถัดไป เริ่มจากลูกหนี้ที่เก่าที่สุด")
    return said
