"""Bytes of a log -> rows, each kept, kept with its success voided, or aside.

CSV with a header and commas, or one JSON object a line: whichever the first line that is not blank is. One line is one
row: a quoted cell may hold commas but no line break, so a quote that is never closed cannot swallow the lines after it.
Lines are counted as received, the header and blank lines included.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import polars as pl

from samrit.logs.errors import LogsError
from samrit.logs.kinds import PERSON, LogKind
from samrit.logs.moments import moment_of
from samrit.problems import Where, problem
from samrit.received import FAULTS, Aside, ReadRows, cut_line, decode
from samrit.reference import is_hospcode

YES, NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no", ""})
MOST_BYTES = 4 * 2**30
# A line number must fit into the 26 bits that a row id has for it.
MOST_LINES = 2**26 - 1
LINE = "_line"
ROWS: dict[str, pl.DataType | type[pl.DataType]] = {
    LINE: pl.Int32,
    "moment": pl.Datetime("us"),
    "hospcode": pl.String,
    "called": pl.String,
    "success": pl.Boolean,
    PERSON: pl.String,
}


class Rule(StrEnum):
    """Why a row is aside or its success void; the words of each stand in the problem texts as logs.row.<rule>."""

    CELLS = "cells"
    QUOTES = "quotes"
    JSON = "json"
    BLANK = "blank"
    TIMESTAMP = "timestamp"
    HOSPCODE = "hospcode_form"
    SUCCESS = "success"


class ReadLog(ReadRows):
    """The rows of a log: moment (Bangkok time without a zone), hospcode, called (topic or action), success (null:
    voided), person (text as received, '' when blank or not there).
    """


def read_log(content: bytes, kind: LogKind, shown: str = "") -> ReadLog:
    """The rows of a log of that kind; `shown` is what problems call the file.

    Raises LogsError when the file is no such log: a column of the kind is nowhere, or twice, or it is too large.
    """
    if len(content) > MOST_BYTES or content.count(b"\n") >= MOST_LINES:
        raise LogsError(problem("logs.file.too_large", Where(file=shown)))
    text, encoding = decode(content)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    found = _Found(kind)
    if lines:
        source = _json_rows if lines[0][1].lstrip().startswith("{") else _csv_rows
        for number, cells in source(lines, found, shown):
            found.judge(number, cells)
        _refuse_missing(found.names, kind, Where(file=shown, line=lines[0][0]))
    known = {*kind.required, PERSON, ""}
    return ReadLog(
        pl.DataFrame(found.rows, schema=ROWS, orient="row"),
        pl.DataFrame(found.faults, schema=FAULTS, orient="row"),
        found.read,
        encoding,
        tuple(name for name in found.names if name not in known),
    )


@dataclass
class _Found:
    """A log being read: the names of its columns, its rows and faults so far."""

    kind: LogKind
    names: dict[str, None] = field(default_factory=dict)
    rows: list[tuple[int, datetime, str, str, bool | None, str]] = field(default_factory=list)
    faults: list[tuple[int, str, str, str]] = field(default_factory=list)
    read: int = 0

    def set_aside(self, line: int, rule: Rule, column: str = "") -> None:
        """A row that could not be cut into cells."""
        self.read += 1
        self.faults.append((line, column, rule.value, Aside.ASIDE.value))

    def judge(self, line: int, cells: Mapping[str, str]) -> None:
        """Keep a row, or say everything that keeps it aside."""
        self.read += 1
        moment = moment_of(cells.get("timestamp", ""))
        hospcode, called = cells.get("hospcode", ""), cells.get(self.kind.called, "")
        wrong = [(column, Rule.BLANK) for column in self.kind.never_blank if not cells.get(column)]
        if moment is None and cells.get("timestamp"):
            wrong.append(("timestamp", Rule.TIMESTAMP))
        if hospcode and not is_hospcode(hospcode):
            wrong.append(("hospcode", Rule.HOSPCODE))
        if wrong or moment is None:
            self.faults += [(line, column, rule.value, Aside.ASIDE.value) for column, rule in wrong]
            return
        said = cells.get("success", "").lower()
        success = None if said not in YES | NO else said in YES
        if success is None:
            self.faults.append((line, "success", Rule.SUCCESS.value, Aside.VOIDED.value))
        self.rows.append((line, moment, hospcode, called, success, cells.get(PERSON, "")))


Lines = list[tuple[int, str]]
Rows = Iterator[tuple[int, dict[str, str]]]


def _csv_rows(lines: Lines, found: _Found, shown: str) -> Rows:
    """The rows below the header as cells by lower-case column name; what cannot be cut is set aside."""
    (head, header), *body = lines
    names = [cell.lower() for cell in cut_line(header) or []]
    for name in (*found.kind.required, PERSON):
        if names.count(name) > 1:
            raise LogsError(problem("logs.file.column_twice", Where(file=shown, line=head, field=name), name=name))
    found.names |= dict.fromkeys(names)
    _refuse_missing(found.names, found.kind, Where(file=shown, line=head))
    for number, line in body:
        cells = cut_line(line)
        if cells is None:
            found.set_aside(number, Rule.QUOTES)
        elif len(cells) != len(names):
            found.set_aside(number, Rule.CELLS)
        else:
            yield number, dict(zip(names, cells, strict=True))


def _json_rows(lines: Lines, found: _Found, shown: str) -> Rows:
    """Every line that is an object, as texts by lower-case key; what is none, or says a thing twice, is set aside."""
    wanted = {*found.kind.required, PERSON}
    for number, line in lines:
        try:
            pairs = json.loads(line, object_pairs_hook=list, parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            pairs = None
        if not (isinstance(pairs, list) and line.lstrip().startswith("{")):
            found.set_aside(number, Rule.JSON)
            continue
        names = [key.strip().lower() for key, _ in pairs]
        found.names |= dict.fromkeys(names)
        values = dict(zip(names, (value for _, value in pairs), strict=True))
        bad = [name for name in values if name in wanted and (names.count(name) > 1 or not _is_cell(values[name]))]
        if bad:
            found.set_aside(number, Rule.JSON, bad[0])
        else:
            yield number, {name: _text(value) for name, value in values.items() if name in wanted}


def _is_cell(value: Any) -> bool:
    """Whether a JSON value can stand in a cell: no list, no object, no text with half a character (surrogate)."""
    return not isinstance(value, list) and str(value).encode(errors="replace").decode() == str(value)


def _text(value: Any) -> str:
    """A JSON value as a cell of a CSV would hold it; numbers as they are written."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _refuse_missing(names: Mapping[str, None], kind: LogKind, where: Where) -> None:
    """A file without a column of its kind is not that log: refused as a whole, before anything is kept."""
    missing = [name for name in kind.required if name not in names]
    if missing:
        raise LogsError(problem("logs.file.columns", where, kind=kind.id, missing=", ".join(missing)))
