"""The columns of a centre's file: what each is called in exports, and which of them are months.

Names as the national data centre's summary tables and their open copies have them (hospcode, areacode, b_year, target,
result, result01 ... result12), and the Thai heads of its web tables. Case, spaces and a byte order mark do not matter.
A number behind `result` is a calendar month: result10 is October. A single digit (result1) is a month only where all
twelve are there, because other tables call their second age group result1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

HOSPCODE, AREA, YEAR, MEASURE, TARGET, RESULT = "hospcode", "areacode", "year", "measure", "target", "result"
ALIASES: dict[str, tuple[str, ...]] = {
    HOSPCODE: ("hospcode", "hcode", "hoscode", "off_id", "รหัสหน่วยบริการ", "รหัสสถานบริการ", "รหัสหน่วยงาน"),
    AREA: ("areacode", "area_code", "vhid", "villagecode", "รหัสพื้นที่"),
    YEAR: ("b_year", "byear", "year", "budget_year", "ปีงบประมาณ", "ปี", "ปีพ.ศ."),
    MEASURE: ("measure", "table", "table_name", "tablename", "kpi", "ตัวชี้วัด", "ตาราง"),
    TARGET: ("target", "b", "เป้าหมาย", "ตัวหาร", "จำนวนเป้าหมาย", "target(b)", "b(เป้าหมาย)"),
    RESULT: ("result", "a", "ผลงาน", "ตัวตั้ง", "จำนวนผลงาน", "result(a)", "a(ผลงาน)"),
}
THAI_MONTHS = (
    ("ม.ค.", "มกราคม"), ("ก.พ.", "กุมภาพันธ์"), ("มี.ค.", "มีนาคม"), ("เม.ย.", "เมษายน"), ("พ.ค.", "พฤษภาคม"),
    ("มิ.ย.", "มิถุนายน"), ("ก.ค.", "กรกฎาคม"), ("ส.ค.", "สิงหาคม"), ("ก.ย.", "กันยายน"), ("ต.ค.", "ตุลาคม"),
    ("พ.ย.", "พฤศจิกายน"), ("ธ.ค.", "ธันวาคม"),
)  # fmt: skip
TWO_DIGITS = re.compile(r"(?:result|m)_?(0[1-9]|1[0-2])", re.ASCII)
ONE_DIGIT = re.compile(r"(?:result|m)_?([1-9])", re.ASCII)
PASSED_OVER = frozenset(
    {"", "id", "hospname", "hosname", "areaname", "date_com", "percent", "rate", "no", "ลำดับ", "ร้อยละ", "หน่วยบริการ",
     "ชื่อหน่วยบริการ", "สถานบริการ"}
)  # fmt: skip
"""Columns that exports carry and that a comparison does not need; nobody has to be told about them."""


@dataclass(frozen=True)
class Places:
    """Where each known column stands (0 = first); months: calendar month -> place."""

    known: dict[str, int]
    months: dict[int, int]
    twice: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]


def plain(name: str) -> str:
    """A column's name without case, spaces and byte order mark.

    >>> plain(" Hosp Code ")
    'hospcode'
    """
    return "".join(name.replace("\ufeff", "").split()).lower()


def find_places(head: Sequence[str], chosen: dict[str, str]) -> Places:
    """The places of the known columns in a line of names.

    chosen: column -> the name that stands for it instead of the usual ones, such as result -> result1.
    """
    names = [plain(name) for name in head]
    wanted = {column: (plain(chosen[column]),) if chosen.get(column) else names_ for column, names_ in ALIASES.items()}
    known: dict[str, int] = {}
    twice = []
    for column, aliases in wanted.items():
        found = [at for at, name in enumerate(names) if name in aliases]
        if found:
            known[column] = found[0]
        if len(found) > 1:
            twice.append((head[found[0]], head[found[1]]))
    months, again = _months(names, set(known.values()))
    twice += [(head[first], head[second]) for first, second in again]
    used = {*known.values(), *months.values(), *(second for _, second in again)}
    usual = {name for aliases in ALIASES.values() for name in aliases} if chosen else set()
    unused = [head[at] for at, name in enumerate(names) if at not in used and name not in PASSED_OVER | usual]
    return Places(known, months, tuple(twice), tuple(unused))


def _months(names: Sequence[str], taken: set[int]) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """calendar month -> place, and pairs of places that mean the same month."""
    free = [(at, name) for at, name in enumerate(names) if at not in taken]
    ones = {int(found[1]) for _, name in free if (found := ONE_DIGIT.fullmatch(name))}
    twos = {int(found[1]) for _, name in free if (found := TWO_DIGITS.fullmatch(name))}
    single = len(ones) == 9 and {10, 11, 12} <= twos
    months: dict[int, int] = {}
    again = []
    for at, name in free:
        month = _month(name, single=single and not twos & ones)
        if month and month in months:
            again.append((months[month], at))
        elif month:
            months[month] = at
    return months, again


def _month(name: str, *, single: bool) -> int:
    """The calendar month that a name means, or 0."""
    if found := TWO_DIGITS.fullmatch(name) or (ONE_DIGIT.fullmatch(name) if single else None):
        return int(found[1])
    bare = name.removeprefix("ผลงาน").removeprefix("result").strip("_()")
    return next((n for n, words in enumerate(THAI_MONTHS, start=1) if bare in words), 0)
