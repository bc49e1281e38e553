"""Days: strict reading, completed years of age, and the Thai words for a day.

Inside Samrit a day is a `datetime.date` of the common era; the Buddhist Era (543 years more) is only spoken and shown.
Nothing here asks for today.

>>> age_on(date(1953, 10, 2), date(2013, 10, 1)), format_day_th(date(2013, 10, 1))
(59, '1 ต.ค. 2556')
"""

import re
from datetime import date
from typing import overload

from samrit.problems import Where, problem
from samrit.reference.refused import ReferenceRefused

BUDDHIST_LEAD = 543
BUDDHIST_YEARS = range(2400, 2700)

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTHS_SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
_MONTHS_LONG = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]


def parse_day(text: str, where: Where | None = None) -> date:
    """The day written as YYYY-MM-DD in the common era, nothing else.

    Raises ReferenceRefused (reference.day.form, reference.day.buddhist), placed at `where`. Years 2400-2699 are
    Buddhist years by mistake: 2557 is a valid year of the common era to every date library, so it is refused by range.

    >>> parse_day("2013-10-01")
    datetime.date(2013, 10, 1)
    """
    parts = _DAY.fullmatch(text)
    if parts is None:
        raise ReferenceRefused(problem("reference.day.form", where, found=text))
    year, month, day = (int(part) for part in parts.groups())
    if year in BUDDHIST_YEARS:
        likely = f"{year - BUDDHIST_LEAD}{text[4:]}"
        raise ReferenceRefused(problem("reference.day.buddhist", where, found=text, likely=likely))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ReferenceRefused(problem("reference.day.form", where, found=text)) from error


@overload
def age_on(birth: date, day: date) -> int: ...
@overload
def age_on(birth: None, day: date) -> None: ...
def age_on(birth: date | None, day: date) -> int | None:
    """Completed years on a day; None without a birth; negative before the birth.

    Born on 29 February: one year older on 1 March of a common year, on 29 February of a leap year.

    >>> age_on(date(2000, 2, 29), date(2013, 2, 28)), age_on(date(2000, 2, 29), date(2013, 3, 1))
    (12, 13)
    """
    if birth is None:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def years_before(day: date, years: int) -> date:
    """The same month and day some years earlier; 29 February becomes 28 February where the year has none.

    >>> years_before(date(2016, 2, 29), 1)
    datetime.date(2015, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        if (day.month, day.day) != (2, 29):
            raise  # the year itself does not exist
        return day.replace(year=day.year - years, day=28)


def format_day_th(day: date) -> str:
    """The day in short Thai with its Buddhist year.

    >>> format_day_th(date(2013, 10, 1))
    '1 ต.ค. 2556'
    """
    return f"{day.day} {_MONTHS_SHORT[day.month - 1]} {day.year + BUDDHIST_LEAD}"


def format_day_long_th(day: date) -> str:
    """The day in full Thai words with its Buddhist year.

    >>> format_day_long_th(date(2013, 10, 1))
    '1 ตุลาคม 2556'
    """
    return f"{day.day} {_MONTHS_LONG[day.month - 1]} {day.year + BUDDHIST_LEAD}"
