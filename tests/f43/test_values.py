"""What a cell says: dates, numbers, citizen numbers (DEFINITIONS S1.3, S1.6, S1.7, S3.1)."""

# ruff: noqa: DTZ001 - the standard's times are Thai local times without a zone
import calendar
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from samrit.f43 import Column, ColumnType, is_citizen_id, typed
from samrit.f43.values import WHITE_SPACE, typed_dtype, unreadable


def read(kind: ColumnType, *cells: str) -> list[Any]:
    """What cells of a column of that kind say."""
    column = Column("X", kind)
    read_cells = pl.DataFrame({"X": cells}).select(typed(column)).to_series()
    assert read_cells.dtype == typed_dtype(column)
    return read_cells.to_list()


def void(kind: ColumnType, *cells: str) -> list[bool]:
    return pl.DataFrame({"X": cells}).select(unreadable(Column("X", kind))).to_series().to_list()


def test_white_space_is_what_python_calls_white_space() -> None:
    assert sorted(WHITE_SPACE) == [c for c in map(chr, range(0x110000)) if c.isspace()]


# Dates (S1.6)

MOMENTS = [
    ("20130605", datetime(2013, 6, 5)),
    ("20130605000000", datetime(2013, 6, 5)),
    ("20130605235959", datetime(2013, 6, 5, 23, 59, 59)),
    ("20130605093007", datetime(2013, 6, 5, 9, 30, 7)),
    ("20120229", datetime(2012, 2, 29)),
    ("20000229120000", datetime(2000, 2, 29, 12)),
    ("18500101", datetime(1850, 1, 1)),
    ("18500101000000", datetime(1850, 1, 1)),
    ("21001231", datetime(2100, 12, 31)),
    ("21001231235959", datetime(2100, 12, 31, 23, 59, 59)),
    ("19000101", datetime(1900, 1, 1)),  # an unknown birthday is taken as written
]
NOT_DATES = [
    "18491231",
    "21010101",
    "25560605",  # Buddhist years are not converted
    "24000101",
    "00000000",
    "00000000000000",
    "20130229",
    "19000229",  # 1900 had no leap day
    "20130230",
    "20130431",
    "20131301",
    "20130001",
    "20130100",
    "20130632",
    "20130605240000",
    "20130605236000",
    "20130605235960",
    "2013060510",  # 10 digits
    "201306051015",  # 12 digits
    "2013060510150",  # 13 digits
    "201306051015000",  # 15 digits
    "2013060510150000",  # 16 digits, as DRUG_REFER of real files
    "2013605",
    "2013-06-05",
    "05/06/2013",
    "0000-00-00",
    "20130605 101500",
    "2013060a",
    "+2013065",
    "๒๐๑๓๐๖๐๕",
    "２０１３０６０５",
    "20130605\n",
    "-",
]


@pytest.mark.parametrize(("cell", "moment"), MOMENTS)
def test_eight_or_fourteen_digits_of_a_real_day_are_a_date(cell: str, moment: datetime) -> None:
    assert read(ColumnType.DATETIME, cell) == [moment]
    assert read(ColumnType.DATE, cell) == [moment.date()]
    assert void(ColumnType.DATETIME, cell) == void(ColumnType.DATE, cell) == [False]


@pytest.mark.parametrize("cell", NOT_DATES)
def test_anything_else_is_no_date_and_never_converted(cell: str) -> None:
    assert read(ColumnType.DATETIME, cell) == read(ColumnType.DATE, cell) == [None]
    assert void(ColumnType.DATETIME, cell) == void(ColumnType.DATE, cell) == [True]


@pytest.mark.parametrize("kind", [k for k in ColumnType if k not in {ColumnType.TEXT, ColumnType.JSON}])
def test_blank_cell_is_null_and_no_fault(kind: ColumnType) -> None:
    assert read(kind, "") == [None]
    assert void(kind, "") == [False]


def test_every_day_from_1850_to_2100_and_no_other_is_a_date() -> None:
    """All month-day pairs, 01 to 12 and 00 to 32, of years around both bounds, leap and common years."""
    years = [1849, 1850, 1899, 1900, 1904, 2000, 2013, 2016, 2099, 2100, 2101, 2556]
    cells = [f"{y}{m:02d}{d:02d}" for y in years for m in range(14) for d in range(33)]

    def plain(cell: str) -> date | None:
        year, month, day = int(cell[:4]), int(cell[4:6]), int(cell[6:])
        real = 1850 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
        return date(year, month, day) if real else None

    assert read(ColumnType.DATE, *cells) == [plain(cell) for cell in cells]


def test_every_second_of_a_day_is_a_time_and_no_other() -> None:
    start = datetime(2016, 2, 29)
    seconds = [start + timedelta(seconds=s) for s in range(0, 86400, 7)]
    assert read(ColumnType.DATETIME, *(s.strftime("%Y%m%d%H%M%S") for s in seconds)) == seconds
    beyond = [f"20160229{h:02d}{m:02d}{s:02d}" for h, m, s in [(24, 0, 0), (23, 60, 0), (23, 59, 60), (99, 99, 99)]]
    assert read(ColumnType.DATETIME, *beyond) == [None] * 4


# Numbers (S1.7)

