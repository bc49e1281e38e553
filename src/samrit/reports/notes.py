"""The sheet of notes: from what the run was made, the printed pots beside their sums, the checks, the standings."""

from collections.abc import Iterator

from samrit.allocation import rate_amount, to_satang
from samrit.reference import format_day_th, format_period_th, parse_day
from samrit.reports.book import Book, Cell, Sheet, baht
from samrit.reports.figures import Figures
from samrit.reports.rates import pot_of, pot_th
from samrit.reports.status import frozen_th, status_th
from samrit.reports.words import (
    INPUT_TH,
    NETTING_TH,
    POT_TH,
    RULE_TH,
    STANDING_EN,
    STANDING_MARK,
    STANDING_TH,
    money_th,
    people_th,
    rules_th,
)
from samrit.schemes import Pack, Standing

WIDTHS = (280, 300, 170, 170, 150, 150)
SUMMED_TH = {
    "earned": "ได้ตามผลงาน",
    "of_which.assumed": "อิงค่าสมมติ",
    "undistributed": "ยังไม่จัดสรร",
    "support": "เงินสนับสนุน",
    "excellence": "excellence",
    "adjustment": "ปรับยอดที่อนุมัติแล้ว",
    "advance": "จ่ายล่วงหน้าแล้ว",
    "net": "สุทธิ",
    "receivable": "ลูกหนี้",
    "forgiven": "ไม่เรียกคืน",
    "carried": "หักลูกหนี้งวดก่อน",
    "payable": "จ่ายตามผลงาน",
}
DUE_TH = {"advance": "งวดเงินจ่ายล่วงหน้า", "net": "งวดเงินตามผลงาน", "support": "งวดเงินสนับสนุน"}


def write_notes(book: Book, figures: Figures) -> None:
    """The sheet หมายเหตุ."""
    sheet = book.sheet("หมายเหตุ", WIDTHS)
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, "หมายเหตุ ที่มา และการตรวจยอด", "title")
    row = _write_identity(sheet, figures, 2)
    row = _write_inputs(sheet, figures, row + 1)
    row = _write_warnings(sheet, figures, row + 1)
    row = _write_checks(sheet, figures, row + 1)
    row = _write_pools(sheet, figures, row + 1)
    if figures.run.pack.pots:
        sheet.page.set_h_pagebreaks([row + 1])
        row = _write_pots(sheet, figures, row + 1)
    _write_standings(sheet, row + 1)


def _write_identity(sheet: Sheet, figures: Figures, row: int) -> int:
    run, manifest = figures.run, figures.run.run.manifest
    scheme = run.pack.scheme
    changes = ", ".join(f"{path} = {value}" for path, value in run.pack.changes.items()) or "ไม่มี"
    said = (
        ("รหัสผล (run)", run.run.id),
        ("กติกา (pack)", f"{run.pack.id}   {scheme.title.th}"),
        ("ลายนิ้วมือของกติกา (SHA-256)", run.pack.hash),
        ("ชุดข้อมูล (snapshot)", str(manifest.get("snapshot", ""))),
        ("รุ่นโปรแกรม (code)", str(manifest.get("code", ""))),
        ("ช่วงผลงานของกติกา", format_period_th(scheme.period)),
        ("ช่วงที่นับในผลนี้", f"{format_period_th(run.period)}   {status_th(figures)}"),
        ("การรับรอง", frozen_th(figures)),
        ("วันสำรวจประชากร", format_day_th(run.census_day)),
        ("วิธีคิดเงิน", f"{rules_th(run.pack)}   {NETTING_TH[scheme.money.netting.value]}"),
        *_people(figures),
        ("กติกาที่พื้นที่เปลี่ยน", changes),
    )
    for label, text in said:
        sheet.put(row, 0, label, "note", "row", "wrap")
        sheet.say(row, text, "row", columns=(1, 5))
        row += 1
    return row


def _people(figures: Figures) -> Iterator[tuple[str, str]]:
    """The bases of people, with the day of their count and their standing."""
    for name, base in figures.run.pack.scheme.people.items():
        count = sum(payee.people.get(name, 0) for payee in figures.payees)
        yield base.title.th, f"{count:,} คน   ณ {format_day_th(parse_day(base.day))} ({STANDING_TH[base.standing]})"


