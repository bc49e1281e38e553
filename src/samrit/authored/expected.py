"""Expected: what should have stood at a place, in Thai and English, for every type of mistake that a model can find."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samrit.problems import nearest

QUOTED = re.compile(r"'([^']*)'")


@dataclass(frozen=True)
class Expected:
    """What a value must be, as the end of a sentence in each language; the mistake fills `{ge}` and the like."""

    th: str
    en: str


NUMBER = Expected("ต้องเป็นตัวเลข เช่น 12.50", "it must be a number, such as 12.50")
WHOLE = Expected("ต้องเป็นจำนวนเต็ม เช่น 12", "it must be a whole number, such as 12")
TRUTH = Expected("ต้องเป็น true หรือ false", "it must be true or false")
DAY = Expected("ต้องเป็นวันที่แบบ ค.ศ. เช่น 2013-10-01", "it must be a day of the common era, such as 2013-10-01")
KEYS = Expected("ต้องเป็นคีย์กับค่า (คีย์: ค่า)", "it must be keys with values (key: value)")
LIST = Expected("ต้องเป็นรายการ เช่น [a, b] หรือบรรทัดที่ขึ้นต้นด้วย -", "it must be a list: [a, b], or lines that begin with -")
ONE_OF = Expected("เลือกได้คือ {expected}", "it must be one of {expected}")
EXPECTED: Mapping[str, Expected] = {
    "string_type": Expected("ต้องเป็นข้อความ", "it must be a text"),
    "string_too_short": Expected("ต้องยาวอย่างน้อย {min_length} ตัวอักษร", "it must have at least {min_length} characters"),
    "string_pattern_mismatch": Expected("ต้องเป็นข้อความตามรูปแบบ {pattern}", "it must be a text of the pattern {pattern}"),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": Expected("เป็นจำนวนเต็มที่ยาวเกินไป", "the whole number is too long"),
    "decimal_type": NUMBER,
    "decimal_parsing": NUMBER,
    "finite_number": Expected("ต้องเป็นตัวเลขที่มีค่าจำกัด", "it must be a finite number"),
    "greater_than": Expected("ต้องมากกว่า {gt}", "it must be above {gt}"),
    "greater_than_equal": Expected("ต้องไม่น้อยกว่า {ge}", "it must be {ge} or more"),
    "less_than": Expected("ต้องน้อยกว่า {lt}", "it must be below {lt}"),
    "less_than_equal": Expected("ต้องไม่เกิน {le}", "it must be {le} or less"),
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "literal_error": ONE_OF,
    "enum": ONE_OF,
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "tuple_type": LIST,
    "too_short": Expected("ต้องมีอย่างน้อย {min_length} รายการ", "it must have at least {min_length} entries"),
    "dict_type": KEYS,
    "model_type": KEYS,
    "dataclass_type": KEYS,
}
"""The type of a mistake, as pydantic calls it -> what should have stood there. The unknown is `OTHER`."""
OTHER = Expected("ค่านี้ไม่เข้ากับแบบของแฟ้ม ({type})", "it does not fit the form of the file ({type})")


def say_expected(error: Any) -> Expected:
    """The words for one pydantic mistake; of a choice the good ones, and the nearest to what was written."""
    of = EXPECTED.get(error["type"], OTHER)
    facts: dict[str, object] = {"type": error["type"], **error.get("ctx", {})}
    if of is not ONE_OF:
        return Expected(of.th.format(**facts), of.en.format(**facts))
    good = QUOTED.findall(str(facts["expected"]))
    near = nearest(str(error["input"]), good)
    quoted = [f"'{one}'" for one in good]
    th, en = " ".join(quoted), ", ".join(quoted)
    return Expected(
        of.th.format(expected=th) + (f" - หมายถึง '{near}' หรือไม่" if near else ""),
        of.en.format(expected=en) + (f" - did you mean '{near}'?" if near else ""),
    )
