"""The sheets of money: what every unit earned by group, what was advanced, adjusted and set off, the net; what rests on
assumptions; what stays undistributed and why. Every column adds up to the line of the whole run.
"""

from samrit.reports.book import Book, Cell, Sheet, baht, say_baht, say_number
from samrit.reports.figures import Figures
from samrit.reports.groups import Group
from samrit.reports.table import Column, Content, Units, money_column, write_units
from samrit.reports.words import REASON_EN, REASON_TH, REASONS, SELDOM, advance_th, money_th, people_th

ENDS = ("จ่ายเพิ่ม", "ลูกหนี้", "พอดี")
DOMAIN_WIDTH, POOL_WIDTH = 104, 150


def write_payments(book: Book, figures: Figures) -> None:
    """The sheets การจ่ายเงิน and วงเงินและค่าสมมติ."""
    money = money_th(figures.run.pack)
    title = f"การจ่ายเงินราย{figures.payee_th} {figures.place_th} ({money})"
    columns = [*_first(figures), *(_group_column(figures, group) for group in figures.groups), *_settling(figures)]
    sheet, row = write_units(book, figures, "การจ่ายเงิน", title, columns, figures.payees)
    _write_words(sheet, figures, row)
    title = f"เงินที่อิงค่าสมมติ และเงินที่ยังไม่จัดสรร {figures.place_th} ({money})"
    columns = [*_first(figures), *_assumed(figures), *_ceilings(figures)]
    sheet, row = write_units(book, figures, "วงเงินและค่าสมมติ", title, columns, figures.payees)
    difference = figures.total("pot") - figures.total("earned") - figures.total("undistributed")
    sheet.put(row, 0, "ตรวจยอด: วงเงิน − ได้ตามผลงาน − ยังไม่จัดสรร =", "note")
    sheet.put(row, 4, baht(difference), "money", "bold")


def end_th(net: int) -> str:
    """How a unit ends: money comes, money is owed, or neither."""
    return ENDS[0] if net > 0 else ENDS[1] if net < 0 else ENDS[2]


def shown_reasons(figures: Figures) -> tuple[str, ...]:
    """The reasons that the sheet of what is undistributed shows: the usual ones, and seldom ones that are there."""
    return (*REASONS, *(why for why in SELDOM if figures.has(f"of_which.{why}")))


def _first(figures: Figures) -> list[Column]:
    """People, and points where there is one pool: points of two pools are no sum."""
    made = [Column(people_th(figures.run.pack), "people", 90, "count", lambda of: sum(p.population for p in of))]
    if len(figures.pools) == 1:
        made.append(Column("คะแนน", "points", 66, "points", _of_one(lambda of: figures.points(of[0].org))))
    return made


def _of_one(cell: Content) -> Content:
    """A cell that only a single unit has."""
    return lambda units: cell(units) if len(units) == 1 else None


def _group_column(figures: Figures, group: Group) -> Column:
    def earned(units: Units) -> Cell:
        inside = [p for p in units if figures.in_pool(p, group)]
        return baht(sum(figures.earned(p.org, group) for p in inside)) if inside else None

    width = DOMAIN_WIDTH if group.no else POOL_WIDTH
    return Column(group.short_th, group.short_en, width, "money", earned)


def _settling(figures: Figures) -> list[Column]:
    """From what was earned to what is paid; a column stands where the scheme or the run has such money."""
    mark = "ม" if figures.has("of_which.assumed") else "ค"
    made = [money_column(figures, f"รวมได้\nตามผลงาน ({mark})", "earned", "earned")]
    if figures.shows("adjustment"):
        made.append(money_column(figures, "ปรับยอด\n(อนุมัติแล้ว)", "adjustment", "adjustment", width=96))
    if figures.run.pack.scheme.money.advance is not None:
        made.append(money_column(figures, "หัก จ่าย\nล่วงหน้าแล้ว", "advance", "advance"))
    if figures.is_settled:
        made.append(money_column(figures, f"สุทธิ ({mark})", "net", "net", owes=True))
    if figures.shows("carried"):
        made.append(money_column(figures, "หักลูกหนี้\nงวดก่อน", "set off", "carried", width=100))
        made.append(money_column(figures, "จ่าย\nตามผลงาน", "payable", "payable"))
    if figures.is_settled:
        made.append(money_column(figures, "ลูกหนี้\n(ต้องคืน)", "receivable", "receivable"))
        ends = _of_one(lambda of: end_th(figures.amount(of[0].org, "net")))
        made.append(Column("ผล", "", 84, "after", ends, owes=True))
    if figures.has("support"):
        made.append(money_column(figures, "เงินสนับสนุน", "support", "support", width=100))
    if figures.has("excellence"):
        made.append(money_column(figures, "excellence\n(จ่ายต่างหาก)", "excellence", "excellence", width=105))
    return made


def _write_words(sheet: Sheet, figures: Figures, row: int) -> None:
    """The names behind the column heads, and what the advance and a receivable are."""
    for group in figures.groups:
        sheet.put(row, 0, f"{group.long_th} (เต็ม {say_number(group.full)} คะแนน)", "small")
        row += 1
    pack = figures.run.pack
    said = []
    if pack.scheme.money.advance is not None:
        said.append(f"จ่ายล่วงหน้าแล้ว = {advance_th(pack)}")
    if figures.is_settled:
        plus = " รวมกับ ปรับยอดที่อนุมัติแล้ว" if figures.shows("adjustment") else ""
        less = " หัก จ่ายล่วงหน้าแล้ว" if pack.scheme.money.advance is not None else ""
        said.append(f"สุทธิ = ได้ตามผลงาน{plus}{less}")
        said.append("ลูกหนี้ = สุทธิที่ติดลบ หักจากงวดถัดไป")
    if figures.shows("carried"):
        said.append("จ่ายตามผลงาน = สุทธิ หัก ลูกหนี้งวดก่อน")
    if figures.has("forgiven"):
        said.append(f"ส่วนที่ไม่เรียกคืนรวม {say_baht(figures.total('forgiven'))} {money_th(pack)}")
    if figures.has("support"):
        said.append("เงินสนับสนุนไม่ขึ้นกับคะแนน และไม่รวมในยอดตามผลงาน")
    sheet.put(row, 0, "   ".join(said), "small")


def _assumed(figures: Figures) -> list[Column]:
    """With and without what is assumed."""

    def sure(of: Units) -> int:
        return figures.sum(of, "earned") - figures.sum(of, "of_which.assumed")

    def net(of: Units) -> int:
        return sure(of) + figures.sum(of, "adjustment") - figures.sum(of, "advance")

    made = [
        money_column(figures, "รวมได้\nตามผลงาน", "earned", "earned", width=108),
        money_column(figures, "ในนี้\nอิงค่าสมมติ", "of which assumed", "of_which.assumed", width=108),
        Column("ได้โดยไม่นับ\nค่าสมมติ", "without", 108, "money", lambda of: baht(sure(of))),
    ]
    if figures.is_settled:
        made.append(Column("สุทธิโดยไม่นับ\nค่าสมมติ", "net without", 108, "money", lambda of: baht(net(of))))
    return made


def _ceilings(figures: Figures) -> list[Column]:
    """The ceiling, and why the rest of it stays undistributed."""
    if not figures.has("ceiling"):
        return []
    made = [money_column(figures, "วงเงิน\nเมื่อคะแนนเต็ม", "ceiling", "ceiling", width=108)]
    for why in shown_reasons(figures):
        made.append(
            money_column(figures, f"ยังไม่จัดสรร:\n{REASON_TH[why]}", REASON_EN[why], f"of_which.{why}", width=108)
        )
    return made
