"""Bytes of an entry -> rows, each kept, kept with a cell voided, or aside (DEFINITIONS S1.3-S1.7, S2.1).

All cells stay the received text, trimmed; typing happens when rows are known to stand. Lines are counted as received,
the header and blank lines included, so that a line number is the one an editor shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import polars as pl

from samrit.f43.tables import ColumnType, Table
from samrit.f43.values import WHITE_SPACE, unreadable
from samrit.received import FAULTS, Aside, ReadRows, decode

LINE = "_line"
TEXT = "text"
TALL = 5_000
DATES = (ColumnType.DATE, ColumnType.DATETIME)


class Rule(StrEnum):
    """Why a row is aside or a cell void; the words of each stand in the problem texts as f43.row.<rule>."""

    HEADER = "header"
    CELLS = "cells"
    HOSPCODE = "hospcode"
    KEY_BLANK = "key_blank"
    PID_BLANK = "pid_blank"
    KEY_DATE = "key_date"
    DATE = "date"
    NUMBER = "number"
    INTEGER = "integer"


class ReadEntry(ReadRows):
    """The rows of an entry: one text column per column of the table, '' when blank or not in the header.

    Rows are counted after the header; unknown names are those of the header.
    """


def read_entry(content: bytes, table: Table, sender: str, *, trim_all: bool = True) -> ReadEntry:
    """The rows of one entry of a package that `sender` sent. Never raises for what the text holds.

    trim_all: False leaves white space around texts that no rule of reading looks at, for whoever trims them later.
    """
    text, encoding = decode(content)
    header, header_line, rest = _header(text)
    if not header:
        return ReadEntry(_no_rows(table), _no_faults(), 0, encoding, ())
    names = [cell.strip().upper() for cell in header.split("|")]
    places, unknown = _places(names, table)
    missing = [name for name in table.needed_in_header if name not in places]
    if missing:
        body = _lines(rest, header_line + 1)
        # The header line too: without a header the first line is a person's row, whose cells are shown to nobody.
        lines = pl.concat([body.clear(), pl.DataFrame({LINE: [header_line], TEXT: [""]}, schema=body.schema), body])
        faults = [_fault(lines, Rule.HEADER, name, Aside.ASIDE) for name in missing]
        return ReadEntry(_no_rows(table), pl.concat(faults), body.height, encoding, ())
    if not rest or rest.isspace():  # a header without rows is normal, and the most frequent entry of all
        return ReadEntry(_no_rows(table), _no_faults(), 0, encoding, unknown)
    trimmed = frozenset(table.column_names) if trim_all else judged(table)
    cells, miscut, read = _regular(rest, header_line + 1, len(names), places, table, trimmed) or _irregular(
        rest, header_line + 1, names, places, table, trimmed
    )
    rows, faults = _judge(cells, table, sender)
    return ReadEntry(rows, pl.concat([miscut, *faults]), read, encoding, unknown)


def _header(text: str) -> tuple[str, int, str]:
    """The first line that is not blank, its number, and the text after it; '' when there is none."""
    start, line = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            return text[start:end], line, text[end + 1 :]
        start, line = end + 1, line + 1
    return "", 0, ""


def _lines(text: str, first: int) -> pl.DataFrame:
    """Lines that are not blank with their numbers: columns _line, text."""
    split = pl.Series(TEXT, [text]).str.split("\n").explode()
    numbers = pl.int_range(first, first + split.len(), dtype=pl.Int32, eager=True)
    return pl.DataFrame({LINE: numbers, TEXT: split}).filter(pl.col(TEXT).str.strip_chars(WHITE_SPACE) != "")


def _places(names: list[str], table: Table) -> tuple[dict[str, int], tuple[str, ...]]:
    """Column -> place in the header, and the names that mean nothing. An exact name beats an alias, the first wins."""
    places: dict[str, int] = {}
    for column in table.columns:
        found = [names.index(name) for name in (column.name, *column.aliases) if name in names]
        if found:
            places[column.name] = found[0]
    used = set(places.values())
    return places, tuple(name for at, name in enumerate(names) if name and at not in used)


Cells = tuple[pl.DataFrame, pl.DataFrame, int]
"""Trimmed cells by column with their line, faults of rows that could not be cut, number of rows read."""


def _regular(
    rest: str, first: int, width: int, places: dict[str, int], table: Table, trimmed: frozenset[str]
) -> Cells | None:
    """Rows of a text in which every line has `width` cells, read in one pass; None for any other text.

    The reader refuses a longer line and fills up a shorter one. No line being longer, as many delimiters as full lines
    would have mean that no line is shorter.
    """
    height = rest.count("\n") + (not rest.endswith("\n"))
    if width < 2 or "\0" in rest or rest.count("|") != height * (width - 1):
        return None
    names = [f"field_{at}" for at in range(width)]
    try:
        fields = pl.read_csv(
            rest.encode(), has_header=False, separator="|", quote_char=None, empty_string_is_null=False,
            schema=dict.fromkeys(names, pl.String), truncate_ragged_lines=False,
        )  # fmt: skip
    except pl.exceptions.PolarsError:
        return None
    if fields.height != height:
        return None
    line = pl.int_range(first, first + fields.height, dtype=pl.Int32).alias(LINE)
    return fields.select(line, *_columns(places, table, pl.col, trimmed)), _no_faults(), fields.height


def _irregular(
    rest: str, first: int, names: list[str], places: dict[str, int], table: Table, trimmed: frozenset[str]
) -> Cells:
    """Rows of any text, line by line; rows with another number of cells than the header are faults (S1.5)."""
    body = _lines(rest, first)
    counts = body[TEXT].str.count_matches("|", literal=True) + 1
    fits = counts == len(names)
    parts = [_cut(body.filter(fits), len(names), places, table, trimmed)]
    named = [at for at, name in enumerate(names) if name]
    if 0 < len(named) < len(names):  # rows without the cells of the unnamed columns
        short = counts == len(named)
        without = {c: named.index(at) for c, at in places.items()}
        parts.append(_cut(body.filter(short), len(named), without, table, trimmed))
        fits = fits | short
    return pl.concat(parts).sort(LINE), _fault(body.filter(~fits), Rule.CELLS, "", Aside.ASIDE), body.height


def _cut(
    lines: pl.DataFrame, width: int, places: dict[str, int], table: Table, trimmed: frozenset[str]
) -> pl.DataFrame:
    fields = pl.col(TEXT).str.split_exact("|", width - 1).alias("fields")
    return lines.select(LINE, fields).select(LINE, *_columns(places, table, pl.col("fields").struct.field, trimmed))


def _columns(
    places: dict[str, int], table: Table, field: Callable[[str], pl.Expr], trimmed: frozenset[str]
) -> list[pl.Expr]:
    """The columns of the table; '' for those that the header does not have."""
    columns = []
    for name in table.column_names:
        cell = field(f"field_{places[name]}") if name in places else pl.lit("")
        columns.append((trim(cell) if name in places and name in trimmed else cell).alias(name))
    return columns


def trim(cell: pl.Expr) -> pl.Expr:
    """A cell without the white space around it (S1.3)."""
    return cell.str.strip_chars(WHITE_SPACE)


@cache
def judged(table: Table) -> frozenset[str]:
    """The columns that a rule of reading looks at: owner, key, person, and every date and number."""
    typed_columns = table.of_type(*DATES, ColumnType.NUMBER, ColumnType.INTEGER)
    owner = {"HOSPCODE", "HOSPCODE9", "PID", "TABLENAME", "DATA_CORRECT"} & set(table.column_names)
    return frozenset({*owner, *table.key, *(column.name for column in typed_columns)})


def _judge(cells: pl.DataFrame, table: Table, sender: str) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows without a row-fatal error, and all faults: of rows set aside, and of cells voided in rows kept (S2.1)."""
    # A facility speaks for itself only; a sender of nine characters is known by the nine-character code.
    own = "HOSPCODE9" if len(sender) == 9 else "HOSPCODE"
    fatal = [Check(Rule.HOSPCODE, own, pl.col(own) != sender), *_fatal_checks(table, own)]
    voiding = [c for c in _voiding_checks(table) if cells.height < TALL or _may_be_wrong(cells, c)]
    wrong = cells.select(check.wrong.alias(check.name) for check in (*fatal, *voiding))
    some = {name for name, any_wrong in wrong.select(pl.all().any()).row(0, named=True).items() if any_wrong}
    if not some:
        return cells, []
    asides = [check.name for check in fatal if check.name in some]
    aside = (
        wrong.select(pl.any_horizontal(asides)).to_series() if asides else pl.repeat(False, cells.height, eager=True)
    )
    faults = [_fault(cells.filter(wrong[c.name]), c.rule, c.field, Aside.ASIDE) for c in fatal if c.name in some]
    faults += [
        _fault(cells.filter(wrong[c.name] & ~aside), c.rule, c.field, Aside.VOIDED) for c in voiding if c.name in some
    ]
    return (cells.filter(~aside) if asides else cells), faults


