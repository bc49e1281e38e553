"""Baht in Thai words, as they stand on a payment notice or a cheque.

>>> baht_in_thai_words(123_456_21)
'หนึ่งแสนสองหมื่นสามพันสี่ร้อยห้าสิบหกบาทยี่สิบเอ็ดสตางค์'
"""

DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
MILLION = 1_000_000


def baht_in_thai_words(satang: int) -> str:
    """An amount in satang, read in Thai: `บาทถ้วน` when no satang are left over, `ลบ` in front of a negative amount.

    >>> baht_in_thai_words(1_000_001_00), baht_in_thai_words(-50)
    ('หนึ่งล้านเอ็ดบาทถ้วน', 'ลบห้าสิบสตางค์')
    """
    if satang < 0:
        return "ลบ" + baht_in_thai_words(-satang)
    baht, rest = divmod(satang, 100)
    if not satang:
        return "ศูนย์บาทถ้วน"
    whole = f"{_read(baht)}บาท" if baht else ""
    return f"{whole}{_read(rest)}สตางค์" if rest else f"{whole}ถ้วน"


def _read(number: int, *, after_more: bool = False) -> str:
    """A positive whole number; every six digits are read alone and followed by `ล้าน`."""
    millions, rest = divmod(number, MILLION)
    said = f"{_read(millions)}ล้าน" if millions else ""
    more = after_more or millions > 0
    digits = [int(digit) for digit in str(rest)] if rest else []
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            said += _digit(digit, place, more)
            more = True
    return said


def _digit(digit: int, place: int, more: bool) -> str:
    """One digit at its place; `more`: something greater was read before it."""
    if place == 0 and digit == 1 and more:
        return "เอ็ด"
    if place == 1 and digit <= 2:
        return ("สิบ", "ยี่สิบ")[digit - 1]
    return DIGITS[digit] + PLACES[place]
