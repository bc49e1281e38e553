"""Results over time under one census day: by month, by quarter, year to date, rolling twelve months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from samrit.measures import When, measure
from samrit.reference import OrgLevel, Period, Register, years_before
from samrit.results import Cell, Line, roll_up
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.inputs import counted_value

WHOLE = "all"


class Span(StrEnum):
    """How a period of the trend is cut."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR_TO_DATE = "ytd"
    ROLLING = "rolling12"


@dataclass(frozen=True, order=True)
class TrendLine:
    """A, B and value of one item at one unit in one period; org "all" is the sum over the payees."""

    item: str
    org: str
    span: Span
    period: Period
    a: int
    b: int
    value: Decimal | None


def spans_of(period: Period) -> list[tuple[Span, Period]]:
    """The periods of a trend: months, quarters, year to date and twelve months back, each to a month's end."""
    ends = [month.end for month in period.months()]
    made = [(Span.MONTH, month) for month in period.months()]
    made += [(Span.QUARTER, quarter) for quarter in period.quarters()]
    made += [(Span.YEAR_TO_DATE, period.year_to(end)) for end in ends]
    return made + [(Span.ROLLING, Period(_year_back(end), end)) for end in ends]


def _year_back(end: date) -> date:
    """The first day of the twelve months that end on a day; from 28 February of a leap year that is 1 March."""
    after = end + timedelta(days=1)
    start = years_before(after, 1)
    return start if (start.month, start.day) == (after.month, after.day) else start + timedelta(days=1)


def trend_whens(period: Period, census_day: date) -> list[When]:
    """Every distinct period of the trend, to be counted in one go."""
    return sorted({When(p, census_day) for _, p in spans_of(period)})


def trend_lines(
    pack: Pack, cells: Mapping[str, list[Cell]], period: Period, register: Register, day: date, orgs: Iterable[str]
) -> list[TrendLine]:
    """The trend of every counted item for the payees and their sum. cells: item -> cells of all periods."""
    payees = set(orgs)
    made: list[TrendLine] = []
    for code, of_item in cells.items():
        item = pack.item(code)
        of = measure(item.measure)
        by_period: dict[Period, list[Line]] = {}
        for line in roll_up(of_item, OrgLevel(pack.pool(item).payee), register, day):
            if line.org in payees:
                by_period.setdefault(line.period, []).append(line)
        for span, cut in spans_of(period):
            lines = by_period.get(cut, [])
            if lines:
                sums = (sum(line.a for line in lines), sum(line.b for line in lines))
                lines = [*lines, Line(of.id, cut, OrgLevel.COUNTRY, WHOLE, *sums)]
            made += [TrendLine(code, x.org, span, cut, x.a, x.b, counted_value(pack, item, x.a, x.b)) for x in lines]
    return made
