"""Spans: how a period is cut for results over time - months, quarters, the year to date, rolling years, the whole.

>>> from datetime import date
>>> year = Period(date(2013, 4, 1), date(2014, 3, 31))
>>> [str(cut) for span, cut in spans_of(year, [Span.QUARTER])][:2]
['2013-04-01..2013-06-30', '2013-07-01..2013-09-30']
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from samrit.reference.calendar import Period
from samrit.reference.day import years_before


class Span(StrEnum):
    """How a period is cut; `year` is the whole of it. Kept runs hold these words."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR_TO_DATE = "ytd"
    ROLLING = "rolling12"
    YEAR = "year"


def spans_of(period: Period, spans: Iterable[Span] = tuple(Span)) -> list[tuple[Span, Period]]:
    """The periods of the spans asked for, span by span, each in order of its end.

    Year to date and rolling years end with each month of the period; a rolling year is the twelve months that end
    there, so the first of them begin before the period. One period may be of two spans: the first month is also a year
    to date.
    """
    months = period.months()
    made = {
        Span.MONTH: months,
        Span.QUARTER: period.quarters(),
        Span.YEAR_TO_DATE: tuple(period.year_to(month.end) for month in months),
        Span.ROLLING: tuple(Period(_year_back(month.end), month.end) for month in months),
        Span.YEAR: (period,),
    }
    wanted = set(spans)
    return [(span, cut) for span, cuts in made.items() if span in wanted for cut in cuts]


def _year_back(end: date) -> date:
    """The first day of the twelve months that end on a day; from 28 February of a leap year that is 1 March."""
    after = end + timedelta(days=1)
    start = years_before(after, 1)
    return start if (start.month, start.day) == (after.month, after.day) else start + timedelta(days=1)