def _write_inputs(sheet: Sheet, figures: Figures, row: int) -> int:
    sheet.put(row, 0, "ข้อมูลประกอบของผลนี้", "section")
    row += 1
    sheet.head(row, ["เรื่อง", "แฟ้ม", "ข้อมูลถึงวันที่", "ลายนิ้วมือ (SHA-256)", "", ""], ["kind", "file", "day", "hash", "", ""])
    row += 2
    for kind, paper in sorted(figures.run.run.manifest.get("inputs", {}).items()):
        day = paper.get("day", "")
        cells = (INPUT_TH.get(kind, kind), paper.get("file", ""), format_day_th(parse_day(day)) if day else "")
        sheet.put_row(row, cells, [(), (), ()], "row")
        sheet.merge((row, row), (3, 5), paper.get("sha256", ""), "small", "row")
        row += 1
    return row


def _write_warnings(sheet: Sheet, figures: Figures, row: int) -> int:
    sheet.put(row, 0, "คำเตือนของผลนี้", "section")
    row += 1
    for warning in figures.run.warnings:
        row = sheet.say(row, f"{warning.th} ({warning.code})")
    if not figures.run.warnings:
        sheet.put(row, 0, "ไม่มี", "note")
        row += 1
    return row


def _write_pools(sheet: Sheet, figures: Figures, row: int) -> int:
    """Every pool of the run: how it pays, its pot, what was earned of it and what stays."""
    money = money_th(figures.run.pack)
    sheet.put(row, 0, f"วงเงินของผลนี้ ({money})", "section")
    thai = ["รายการ", "วิธีคิดเงิน", "วงเงิน", "ได้ตามผลงาน", "ยังไม่จัดสรร", "ผลต่าง"]
    sheet.head(row + 1, thai, ["pool", "rule", "pot", "earned", "undistributed", "difference"], right=(2, 3, 4, 5))
    row += 3
    for pool in figures.pools:
        pot, earned, left = pot_of(figures, pool)
        cells: list[Cell] = [pool.title.th, f"{RULE_TH[pool.rule]}   {pot_th(pool)}"]
        cells += [baht(amount) for amount in (pot, earned, left, pot - earned - left)]
        deep = max(sheet.lines(str(text), width, 14) for text, width in zip(cells[:2], WIDTHS, strict=False))
        sheet.page.set_row(row, 22 * deep)
        sheet.put_row(row, cells, [("wrap", "middle"), ("wrap", "middle", "note"), *[("money",)] * 4], "row")
        row += 1
    return row


def _write_pots(sheet: Sheet, figures: Figures, row: int) -> int:
    """C1 and C2 of the source: printed amounts are kept as printed, beside what the printed rates would give."""
    pack = figures.run.pack
    people = int(pack.scheme.region.people.value) if pack.scheme.region.people else figures.people
    sheet.put(
        row,
        0,
        f"วงเงินที่พิมพ์ในเอกสาร เทียบกับยอดที่คิดใหม่ (เขต {pack.scheme.region.code} {people_th(pack)} {people:,} คน)",
        "section",
    )
    row += 1
    thai = ["รายการ", "วิธีคิดใหม่", "พิมพ์ในเอกสาร (บาท)", "คิดใหม่ (บาท)", "ผลต่าง (บาท)", "ต่อคน (บาท)"]
    english = ["pot", "how", "printed", "worked out", "difference", "printed / people"]
    sheet.head(row, thai, english, right=(2, 3, 4, 5))
    row += 2
    styles = [(), ("note",), *[("money",)] * 3, ("value",)]
    for pot in pack.pots:
        satang = to_satang(pot.amount)
        again = None if pot.rate is None else rate_amount(pot.rate, people)
        how = "" if pot.rate is None else f"{pot.rate} บาท x {people:,} คน"
        sheet.put_row(
            row, _compared(POT_TH.get(pot.component, pot.component), how, satang, again, people), styles, "row"
        )
        row += 1
    for name, how, printed, again in _identities(pack):
        sheet.put_row(row, _compared(name, how, printed, again, None), styles, "row")
        row += 1
    row = _write_budget(sheet, figures, row, styles)
    said = "ผลต่างข้างบนมาจากอัตราที่ปัดเศษในเอกสาร จึงไม่คิดวงเงินใหม่จากอัตรา เก็บยอดที่พิมพ์และอัตราแยกกัน (C1)"
    said += " อัตราในตารางอำเภอรวมส่วน excellence ร้อยละ 1 ซึ่งอำเภอไม่ได้โดยอัตโนมัติ วงเงินตามคะแนนจึงน้อยกว่า (C2)"
    return sheet.say(row, said, "note")


def _compared(name: str, how: str, printed: int, again: int | None, people: int | None) -> list[Cell]:
    difference = None if again is None else baht(printed - again)
    per_head = baht(printed) / people if people else None
    return [name, how, baht(printed), None if again is None else baht(again), difference, per_head]


