"""Days as 43-file cells, and the span of time that the demo data cover."""

from dataclasses import dataclass
from datetime import date, timedelta

from samrit.demo.chance import Chance

_TEXTS: dict[date, str] = {}

AFTERMATH = 28
"""Days after the period in which events still happen: a readmission may follow the period (DEFINITIONS S9.4)."""


def cell(day: date | None) -> str:
    """The day as YYYYMMDD, empty when there is none.

    >>> cell(date(2013, 4, 1)), cell(None)
    ('20130401', '')
    """
    if day is None:
        return ""
    text = _TEXTS.get(day)
    if text is None:
        text = _TEXTS[day] = f"{day.year:04d}{day.month:02d}{day.day:02d}"
    return text


def clock(seconds: int) -> str:
    """Seconds since midnight as HHMMSS.

    >>> clock(8 * 3600 + 61)
    '080101'
    """
    return f"{seconds // 3600:02d}{seconds // 60 % 60:02d}{seconds % 60:02d}"


def age_on(day: date, birth: date) -> int:
    """Completed years on a day; negative before the birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@dataclass(frozen=True)
class Span:
    """The assessment year April to March of a Buddhist fiscal year, and its census day 1 October.

    >>> Span.of(2557)
    Span(year=2557, start=datetime.date(2013, 4, 1), end=datetime.date(2014, 3, 31), census=datetime.date(2013, 10, 1))
    """

    year: int
    start: date
    end: date
    census: date

    @classmethod
    def of(cls, year: int) -> "Span":
        """The span of a Buddhist fiscal year: 2557 is 2013-04-01..2014-03-31 (source document 003: 12 months)."""
        common = year - 544
        return cls(year, date(common, 4, 1), date(common + 1, 3, 31), date(common, 10, 1))

    @property
    def days(self) -> int:
        """Days of the period: 365 or 366."""
        return (self.end - self.start).days + 1

    def any_day(self, chance: Chance) -> date:
        """A day of the period."""
        return self.start + timedelta(chance.below(self.days))

    def around(self, chance: Chance, before: int, after: int) -> date:
        """A day of the period, or up to `before` days earlier or `after` days later."""
        return self.start + timedelta(chance.between(-before, self.days - 1 + after))

    def before(self, chance: Chance, years: int) -> date:
        """A day of the given number of years before the period."""
        return self.start - timedelta(chance.between(1, years * 365))
