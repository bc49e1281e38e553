"""The first sheet: where the whole stands, which unit loses most money against full marks, on which items, and the
next steps that bring most. Every sentence is computed from the run.
"""

from collections import Counter

from samrit.reference import format_day_th, format_period_th
from samrit.reports.book import Book, Cell, Sheet, baht, say_baht, say_number
from samrit.reports.figures import Figures, Missed, needed_for_next_score, value_of_line
from samrit.reports.words import NETTING_TH, REASON_TH, SELDOM, missing_th, rules_th
from samrit.scoring import ScoreStanding

WIDTHS = (70, 150, 125, 135, 100, 180, 180, 195)
SHOWN, GAP, ROOM_ON_PAGE = 12, 6, 20
TILES = ((0, 1), (2, 3), (4, 5), (6, 7))


def write_summary(book: Book, figures: Figures) -> None:
    """The sheet สรุป."""
    sheet = book.sheet("สรุป", WIDTHS)
    row = _write_title(sheet, figures)
    row = _write_tiles(sheet, figures, row)
    sheet.page.set_row(row, GAP)
    row += 1
    for sentence in _sentences(figures):
        row = sheet.say(row, f"•  {sentence}")
    sheet.page.set_row(row, GAP)
    row = _write_units(sheet, figures, row + 1)
    _write_steps(sheet, figures, row + 1)


def draft_th(figures: Figures) -> str:
    """What the standing of the whole run is, in words: a draft with its months, or the whole period."""
    done, whole = len(figures.run.period.months()), len(figures.run.pack.scheme.period.months())
    if figures.is_draft:
        return f"ร่างก่อนปิดงวด: ผลงาน {done} จาก {whole} เดือน ยังไม่ใช่ยอดจ่ายจริง"
    return f"ผลงานครบ {whole} เดือน"


def _write_title(sheet: Sheet, figures: Figures) -> int:
    run = figures.run
    scheme = run.pack.scheme
    sheet.page.set_row(0, 34)
    sheet.merge((0, 0), (0, 7), f"{scheme.title.th} {figures.place_th}", "title")
    sheet.merge((1, 1), (0, 7), scheme.title.en, "small")
    money = scheme.money
    row = sheet.say(
        2,
        f"ผลงาน {format_period_th(run.period)}   {draft_th(figures)}   นับข้อมูลบริการถึง {format_day_th(run.period.end)}"
        f"   วันสำรวจประชากร {format_day_th(run.census_day)}",
    )
    return sheet.say(
        row,
        f"วิธีคิดเงิน {rules_th(run.pack)}   {NETTING_TH[money.netting.value]}   ประชากร UC {figures.people:,} คน"
        f"   รหัสผล {run.run.id}",
        "note",
    )


def _write_tiles(sheet: Sheet, figures: Figures, row: int) -> int:
    nets = [figures.amount(p.org, "net") for p in figures.payees]
    paid, owed = [n for n in nets if n > 0], [n for n in nets if n < 0]
    counted = sum(1 for item in figures.items if figures.earned_of_item(item.item))
    tiles = (
        ("ได้ตามผลงาน (บาท)", figures.total("earned"), f"จาก {counted} ตัวชี้วัด"),
        ("จ่ายล่วงหน้าแล้ว (บาท)", figures.total("advance"), figures.advance_th),
        ("สุทธิ (บาท)", figures.total("net"), "ได้ตามผลงาน หัก จ่ายล่วงหน้า"),
        (f"จ่ายเพิ่ม {len(paid)} แห่ง (บาท)", sum(paid), f"ลูกหนี้ {len(owed)} แห่ง {say_baht(-sum(owed))} บาท"),
    )
    for place, (label, amount, note) in zip(TILES, tiles, strict=True):
        sheet.merge((row, row), place, label, "note", "rule")
        sheet.page.merge_range(row + 1, place[0], row + 1, place[1], "", sheet.book.style("money", "tile"))
        sheet.put(row + 1, place[0], baht(amount), "money", "tile")
        sheet.merge((row + 2, row + 2), place, note, "small")
    sheet.page.set_row(row + 1, 34)
    return row + 3


def _sentences(figures: Figures) -> list[str]:
    """The findings, the dearest first."""
    said = []
    own = figures.missed_by_performance
    if own:
        said += [_units_th(own), _items_th(own)]
    waiting = [
        f"{REASON_TH[why]} {say_baht(figures.total(f'of_which.{why}'))} บาท"
        for why in ("unscored", "not_computed", *SELDOM)
        if figures.total(f"of_which.{why}")
    ]
    if waiting:
        said.append(f"เงินที่ยังไม่มีหน่วยใดได้: {' และ '.join(waiting)} (ดูแผ่น สิ่งที่ขาดหรือสมมติ)")
    assumed = figures.total("of_which.assumed")
    if assumed:
        said.append(
            f"เงินที่ได้ {say_baht(assumed)} บาทอิงเกณฑ์หรืออัตราสมมติที่ยังไม่เป็นทางการ"
            f" ถ้าไม่นับส่วนนี้ได้ {say_baht(figures.total('earned') - assumed)} บาท"
        )
    pot, rest = figures.total("pot"), figures.total("earned") + figures.total("undistributed")
    difference = say_baht(pot - rest)
    said.append(f"ได้ตามผลงาน รวมกับ ยังไม่จัดสรร เท่ากับวงเงิน {say_baht(pot)} บาท ผลต่าง {difference} บาท")
    return said


