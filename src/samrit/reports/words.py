"""The Thai words of the reports: standings, reasons, components, units. One word per idea, the same on every sheet."""

from samrit.schemes import Item, Pack, Standing
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
WHY_TH = {
    ScoreStanding.SCORED: "คะแนนไม่เต็ม",
    ScoreStanding.NO_DATA: "ไม่มีข้อมูล",
    ScoreStanding.UNSCORED: "ยังไม่มีเกณฑ์",
    ScoreStanding.NOT_COMPUTED: "ยังไม่คำนวณ",
}
REASONS = ("below_full_score", "no_data", "unscored", "not_computed")
REASON_TH = dict(zip(REASONS, WHY_TH.values(), strict=True))
REASON_EN = dict(zip(REASONS, ("below full marks", "no data", "no bands", "not computed"), strict=True))
UNIT_TH = {"percent": "ร้อยละ", "ratio": "เท่า", "rate": "อัตรา", "level": "ระดับ"}
RULE_TH = {"open_rate": "อัตราต่อคะแนน (open rate)", "closed_pool": "วงเงินปิดระดับเขต (closed pool)"}
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
INPUT_TH = {
    "org": "ทะเบียนหน่วยบริการ",
    "entries": "ค่าที่กรอกเอง",
    "populations": "ประชากร UC",
    "winners": "ผู้ได้รางวัล excellence",
    "changes": "กติกาที่พื้นที่เปลี่ยน",
    "cube": "ผลนับจากที่อื่น",
}


def unit_th(pack: Pack, item: Item, formula: str = "") -> str:
    """The unit of an item's value: by its bands, else by its entry, else by the formula of its measure."""
    if item.bands:
        return UNIT_TH[pack.scheme.bands[item.bands.name].unit]
    if item.entry:
        return UNIT_TH[item.entry]
    return "ร้อยละ" if "100" in formula else "เท่า"
