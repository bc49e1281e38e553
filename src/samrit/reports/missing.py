"""The sheet of what is missing or assumed: which items, at which units, and which money each concerns."""

from collections.abc import Sequence
from dataclasses import dataclass

from samrit.reports.book import Book, Sheet, baht, say_number
from samrit.reports.figures import NOT_IN_POOL, Figures
from samrit.reports.words import NO_REPORT_TH, NO_TARGET_TH, NOT_ENTERED_TH, STANDING_TH, WHY_TH, missing_th, money_th
from samrit.schemes import Item, ScoreLine, Standing, is_assumed
from samrit.schemes.authoring.rules import BandSet
from samrit.scoring import ScoreStanding

WIDTHS = (50, 330, 210, 290, 150, 330)
THAI = ("ข้อ", "ตัวชี้วัด", "เรื่อง", "หน่วยที่เกี่ยวข้อง", "เงินที่เกี่ยวข้อง ({money})", "ทำอย่างไร")
ENGLISH = ("item", "indicator", "what", "units", "money concerned", "what to do")
STYLES = (
    (),
    ("wrap", "middle"),
    ("wrap", "middle"),
    ("wrap", "middle"),
    ("money", "bold"),
    ("wrap", "middle", "after"),
)
FEW, MOST = 3, 10
FIXES = {
    WHY_TH[ScoreStanding.UNSCORED]: "ให้พื้นที่กำหนดเกณฑ์ของข้อนี้ในกติกา แล้วคำนวณใหม่",
    WHY_TH[ScoreStanding.NOT_COMPUTED]: "รุ่นนี้ยังไม่มีวิธีนับของข้อนี้ ใส่ผลนับจากที่อื่นด้วยแฟ้ม cube ได้",
    WHY_TH[ScoreStanding.TOO_FEW]: "กติกากำหนดจำนวนขั้นต่ำไว้ ข้อนี้จึงยังไม่ให้คะแนนแก่หน่วยขนาดเล็ก",
    WHY_TH[ScoreStanding.UNMATCHED]: "ตรวจข้อเท็จจริงที่กรอก หรือให้ผู้รับผิดชอบเพิ่มขั้นคะแนนในกติกา",
    NOT_ENTERED_TH: "กรอกค่าในแฟ้ม entries แล้วคำนวณใหม่",
    NO_REPORT_TH: "ไม่มีแถวใน 43 แฟ้มที่นับได้ ตรวจการส่งแฟ้มของหน่วย",
    NO_TARGET_TH: "ช่วงนี้ไม่มีผู้ที่เข้าเกณฑ์ตัวหาร ตรวจทะเบียนและการส่งแฟ้ม",
}


@dataclass(frozen=True)
class Gap:
    """One thing that is missing or assumed: the item, what it is, where, satang (None: not to be said), what to do."""

    item: Item
    what: str
    units: tuple[str, ...]
    amount: int | None
    fix: str


def write_missing(book: Book, figures: Figures) -> None:
    """The sheet สิ่งที่ขาดหรือสมมติ, in three parts, each with its sum."""
    sheet = book.sheet("สิ่งที่ขาดหรือสมมติ", WIDTHS)
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"สิ่งที่ขาดหรือสมมติ {figures.place_th}", "title")
    sheet.put(1, 0, f"{NO_REPORT_TH}ไม่ใช่ศูนย์: เงินของเรื่องเหล่านี้ยังไม่หาย แต่ยังไม่จัดสรร หรือจ่ายตามค่าที่ยังไม่เป็นทางการ", "note")
    sheet.head(2, [text.format(money=money_th(figures.run.pack)) for text in THAI], ENGLISH, right=(4,))
    sheet.page.freeze_panes(4, 0)
    sheet.page.repeat_rows(2, 3)
    row = _write_part(sheet, figures, 4, "ยังไม่ได้เงิน", find_missing(figures))
    row = _write_part(sheet, figures, row, "ได้เงินแล้ว แต่อิงค่าสมมติ", find_assumed(figures))
    _write_part(sheet, figures, row, "ได้เงินแล้ว จากค่าที่กรอกหรือนำเข้าเอง", find_typed_in(figures))


def find_missing(figures: Figures) -> list[Gap]:
    """Items without a score or without data, by item and reason."""
    left = {(m.payee.org, m.item.item): m.amount for m in figures.missed}
    found = []
    for item in figures.items:
        by_reason: dict[str, list[str]] = {}
        for payee in figures.payees:
            reason = _reason(item, figures.lines[payee.org, item.item])
            if reason:
                by_reason.setdefault(reason, []).append(payee.org)
        for reason, orgs in by_reason.items():
            amount = sum(left[org, item.item] for org in orgs) if left else None
            found.append(Gap(item, reason, tuple(orgs), amount, FIXES[reason]))
    return found


