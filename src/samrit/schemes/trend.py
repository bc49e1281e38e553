"""Results over time under one census day: by month, by quarter, year to date, rolling twelve months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.measures import When, measure
from samrit.reference import OrgLevel, Period, Register, Span, spans_of
from samrit.results import Amount, Cell, Line, add, roll_up
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.inputs import counted_value

WHOLE = "all"
SPANS = (Span.MONTH, Span.QUARTER, Span.YEAR_TO_DATE, Span.ROLLING)


@dataclass(frozen=True, order=True)
class TrendLine:
    """A, B and value of one item at one unit in one period; org "all" is the sum over the payees."""

    item: str
    org: str
    span: Span
    period: Period
    a: Amount
    b: Amount
    value: Decimal | None


def trend_whens(period: Period, census_day: date) -> list[When]:
    """Every distinct period of the trend, to be counted in one go."""
    return sorted({When(p, census_day) for _, p in spans_of(period, SPANS)})


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
        for span, cut in spans_of(period, SPANS):
            lines = by_period.get(cut, [])
            if lines:
                sums = (add(*(line.a for line in lines)), add(*(line.b for line in lines)))
                lines = [*lines, Line(of.id, cut, OrgLevel.COUNTRY, WHOLE, *sums)]
            made += [TrendLine(code, x.org, span, cut, x.a, x.b, counted_value(pack, item, x.a, x.b)) for x in lines]
    return made