NUMBERS = [
    ("0", "0"),
    ("120", "120"),
    ("007", "7"),
    ("+5", "5"),
    ("-5", "-5"),
    ("12.7", "12.7"),
    ("-0.5", "-0.5"),
    ("0.000001", "0.000001"),
    ("1.0", "1"),
    ("99999999999.99", "99999999999.99"),
    ("17.9833333333333333", "17.983333333"),  # nine digits are held
]
NOT_NUMBERS = [
    "12.", ".5", "1,000", "1 000", "1e2", "12+", "+", "-", ".", "+-5", "--5", "5-", "1.2.3", "0x1F", "NaN", "inf",
    "120/80", "ไม่ทราบ", "๑๒", "１２", "5\n", "1_000",
]  # fmt: skip


@pytest.mark.parametrize(("cell", "value"), NUMBERS)
def test_sign_digits_point_digits_are_a_number(cell: str, value: str) -> None:
    assert read(ColumnType.NUMBER, cell) == [Decimal(value)]
    assert void(ColumnType.NUMBER, cell) == [False]


@pytest.mark.parametrize("cell", NOT_NUMBERS)
def test_anything_else_is_no_number(cell: str) -> None:
    assert read(ColumnType.NUMBER, cell) == [None]
    assert void(ColumnType.NUMBER, cell) == [True]


def test_number_is_exact_however_long() -> None:
    assert read(ColumnType.NUMBER, "12345678901234567890123456789.123456789") == [
        Decimal("12345678901234567890123456789.123456789")
    ]
    assert void(ColumnType.NUMBER, "1" * 30) == [True]


@pytest.mark.parametrize(("cell", "value"), [("0", 0), ("08", 8), ("12", 12), ("000", 0), ("9" * 18, 10**18 - 1)])
def test_integer_is_digits_only(cell: str, value: int) -> None:
    assert read(ColumnType.INTEGER, cell) == [value]


@pytest.mark.parametrize("cell", ["12+", "+12", "-1", "1.0", "12.", "1 2", "G1", "๑", "9" * 19, "-"])
def test_anything_else_is_no_integer(cell: str) -> None:
    assert read(ColumnType.INTEGER, cell) == [None]
    assert void(ColumnType.INTEGER, cell) == [True]


@pytest.mark.parametrize("kind", [ColumnType.TEXT, ColumnType.JSON])
def test_text_stays_as_it_is_and_is_never_void(kind: ColumnType) -> None:
    cells = ["", "0", "x", "{'a': 1}", "12+", "ก" * 999]
    assert read(kind, *cells) == cells
    assert not any(void(kind, *cells))


# Citizen numbers (S3.1)


def plain_citizen_id(cell: str) -> bool:
    """The rule said slowly: 13 digits, first 1-8, check digit right, first twelve not all equal."""
    if len(cell) != 13 or any(c not in "0123456789" for c in cell) or cell[0] not in "12345678":
        return False
    if len(set(cell[:12])) == 1:
        return False
    total = 0
    for place in range(12):
        total += int(cell[place]) * (13 - place)
    check = 11 - total % 11
    return int(cell[12]) == (check - 10 if check >= 10 else check)


def accepted(*cells: str) -> list[bool]:
    return pl.DataFrame({"CID": cells}).select(is_citizen_id(pl.col("CID"))).to_series().to_list()


@pytest.mark.parametrize(
    ("cell", "valid"),
    [
        ("1028644678572", True),  # worked example of the cases: made from PID P1
        ("1028644678573", False),
        ("0028644678572", False),
        ("9028644678572", False),
        ("1-0286-44678-57-2", False),
        ("102864467857", False),
        ("10286446785720", False),
        ("1028644678๕72", False),
        (" 102864467857", False),
        ("1111111111111", False),
        ("", False),
        ("X028644678572", False),
    ],
)
def test_citizen_number_of_the_book(cell: str, valid: bool) -> None:
    assert accepted(cell) == [valid]


def test_twelve_equal_digits_are_no_citizen_number_even_with_the_right_check_digit() -> None:
    for digit in "12345678":
        (right,) = [digit * 12 + d for d in "0123456789" if has_right_check_digit(digit * 12 + d)]
        assert accepted(right) == [False]


def has_right_check_digit(cell: str) -> bool:
    """The check digit alone."""
    total = sum(int(c) * (13 - i) for i, c in enumerate(cell[:12]))
    return int(cell[12]) == (11 - total % 11) % 10


def test_groups_0_and_9_are_no_citizen_numbers_even_with_the_right_check_digit() -> None:
    for first in "09":
        right = [f"{first}02864467857{d}" for d in "0123456789"]
        assert any(has_right_check_digit(cell) for cell in right)
        assert not any(accepted(*right))


def test_rule_agrees_with_a_slow_plain_version_on_random_digits() -> None:
    dice = random.Random(13)
    cells = []
    for _ in range(20_000):
        digits = [dice.randrange(10) for _ in range(dice.choice([13, 13, 13, 13, 12, 14]))]
        if dice.random() < 0.8:
            digits[0] = dice.randrange(1, 9)
        if dice.random() < 0.05:
            digits[:12] = [digits[0]] * 12
        cell = "".join(map(str, digits))
        if dice.random() < 0.4 and len(cell) == 13:
            cell = next(c for c in (cell[:12] + d for d in "0123456789") if has_right_check_digit(c))
        cells.append(cell)
    expected = [plain_citizen_id(cell) for cell in cells]
    assert accepted(*cells) == expected
    assert 4_000 < sum(expected) < 16_000
