"""The Thai words of the reports: standings, reasons, components, units. One word per idea, the same on every sheet."""

from decimal import Decimal

from samrit.schemes import Item, Pack, ScoreLine, Standing
from samrit.scoring import ScoreStanding

STANDING_MARK = {
    Standing.PRINTED: "พ",
    Standing.RECONSTRUCTED: "ส",
    Standing.ASSUMED: "ม",
    Standing.TYPED_IN: "ก",
    Standing.COMPUTED: "ค",
}
STANDING_TH = {
    Standing.PRINTED: "พิมพ์ในเอกสาร",
    Standing.RECONSTRUCTED: "สร้างกลับจากตัวเลขที่พิมพ์และพิสูจน์แล้ว",
    Standing.ASSUMED: "สมมติ ยังไม่เป็นทางการ",
    Standing.TYPED_IN: "กรอกเอง",
    Standing.COMPUTED: "คำนวณ",
}
STANDING_EN = {
    Standing.PRINTED: "printed in the source",
    Standing.RECONSTRUCTED: "reconstructed from printed figures, proven",
    Standing.ASSUMED: "assumed, not official",
    Standing.TYPED_IN: "typed in",
    Standing.COMPUTED: "computed",
}
# One term each, on every sheet, in every notice and on the screen.
NO_REPORT_TH = "ไม่มีผลงานที่รายงาน"
NO_TARGET_TH = "ไม่มีกลุ่มเป้าหมาย (B = 0)"
NOT_ENTERED_TH = "ยังไม่กรอก"
NO_DATA_TH = f"{NO_REPORT_TH} หรือ{NO_TARGET_TH}"
"""The reason of money that takes both: its lines tell the two apart."""
WHY_TH = {
    ScoreStanding.SCORED: "คะแนนไม่เต็ม",
    ScoreStanding.NO_DATA: NO_DATA_TH,
    ScoreStanding.UNSCORED: "ยังไม่มีเกณฑ์",
    ScoreStanding.NOT_COMPUTED: "ยังไม่คำนวณ",
    ScoreStanding.TOO_FEW: "จำนวนที่ใช้คิดน้อยเกินไป",
    ScoreStanding.UNMATCHED: "ไม่ตรงเกณฑ์ขั้นใด รอพิจารณา",
}
REASONS = ("below_full_score", "no_data", "unscored", "not_computed")
SELDOM = ("too_few", "unmatched")
"""Reasons that are shown where some unit has them."""
REASON_TH = dict(zip((*REASONS, *SELDOM), WHY_TH.values(), strict=True))
_EN = ("below full marks", "no data", "no bands", "not computed", "too few cases", "no rung fits")
REASON_EN = dict(zip((*REASONS, *SELDOM), _EN, strict=True))
UNIT_TH = {
    "percent": "ร้อยละ",
    "ratio": "เท่า",
    "rate": "อัตรา",
    "level": "ระดับ",
    "points": "คะแนน",
    "number": "จำนวน",
    "facts": "ข้อเท็จจริง",
}
FORMULA_TH = {"x100": "ร้อยละ", "x1000": "ต่อพัน", "x100000": "ต่อแสน"}
"""How a formula ends -> the unit of its value."""
YEAR_DIGITS = 4
RULE_TH = {
    "open_rate": "อัตราต่อคะแนน (open rate)",
    "closed_pool": "วงเงินปิดระดับเขต (closed pool)",
    "relative_to_mean": "เทียบคะแนนเฉลี่ยของเขต (relative to mean)",
    "price_per_point": "ราคาต่อคะแนน (price per point)",
}
NETTING_TH = {"recover": "ส่วนที่ขาดเป็นลูกหนี้", "floor_zero": "ส่วนที่ขาดไม่เรียกคืน"}
POT_TH = {
    "total": "งบ QOF ทั้งหมด",
    "advance": "จ่ายล่วงหน้าพร้อมงบเหมาจ่ายรายหัว",
    "performance": "จ่ายตามผลงาน",
    "excellence": "ผลงานดีเด่น (excellence)",
    "excellence_region_30pct": "excellence ระดับเขต 30%",
    "excellence_province_70pct": "excellence ระดับจังหวัด 70%",
    "net_of_excellence": "งบทั้งหมดหักส่วน excellence",
}
ADJUSTMENT_TH = {"adjustment": "ปรับยอด", "appeal": "อุทธรณ์"}
INPUT_TH = {
    "org": "ทะเบียนหน่วยบริการ",
    "entries": "ค่าที่กรอกเอง",
    "populations": "ประชากรของหน่วยบริการ",
    "winners": "ผู้ได้รางวัล excellence",
    "changes": "กติกาที่พื้นที่เปลี่ยน",
    "cube": "ผลนับจากที่อื่น",
    "facts": "ข้อเท็จจริงที่กรอกเอง",
    "last": "ผลงานปีก่อน",
    "activities": "โรงพยาบาล เตียง และหน่วย",
    "adjustments": "การปรับยอดและอุทธรณ์",
    "indices": "ดัชนี",
    "last_paid": "เงินที่จ่ายปีก่อน",
    "ledger": "ลูกหนี้จากงวดก่อน",
}


def unit_th(pack: Pack, item: Item, formula: str = "") -> str:
    """The unit of an item's value: by its rule, else by its entry, else by the formula of its measure."""
    unit = getattr(pack.scheme.scoring[item.score.by], "unit", "") if item.score else ""
    if unit:
        return UNIT_TH[unit]
    if item.entry:
        return UNIT_TH[item.entry]
    return next((said for ending, said in FORMULA_TH.items() if formula.endswith(ending)), "เท่า")


def rules_th(pack: Pack) -> str:
    """How the pools pay, in Thai; pools that pay alike are said once."""
    return " และ ".join(dict.fromkeys(RULE_TH[pool.rule] for pool in pack.scheme.pools))


def money_th(pack: Pack) -> str:
    """The word of the pack's currency: บาท."""
    return pack.scheme.currency.title.th


def people_th(pack: Pack, base: str = "") -> str:
    """The word of a base of people; '' is the first of the scheme."""
    people = pack.scheme.people
    return people[base].title.th if base else next(iter(people.values())).title.th


def advance_th(pack: Pack) -> str:
    """How the advance is worked out; '' when the scheme pays none."""
    advance = pack.scheme.money.advance
    if advance is None:
        return ""
    if advance.rate is not None:
        return f"{advance.rate.value} {money_th(pack)}ต่อคน ({people_th(pack, advance.people)})"
    part = advance.share_of_last.value * 100 if advance.share_of_last else Decimal(0)
    return f"ร้อยละ {part.normalize():f} ของเงินปีก่อน"


def since_th(since: str) -> str:
    """The period of a receivable: a year is said as one."""
    return f"ปีงบประมาณ {since}" if len(since) == YEAR_DIGITS and since.isdigit() else since


def missing_th(item: Item, line: ScoreLine) -> str:
    """Why an item has no value at a unit: not computed, nobody to count, not typed in, or nothing reported."""
    if line.scored.standing is ScoreStanding.NOT_COMPUTED:
        return WHY_TH[ScoreStanding.NOT_COMPUTED]
    if line.counted.b == 0:
        return NO_TARGET_TH
    if line.scored.standing is ScoreStanding.SCORED:
        return UNIT_TH["facts"]
    return NOT_ENTERED_TH if item.entry else NO_REPORT_TH