def _identities(pack: Pack) -> list[tuple[str, str, int, int]]:
    """What the printed amounts say of each other, where the pack prints all of them."""
    of = {pot.component: to_satang(pot.amount) for pot in pack.pots}
    wanted = (
        ("งบทั้งหมดหัก excellence รวมกับ excellence", "total", ("net_of_excellence", "excellence")),
        ("จ่ายล่วงหน้า รวมกับ จ่ายตามผลงาน", "net_of_excellence", ("advance", "performance")),
        (
            "ระดับเขต รวมกับ ระดับจังหวัด",
            "excellence",
            ("excellence_region_30pct", "excellence_province_70pct"),
        ),
    )
    return [
        (POT_TH[whole], how, of[whole], sum(of[part] for part in parts))
        for how, whole, parts in wanted
        if all(part in of for part in (whole, *parts))
    ]


def _write_budget(sheet: Sheet, figures: Figures, row: int, styles: list[tuple[str, ...]]) -> int:
    """C2: the budget of the district table beside the ceiling of this run."""
    of = figures.run.pack.scheme.money.budget
    if of is None or not figures.has("ceiling"):
        return row
    rate = of.value
    budget = sum(rate_amount(rate, p.population) for p in figures.payees)
    ceiling = sum(figures.amount(p.org, "ceiling") for p in figures.payees)
    how = f"{rate} บาท เทียบกับวงเงินตามคะแนน"
    sheet.put_row(
        row, _compared(f"งบตามตารางอำเภอ {figures.place_th}", how, budget, ceiling, figures.people), styles, "row"
    )
    return row + 1


def _write_checks(sheet: Sheet, figures: Figures, row: int) -> int:
    sheet.put(row, 0, "การตรวจยอด: ผลต่างต้องเป็น 0.00 ทุกบรรทัด", "section")
    row += 1
    money = money_th(figures.run.pack)
    thai = ["เรื่อง", "วิธีตรวจ", f"ยอดรวมของผล ({money})", f"บวกใหม่ ({money})", f"ผลต่าง ({money})", "ผล"]
    sheet.head(row, thai, ["what", "how", "total of the run", "added again", "difference", ""], right=(2, 3, 4))
    row += 2
    whole = figures.total("earned") + figures.total("undistributed")
    checks = [("วงเงิน", "ได้ตามผลงาน รวมกับ ยังไม่จัดสรร", figures.total("pot"), whole)]
    for component, name in SUMMED_TH.items():
        if figures.has(component) and (component != "undistributed" or figures.has("ceiling")):
            again = sum(figures.amount(p.org, component) for p in figures.payees)
            checks.append((name, "บวกทุกหน่วย", figures.total(component), again))
    items = sum(figures.earned_of_item(item.item) for item in figures.items)
    checks.append(("ได้ตามผลงาน", "บวกทุกข้อของทุกหน่วย", figures.total("earned"), items))
    checks += _due_checks(figures)
    for name, how, total, again in checks:
        fine = "ถูกต้อง" if total == again else "ไม่ตรง"
        row_cells: list[Cell] = [name, how, baht(total), baht(again), baht(total - again), fine]
        sheet.put_row(row, row_cells, [(), ("note",), *[("money",)] * 3, ("after",)], "row")
        row += 1
    return row


def _due_checks(figures: Figures) -> Iterator[tuple[str, str, int, int]]:
    """What the calendar pays, beside what is to be paid."""
    payments = {payment.id: payment.of for payment in figures.run.pack.scheme.calendar.payments}
    wanted = {
        "advance": figures.total("advance"),
        "net": sum(figures.payable(payee.org) for payee in figures.payees),
        "support": figures.total("support"),
    }
    for kind in dict.fromkeys(payments.values()):
        due = (
            line.amount
            for line in figures.run.evaluation.instalments
            if payments[line.payment.partition(".")[0]] == kind
        )
        yield DUE_TH[kind], "บวกทุกงวดของทุกหน่วย", wanted[kind], sum(due)


def _write_standings(sheet: Sheet, row: int) -> None:
    sheet.put(row, 0, "ฐานะของตัวเลข: ผลลัพธ์รับฐานะที่อ่อนที่สุดของสิ่งที่ใช้คิด", "section")
    for standing in Standing:
        row += 1
        sheet.put(row, 0, f"{STANDING_MARK[standing]}   {STANDING_TH[standing]}", "row")
        sheet.put(row, 1, STANDING_EN[standing], "small", "row")
