"""Results over time: which periods, and that they are the parts of one another."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from samrit.reference import Period, Span, shipped_register, spans_of
from samrit.schemes import Asked, SchemeRun, TrendLine, run_scheme
from samrit.schemes.trend import SPANS, trend_whens
from schemes.building import PACK, read_rows
from schemes.small_home import Small

YEAR = Period.parse("2013-04-01..2014-03-31")


def spans(text: str) -> dict[Span, list[str]]:
    found = defaultdict(list)
    for span, period in spans_of(Period.parse(text), SPANS):
        found[span].append(str(period))
    return dict(found)


@pytest.fixture(scope="module")
def done(small: Small) -> SchemeRun:
    return run_scheme(PACK, small.late, shipped_register(), Asked("42", trend=True))


def lines(done: SchemeRun, item: str, span: Span, org: str = "all") -> list[TrendLine]:
    return [x for x in done.trend if (x.item, x.span, x.org) == (item, span, org)]


def test_a_year_has_12_months_4_quarters_12_ends_and_12_years_back() -> None:
    assert {span: len(of) for span, of in spans(str(YEAR)).items()} == {
        Span.MONTH: 12,
        Span.QUARTER: 4,
        Span.YEAR_TO_DATE: 12,
        Span.ROLLING: 12,
    }


def test_the_periods_of_a_quarter_with_the_february_of_a_leap_year() -> None:
    assert spans("2012-01-01..2012-03-31") == {
        Span.MONTH: ["2012-01-01..2012-01-31", "2012-02-01..2012-02-29", "2012-03-01..2012-03-31"],
        Span.QUARTER: ["2012-01-01..2012-03-31"],
        Span.YEAR_TO_DATE: ["2012-01-01..2012-01-31", "2012-01-01..2012-02-29", "2012-01-01..2012-03-31"],
        Span.ROLLING: ["2011-02-01..2012-01-31", "2011-03-01..2012-02-29", "2011-04-01..2012-03-31"],
    }


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("2012-02-28", "2011-03-01"),
        ("2012-02-29", "2011-03-01"),
        ("2013-02-28", "2012-03-01"),
        ("2013-02-27", "2012-02-28"),
        ("2014-03-31", "2013-04-01"),
        ("2013-12-31", "2013-01-01"),
    ],
)
def test_twelve_months_back_from_a_day(end: str, start: str) -> None:
    """They never hold the day a year before the last one."""
    assert spans(f"{end[:7]}-01..{end}")[Span.ROLLING] == [f"{start}..{end}"]


def test_a_period_that_is_cut_in_a_month_has_a_short_last_month() -> None:
    assert spans("2013-04-01..2013-05-10")[Span.MONTH] == ["2013-04-01..2013-04-30", "2013-05-01..2013-05-10"]


def test_every_period_is_counted_once() -> None:
    whens = trend_whens(YEAR, date(2013, 10, 1))
    # April is year to date, the first quarter too, and the whole year is also twelve months back
    assert len(set(whens)) == len(whens) == 12 + 4 + 12 + 12 - 3


@pytest.mark.parametrize("org", ["all", "11033"])
def test_months_and_quarters_of_events_sum_to_the_year(done: SchemeRun, org: str) -> None:
    """Visits are events: each is in one month (2.1)."""
    for part, place in (("a", 0), ("b", 1)):
        whole = done.total_of("2.1")[place] if org == "all" else getattr(
            next(s for s in done.evaluation.scores if (s.org, s.item) == (org, "2.1")).counted, part)  # fmt: skip
        assert whole
        for span in (Span.MONTH, Span.QUARTER):
            assert sum(getattr(x, part) for x in lines(done, "2.1", span, org)) == whole


def test_year_to_date_at_the_last_month_is_the_year(done: SchemeRun) -> None:
    for item in ("1.3", "1.6", "2.1", "2.6", "4.5"):
        last = lines(done, item, Span.YEAR_TO_DATE)[-1]
        a, b, value = done.total_of(item)
        assert (last.a, last.b) == (a, b)
        assert value == round(last.value, 2)  # type: ignore[arg-type]


def test_year_to_date_of_events_only_grows_and_adds_a_month(done: SchemeRun) -> None:
    months, to_date = lines(done, "2.1", Span.MONTH), lines(done, "2.1", Span.YEAR_TO_DATE)
    for month, (before, after) in zip(months[1:], pairwise(to_date), strict=True):
        assert (after.a, after.b) == (before.a + month.a, before.b + month.b)


def test_the_last_twelve_months_back_are_the_year(done: SchemeRun) -> None:
    last, year = lines(done, "2.1", Span.ROLLING)[-1], lines(done, "2.1", Span.YEAR_TO_DATE)[-1]
    assert (last.period, last.a, last.b) == (YEAR, year.a, year.b)


def test_all_is_the_sum_of_the_payees(done: SchemeRun) -> None:
    for x in done.trend:
        if x.item == "2.6" and x.org == "all":
            units = [
                y for y in done.trend if (y.item, y.span, y.period) == ("2.6", x.span, x.period) and y.org != "all"
            ]
            assert (x.a, x.b) == (sum(y.a for y in units), sum(y.b for y in units))


def test_the_file_has_values_of_four_places_and_empty_ones(done: SchemeRun) -> None:
    rows = read_rows(done.run.folder / "trend.csv")
    assert list(rows[0]) == ["scheme", "item", "org", "span", "period_start", "period_end", "a", "b", "value"]
    assert len(rows) == len(done.trend)
    for row in rows:
        if row["item"] == "2.1":
            wanted = "" if row["b"] == "0" else f"{Decimal(row['a']) / Decimal(row['b']):.10f}"
            assert row["value"] == (
                "" if not wanted else str(Decimal(wanted).quantize(Decimal("0.0001"), "ROUND_HALF_UP"))
            )
    assert {row["value"] == "" for row in rows if row["item"] == "2.1"} == {True, False}


def test_the_trend_of_one_district_names_its_own_unit_alone(small: Small) -> None:
    cut = Asked("4206", as_of=date(2013, 5, 31), trend=True)
    found = run_scheme(PACK, small.late, shipped_register(), cut).trend
    assert {x.org for x in found} == {"11033", "all"}
    for x in found:
        mine = next(y for y in found if (y.item, y.span, y.period, y.org) == (x.item, x.span, x.period, "11033"))
        assert (x.a, x.b) == (mine.a, mine.b)


def test_a_trend_names_another_run_with_the_same_scores(done: SchemeRun, small: Small) -> None:
    without = run_scheme(PACK, small.late, shipped_register(), Asked("42"))
    assert without.run.id != done.run.id
    assert without.evaluation == done.evaluation
    assert not (without.run.folder / "trend.csv").exists()
