"""The sheets of money: what every unit earned by domain, the advance, the net; what rests on assumptions; what stays
undistributed and why. Every column adds up to the line of the whole run.
"""

from collections.abc import Sequence

from samrit.reports.book import Book, Cell, Sheet, baht
from samrit.reports.figures import Figures, full_points
from samrit.reports.words import REASON_EN, REASON_TH, REASONS, SELDOM

ENDS = ("จ่ายเพิ่ม", "ลูกหนี้", "พอดี")


def write_payments(book: Book, figures: Figures) -> None:
    """The sheets การจ่ายเงิน and วงเงินและค่าสมมติ, a page each."""
    domains = figures.run.pack.scheme.domains
    extra = 105 if figures.has("excellence") else None
    widths = [62, 126, 90, 66, *[104] * len(domains), 112, 112, 112, 112, 84, *([extra] if extra else [])]
    sheet = book.sheet("การจ่ายเงิน", widths)
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"การจ่ายเงินรายหน่วยบริการประจำ {figures.place_th} (บาท)", "title")
    row = _write_net(sheet, figures, 2)
    _write_domains(sheet, figures, row + 1)
    sheet.page.freeze_panes(4, 2)
    sheet.page.autofilter(3, 0, 3 + len(figures.payees), len(widths) - 1)
    sheet.page.repeat_rows(2, 3)
    _write_ceiling(book, figures)


def end_th(net: int) -> str:
    """How a unit ends: money comes, money is owed, or neither."""
    return ENDS[0] if net > 0 else ENDS[1] if net < 0 else ENDS[2]


def _write_net(sheet: Sheet, figures: Figures, row: int) -> int:
    domains = figures.run.pack.scheme.domains
    mark = "ม" if figures.has("of_which.assumed") else "ค"
    extra = figures.has("excellence")
    thai = ["รหัส", "หน่วยบริการประจำ", "ประชากร UC", "คะแนน", *(f"ด้านที่ {d.no}" for d in domains)]
    thai += [f"รวมได้\nตามผลงาน ({mark})", "หัก จ่าย\nล่วงหน้าแล้ว", f"สุทธิ ({mark})", "ลูกหนี้\n(ต้องคืน)", "ผล"]
    english = ["code", "contracting unit", "UC people", "points", *(f"domain {d.no}" for d in domains)]
    english += ["earned", "advance", "net", "receivable", ""]
    if extra:
        thai, english = [*thai, "excellence\n(จ่ายต่างหาก)"], [*english, "excellence"]
    sheet.head(row, thai, english, right=[c for c, text in enumerate(thai) if c > 1 and text != "ผล"])
    row += 2
    money, names = ("money",), ("earned", "advance", "net", "receivable")
    styles: list[tuple[str, ...]] = [(), (), ("count",), ("points",), *[money] * (len(domains) + 4), ("after",)]
    styles += [money] if extra else []
    bottom = len(domains) + 6
    for payee in figures.payees:
        org = payee.org
        cells: list[Cell] = [org, payee.name_th, payee.population, figures.points(org)]
        cells += [baht(figures.earned(org, d.no)) for d in domains]
        cells += [baht(figures.amount(org, name)) for name in names]
        net = figures.amount(org, "net")
        cells += [end_th(net), *([baht(figures.amount(org, "excellence"))] if extra else [])]
        sheet.put_row(row, cells, styles, "row")
        if net < 0:
            sheet.put(row, bottom, baht(net), "money", "row", "owes")
            sheet.put(row, bottom + 2, end_th(net), "after", "row", "owes")
        row += 1
    cells = [f"รวม {len(figures.payees)} แห่ง", "", figures.people, None]
    cells += [baht(sum(figures.earned(p.org, d.no) for p in figures.payees)) for d in domains]
    cells += [baht(figures.total(name)) for name in names]
    cells += ["", *([baht(figures.total("excellence"))] if extra else [])]
    sheet.put_row(row, cells, styles, "total")
    return row + 1


