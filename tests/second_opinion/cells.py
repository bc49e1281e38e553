"""What one cell says: a date-time, a number, an integer, or nothing (S1.6, S1.7). Digits are 0-9 of ASCII only."""

import re
from datetime import datetime
from decimal import Decimal


def read_date(text: str) -> datetime | None:
    """S1.6: 8 or 14 digits, a real day of 1850-2100, a real time; else nothing. 8 digits mean 00:00:00."""
    if not re.fullmatch("[0-9]{8}|[0-9]{14}", text):
        return None
    digits = text.ljust(14, "0")
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    hour, minute, second = int(digits[8:10]), int(digits[10:12]), int(digits[12:14])
    if not 1850 <= year <= 2100:
        return None
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - Thai local time, S1.6
    except ValueError:
        return None


def read_number(text: str) -> Decimal | None:
    """S1.7: optional sign, digits, optionally a point and digits."""
    return Decimal(text) if re.fullmatch("[+-]?[0-9]+([.][0-9]+)?", text) else None


def read_integer(text: str) -> int | None:
    """S1.7: digits only, so 08 is 8 and 12+ is nothing; 18 digits at most."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def read_value(kind: str, text: str) -> str | datetime | Decimal | int | None:
    """The value of a trimmed cell; blank and unreadable are None."""
    if text == "":
        return None
    if kind == "date":
        return read_date(text)
    if kind == "number":
        return read_number(text)
    if kind == "integer":
        return read_integer(text)
    return text
