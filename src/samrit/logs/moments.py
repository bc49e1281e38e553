"""When something was called: ISO 8601 -> the time in Bangkok (DEFINITIONS 067.1).

Written with an offset or Z it is turned to Bangkok time, without one it is Bangkok time: seven hours ahead of UTC all
year. Years are those of the Common Era from 1850 to 2100, as in the 43 files: 2561 is no year of a call.
"""

import re
from datetime import datetime, timedelta

BANGKOK = timedelta(hours=7)
FIRST_YEAR, LAST_YEAR = 1850, 2100
# A day, or a day with a time to the minute or the second; extended (with - and :) or basic (without).
_FORM = re.compile(
    r"""(?:
        (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ](?P<time>(?:[01][0-9]|2[0-3]):[0-9]{2}(?P<s>:[0-9]{2})?))?
      | (?P<bday>[0-9]{8})(?:[Tt ](?P<btime>(?:[01][0-9]|2[0-3])[0-9]{2}(?P<bs>[0-9]{2})?))?
    )
    (?P<fraction>[.,][0-9]+)?
    (?P<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?""",
    re.VERBOSE,
)


def moment_of(text: str) -> datetime | None:
    """The Bangkok time (without a zone, to the microsecond) of an ISO 8601 text; None when it cannot be read.

    >>> moment_of("2017-10-31T17:00:00+00:00")
    datetime.datetime(2017, 11, 1, 0, 0)
    >>> moment_of("2560-10-31T17:00:00") is None
    True
    """
    match = _FORM.fullmatch(text)
    if not match:
        return None
    time = match["time"] or match["btime"] or ""
    if (match["fraction"] and not (match["s"] or match["bs"])) or (match["offset"] and not time):
        return None  # a fraction belongs to seconds, an offset to a time
    try:
        written = datetime.fromisoformat(f"{match['day'] or match['bday']}T{time or '00:00'}")
    except ValueError:
        return None
    offset = _offset(match["offset"])
    if offset is None or not FIRST_YEAR <= written.year <= LAST_YEAR:
        return None
    micro = int((match["fraction"] or ".")[1:7].ljust(6, "0"))
    return written + BANGKOK - offset + timedelta(microseconds=micro)


def _offset(text: str | None) -> timedelta | None:
    """How far ahead of UTC the time was written; None for an offset that no clock has."""
    if text is None:
        return BANGKOK
    if text in "Zz":
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[3:].removeprefix(":") or "0")
    if hours > 23 or minutes > 59:
        return None
    ahead = timedelta(hours=hours, minutes=minutes)
    return -ahead if text[0] == "-" else ahead
