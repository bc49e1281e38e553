"""The first sheet: where the whole stands, which unit loses most money against full marks, on which items, and the
next steps that bring most. Every sentence is computed from the run.
"""

from collections import Counter
from decimal import Decimal

from samrit.reference import format_day_th, format_period_th
from samrit.reports.book import Book, Cell, Sheet, baht, say_baht, say_number
from samrit.reports.figures import NOT_IN_POOL, Figures, Missed
from samrit.reports.rates import pot_of
from samrit.reports.status import status_th
from samrit.reports.values import FAIR, needed_for_next_score, value_of_line
from samrit.reports.words import (
    NETTING_TH,
    REASON_TH,
    SELDOM,
    advance_th,
    missing_th,
    money_th,
    people_th,
    rules_th,
)
from samrit.schemes import Item
from samrit.schemes.authoring.pools import ClosedPool, PoolOf, RelativeToMean
from samrit.scoring import ScoreStanding

WIDTHS = (70, 150, 125, 135, 100, 180, 180, 195)
SHOWN, UNITS_SHOWN, GAP, ROOM_ON_PAGE, WEAKEST, LOWEST = 12, 20, 6, 20, 8, 3
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
    if not figures.missed:
        _write_weakest(sheet, figures, row + 1)


def _write_title(sheet: Sheet, figures: Figures) -> int:
    run = figures.run
    scheme = run.pack.scheme
    sheet.page.set_row(0, 34)
    sheet.merge((0, 0), (0, 7), f"{scheme.title.th} {figures.place_th}", "title")
    sheet.merge((1, 1), (0, 7), scheme.title.en, "small")
    money = scheme.money
    row = sheet.say(
        2,
        f"ผลงาน {format_period_th(run.period)}   {status_th(figures)}   นับข้อมูลบริการถึง {format_day_th(run.period.end)}"
        f"   วันสำรวจประชากร {format_day_th(run.census_day)}",
    )
    return sheet.say(
        row,
        f"วิธีคิดเงิน {rules_th(run.pack)}   {NETTING_TH[money.netting.value]}"
        f"   {people_th(run.pack)} {figures.people:,} คน   รหัสผล {run.run.id}",
        "note",
    )


def _write_tiles(sheet: Sheet, figures: Figures, row: int) -> int:
    for place, (label, amount, note) in zip(TILES, _tiles(figures), strict=True):
        sheet.merge((row, row), place, label, "note", "rule")
        sheet.page.merge_range(row + 1, place[0], row + 1, place[1], "", sheet.book.style("money", "tile"))
        sheet.put(row + 1, place[0], amount, "money", "tile")
        sheet.merge((row + 2, row + 2), place, note, "small")
    sheet.page.set_row(row + 1, 34)
    return row + 3


def _tiles(figures: Figures) -> list[tuple[str, Decimal, str]]:
    """The four sums of the whole that matter most: label, baht, a word below."""
    pack = figures.run.pack
    money = money_th(pack)
    counted = sum(1 for item in figures.items if figures.earned_of_item(item.item))
    tiles = [(f"ได้ตามผลงาน ({money})", baht(figures.total("earned")), f"จาก {counted} ตัวชี้วัด")]
    if pack.scheme.money.advance is not None:
        tiles.append((f"จ่ายล่วงหน้าแล้ว ({money})", baht(figures.total("advance")), advance_th(pack)))
    if figures.has("support"):
        tiles.append((f"เงินสนับสนุน ({money})", baht(figures.total("support")), "ไม่ขึ้นกับคะแนน"))
    if figures.is_settled:
        nets = [figures.amount(p.org, "net") for p in figures.payees]
        paid, owed = [n for n in nets if n > 0], [n for n in nets if n < 0]
        how = "ได้ตามผลงาน หัก จ่ายล่วงหน้า" if pack.scheme.money.advance is not None else "ได้ตามผลงาน รวมกับ ปรับยอด"
        tiles.append((f"สุทธิ ({money})", baht(figures.total("net")), how))
        said = f"ลูกหนี้ {len(owed)} แห่ง {say_baht(-sum(owed))} {money}"
        tiles.append((f"จ่ายเพิ่ม {len(paid)} แห่ง ({money})", baht(sum(paid)), said))
    pot = "วงเงินเมื่อได้คะแนนเต็ม" if figures.has_ceilings else "วงเงิน"
    tiles.append((f"{pot} ({money})", baht(figures.total("pot")), rules_th(pack)))
    tiles.append((f"ยังไม่จัดสรร ({money})", baht(figures.total("undistributed")), f"{pot} หัก ได้ตามผลงาน"))
    people = figures.people
    per_head = baht(figures.total("earned")) / people if people else Decimal(0)
    tiles.append((f"เฉลี่ย ({money}ต่อคน)", per_head, f"{people_th(pack)} {people:,} คน"))
    return tiles[: len(TILES)]


