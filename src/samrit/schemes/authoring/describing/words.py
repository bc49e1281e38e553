"""Words of packs: what kinds, rules and standings are called, and figures with where they come from."""

from decimal import Decimal
from typing import Literal

from samrit.schemes.authoring.figures import Figure, Standing, Words

Cell = str | Words
"""What stands in a table: a text that is the same in both languages, or one in each."""

STANDINGS = {
    Standing.PRINTED: Words(th="พิมพ์ไว้ในเอกสาร", en="printed in the source"),
    Standing.RECONSTRUCTED: Words(th="คำนวณย้อนจากตัวเลขที่พิมพ์", en="forced by printed figures"),
    Standing.ASSUMED: Words(th="ข้อเสนอ ยังไม่เป็นทางการ แก้ได้", en="our proposal, not official, editable"),
    Standing.TYPED_IN: Words(th="หน่วยงานกำหนดหรือคีย์เข้า", en="set or typed in by the site"),
    Standing.COMPUTED: Words(th="คำนวณ", en="computed"),
}
SHORT = {
    Standing.PRINTED: Words(th="ตามเอกสาร", en="printed"),
    Standing.RECONSTRUCTED: Words(th="คำนวณย้อน", en="reconstructed"),
    Standing.ASSUMED: Words(th="ข้อเสนอ", en="assumed"),
    Standing.TYPED_IN: Words(th="กำหนดเอง", en="typed in"),
    Standing.COMPUTED: Words(th="คำนวณ", en="computed"),
}
"""The standing beside a figure."""
POOL_RULES = {
    "open_rate": Words(
        th="จ่ายตามอัตราของแต่ละข้อ: คะแนน/คะแนนเต็ม x บาทต่อคน x จำนวนคน ส่วนที่ไม่ได้ยังไม่จัดสรร",
        en="a price list: score / full score x baht per person x people; what is not earned stays undistributed",
    ),
    "closed_pool": Words(
        th="แบ่งเงินทั้งก้อนตามคะแนนของทุกหน่วย จ่ายหมดเสมอ",
        en="the whole pot is shared by the points of all units; always spent whole",
    ),
    "relative_to_mean": Words(
        th="อัตราฐาน x คะแนนของหน่วย / คะแนนเฉลี่ยของเขต x จำนวนคน รวมแล้วไม่เกินวงเงิน",
        en="base rate x points of the unit / mean of the region x people, held to the pot",
    ),
    "price_per_point": Words(th="คะแนน x ราคาต่อคะแนน x ดัชนี", en="points x price per point x indices"),
}
PAYEES = {
    "contracting_unit": Words(th="หน่วยบริการประจำ", en="contracting unit"),
    "facility": Words(th="หน่วยบริการ", en="facility"),
}
ENTRIES = {
    "percent": Words(th="คีย์ A และ B", en="typed in: A and B"),
    "level": Words(th="คีย์ระดับ", en="typed in: a level"),
    "number": Words(th="คีย์ค่า", en="typed in: a value"),
    "facts": Words(th="คีย์ข้อเท็จจริง", en="typed in: facts"),
}
NETTING = {
    "recover": Words(th="ได้น้อยกว่าเงินล่วงหน้าต้องคืน (หักจากงวดต่อไป)", en="less than the advance is owed back"),
    "floor_zero": Words(th="ได้น้อยกว่าเงินล่วงหน้าไม่เรียกคืน", en="less than the advance is forgiven"),
}
OF = {
    "advance": Words(th="เงินล่วงหน้า", en="advance"),
    "net": Words(th="เงินตามผลงานหลังหักเงินล่วงหน้า", en="results, net of the advance"),
    "support": Words(th="เงินสนับสนุน", en="support"),
}
ATTRIBUTE_WORDS = {
    "service_level": Words(th="ระดับบริการเดียวกัน", en="the same service level"),
    "hostype": Words(th="ประเภทเดียวกัน", en="the same type"),
    "size": Words(th="ขนาดเดียวกัน", en="the same size"),
    "province_code": Words(th="จังหวัดเดียวกัน", en="the same province"),
}
ROLL_UPS = {
    "mean": Words(th="ค่าเฉลี่ย", en="mean"),
    "weighted_mean": Words(th="ค่าเฉลี่ยถ่วงน้ำหนัก", en="weighted mean"),
    "worst": Words(th="คะแนนต่ำสุด", en="worst"),
    "best": Words(th="คะแนนสูงสุด", en="best"),
}
FEW = {
    "unscored": Words(th="ไม่ให้คะแนน", en="unscored"),
    "no_data": Words(th="ได้ 0", en="scores 0"),
    "worst": Words(th="ได้คะแนนต่ำสุด", en="the worst score"),
    "best": Words(th="ได้คะแนนสูงสุด", en="the best score"),
}


def say(cell: Cell, language: Literal["th", "en", "both"]) -> str:
    """A cell in one language, or in both.

    >>> say(Words(th="คะแนน", en="points"), "both")
    'คะแนน / points'
    """
    if isinstance(cell, str):
        return cell
    if language == "both":
        return cell.th if cell.th == cell.en else f"{cell.th} / {cell.en}"
    return cell.th if language == "th" else cell.en


def number(value: Decimal) -> str:
    """A number as people write it: thousands apart, no sign of powers.

    >>> number(Decimal("234569039")), number(Decimal("4.30"))
    ('234,569,039', '4.30')
    """
    return f"{value:,f}"


def standing(of: Standing) -> Words:
    """The standing beside a figure."""
    return SHORT[of]


def figure(of: Figure | None, unit_th: str = "", unit_en: str = "") -> Cell:
    """A figure with its unit and standing; '-' for none."""
    if of is None:
        return "-"
    short = SHORT[of.standing]
    value = number(of.value)
    return Words(th=f"{value}{_unit(unit_th)} ({short.th})", en=f"{value}{_unit(unit_en)} ({short.en})")


def join(words: list[Words], sign: str = "; ") -> Words:
    """Several texts as one."""
    return Words(th=sign.join(w.th for w in words), en=sign.join(w.en for w in words))


def _unit(unit: str) -> str:
    return f" {unit}" if unit else ""