def find_assumed(figures: Figures) -> list[Gap]:
    """Items whose money rests on a proposed rate or band set; together they are the run's `of_which.assumed`."""
    found = []
    for item in figures.items:
        orgs = tuple(p.org for p in figures.payees if figures.amount(p.org, f"earned.{item.item}"))
        if not orgs or not is_assumed(figures.run.pack, item):
            continue
        what = []
        if item.score and item.score.standing is Standing.ASSUMED:
            rule = figures.run.pack.scheme.scoring[item.score.by]
            edges = f" ({' / '.join(say_number(e) for e in rule.lower_edges)})" if isinstance(rule, BandSet) else ""
            what.append(f"เกณฑ์ {item.score.by}{edges}")
        if item.rate and item.rate.standing is Standing.ASSUMED:
            what.append(f"อัตรา {item.rate.value} {money_th(figures.run.pack)}")
        said = f"{' และ '.join(what) or 'น้ำหนัก'} {STANDING_TH[Standing.ASSUMED]}"
        found.append(Gap(item, said, orgs, figures.earned_of_item(item.item), "ให้จังหวัดหรือเขตยืนยัน หรือเปลี่ยนในกติกา"))
    return found


def find_typed_in(figures: Figures) -> list[Gap]:
    """Items with values that people typed in or brought from elsewhere."""
    found = []
    for item in figures.items:
        orgs = tuple(
            p.org for p in figures.payees if figures.lines[p.org, item.item].counted.standing is Standing.TYPED_IN
        )
        if orgs:
            amount = sum(figures.amount(org, f"earned.{item.item}") for org in orgs)
            what = "ค่าที่กรอกเอง" if item.entry else "ผลนับที่นำเข้าจากที่อื่น"
            found.append(Gap(item, what, orgs, amount, "เก็บหลักฐานของค่าที่กรอกไว้ให้ตรวจ"))
    return found


def units_th(figures: Figures, orgs: Sequence[str]) -> str:
    """The units by name; all of them, or all but a few, in fewer words."""
    names = {p.org: p.name_th or p.org for p in figures.payees}
    others = [name for org, name in names.items() if org not in orgs]
    if len(names) > 1 and not others:
        return f"ทุกหน่วย ({len(names)} แห่ง)"
    if len(others) * 2 < len(orgs) and len(others) <= FEW:
        return f"{len(orgs)} แห่ง ทุกหน่วยยกเว้น {', '.join(others)}"
    shown = ", ".join(names[org] for org in orgs[:MOST])
    return shown if len(orgs) <= MOST else f"{len(orgs)} แห่ง {shown} และอีก {len(orgs) - MOST} แห่ง (ดูแผ่น ตาราง)"


def _reason(item: Item, line: ScoreLine) -> str:
    if line.note == NOT_IN_POOL:
        return ""
    match line.scored.standing:
        case ScoreStanding.UNSCORED | ScoreStanding.NOT_COMPUTED | ScoreStanding.TOO_FEW | ScoreStanding.UNMATCHED:
            return WHY_TH[line.scored.standing]
        case ScoreStanding.NO_DATA:
            return missing_th(item, line)
        case _:
            return ""


def _write_part(sheet: Sheet, figures: Figures, row: int, title: str, gaps: Sequence[Gap]) -> int:
    sheet.merge((row, row), (0, len(WIDTHS) - 1), title, "domain")
    row += 1
    for gap in gaps:
        units = units_th(figures, gap.units)
        amount = None if gap.amount is None else baht(gap.amount)
        cells = (gap.item.item, gap.item.title.th, gap.what, units, amount, gap.fix)
        texts = [(text, width) for text, width in zip(cells, WIDTHS, strict=True) if isinstance(text, str)]
        sheet.page.set_row(row, 22 * max(sheet.lines(text, width, 14) for text, width in texts))
        sheet.put_row(row, cells, STYLES, "row")
        row += 1
    if not gaps:
        sheet.merge((row, row), (0, len(WIDTHS) - 1), "ไม่มี", "note")
        return row + 2
    known = [gap.amount for gap in gaps if gap.amount is not None]
    total = baht(sum(known)) if known else None
    sheet.put_row(row, (f"รวม {len(gaps)} เรื่อง", "", "", "", total, ""), STYLES, "total")
    return row + 2
