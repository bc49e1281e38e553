"""Payment notices: one A4 page a unit, from points to the net in figures and in words, with what is still open."""

from collections.abc import Mapping

from samrit.reference import format_day_th, format_period_th
from samrit.reports.baht_words import baht_in_thai_words
from samrit.reports.book import Book, Sheet, baht, say_baht
from samrit.reports.figures import Figures, full_points
from samrit.reports.missing import find_missing
from samrit.reports.summary import draft_th
from samrit.schemes import Payee

WIDTHS = (60, 320, 95, 95, 130)
LAST = len(WIDTHS) - 1


def write_notice(book: Book, figures: Figures, payee: Payee, names: Mapping[str, str]) -> None:
    """The notice of one unit on a sheet of its own. names: code of a facility -> its Thai name."""
    sheet = book.sheet(f"{payee.org} {payee.name_th}", WIDTHS, landscape=False, numbered=False)
    sheet.page.fit_to_pages(1, 1)
    sheet.page.set_margins(left=0.9, right=0.7, top=0.9, bottom=0.7)
    row = _write_address(sheet, figures, payee, names)
    row = _write_domains(sheet, figures, payee, row)
    row = _write_net(sheet, figures, payee, row)
    row = _write_open(sheet, figures, payee, row + 1)
    _write_signature(sheet, figures, row + 1)


def _write_address(sheet: Sheet, figures: Figures, payee: Payee, names: Mapping[str, str]) -> int:
    run = figures.run
    scheme = run.pack.scheme
    row = sheet.say(0, "หนังสือแจ้งยอดการจ่ายเงินตามผลงาน", "title", "center", size=22)
    row = sheet.say(row, scheme.title.th, "letter", "bold", "center", size=16)
    if figures.is_draft:
        row = sheet.say(row, draft_th(figures), "letter", "owes", "center", size=16)
    sheet.put(row + 1, 0, "ที่ ..................................", "letter")
    sheet.merge(
        (row + 1, row + 1),
        (2, LAST),
        "วันที่ .......... เดือน ......................... พ.ศ. ............",
        "letter",
        "right",
    )
    named = names.get(payee.org, "")
    place = f"หน่วยบริการประจำ รหัส {payee.org} {payee.name_th}"
    row = sheet.say(row + 2, f"เรื่อง  แจ้งยอดการจ่ายเงินของ{place}", "letter", size=16)
    row = sheet.say(row, f"เรียน  ผู้อำนวยการ{named or 'หน่วยบริการประจำ'}", "letter", size=16)
    said = (
        f"        ตามผลงานช่วง {format_period_th(run.period)} นับข้อมูลบริการถึง {format_day_th(run.period.end)}"
        f" หน่วยบริการประจำนี้มีประชากร UC {payee.population:,} คน ได้คะแนนและเงินดังนี้"
    )
    return sheet.say(row, said, "letter", size=16) + 1


def _write_domains(sheet: Sheet, figures: Figures, payee: Payee, row: int) -> int:
    thai = ("ด้านที่", "ชื่อด้าน", "คะแนนเต็ม", "คะแนนที่ได้", "เงินที่ได้ (บาท)")
    sheet.head(row, thai, ("domain", "", "full points", "points", "earned"), right=(2, 3, 4))
    row += 2
    styles = [("center",), ("wrap", "middle"), ("points",), ("points",), ("money",)]
    domains = figures.run.pack.scheme.domains
    for domain in domains:
        points, earned = figures.points(payee.org, domain.no), figures.earned(payee.org, domain.no)
        sheet.page.set_row(row, 22 * sheet.lines(domain.title.th, WIDTHS[1], 14))
        sheet.put_row(
            row, [str(domain.no), domain.title.th, full_points(figures, domain), points, baht(earned)], styles, "row"
        )
        row += 1
    full = sum(full_points(figures, d) for d in domains)
    total = baht(figures.amount(payee.org, "earned"))
    sheet.put_row(row, ["", "รวมได้ตามผลงาน", full, figures.points(payee.org), total], styles, "total")
    return row + 1


