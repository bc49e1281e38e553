"""Payment notices: one A4 page a unit, from points to what is paid in figures and in words, with what is still open."""

from collections.abc import Mapping

from samrit.reference import format_day_th, format_period_th
from samrit.reports.book import Book, Cell, Sheet, baht, say_baht
from samrit.reports.figures import Figures
from samrit.reports.groups import Group
from samrit.reports.instalments import payments_of_unit
from samrit.reports.letter import close_letter, open_letter, say_amount
from samrit.reports.missing import find_missing
from samrit.reports.rates import rate_of
from samrit.reports.words import advance_th, money_th, people_th
from samrit.schemes import Payee
from samrit.schemes.authoring.pools import RelativeToMean

WIDTHS = (60, 320, 95, 95, 130)
LAST = len(WIDTHS) - 1


def write_notice(book: Book, figures: Figures, payee: Payee, names: Mapping[str, str]) -> None:
    """The notice of one unit on a sheet of its own. names: code of a facility -> its Thai name."""
    title = "หนังสือแจ้งยอดการจ่ายเงินตามผลงาน"
    sheet, row = open_letter(book, figures, payee, WIDTHS, title, "แจ้งยอดการจ่ายเงิน", names)
    pack, run = figures.run.pack, figures.run
    people = " และ".join(f"{people_th(pack, base)} {count:,} คน" for base, count in payee.people.items() if count)
    said = (
        f"        ตามผลงานช่วง {format_period_th(run.period)} นับข้อมูลบริการถึง {format_day_th(run.period.end)}"
        f" {figures.payee_th}นี้มี{people or f'{people_th(pack)} 0 คน'} ได้คะแนนและเงินดังนี้"
    )
    row = sheet.say(row, said, "letter", size=16) + 1
    row = _write_groups(sheet, figures, payee, row)
    row = _write_money(sheet, figures, payee, row)
    row = _write_payments(sheet, figures, payee, row)
    row = _write_open(sheet, figures, payee, row + 1)
    close_letter(sheet, figures, row + 1)


def _write_groups(sheet: Sheet, figures: Figures, payee: Payee, row: int) -> int:
    groups = [group for group in figures.groups if figures.in_pool(payee, group)]
    by_domain = any(group.no for group in groups)
    thai = ("ด้านที่" if by_domain else "ที่", "ชื่อด้าน" if by_domain else "รายการ", "คะแนนเต็ม", "คะแนนที่ได้")
    sheet.head(
        row,
        (*thai, f"เงินที่ได้ ({money_th(figures.run.pack)})"),
        ("no.", "", "full points", "points", "earned"),
        (2, 3, 4),
    )
    row += 2
    styles = [("center",), ("wrap", "middle"), ("points",), ("points",), ("money",)]
    for place, group in enumerate(groups, 1):
        title = group.title.th + _rate_th(figures, payee, group)
        sheet.page.set_row(row, 22 * sheet.lines(title, WIDTHS[1], 14) + 4)
        numbers: list[Cell] = [group.full, figures.points(payee.org, group), baht(figures.earned(payee.org, group))]
        sheet.put_row(row, [group.no or str(place), title, *numbers], styles, "row")
        row += 1
        if not group.no:
            row = _write_items(sheet, figures, payee, group, row)
    marks: list[Cell] = [None, None]
    if len({group.pool.id for group in groups}) == 1:  # points of two pools are no sum
        marks = [sum(group.full for group in groups), figures.points(payee.org)]
    total = baht(figures.amount(payee.org, "earned"))
    sheet.put_row(row, ["", "รวมได้ตามผลงาน", *marks, total], styles, "total")
    return row + 1


def _write_items(sheet: Sheet, figures: Figures, payee: Payee, group: Group, row: int) -> int:
    """The items of a pool that has no domains: what its sum is made of."""
    styles = [("center", "note"), ("wrap", "middle", "after", "note"), *[("points", "note")] * 2, ("money", "note")]
    for item in group.items:
        line = figures.lines[payee.org, item.item]
        said = f"{item.item}  {item.title.th}"
        sheet.page.set_row(row, 22 * sheet.lines(said, WIDTHS[1], 14))
        money = baht(figures.amount(payee.org, f"earned.{item.item}"))
        sheet.put_row(row, ["", said, figures.run.pack.full_points(item), line.points, money], styles, "row")
        row += 1
    return row


def _rate_th(figures: Figures, payee: Payee, group: Group) -> str:
    """How the points became a rate, in a pool that compares with the mean of the region."""
    pool = group.pool
    if not isinstance(pool, RelativeToMean):
        return ""
    mean, factor = (figures.basis[("", f"{name}.{pool.id}")] for name in ("mean", "factor"))
    said = f"\nอัตรา {rate_of(figures, pool, payee)} {money_th(figures.run.pack)}ต่อคน x {payee.people[pool.people]:,} คน"
    said += f"\nคะแนนเฉลี่ยของเขต {mean:,.2f}"
    return said + (f" ปรับด้วย {factor:.6f} ให้พอดีวงเงิน" if factor != 1 else "")


