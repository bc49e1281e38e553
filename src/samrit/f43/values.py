"""What a cell says: blank, a date, a number, a citizen number (DEFINITIONS S1.3, S1.6, S1.7, S3.1).

Expressions work on trimmed text columns of polars; `typed` gives null for what cannot be read and never guesses:
a Buddhist year, a 16-digit time or `12+` is null, not converted.
"""

import polars as pl

from samrit.f43.tables import Column, ColumnType

# Python's white space, spelled out so that every engine trims the same characters.
WHITE_SPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
DAY = "%Y%m%d"
TIME = "%Y%m%d%H%M%S"
# 8 digits, or 14 whose last six are a time of day.
DATE_FORM = r"^[0-9]{8}(?:(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9])?$"
# Held with 29 digits before the point and 9 after it; a longer whole part is no measurement and is null.
NUMBER_FORM = r"^[+-]?[0-9]{1,29}(?:\.[0-9]+)?$"
NUMBER_HELD = r"^([+-]?[0-9]+(?:\.[0-9]{1,9})?)"
NUMBER = pl.Decimal(38, 9)
INTEGER_FORM = r"^[0-9]{1,18}$"
TWELVE_EQUAL = "^(?:" + "|".join(f"{digit}{{12}}" for digit in "12345678") + ")"
FIRST_YEAR, LAST_YEAR = 1850, 2100


def typed(column: Column) -> pl.Expr:
    """The cell as its type: Date, Datetime (microseconds), Decimal(38, 9), Int64 or String; null when unreadable.

    Text stays text (blank is '').
    """
    cell = pl.col(column.name)
    match column.type:
        case ColumnType.DATE:
            return pl.when(_is_moment(cell)).then(_day(cell))
        case ColumnType.DATETIME:
            short = _day(cell).cast(pl.Datetime("us"))
            long = cell.str.to_datetime(TIME, time_unit="us", strict=False)
            return pl.when(_is_moment(cell)).then(pl.when(cell.str.len_bytes() == 8).then(short).otherwise(long))
        case ColumnType.NUMBER:
            return _readable(cell, NUMBER_FORM, cell.str.extract(NUMBER_HELD).cast(NUMBER, strict=False))
        case ColumnType.INTEGER:
            return _readable(cell, INTEGER_FORM, cell.cast(pl.Int64, strict=False))
        case _:
            return cell


def typed_dtype(column: Column) -> pl.DataType:
    """The polars type that `typed` gives."""
    match column.type:
        case ColumnType.DATE:
            return pl.Date()
        case ColumnType.DATETIME:
            return pl.Datetime("us")
        case ColumnType.NUMBER:
            return NUMBER
        case ColumnType.INTEGER:
            return pl.Int64()
        case _:
            return pl.String()


def unreadable(column: Column) -> pl.Expr:
    """True where the cell holds something that its type cannot read: the cell is voided."""
    cell = pl.col(column.name)
    forms = {ColumnType.NUMBER: NUMBER_FORM, ColumnType.INTEGER: INTEGER_FORM}
    if column.type in forms:  # whatever has the form can be read
        return (cell != "") & ~cell.str.contains(forms[column.type])
    if column.type in (ColumnType.DATE, ColumnType.DATETIME):
        return (cell != "") & ~_is_moment(cell)
    return pl.lit(value=False)


def moment_order(column: Column) -> pl.Expr:
    """A date-time as YYYYMMDDHHMMSS in one whole number, for telling the later of two; null when unreadable."""
    cell = pl.col(column.name)
    number = cell.cast(pl.Int64, strict=False)
    whole = pl.when(cell.str.len_bytes() == 8).then(number * 1_000_000).otherwise(number)
    return pl.when(_is_moment(cell)).then(whole)


def _is_moment(cell: pl.Expr) -> pl.Expr:
    """8 digits that are a real calendar day from 1850 to 2100, or 14 whose last six are a time of day (S1.6)."""
    return cell.str.contains(DATE_FORM) & _day(cell).dt.year().is_between(FIRST_YEAR, LAST_YEAR).fill_null(value=False)


def _day(cell: pl.Expr) -> pl.Expr:
    return cell.str.slice(0, 8).str.to_date(DAY, strict=False)


def _readable(cell: pl.Expr, form: str, value: pl.Expr) -> pl.Expr:
    return pl.when(cell.str.contains(form)).then(value)


def is_citizen_id(cell: pl.Expr) -> pl.Expr:
    """True for a Thai citizen number: 13 digits, the first 1-8, right check digit, not twelve equal digits.

    Numbers of groups 0 and 9 are made locally and collide, so they identify nobody (DEFINITIONS S3.1).
    """
    digits = [cell.str.slice(i, 1).cast(pl.Int32, strict=False) for i in range(13)]
    total = pl.sum_horizontal(*(digit * (13 - i) for i, digit in enumerate(digits[:12])))
    check = (11 - total % 11) % 10
    return (
        cell.str.contains(r"^[1-8][0-9]{12}$") & (check == digits[12]) & ~cell.str.contains(TWELVE_EQUAL)
    ).fill_null(False)