def _write_domains(sheet: Sheet, figures: Figures, row: int) -> None:
    """The names behind the column heads, and what the advance and a receivable are."""
    scheme = figures.run.pack.scheme
    for domain in scheme.domains:
        sheet.put(row, 0, f"ด้านที่ {domain.no}  {domain.title.th} ({full_points(figures, domain):,f} คะแนน)", "small")
        row += 1
    said = f"จ่ายล่วงหน้าแล้ว = {figures.advance_th.replace('ต่อ', ' x ')}   สุทธิ = ได้ตามผลงาน หัก จ่ายล่วงหน้าแล้ว"
    said += "   ลูกหนี้ = ได้ตามผลงานน้อยกว่าที่จ่ายล่วงหน้า หักจากงวดถัดไป"
    if figures.has("forgiven"):
        said += f"   ส่วนที่ไม่เรียกคืนรวม {baht(figures.total('forgiven')):,.2f} บาท"
    sheet.put(row, 0, said, "small")


def _write_ceiling(book: Book, figures: Figures) -> None:
    """With and without what is assumed; the ceiling and why the rest of it stays undistributed."""
    by_unit = figures.has("ceiling")
    reasons = shown_reasons(figures)
    widths = (62, 120, 80, 66, *[108] * (5 + len(reasons) if by_unit else 4))
    sheet = book.sheet("วงเงินและค่าสมมติ", widths)
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"เงินที่อิงค่าสมมติ และเงินที่ยังไม่จัดสรร {figures.place_th} (บาท)", "title")
    thai = ["รหัส", "หน่วยบริการประจำ", "ประชากร UC", "คะแนน", "รวมได้\nตามผลงาน", "ในนี้\nอิงค่าสมมติ"]
    thai += ["ได้โดยไม่นับ\nค่าสมมติ", "สุทธิโดยไม่นับ\nค่าสมมติ"]
    english = [
        "code",
        "contracting unit",
        "UC people",
        "points",
        "earned",
        "of which assumed",
        "without",
        "net without",
    ]
    if by_unit:
        thai += ["วงเงิน\nเมื่อคะแนนเต็ม", *(f"ยังไม่จัดสรร:\n{REASON_TH[why]}" for why in reasons)]
        english += ["ceiling", *(REASON_EN[why] for why in reasons)]
    sheet.head(2, thai, english, right=range(2, len(thai)))
    sheet.page.freeze_panes(4, 2)
    sheet.page.repeat_rows(2, 3)
    sheet.page.autofilter(3, 0, 3 + len(figures.payees), len(widths) - 1)
    row = 4
    styles: list[tuple[str, ...]] = [(), (), ("count",), ("points",), *[("money",)] * (len(thai) - 4)]
    for payee in figures.payees:
        cells: list[Cell] = [payee.org, payee.name_th, payee.population, figures.points(payee.org)]
        sheet.put_row(row, [*cells, *_ceiling_cells(figures, payee.org, by_unit)], styles, "row")
        row += 1
    whole = _ceiling_cells(figures, figures.run.whole, by_unit)
    sheet.put_row(row, [f"รวม {len(figures.payees)} แห่ง", "", figures.people, None, *whole], styles, "total")
    said = "ตรวจยอด: วงเงิน − ได้ตามผลงาน − ยังไม่จัดสรร ="
    difference = figures.total("pot") - figures.total("earned") - figures.total("undistributed")
    sheet.put(row + 2, 0, said, "note")
    sheet.put(row + 2, 4, baht(difference), "money", "bold")


def shown_reasons(figures: Figures) -> tuple[str, ...]:
    """The reasons that the sheet of what is undistributed shows: the usual ones, and seldom ones that are there."""
    return (*REASONS, *(why for why in SELDOM if figures.has(f"of_which.{why}")))


def _ceiling_cells(figures: Figures, org: str, by_unit: bool) -> Sequence[Cell]:
    earned, assumed = figures.amount(org, "earned"), figures.amount(org, "of_which.assumed")
    sure = earned - assumed
    cells = [earned, assumed, sure, sure - figures.amount(org, "advance")]
    if by_unit:
        cells.append(figures.amount(org, "pot" if org == figures.run.whole else "ceiling"))
        cells += [figures.amount(org, f"of_which.{why}") for why in shown_reasons(figures)]
    return [baht(amount) for amount in cells]
