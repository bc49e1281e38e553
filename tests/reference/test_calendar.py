"""Periods and fiscal years."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.reference import FiscalYear, Period, ReferenceRefused

ONE_DAY = timedelta(days=1)
years = st.integers(2400, 2699).map(FiscalYear)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
    return Period(start, start + timedelta(days=draw(st.integers(0, 1500))))


def codes_of(refused: pytest.ExceptionInfo[ReferenceRefused]) -> list[str]:
    return [p.code for p in refused.value.problems]


def partitions(pieces: tuple[Period, ...], whole: Period) -> bool:
    """The pieces follow each other without gap or overlap from the first to the last day of the whole."""
    joined = all(before.end + ONE_DAY == after.start for before, after in pairwise(pieces))
    return joined and (pieces[0].start, pieces[-1].end) == (whole.start, whole.end)


def test_a_period_holds_both_its_ends_and_nothing_beside() -> None:
    period = Period(date(2013, 4, 1), date(2014, 3, 31))
    assert period.contains(date(2013, 4, 1))
    assert period.contains(date(2014, 3, 31))
    assert not period.contains(date(2013, 3, 31))
    assert not period.contains(date(2014, 4, 1))


def test_a_period_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Period(date(2013, 4, 1), date(2014, 3, 31)).end = date(2015, 1, 1)  # type: ignore[misc]


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ReferenceRefused) as refused:
        Period(date(2013, 4, 2), date(2013, 4, 1))
    assert codes_of(refused) == ["reference.period.backwards"]


@given(periods())
def test_text_and_period_are_each_others_inverse(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2013-04-01", "reference.period.form"),
        ("2013-04-01..2013-05-01..2013-06-01", "reference.period.form"),
        ("2013-04-01...2014-03-31", "reference.day.form"),
        ("2013-04-01..", "reference.day.form"),
        ("2013-04-01 .. 2014-03-31", "reference.day.form"),
        ("2557-01-01..2557-12-31", "reference.day.buddhist"),
        ("2013-04-01..2557-03-31", "reference.day.buddhist"),
        ("2014-03-31..2013-04-01", "reference.period.backwards"),
    ],
)
def test_what_is_not_a_period_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        Period.parse(text)
    assert codes_of(refused) == [code]


@given(periods())
def test_months_partition_a_period_and_each_lies_in_one_month(period: Period) -> None:
    months = period.months()
    assert partitions(months, period)
    assert all((m.start.year, m.start.month) == (m.end.year, m.end.month) for m in months)
    assert len({(m.start.year, m.start.month) for m in months}) == len(months)


@given(periods())
def test_quarters_partition_a_period_and_each_lies_in_one_quarter(period: Period) -> None:
    quarters = period.quarters()
    assert partitions(quarters, period)
    named = [((q.start.year, (q.start.month - 1) // 3), (q.end.year, (q.end.month - 1) // 3)) for q in quarters]
    assert all(first == last for first, last in named)
    assert len(set(named)) == len(named)


def test_the_first_and_last_month_are_cut_to_the_period() -> None:
    months = Period(date(2013, 12, 15), date(2014, 2, 3)).months()
    assert [str(m) for m in months] == [
        "2013-12-15..2013-12-31",
        "2014-01-01..2014-01-31",
        "2014-02-01..2014-02-03",
    ]


def test_a_period_is_cut_at_a_day_but_never_made_longer() -> None:
    period = Period.parse("2013-04-01..2014-03-31")
    assert str(period.year_to(date(2013, 4, 1))) == "2013-04-01..2013-04-01"
    assert str(period.year_to(date(2013, 12, 31))) == "2013-04-01..2013-12-31"
    assert period.year_to(date(2014, 4, 1)) == period
    with pytest.raises(ReferenceRefused) as refused:
        period.year_to(date(2013, 3, 31))
    assert codes_of(refused) == ["reference.period.cut"]


def test_fiscal_year_2557_runs_from_october_2013_to_september_2014() -> None:
    year = FiscalYear(2557)
    assert (year.start, year.end) == (date(2013, 10, 1), date(2014, 9, 30))
    assert str(year.period) == "2013-10-01..2014-09-30"
    assert str(year) == "2557"
    assert [str(q) for q in year.quarters] == [
        "2013-10-01..2013-12-31",
        "2014-01-01..2014-03-31",
        "2014-04-01..2014-06-30",
        "2014-07-01..2014-09-30",
    ]


@given(years)
def test_the_four_quarters_partition_the_year(year: FiscalYear) -> None:
    assert len(year.quarters) == 4
    assert partitions(year.quarters, year.period)


@given(years)
def test_every_day_of_a_year_belongs_to_it_and_the_days_beside_do_not(year: FiscalYear) -> None:
    assert FiscalYear.of(year.start) == FiscalYear.of(year.end) == year
    assert FiscalYear(2557).period.contains(year.start) == (year.year == 2557)
    if 2400 < year.year < 2699:
        assert FiscalYear.of(year.start - ONE_DAY).year == year.year - 1
        assert FiscalYear.of(year.end + ONE_DAY).year == year.year + 1


@pytest.mark.parametrize(
    ("name", "end"), [("M3", "2013-12-31"), ("M6", "2014-03-31"), ("M9", "2014-06-30"), ("M12", "2014-09-30")]
)
def test_a_milestone_runs_from_the_start_of_the_year(name: str, end: str) -> None:
    assert str(FiscalYear(2557).milestone(name)) == f"2013-10-01..{end}"


@pytest.mark.parametrize("name", ["", "m3", "M4", "12"])
def test_another_milestone_is_refused(name: str) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        FiscalYear(2557).milestone(name)
    assert codes_of(refused) == ["reference.milestone.unknown"]


def test_the_assessment_year_is_two_quarters_of_each_of_two_years() -> None:
    period = FiscalYear(2557).assessment_year
    assert str(period) == "2013-04-01..2014-03-31"
    assert period.quarters() == (*FiscalYear(2556).quarters[2:], *FiscalYear(2557).quarters[:2])
    # the assessment year of the budget year 2552 stands in DEFINITIONS S6.1
    assert str(FiscalYear(2552).assessment_year) == "2008-04-01..2009-03-31"


@pytest.mark.parametrize("year", [2014, 2399, 2700, 57])
def test_a_year_that_is_not_buddhist_is_refused(year: int) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        FiscalYear(year)
    assert codes_of(refused) == ["reference.year.range"]