def _sentences(figures: Figures) -> list[str]:
    """The findings, the dearest first."""
    money = money_th(figures.run.pack)
    own = figures.missed_by_performance
    said = [_units_th(own, money), _items_th(own, money)] if own else []
    said += [_pool_th(figures, pool) for pool in figures.pools if isinstance(pool, RelativeToMean | ClosedPool)]
    waiting = [
        f"{REASON_TH[why]} {say_baht(figures.total(f'of_which.{why}'))} {money}"
        for why in ("unscored", "not_computed", *SELDOM)
        if figures.total(f"of_which.{why}")
    ]
    if waiting:
        said.append(f"เงินที่ยังไม่มีหน่วยใดได้: {' และ '.join(waiting)} (ดูแผ่น สิ่งที่ขาดหรือสมมติ)")
    assumed, earned = figures.total("of_which.assumed"), figures.total("earned")
    if assumed and assumed == earned:
        said.append("เงินที่ได้ทั้งหมดอิงเกณฑ์ น้ำหนัก หรืออัตราสมมติที่ยังไม่เป็นทางการ")
    elif assumed:
        said.append(
            f"เงินที่ได้ {say_baht(assumed)} {money}อิงเกณฑ์หรืออัตราสมมติที่ยังไม่เป็นทางการ"
            f" ถ้าไม่นับส่วนนี้ได้ {say_baht(earned - assumed)} {money}"
        )
    said += _adjusted_th(figures, money)
    if figures.total("carried"):
        carried, payable = (say_baht(figures.total(name)) for name in ("carried", "payable"))
        said.append(f"หักลูกหนี้งวดก่อน {carried} {money} เหลือจ่ายตามผลงาน {payable} {money}")
    pot, rest = figures.total("pot"), earned + figures.total("undistributed")
    difference = say_baht(pot - rest)
    return [*said, f"ได้ตามผลงาน รวมกับ ยังไม่จัดสรร เท่ากับวงเงิน {say_baht(pot)} {money} ผลต่าง {difference} {money}"]


def _pool_th(figures: Figures, pool: PoolOf) -> str:
    """What the region's pool paid, and by which mean."""
    money = money_th(figures.run.pack)
    pot, earned, left = pot_of(figures, pool)
    said = f"{pool.title.th}: จ่าย {say_baht(earned)} จากวงเงิน {say_baht(pot)} {money}"
    said += f" ยังไม่จัดสรร {say_baht(left)} {money}" if left else " จ่ายครบวงเงิน"
    mean = figures.basis.get(("", f"mean.{pool.id}"))
    return said + (f" คะแนนเฉลี่ยของเขต {mean:,.2f}" if mean is not None else "")


def _adjusted_th(figures: Figures, money: str) -> list[str]:
    """Adjustments that are paid, and those that wait."""
    orgs = {p.org for p in figures.payees}
    given = [a for a in figures.run.inputs.adjustments if a.org in orgs]
    pending = [a.amount for a in given if not a.is_approved]
    said = []
    if len(pending) < len(given):
        amount = say_baht(figures.total("adjustment"))
        said.append(f"ปรับยอดและอุทธรณ์ที่อนุมัติแล้ว {len(given) - len(pending)} รายการ รวม {amount} {money}")
    if pending:
        amount = say_baht(sum(pending))
        said.append(f"ปรับยอดและอุทธรณ์ที่รออนุมัติ {len(pending)} รายการ รวม {amount} {money} ยังไม่รวมในยอด")
    return said


def _units_th(own: tuple[Missed, ...], money: str) -> str:
    units: Counter[str] = Counter()
    for m in own:
        units[m.payee.name_th or m.payee.org] += m.amount
    (first, most), *others = units.most_common(3)
    after = (
        " รองลงมา " + " และ ".join(f"{name} {say_baht(amount)} {money}" for name, amount in others) if others else ""
    )
    whole = say_baht(sum(units.values()))
    return f"เงินที่ยังเพิ่มได้ด้วยผลงานรวม {whole} {money} มากที่สุดที่{first} {say_baht(most)} {money}{after}"


def _items_th(own: tuple[Missed, ...], money: str) -> str:
    items: Counter[str] = Counter()
    titles = {m.item.item: m.item.title.th for m in own}
    for m in own:
        items[m.item.item] += m.amount
    most = "; ".join(f"{code} {titles[code]} {say_baht(amount)} {money}" for code, amount in items.most_common(3))
    return f"ข้อที่เสียเงินมากที่สุด: {most}"


