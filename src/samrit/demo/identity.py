"""Identity: invented citizen numbers and invented names. No number or name here belongs to anybody."""

from samrit.demo.chance import Chance

OFFICE = "0000"
"""Digits 2 to 5 of a citizen number name the registration office, which starts with its province (10 to 96).
No office is numbered 0000, so no real person can hold a number made here."""

NUMBERS = 10_000_000
"""Seven digits are left for people; babies and staff have parts of their own so that no number is given twice."""

MOST_PEOPLE = 4_899_999
BABIES = 5_000_000
STAFF = 9_900_000

MALE = (
    "สมมุติ", "ทดลอง", "ตัวอย่าง", "จำลอง", "ทดสอบ", "สมมุติชัย", "ลองชัย", "แบบชัย", "จำลองพล", "ทดสอบเดช",
    "ตัวอย่างชัย", "ลองเดช", "สาธิต", "สาธิตพล", "ร่างแบบ", "แบบแผน",
)  # fmt: skip
FEMALE = (
    "สมมุติ", "ทดลอง", "ตัวอย่าง", "จำลอง", "สมมุตินุช", "ลองนุช", "แบบดี", "จำลองพร", "ทดสอบพร", "ตัวอย่างศรี",
    "ลองศรี", "สาธิตา", "สาธิตพร", "แบบบาง", "ทดสอบใจ", "สมมุติใจ",
)  # fmt: skip
FAMILY_HEAD = (
    "ทดสอบ", "สมมุติ", "จำลอง", "ตัวอย่าง", "ทดลอง", "สาธิต", "แบบอย่าง", "ลองทำ", "ร่างแบบ", "เสมือน",
)  # fmt: skip
FAMILY_TAIL = (
    "กุล", "ชัย", "วงศ์", "พงษ์", "ดี", "สกุล", "ระบบ", "ข้อมูล", "มั่น", "สุข", "ไทย", "งาม", "เลิศ", "ทอง", "แก้ว",
)  # fmt: skip


def check_digit(first_twelve: str) -> str:
    """The 13th digit: (11 - sum of digit x (14 - place) mod 11) mod 10 (43-file standard, rule for CID).

    >>> check_digit("110000000000")
    '8'
    """
    weighted = sum(int(digit) * (13 - place) for place, digit in enumerate(first_twelve))
    return str((11 - weighted % 11) % 10)


def citizen_number(number: int, category: int, seed: int) -> str:
    """A valid citizen number for person `number` (of ten million): category, office 0000, mixed digits, check digit."""
    # 7,368,787 has no common factor with ten million, so different people keep different digits.
    mixed = (number * 7_368_787 + seed * 1_299_709 + 4_321_987) % NUMBERS
    body = f"{category}{OFFICE}{mixed:07d}"
    return body + check_digit(body)


def given_name(sex: str, chance: Chance) -> str:
    """An invented given name; sex 1 male, 2 female."""
    return chance.pick(MALE if sex == "1" else FEMALE)


def family_name(chance: Chance) -> str:
    """An invented family name."""
    return chance.pick(FAMILY_HEAD) + chance.pick(FAMILY_TAIL)
