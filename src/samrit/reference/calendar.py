"""Periods and fiscal years: closed ranges of days, their months, quarters and rounds.

>>> FiscalYear(2557).start, str(FiscalYear(2557).assessment_year)
(datetime.date(2013, 10, 1), '2013-04-01..2014-03-31')
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from samrit.problems import Where, problem
from samrit.reference.day import BUDDHIST_LEAD, BUDDHIST_YEARS, format_day_th, parse_day
from samrit.reference.refused import ReferenceRefused

MILESTONES = {"M3": 0, "M6": 1, "M9": 2, "M12": 3}
"""The rounds of 3, 6, 9 and 12 months -> the quarter whose end closes them."""


@dataclass(frozen=True, order=True)
class Period:
    """A closed range of days: both ends belong to it. Raises ReferenceRefused when the end is before the start.

    >>> str(Period(date(2013, 4, 1), date(2014, 3, 31)))
    '2013-04-01..2014-03-31'
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ReferenceRefused(problem("reference.period.backwards", start=self.start, end=self.end))

    @classmethod
    def parse(cls, text: str, where: Where | None = None) -> "Period":
        """The period written as two days with two dots between; the inverse of str().

        Raises ReferenceRefused, placed at `where`, for another form, an impossible day, a Buddhist year or a
        period that ends before it starts.

        >>> Period.parse("2013-04-01..2014-03-31").end
        datetime.date(2014, 3, 31)
        """
        parts = text.split("..")
        if len(parts) != 2:
            raise ReferenceRefused(problem("reference.period.form", where, found=text))
        start, end = (parse_day(part, where) for part in parts)
        if end < start:
            raise ReferenceRefused(problem("reference.period.backwards", where, start=start, end=end))
        return cls(start, end)

    def __str__(self) -> str:
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    def contains(self, day: date) -> bool:
        """True when the day is one of the period, ends included."""
        return self.start <= day <= self.end

    def months(self) -> tuple["Period", ...]:
        """The calendar months that the period touches, in order, the first and last cut to the period."""
        return self._pieces(1)

    def quarters(self) -> tuple["Period", ...]:
        """The quarters (from January, April, July, October) that the period touches, cut to the period.

        A fiscal year starts in October, so these are its quarters too.
        """
        return self._pieces(3)

    def year_to(self, day: date) -> "Period":
        """The period up to a day; the whole period when the day is after its end.

        Raises ReferenceRefused for a day before the start.

        >>> str(Period.parse("2013-04-01..2014-03-31").year_to(date(2013, 9, 30)))
        '2013-04-01..2013-09-30'
        """
        if day < self.start:
            raise ReferenceRefused(problem("reference.period.cut", period=self, day=day))
        return Period(self.start, min(self.end, day))

    def _pieces(self, months: int) -> tuple["Period", ...]:
        pieces = []
        start = self.start
        while True:
            last_month = start.month + -start.month % months
            end = min(self.end, date(start.year, last_month, monthrange(start.year, last_month)[1]))
            pieces.append(Period(start, end))
            if end == self.end:
                return tuple(pieces)
            start = end + timedelta(days=1)


@dataclass(frozen=True, order=True)
class FiscalYear:
    """A Thai budget year, named by its Buddhist year: 1 October of the year before to 30 September.

    Raises ReferenceRefused outside 2400-2699, so a year of the common era cannot slip in.

    >>> str(FiscalYear(2557).period)
    '2013-10-01..2014-09-30'
    """

    year: int

    def __post_init__(self) -> None:
        if self.year not in BUDDHIST_YEARS:
            raise ReferenceRefused(problem("reference.year.range", found=self.year))

    @classmethod
    def of(cls, day: date) -> "FiscalYear":
        """The fiscal year that holds a day.

        >>> FiscalYear.of(date(2013, 9, 30)), FiscalYear.of(date(2013, 10, 1))
        (FiscalYear(year=2556), FiscalYear(year=2557))
        """
        return cls(day.year + BUDDHIST_LEAD + (day.month >= 10))

    def __str__(self) -> str:
        return str(self.year)

    @property
    def start(self) -> date:
        """1 October."""
        return date(self.year - BUDDHIST_LEAD - 1, 10, 1)

    @property
    def end(self) -> date:
        """30 September."""
        return date(self.year - BUDDHIST_LEAD, 9, 30)

    @property
    def period(self) -> Period:
        """The whole year."""
        return Period(self.start, self.end)

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The four quarters, from October."""
        return self.period.quarters()

    @property
    def assessment_year(self) -> Period:
        """April to March: quarters 3 and 4 of the year before with quarters 1 and 2 of this one.

        The performance year of the QOF scheme: FY2557 pays for 2013-04-01..2014-03-31.
        """
        return Period(date(self.year - BUDDHIST_LEAD - 1, 4, 1), self.quarters[1].end)

    def milestone(self, name: str) -> Period:
        """From the start of the year to the end of round M3, M6, M9 or M12.

        Raises ReferenceRefused for another name.

        >>> str(FiscalYear(2557).milestone("M6"))
        '2013-10-01..2014-03-31'
        """
        if name not in MILESTONES:
            raise ReferenceRefused(problem("reference.milestone.unknown", found=name))
        return Period(self.start, self.quarters[MILESTONES[name]].end)


def format_period_th(period: Period) -> str:
    """The period in short Thai with Buddhist years; a single day stands alone.

    >>> format_period_th(Period.parse("2013-04-01..2014-03-31"))
    '1 เม.ย. 2556 - 31 มี.ค. 2557'
    """
    if period.start == period.end:
        return format_day_th(period.start)
    return f"{format_day_th(period.start)} - {format_day_th(period.end)}"
