"""Words of explanations: standings, terms and numbers; every text in Thai and English side by side."""

from decimal import Decimal

from samrit.allocation import show_satang
from samrit.formula import round_half_up
from samrit.schemes.authoring.figures import Figure, Standing, Words
from samrit.schemes.authoring.pack import Pack

STANDINGS = {
    Standing.PRINTED: Words(th="พิมพ์ในเอกสาร", en="printed in the source"),
    Standing.RECONSTRUCTED: Words(th="คำนวณย้อนจากตัวเลขที่พิมพ์", en="reconstructed from printed figures"),
    Standing.ASSUMED: Words(th="ข้อเสนอ ยังไม่เป็นทางการ", en="our proposal, not official"),
    Standing.TYPED_IN: Words(th="คีย์เข้า", en="typed in"),
    Standing.COMPUTED: Words(th="คำนวณ", en="computed"),
}
"""The standing of a figure, said behind it."""
NO_REPORT = Words(th="ไม่มีผลงานที่รายงาน", en="no result was reported")
NO_TARGET = Words(th="ไม่มีกลุ่มเป้าหมาย (B = 0)", en="nobody to count (B = 0)")
NOT_ENTERED = Words(th="ยังไม่กรอก", en="not entered")
"""The terms of the reports, the same here."""
DECIMALS = 2
SCORE_DECIMALS = 4


def standing(of: Standing) -> Words:
    """The standing behind a figure, in brackets."""
    return Words(th=f"({STANDINGS[of].th})", en=f"({STANDINGS[of].en})")


def plain(number: Decimal | int | None) -> str:
    """A number as it is, without zeros at its end; '-' for none.

    >>> plain(Decimal("60.00")), plain(Decimal("1E+2")), plain(None)
    ('60', '100', '-')
    """
    return "-" if number is None else format(Decimal(number).normalize(), "f")


def short(number: Decimal | int | None) -> str:
    """A number that may not end, to four places at most."""
    return plain(number if number is None else round_half_up(Decimal(number), SCORE_DECIMALS))


def rounded(number: Decimal) -> str:
    """A value as it is read: two places, thousands apart."""
    return f"{round_half_up(number, DECIMALS):,f}"


def money(satang: int) -> str:
    """Satang with two places.

    >>> money(-60090261)
    '-600,902.61'
    """
    return show_satang(satang)


def amount(satang: int, pack: Pack) -> Words:
    """Money with its currency."""
    currency = pack.scheme.currency.title
    return Words(th=f"{money(satang)} {currency.th}", en=f"{money(satang)} {currency.en}")


def figure(of: Figure, unit: Words | None = None) -> Words:
    """A figure of the pack with its unit and where it comes from."""
    by, value = standing(of.standing), f"{of.value:,f}"
    if unit is None:
        return Words(th=f"{value} {by.th}", en=f"{value} {by.en}")
    return Words(th=f"{value} {unit.th} {by.th}", en=f"{value} {unit.en} {by.en}")


def per(pack: Pack, th: str, en: str) -> Words:
    """The currency per something."""
    currency = pack.scheme.currency.title
    return Words(th=f"{currency.th}ต่อ{th}", en=f"{currency.en} per {en}")


def join(words: list[Words], sign: str = " ") -> Words:
    """Several texts as one."""
    return Words(th=sign.join(w.th for w in words), en=sign.join(w.en for w in words))


def text(number: Decimal | int | str | None) -> str | int | None:
    """A number as the JSON has it: decimals are texts, so that no digit is lost."""
    return format(number, "f") if isinstance(number, Decimal) else number