def _write_money(sheet: Sheet, figures: Figures, payee: Payee, row: int) -> int:
    """From what was earned to what is paid or owed, and that in words."""
    org = payee.org
    net, owed = figures.amount(org, "net"), figures.amount(org, "receivable")
    owes = net < 0
    lines = []
    adjusted = [a for a in figures.run.inputs.adjustments if a.org == org and a.is_approved]
    if adjusted:
        said = f"ปรับยอดที่อนุมัติแล้ว {len(adjusted)} รายการ ({', '.join(a.reason for a in adjusted)})"
        lines.append((said, figures.amount(org, "adjustment"), "row"))
    if figures.run.pack.scheme.money.advance is not None:
        lines.append((f"หัก จ่ายล่วงหน้าแล้ว ({_advance_th(figures, payee)})", figures.amount(org, "advance"), "row"))
    if figures.amount(org, "forgiven"):
        lines.append(("ส่วนที่ขาดและไม่เรียกคืน", figures.amount(org, "forgiven"), "row"))
    ending = "หน่วยบริการเป็นลูกหนี้ หักจากงวดถัดไป" if owes else "จ่ายเพิ่มให้หน่วยบริการ"
    if figures.is_settled:
        lines.append((f"สุทธิ: {ending}", net, "total"))
    if figures.amount(org, "carried"):
        lines.append(("หัก ลูกหนี้จากงวดก่อน", figures.amount(org, "carried"), "row"))
        lines.append(("จ่ายตามผลงานหลังหักลูกหนี้", figures.payable(org), "total"))
    if figures.amount(org, "support"):
        lines.append(("เงินสนับสนุนการพัฒนา (ไม่ขึ้นกับคะแนน)", figures.amount(org, "support"), "row"))
    if figures.amount(org, "excellence"):
        lines.append(("เงินรางวัลผลงานดีเด่น (excellence) จ่ายต่างหาก", figures.amount(org, "excellence"), "row"))
    for text, amount, style in lines:
        deep = sheet.lines(text, sum(WIDTHS[1:LAST]), 14)
        sheet.page.set_row(row, 22 * deep)
        sheet.put(row, 0, "", style)
        sheet.merge((row, row), (1, LAST - 1), text, "wrap", "middle", style)
        sheet.put(row, LAST, baht(amount), "money", style)
        row += 1
    paid = "ยอดจ่ายสุทธิ" if figures.is_settled else "ยอดจ่ายตามผลงาน"
    who = "ยอดลูกหนี้" if owes else "ยอดจ่ายหลังหักลูกหนี้" if figures.amount(org, "carried") else paid
    words = say_amount(figures, owed if owes else figures.payable(org))
    return sheet.say(row + 1, f"{who} {words}", "letter", "bold", size=16)


def _advance_th(figures: Figures, payee: Payee) -> str:
    """How the advance of a unit was worked out."""
    pack = figures.run.pack
    advance = pack.scheme.money.advance
    if advance is None or advance.rate is None:
        return advance_th(pack)
    people = payee.people.get(advance.people, 0) if advance.people else payee.population
    return f"{advance.rate.value} {money_th(pack)} x {people:,} คน"


def _write_payments(sheet: Sheet, figures: Figures, payee: Payee, row: int) -> int:
    """What is paid when, by the calendar of the scheme."""
    payments = payments_of_unit(figures, payee.org)
    if not payments:
        return row
    sheet.put(row + 1, 0, "กำหนดจ่าย", "section")
    row += 2
    for said, when, amount in payments:
        sheet.put(row, 0, "", "row")
        sheet.put(row, 1, said, "row")
        sheet.merge((row, row), (2, LAST - 1), when, "right", "row")
        sheet.put(row, LAST, baht(amount), "money", "row")
        row += 1
    return row


def _write_open(sheet: Sheet, figures: Figures, payee: Payee, row: int) -> int:
    """What is assumed, missing or waiting in this unit's money."""
    money = money_th(figures.run.pack)
    said = []
    assumed = figures.amount(payee.org, "of_which.assumed")
    if assumed:
        said.append(f"เงิน {say_baht(assumed)} {money}อิงเกณฑ์หรืออัตราสมมติที่ยังไม่เป็นทางการ อาจเปลี่ยนเมื่อประกาศเกณฑ์")
    pending = [a for a in figures.run.inputs.adjustments if a.org == payee.org and not a.is_approved]
    if pending:
        waiting = say_baht(sum(a.amount for a in pending))
        said.append(f"ปรับยอดหรืออุทธรณ์ที่รออนุมัติ {len(pending)} รายการ รวม {waiting} {money} ยังไม่รวมในยอดนี้")
    reasons: dict[str, list[str]] = {}
    for gap in find_missing(figures):
        if payee.org in gap.units:
            reasons.setdefault(gap.what, []).append(gap.item.item)
    left = {m.item.item: m.amount for m in figures.missed if m.payee.org == payee.org}
    for what, items in reasons.items():
        amount = f" เงินที่ยังไม่จัดสรร {say_baht(sum(left[i] for i in items))} {money}" if left else ""
        said.append(f"{what}: ข้อ {', '.join(items)}{amount}")
    below = figures.amount(payee.org, "of_which.below_full_score")
    if below:
        said.append(f"คะแนนไม่เต็ม: ยังเพิ่มได้ด้วยผลงานอีก {say_baht(below)} {money}")
    sheet.put(row, 0, "ข้อสังเกต", "section")
    row += 1
    for sentence in said or ["ไม่มี"]:
        row = sheet.say(row, f"•  {sentence}")
    return row