def _write_net(sheet: Sheet, figures: Figures, payee: Payee, row: int) -> int:
    org = payee.org
    advance, net = figures.amount(org, "advance"), figures.amount(org, "net")
    lines = [(f"หัก จ่ายล่วงหน้าแล้ว ({_advance_th(figures, payee)})", advance, "row")]
    forgiven = figures.amount(org, "forgiven")
    if forgiven:
        lines.append(("ส่วนที่ขาดและไม่เรียกคืน", forgiven, "row"))
    owes = net < 0
    lines.append(("สุทธิ: หน่วยบริการเป็นลูกหนี้ หักจากงวดถัดไป" if owes else "สุทธิ: จ่ายเพิ่มให้หน่วยบริการ", net, "total"))
    excellence = figures.amount(org, "excellence")
    if excellence:
        lines.append(("เงินรางวัลผลงานดีเด่น (excellence) จ่ายต่างหาก", excellence, "row"))
    for text, amount, style in lines:
        sheet.put(row, 0, "", style)
        sheet.merge((row, row), (1, 3), text, style)
        sheet.put(row, LAST, baht(amount), "money", style)
        row += 1
    who = "ยอดลูกหนี้" if owes else "ยอดจ่ายสุทธิ"
    return sheet.say(row + 1, f"{who} (ตัวอักษร)  {baht_in_thai_words(abs(net))}", "letter", "bold", size=16)


def _advance_th(figures: Figures, payee: Payee) -> str:
    advance = figures.run.pack.scheme.money.advance
    rate = advance.rate if advance else None
    return f"{rate.value} บาท x {payee.population:,} คน" if rate else figures.advance_th or "ไม่มี"


def _write_open(sheet: Sheet, figures: Figures, payee: Payee, row: int) -> int:
    """What is assumed or missing in this unit's money."""
    said = []
    assumed = figures.amount(payee.org, "of_which.assumed")
    if assumed:
        said.append(f"เงิน {say_baht(assumed)} บาทอิงเกณฑ์หรืออัตราสมมติที่ยังไม่เป็นทางการ อาจเปลี่ยนเมื่อประกาศเกณฑ์")
    reasons: dict[str, list[str]] = {}
    for gap in find_missing(figures):
        if payee.org in gap.units:
            reasons.setdefault(gap.what, []).append(gap.item.item)
    left = {m.item.item: m.amount for m in figures.missed if m.payee.org == payee.org}
    for what, items in reasons.items():
        money = f" เงินที่ยังไม่จัดสรร {say_baht(sum(left[i] for i in items))} บาท" if left else ""
        said.append(f"{what}: ข้อ {', '.join(items)}{money}")
    below = figures.amount(payee.org, "of_which.below_full_score")
    if below:
        said.append(f"คะแนนไม่เต็ม: ยังเพิ่มได้ด้วยผลงานอีก {say_baht(below)} บาท")
    sheet.put(row, 0, "ข้อสังเกต", "section")
    row += 1
    for sentence in said or ["ไม่มี"]:
        row = sheet.say(row, f"•  {sentence}")
    return row


def _write_signature(sheet: Sheet, figures: Figures, row: int) -> None:
    row = sheet.say(row, "        จึงเรียนมาเพื่อทราบ หากพบว่ายอดไม่ตรง โปรดแจ้งพร้อมรหัสผลและข้อที่สงสัย", "letter", size=16)
    lines = ("ลงชื่อ ............................................", "(............................................)")
    for line in (*lines, "ตำแหน่ง ............................................"):
        sheet.page.set_row(row + 1, 28)
        sheet.merge((row + 1, row + 1), (2, LAST), line, "letter", "center")
        row += 1
    run = figures.run
    said = f"รหัสผล {run.run.id}   ชุดข้อมูล {run.run.manifest.get('snapshot', '')}   กติกา {run.pack.id}"
    sheet.merge((row + 2, row + 2), (0, LAST), said, "small")
