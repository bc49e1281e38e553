"""Figures of a period: the whole, and its months in both ways."""

from datetime import date

import pytest

from samrit.measures import When
from samrit.quality.figures import Months, PeriodFigures
from samrit.reference import Period
from samrit.results import Cell

YEAR = Period.parse("2013-10-01..2014-09-30")
CENSUS = date(2013, 10, 1)


def cell(period: str, letter: str, amount: int, facility: str = "11053") -> Cell:
    return Cell("made_up", Period.parse(period), facility, "", "", "", letter, amount)


def figures(months: list[int], way: Months, period: Period = YEAR) -> PeriodFigures:
    return PeriodFigures(When(period, CENSUS), months, way)


def test_new_months_are_counted_from_the_start_to_the_end_of_each() -> None:
    of = figures([11, 12], Months.NEW)
    assert [str(w.period) for w in of.whens] == [
        "2013-10-01..2013-10-31",
        "2013-10-01..2013-11-30",
        "2013-10-01..2013-12-31",
        "2013-10-01..2014-09-30",
    ]
    cells = [
        cell("2013-10-01..2013-10-31", "a", 2),
        cell("2013-10-01..2013-11-30", "a", 5),
        cell("2013-10-01..2013-12-31", "a", 4),  # a later reading took one out again
        cell("2013-10-01..2014-09-30", "a", 9),
        cell("2013-10-01..2014-09-30", "b", 10),
    ]
    assert of.counts(cells) == {
        ("11053", ("a", 0)): 9,
        ("11053", ("b", 0)): 10,
        ("11053", ("a", 11)): 3,
        ("11053", ("a", 12)): -1,
    }


def test_months_alone_are_periods_of_their_own() -> None:
    of = figures([11], Months.ALONE)
    assert [str(w.period) for w in of.whens] == ["2013-10-01..2014-09-30", "2013-11-01..2013-11-30"]
    found = of.counts([cell("2013-11-01..2013-11-30", "a", 5), cell("2013-10-01..2014-09-30", "a", 6)])
    assert (found["11053", ("a", 11)], found["11053", ("a", 0)]) == (5, 6)


def test_new_months_of_a_year_add_up_to_the_year() -> None:
    of = figures(list(range(1, 13)), Months.NEW)
    cells = [cell(str(w.period), "a", n * n) for n, w in enumerate(of.whens, start=1)]
    found = of.counts(cells)
    assert sum(found["11053", ("a", month)] for month in range(1, 13)) == found["11053", ("a", 0)] == 144


def test_a_month_outside_the_period_has_no_figure() -> None:
    assert figures([5, 10], Months.NEW, Period.parse("2013-10-01..2013-12-31")).months == (10,)
    assert figures([5, 10], Months.NEW, Period.parse("2012-10-01..2014-09-30")).months == ()  # which October?


@pytest.mark.parametrize(
    ("way", "in_a", "months"),
    [
        (Months.NEW, (False, True, True), {11}),
        (Months.NEW, (True, True, True), set()),
        (Months.NEW, (False, False, True), set()),
        (Months.ALONE, (True, True), {11}),
        (Months.ALONE, (True, False), set()),
    ],
)
def test_a_thing_adds_to_the_month_in_which_it_first_counts(
    way: Months, in_a: tuple[bool, ...], months: set[int]
) -> None:
    of = figures([11], way)  # new: to October, to November, the year; alone: the year, November
    in_b = tuple(w.period == YEAR for w in of.whens)
    assert of.of_thing(in_a, in_b) == {("a", 0), ("b", 0)} | {("a", month) for month in months}
