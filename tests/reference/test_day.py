"""Days: strict reading, ages, years before, Thai words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.problems import Where
from samrit.reference import (
    Period,
    ReferenceRefused,
    age_on,
    format_day_long_th,
    format_day_th,
    format_period_th,
    parse_day,
    years_before,
)

days = st.dates(date(1850, 1, 1), date(2100, 12, 31))


@given(days)
def test_a_day_of_the_common_era_is_read_as_it_was_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["", "2013-10-1", "2013-10-011", "20131001", "01/10/2013", " 2013-10-01", "2013-02-29", "2013-13-01", "๒๐๑๓-10-01"],
)
def test_another_form_or_an_impossible_day_is_refused(text: str) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        parse_day(text)
    assert [p.code for p in refused.value.problems] == ["reference.day.form"]


@pytest.mark.parametrize("text", ["2400-01-01", "2557-01-01", "2559-02-29", "2699-12-31"])
def test_a_buddhist_year_is_refused_by_name_even_when_the_day_does_not_exist_in_that_common_year(text: str) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        parse_day(text, Where(file="org.csv", line=7))
    (found,) = refused.value.problems
    assert (found.code, found.where.line) == ("reference.day.buddhist", 7)


def test_the_hint_for_a_buddhist_year_names_the_common_year() -> None:
    with pytest.raises(ReferenceRefused, match="2014-01-01"):
        parse_day("2557-01-01")


def test_years_beside_the_buddhist_range_are_days() -> None:
    assert (parse_day("2399-12-31").year, parse_day("2700-01-01").year) == (2399, 2700)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [  # DEFINITIONS S6.2
        (date(1953, 10, 1), date(2013, 10, 1), 60),
        (date(1953, 10, 2), date(2013, 10, 1), 59),
        (date(1953, 9, 30), date(2013, 10, 1), 60),
        (date(2000, 2, 29), date(2013, 2, 28), 12),
        (date(2000, 2, 29), date(2013, 3, 1), 13),
        (date(2000, 2, 29), date(2012, 2, 28), 11),
        (date(2000, 2, 29), date(2012, 2, 29), 12),
        (date(2013, 10, 1), date(2013, 10, 1), 0),
        (date(2013, 10, 2), date(2013, 10, 1), -1),
    ],
)
def test_age_is_completed_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_without_a_birth_there_is_no_age() -> None:
    assert age_on(None, date(2013, 10, 1)) is None


@given(days, st.integers(0, 120))
def test_who_was_born_n_years_before_a_day_is_n_years_old_on_it(day: date, years: int) -> None:
    assert age_on(years_before(day, years), day) == years


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [  # DEFINITIONS S6.3; 2012 and 2016 have a 29 February
        (date(2014, 3, 31), 1, date(2013, 3, 31)),
        (date(2016, 2, 29), 1, date(2015, 2, 28)),
        (date(2016, 2, 29), 4, date(2012, 2, 29)),
        (date(2015, 2, 28), 3, date(2012, 2, 28)),
        (date(2016, 2, 29), 0, date(2016, 2, 29)),
    ],
)
def test_years_before_keeps_month_and_day(day: date, years: int, expected: date) -> None:
    assert years_before(day, years) == expected


def test_a_year_before_the_calendar_is_not_turned_into_another_day() -> None:
    with pytest.raises(ValueError, match="year"):
        years_before(date(5, 3, 1), 10)


def test_days_are_spoken_in_thai_with_the_buddhist_year() -> None:
    assert format_day_th(date(2013, 10, 1)) == "1 ต.ค. 2556"
    assert format_day_long_th(date(2013, 10, 1)) == "1 ตุลาคม 2556"
    assert format_day_th(date(2014, 5, 31)) == "31 พ.ค. 2557"
    assert format_day_long_th(date(2014, 2, 28)) == "28 กุมภาพันธ์ 2557"


def test_every_month_has_its_own_name_that_tells_its_length() -> None:
    months = [date(2014, month, 1) for month in range(1, 13)]
    short = [format_day_th(day).split()[1] for day in months]
    long = [format_day_long_th(day).split()[1] for day in months]
    assert len(set(short)) == len(set(long)) == 12
    # a Thai month of 31 days ends in "คม", of 30 in "ยน", February in "พันธ์"; the short name keeps the last syllable
    ends = {31: ("คม", "ค."), 30: ("ยน", "ย."), 28: ("ธ์", "พ.")}
    lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert [(name[-2:], brief[-2:]) for name, brief in zip(long, short, strict=True)] == [ends[n] for n in lengths]


def test_a_period_is_spoken_with_both_ends_and_one_day_once() -> None:
    assert format_period_th(Period(date(2013, 4, 1), date(2014, 3, 31))) == "1 เม.ย. 2556 - 31 มี.ค. 2557"
    assert format_period_th(Period(date(2013, 4, 1), date(2013, 4, 1))) == "1 เม.ย. 2556"