def _may_be_wrong(cells: pl.DataFrame, check: "Check") -> bool:
    """In a tall table a number column has few different cells: if none of them is wrong, no row need be looked at."""
    if check.rule is Rule.DATE:
        return True
    return cells.select(pl.col(check.field).unique()).filter(check.wrong).height > 0


@dataclass(frozen=True)
class Check:
    """One thing that can be wrong with a row: the rule, the column, and the expression that is true where it is."""

    rule: Rule
    field: str
    wrong: pl.Expr

    @property
    def name(self) -> str:
        return f"{self.rule}|{self.field}"


@cache
def _fatal_checks(table: Table, own: str) -> tuple[Check, ...]:
    checks = []
    for name in table.fatal_if_blank:
        rule = Rule.KEY_BLANK if name in table.key else Rule.PID_BLANK
        if name != own:
            checks.append(Check(rule, name, pl.col(name) == ""))
        if name in table.key and table.column(name).type in DATES:
            checks.append(Check(Rule.KEY_DATE, name, unreadable(table.column(name))))
    return tuple(checks)


@cache
def _voiding_checks(table: Table) -> tuple[Check, ...]:
    rules = {ColumnType.NUMBER: Rule.NUMBER, ColumnType.INTEGER: Rule.INTEGER}
    columns = [
        column
        for column in table.of_type(*DATES, ColumnType.NUMBER, ColumnType.INTEGER)
        if not (column.name in table.fatal_if_blank and column.type in DATES)  # a date of the key is fatal, not void
    ]
    return tuple(Check(rules.get(c.type, Rule.DATE), c.name, unreadable(c)) for c in columns)


def _fault(lines: pl.DataFrame, rule: Rule, field: str, state: Aside) -> pl.DataFrame:
    literals = {"field": field, "rule": rule.value, "state": state.value}
    return lines.select(pl.col(LINE).alias("line"), *(pl.lit(v).alias(k) for k, v in literals.items()))


def _no_rows(table: Table) -> pl.DataFrame:
    return pl.DataFrame(schema={LINE: pl.Int32, **dict.fromkeys(table.column_names, pl.String)})


def _no_faults() -> pl.DataFrame:
    return pl.DataFrame(schema=FAULTS)
