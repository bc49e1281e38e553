"""Bytes of an entry -> rows, each kept, kept with a cell voided, or aside (DEFINITIONS S1.3-S1.7, S2.1).

All cells stay the received text, trimmed; typing happens when rows are known to stand. Lines are counted as received,
the header and blank lines included, so that a line number is the one an editor shows.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from samrit.f43.tables import ColumnType, Table
from samrit.f43.values import WHITE_SPACE, unreadable

LINE = "_line"
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


class Aside(StrEnum):
    """The two states that `samrit rejects` lists."""

    ASIDE = "aside"
    VOIDED = "voided"


FAULTS = {"line": pl.Int32, "field": pl.String, "rule": pl.String, "state": pl.String}


@dataclass(frozen=True)
class ReadEntry:
    """What an entry holds.

    rows: kept rows, `_line` and one text column per column of the table ('' when blank or not in the header).
    faults: line, field, rule, state; an aside row has one line per fault.
    read: number of rows after the header; encoding: utf-8 or cp874; unknown: header names that mean no column.
    """

    rows: pl.DataFrame
    faults: pl.DataFrame
    read: int
    encoding: str
    unknown: tuple[str, ...]

    @property
    def aside(self) -> int:
        """Number of rows set aside."""
        return self.read - self.rows.height


def read_entry(content: bytes, table: Table, sender: str) -> ReadEntry:
    """The rows of one entry of a package that `sender` sent. Never raises for what the text holds."""
    text, encoding = decode(content)
    lines = _lines(text)
    if not lines.height:
        return ReadEntry(_no_rows(table), _no_faults(), 0, encoding, ())
    header, body = lines["text"][0], lines.slice(1)
    names = [cell.strip().upper() for cell in header.split("|")]
    places, unknown = _places(names, table)
    missing = [name for name in table.needed_in_header if name not in places]
    if missing:
        # the header line too: in a file without a header it is a row
        faults = [_fault(lines, Rule.HEADER, name, Aside.ASIDE) for name in missing]
        # Without a header the first line is a person's row: its cells are no names and are shown to nobody.
        return ReadEntry(_no_rows(table), pl.concat(faults), body.height, encoding, ())
    cells, faults = _cells(body, names, places, table)
    rows, fatal = _set_aside(cells, table, sender)
    return ReadEntry(rows, pl.concat([*faults, *fatal, *_voided(rows, table)]), body.height, encoding, unknown)


def decode(content: bytes) -> tuple[str, str]:
    """Text and its encoding: a byte order mark dropped; strict UTF-8, else cp874 with undefined bytes replaced."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp874", errors="replace"), "cp874"


def _lines(text: str) -> pl.DataFrame:
    """Lines that are not blank with their numbers: columns _line, text."""
    split = pl.Series("text", [text]).str.split("\n").explode()
    lines = pl.DataFrame({LINE: pl.int_range(1, split.len() + 1, dtype=pl.Int32, eager=True), "text": split})
    return lines.filter(pl.col("text").str.strip_chars(WHITE_SPACE) != "")


def _places(names: list[str], table: Table) -> tuple[dict[str, int], tuple[str, ...]]:
    """Column -> place in the header, and the names that mean nothing. An exact name beats an alias, the first wins."""
    places: dict[str, int] = {}
    for column in table.columns:
        found = [names.index(name) for name in (column.name, *column.aliases) if name in names]
        if found:
            places[column.name] = found[0]
    used = set(places.values())
    return places, tuple(name for at, name in enumerate(names) if name and at not in used)


def _cells(
    body: pl.DataFrame, names: list[str], places: dict[str, int], table: Table
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows cut into trimmed cells by column; rows with another number of cells aside (S1.5)."""
    counts = body["text"].str.count_matches("|", literal=True) + 1
    named = [at for at, name in enumerate(names) if name]
    whole = body.filter(counts == len(names))
    parts = [_cut(whole, len(names), places, table)]
    fits = counts == len(names)
    if 0 < len(named) < len(names):
        short = counts == len(named)
        parts.append(_cut(body.filter(short), len(named), {c: named.index(at) for c, at in places.items()}, table))
        fits = fits | short
    return pl.concat(parts).sort(LINE), [_fault(body.filter(~fits), Rule.CELLS, "", Aside.ASIDE)]


def _cut(lines: pl.DataFrame, width: int, places: dict[str, int], table: Table) -> pl.DataFrame:
    fields = lines["text"].str.split_exact("|", width - 1).struct.unnest() if lines.height else pl.DataFrame()
    columns = [
        fields[f"field_{places[name]}"].str.strip_chars(WHITE_SPACE).alias(name)
        if name in places and lines.height
        else pl.repeat("", lines.height, dtype=pl.String, eager=True).alias(name)
        for name in table.column_names
    ]
    return pl.DataFrame([lines[LINE], *columns])


def _set_aside(cells: pl.DataFrame, table: Table, sender: str) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows without a row-fatal error, and the faults of the others (S2.1)."""
    # A facility speaks for itself only; a sender of nine characters is known by the nine-character code.
    own = "HOSPCODE9" if len(sender) == 9 else "HOSPCODE"
    checks: list[tuple[Rule, str, pl.Expr]] = [(Rule.HOSPCODE, own, pl.col(own) != sender)]
    for name in table.fatal_if_blank:
        rule = Rule.KEY_BLANK if name in table.key else Rule.PID_BLANK
        if name != own:
            checks.append((rule, name, pl.col(name) == ""))
        if name in table.key and table.column(name).type in DATES:
            checks.append((Rule.KEY_DATE, name, unreadable(table.column(name))))
    wrong = cells.select(check.alias(f"{rule}|{name}") for rule, name, check in checks)
    faults = [
        _fault(cells.filter(wrong[f"{rule}|{name}"]), rule, name, Aside.ASIDE)
        for rule, name, _ in checks
        if wrong[f"{rule}|{name}"].any()
    ]
    return cells.filter(~wrong.select(pl.any_horizontal(pl.all())).to_series()), faults


def _voided(rows: pl.DataFrame, table: Table) -> list[pl.DataFrame]:
    """Faults of kept rows: cells that their type cannot read."""
    rules = {ColumnType.NUMBER: Rule.NUMBER, ColumnType.INTEGER: Rule.INTEGER}
    columns = table.of_type(*DATES, ColumnType.NUMBER, ColumnType.INTEGER)
    if not columns or not rows.height:
        return []
    wrong = rows.select(unreadable(column).alias(column.name) for column in columns)
    return [
        _fault(rows.filter(wrong[column.name]), rules.get(column.type, Rule.DATE), column.name, Aside.VOIDED)
        for column in columns
        if wrong[column.name].any()
    ]


def _fault(lines: pl.DataFrame, rule: Rule, field: str, state: Aside) -> pl.DataFrame:
    literals = {"field": field, "rule": rule.value, "state": state.value}
    return lines.select(pl.col(LINE).alias("line"), *(pl.lit(v).alias(k) for k, v in literals.items()))


def _no_rows(table: Table) -> pl.DataFrame:
    return pl.DataFrame(schema={LINE: pl.Int32, **dict.fromkeys(table.column_names, pl.String)})


def _no_faults() -> pl.DataFrame:
    return pl.DataFrame(schema=FAULTS)