def _units_th(own: tuple[Missed, ...]) -> str:
    units: Counter[str] = Counter()
    for m in own:
        units[m.payee.name_th or m.payee.org] += m.amount
    (first, most), *others = units.most_common(3)
    after = " รองลงมา " + " และ ".join(f"{name} {say_baht(amount)} บาท" for name, amount in others) if others else ""
    whole = say_baht(sum(units.values()))
    return f"เงินที่ยังเพิ่มได้ด้วยผลงานรวม {whole} บาท มากที่สุดที่{first} {say_baht(most)} บาท{after}"


def _items_th(own: tuple[Missed, ...]) -> str:
    items: Counter[str] = Counter()
    titles = {m.item.item: m.item.title.th for m in own}
    for m in own:
        items[m.item.item] += m.amount
    most = "; ".join(f"{code} {titles[code]} {say_baht(amount)} บาท" for code, amount in items.most_common(3))
    return f"ข้อที่เสียเงินมากที่สุด: {most}"


def _write_units(sheet: Sheet, figures: Figures, row: int) -> int:
    """The units, the one that loses most first, each with its three dearest items."""
    own = figures.missed_by_performance
    if not own:
        return row
    sheet.put(row, 0, "หน่วยใดเสียเงินมากที่สุด และจากข้อใด", "section")
    thai = ["รหัส", "หน่วยบริการประจำ", "ได้ตามผลงาน (บาท)", "ยังเพิ่มได้ด้วยผลงาน (บาท)", "ต่อคน UC (บาท)"]
    english = ["code", "contracting unit", "earned", "lost against full marks", "per head"]
    heads = [*thai, "เสียมากที่สุดจากข้อ", "อันดับสอง", "อันดับสาม"]
    sheet.head(row + 1, heads, [*english, "dearest item", "second", "third"], right=(2, 3, 4))
    row += 3
    sums = {p.org: sum(m.amount for m in own if m.payee.org == p.org) for p in figures.payees}
    for payee in sorted(figures.payees, key=lambda p: (-sums[p.org], p.district_code)):
        dearest = [f"{m.item.item}   {say_baht(m.amount)}" for m in own if m.payee.org == payee.org][:3]
        numbers = (baht(figures.amount(payee.org, "earned")), baht(sums[payee.org]))
        per_head = baht(sums[payee.org]) / payee.population if payee.population else None
        cells = [payee.org, payee.name_th, *numbers, per_head, *dearest, *[""] * (3 - len(dearest))]
        styles = [(), (), ("money",), ("money", "bold"), ("value",), ("after",), (), ()]
        sheet.put_row(row, cells, styles, "row")
        row += 1
    total: list[Cell] = [
        f"รวม {len(sums)} แห่ง",
        "",
        baht(figures.total("earned")),
        baht(sum(sums.values())),
        None,
        "",
        "",
        "",
    ]
    sheet.put_row(row, total, [(), (), ("money",), ("money",), (), (), (), ()], "total")
    return row + 1


def _write_steps(sheet: Sheet, figures: Figures, row: int) -> None:
    """The dearest pairs of unit and item, and what lifts each to its next score."""
    dearest = figures.missed_by_performance[:SHOWN]
    if not dearest:
        return
    if row > ROOM_ON_PAGE:
        sheet.page.set_h_pagebreaks([row])
    sheet.put(row, 0, f"{len(dearest)} เรื่องที่เสียเงินมากที่สุด และขั้นถัดไป", "section")
    thai = ["ข้อ", "หน่วยบริการประจำ", "ค่าที่ทำได้", "ยังเพิ่มได้ (บาท)", "ค่าคะแนน", "ตัวชี้วัด", "", "ถึงค่าคะแนนถัดไปเมื่อ"]
    english = ["item", "contracting unit", "value", "lost", "score", "indicator", "", "next score at"]
    sheet.head(row + 1, thai, english, right=(2, 3, 4))
    row += 3
    for m in dearest:
        value = value_of_line(m.line)
        why = missing_th(m.item, m.line) if value is None else ""
        cells = [m.item.item, m.payee.name_th or m.payee.org, why or value, baht(m.amount), m.line.scored.score]
        styles = [(), (), ("none" if why else "value",), ("money", "bold"), ("plain",)]
        sheet.put_row(row, cells, styles, "row")
        texts = ((m.item.title.th, 350), (_next_th(figures, m), 195), (why, WIDTHS[2]))
        deep = max(sheet.lines(text, width, 14) for text, width in texts)
        sheet.page.set_row(row, 22 * deep)
        sheet.merge((row, row), (5, 6), m.item.title.th, "wrap", "middle", "after", "row")
        sheet.put(row, 7, _next_th(figures, m), "wrap", "middle", "row")
        row += 1


def _next_th(figures: Figures, m: Missed) -> str:
    scored = m.line.scored
    if scored.standing is ScoreStanding.NO_DATA:
        return "เมื่อมีข้อมูล"
    if scored.next_edge is None:
        return ""
    need = needed_for_next_score(figures, m.item, m.line)
    more = f" ต้องเพิ่มอีก {need:,} ราย" if need else ""
    return f"ค่าถึง {say_number(scored.next_edge)}{more}"