def _write_units(sheet: Sheet, figures: Figures, row: int) -> int:
    """The units, the one that loses most first, each with its three dearest items."""
    own = figures.missed_by_performance
    if not own:
        return row
    sheet.put(row, 0, "หน่วยใดเสียเงินมากที่สุด และจากข้อใด", "section")
    money = money_th(figures.run.pack)
    thai = ["รหัส", figures.payee_th, f"ได้ตามผลงาน ({money})", f"ยังเพิ่มได้ด้วยผลงาน ({money})", f"ต่อคน ({money})"]
    english = ["code", "unit", "earned", "lost against full marks", "per head"]
    heads = [*thai, "เสียมากที่สุดจากข้อ", "อันดับสอง", "อันดับสาม"]
    sheet.head(row + 1, heads, [*english, "dearest item", "second", "third"], right=(2, 3, 4))
    row += 3
    sums = {p.org: sum(m.amount for m in own if m.payee.org == p.org) for p in figures.payees}
    ordered = sorted(figures.payees, key=lambda p: (-sums[p.org], p.district_code))
    for payee in ordered[:UNITS_SHOWN]:
        dearest = [f"{m.item.item}   {say_baht(m.amount)}" for m in own if m.payee.org == payee.org][:3]
        numbers = (baht(figures.amount(payee.org, "earned")), baht(sums[payee.org]))
        per_head = baht(sums[payee.org]) / payee.population if payee.population else None
        cells = [payee.org, payee.name_th, *numbers, per_head, *dearest, *[""] * (3 - len(dearest))]
        styles = [(), (), ("money",), ("money", "bold"), ("value",), ("after",), (), ()]
        sheet.put_row(row, cells, styles, "row")
        row += 1
    others = ordered[UNITS_SHOWN:]
    if others:
        rest = [baht(figures.sum(others, "earned")), baht(sum(sums[p.org] for p in others))]
        more: list[Cell] = [f"อีก {len(others)} แห่ง (ดูแผ่น การจ่ายเงิน)", "", *rest, None, "", "", ""]
        sheet.put_row(row, more, [("note",), (), ("money",), ("money",), (), (), (), ()], "row")
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
    thai = [
        "ข้อ",
        figures.payee_th,
        "ค่าที่ทำได้",
        f"ยังเพิ่มได้ ({money_th(figures.run.pack)})",
        "ค่าคะแนน",
        "ตัวชี้วัด",
        "",
        "ถึงค่าคะแนนถัดไปเมื่อ",
    ]
    english = ["item", "unit", "value", "lost", "score", "indicator", "", "next score at"]
    sheet.head(row + 1, thai, english, right=(2, 3, 4))
    row += 3
    for m in dearest:
        value = value_of_line(m.line)
        why = missing_th(m.item, m.line) if value is None else ""
        cells = [m.item.item, m.payee.name_th or m.payee.org, why or value, baht(m.amount), m.line.scored.score]
        whole = m.line.scored.score is None or m.line.scored.score % 1 == 0
        styles = [(), (), ("none" if why else "value",), ("money", "bold"), ("plain" if whole else "points",)]
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


def _write_weakest(sheet: Sheet, figures: Figures, row: int) -> None:
    """Where pools are shared: the items on which the units are weakest, and the units with the lowest scores."""
    sheet.put(row, 0, "ตัวชี้วัดที่คะแนนของทุกหน่วยต่ำที่สุด", "section")
    thai = ["ข้อ", "ค่าคะแนนเฉลี่ย", "จากเต็ม", "หน่วยที่ได้คะแนน", "ต่ำกว่า 60%", "ตัวชี้วัด", "", "หน่วยที่ค่าคะแนนต่ำที่สุด"]
    english = ["item", "mean score", "of", "units scored", "below 60 %", "indicator", "", "lowest units"]
    sheet.head(row + 1, thai, english, right=(1, 2, 3, 4))
    row += 3
    found = [made for item in figures.items if (made := _scores_of(figures, item))]
    for item, scores in sorted(found, key=lambda f: (_mean(f[1]) / figures.run.pack.best(f[0]), f[0].item))[:WEAKEST]:
        best = figures.run.pack.best(item)
        low = [name for score, name in scores if score < best * FAIR]
        names = ", ".join(low[:LOWEST])
        cells: list[Cell] = [item.item, _mean(scores), best, len(scores), len(low), item.title.th, "", names]
        styles = [(), ("value", "bold"), ("plain",), ("count",), ("count",), ("after",), (), ()]
        sheet.page.set_row(row, 22 * max(sheet.lines(item.title.th, 350, 14), sheet.lines(names, WIDTHS[7], 14)))
        sheet.put_row(row, cells, styles, "row")
        sheet.merge((row, row), (5, 6), item.title.th, "wrap", "middle", "after", "row")
        sheet.put(row, 7, names, "wrap", "middle", "row")
        row += 1


def _scores_of(figures: Figures, item: Item) -> tuple[Item, list[tuple[Decimal, str]]] | None:
    """The scores of an item with the names of their units, lowest first; None when nobody has one."""
    scores = [
        (line.scored.score, payee.name_th or payee.org)
        for payee in figures.payees
        if (line := figures.lines[payee.org, item.item]).scored.score is not None and line.note != NOT_IN_POOL
    ]
    return (item, sorted(scores)) if scores else None


def _mean(scores: list[tuple[Decimal, str]]) -> Decimal:
    return sum((score for score, _ in scores), Decimal(0)) / len(scores)
