"""What a cell says, and what is not guessed (DEFINITIONS S1.6, S1.7)."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from samrit.claims.cells import codes_of, day_of, moment_of, number_of, right_of, satang_of


def at(text: str) -> datetime:
    """A moment without a zone."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2014-01-31", at("2014-01-31")),
        ("20140131", at("2014-01-31")),
        ("2014-01-31 08:30", at("2014-01-31 08:30")),
        ("2014-01-31T08:30:59", at("2014-01-31 08:30:59")),
        ("2014-01-31T08:30:59.000000", at("2014-01-31 08:30:59")),
        ("20140131083059", at("2014-01-31 08:30:59")),
        ("1850-01-01", at("1850-01-01")),
        ("2100-12-31 23:59:59", at("2100-12-31 23:59:59")),
    ],
)
def test_moments_are_read_in_the_written_forms(text: str, moment: datetime) -> None:
    assert moment_of(text) == moment
    assert day_of(text) == moment.date()


@pytest.mark.parametrize(
    "text",
    ["2557-01-31", "1849-12-31", "2101-01-01", "2013-02-29", "2014-13-01", "31/01/2014", "14-01-31", "2014-01-31 24:00",
     "2014-01-31 08:60", "201401310830591", "2014-01", "2014-01-31T08", "x"],
)  # fmt: skip
def test_what_is_no_day_of_the_common_era_is_not_converted(text: str) -> None:
    assert moment_of(text) is None
    assert day_of(text) is None


def test_a_leap_day_is_a_day() -> None:
    assert day_of("2012-02-29") == date(2012, 2, 29)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5333", Decimal("0.5333")),
        ("+12", Decimal(12)),
        ("-3.0", Decimal("-3.0")),
        ("007", Decimal(7)),
        ("1.1234567899", Decimal("1.123456789")),  # cut off after the ninth place, not rounded
        ("1,200", None),
        ("1.", None),
        (".5", None),
        ("1e2", None),
        ("๑๒", None),
        ("9" * 30, None),
    ],
)
def test_numbers_have_digits_and_a_point_and_nothing_else(text: str, number: Decimal | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "satang"),
    [("250", 25_000), ("12.5", 1_250), ("12.05", 1_205), ("0.10", 10), ("1.500", 150), ("0.005", None), ("-1", None),
     ("1,200", None), ("1.", None)],
)  # fmt: skip
def test_baht_become_whole_satang_or_nothing(text: str, satang: int | None) -> None:
    assert satang_of(text) == satang


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("E119", "E119:2"),
        ("E11.9:4, S09.9:5;I10|j45", "E11.9:4 S09.9:5 I10:2 j45:2"),
        ("E119:0", None),
        ("E119:2:3", None),
        ("E119 ก", None),
        (";", ""),
    ],
)
def test_codes_carry_their_type_and_are_comorbidities_without_one(text: str, codes: str | None) -> None:
    assert codes_of(text) == codes


@pytest.mark.parametrize(("text", "right"), [("0100", "0100"), ("UCS1", "UCS1"), ("100", None), ("01000", None)])
def test_a_right_that_lost_its_zero_is_no_right(text: str, right: str | None) -> None:
    assert right_of(text) == right
