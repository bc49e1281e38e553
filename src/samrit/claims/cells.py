"""What a cell says: a day, a moment, a number, an amount of money, codes. None: it cannot be read.

Nothing is guessed, as in the 43 files (DEFINITIONS S1.6, S1.7): a Buddhist year, a two-figure year or `1,200` is not
converted. A blank cell is asked of nobody: whoever calls these looks for it first.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1850, 2100
COMORBIDITY = "2"
SATANG = 100
_MOMENT = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ]?([01][0-9]|2[0-3]):?([0-5][0-9])(?::?([0-5][0-9])(?:\.0+)?)?)?"
)
_NUMBER = re.compile(r"[+-]?[0-9]{1,29}(?:\.[0-9]+)?")
_NUMBER_HELD = re.compile(r"[+-]?[0-9]+(?:\.[0-9]{1,9})?")
_MONEY = re.compile(r"([0-9]{1,13})(?:\.([0-9]{1,2})0*)?")
_CODE = re.compile(r"([A-Za-z0-9.+*-]+)(?::([1-9][0-9]?))?")
_RIGHT = re.compile(r"[0-9A-Z]{4}")


@lru_cache(maxsize=65_536)
def moment_of(text: str) -> datetime | None:
    """The moment of `2014-01-31`, `2014-01-31 08:30`, `2014-01-31T08:30:00`, `20140131` or `20140131083000`.

    A day is its first moment; the time is that of the hospital.

    >>> moment_of("20140131083000"), moment_of("2557-01-31")
    (datetime.datetime(2014, 1, 31, 8, 30), None)
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        moment = datetime.combine(date(year, month, day), time(hour, minute, second))
    except ValueError:
        return None
    return moment if FIRST_YEAR <= year <= LAST_YEAR else None


def day_of(text: str) -> date | None:
    """The day of any text that `moment_of` reads."""
    moment = moment_of(text)
    return moment.date() if moment else None


def number_of(text: str) -> Decimal | None:
    """Sign, digits, point and digits; places after the ninth are cut off, as in the 43 files.

    >>> number_of("0.5333"), number_of("1,200")
    (Decimal('0.5333'), None)
    """
    if not _NUMBER.fullmatch(text):
        return None
    held = _NUMBER_HELD.match(text)
    return Decimal(held[0]) if held else None


def satang_of(text: str) -> int | None:
    """An amount of baht as whole satang; None for part of a satang or a sign.

    >>> satang_of("250"), satang_of("12.5"), satang_of("0.005")
    (25000, 1250, None)
    """
    found = _MONEY.fullmatch(text)
    if not found:
        return None
    return int(found[1]) * SATANG + int((found[2] or "").ljust(2, "0"))


def codes_of(text: str) -> str | None:
    """Codes in one spelling: each with its type, parted by one space; without a type it is a comorbidity.

    >>> codes_of("E11.9; S09.9:5")
    'E11.9:2 S09.9:5'
    """
    said = [_CODE.fullmatch(part) for part in re.split(r"[\s;,|]+", text) if part]
    found = [(part[1], part[2] or COMORBIDITY) for part in said if part]
    return " ".join(f"{code}:{kind}" for code, kind in found) if len(found) == len(said) else None


def right_of(text: str) -> str | None:
    """The right of a stay, four figures or capital letters; `100` has lost its zero and says nothing."""
    return text if _RIGHT.fullmatch(text) else None
