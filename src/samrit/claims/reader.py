"""Bytes of a file -> lines, each kept, kept with a cell voided, or aside; a form that is not complete bounces: aside.

CSV with a header and commas, or the first sheet of an XLSX. One line is one row, as in logs; lines are counted as
received, the header and blank lines included. Every fault says the hospital too, so that each can mend its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import polars as pl

from samrit.claims.cells import codes_of, day_of, moment_of, number_of, right_of, satang_of
from samrit.claims.errors import ClaimsError
from samrit.claims.layouts import PERSON, PID, CellType, Column, Form, Layout
from samrit.problems import Where, problem
from samrit.received import FAULTS as FAULTS_OF_ROWS
from samrit.received import WORKBOOK, Aside, ReadRows, WorkbookError, cut_line, decode, first_sheet
from samrit.reference import is_hospcode

MOST_BYTES = 4 * 2**30
# A line number must fit into the 26 bits that a row id has for it.
MOST_LINES = 2**26 - 1
LINE = "_line"
XLSX = "xlsx"
FAULTS = {**FAULTS_OF_ROWS, "hospital": pl.String}
"""Columns of faults; hospital: its code when it has the form of one, else ''."""
NUMBER = pl.Decimal(38, 9)
DTYPES: dict[CellType, pl.DataType] = {
    CellType.DAY: pl.Date(),
    CellType.MOMENT: pl.Datetime("us"),
    CellType.NUMBER: NUMBER,
    CellType.MONEY: pl.Int64(),
}
"""Types of the columns of rows; all others are text, '' when blank. MONEY is satang."""


class Rule(StrEnum):
    """Why a line is aside or a cell void; the words of each stand in the problem texts as claims.row.<rule>."""

    CELLS = "cells"
    QUOTES = "quotes"
    BLANK = "blank"
    NOBODY = "nobody"
    HOSPITAL = "hospital"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    MONEY = "money"
    CODES = "codes"
    RIGHT = "right"
    FORM_BLANK = "form_blank"
    FORM_CODE = "form_code"
    FORM_NUMBER = "form_number"


BOUNCES = frozenset({Rule.FORM_BLANK, Rule.FORM_CODE, Rule.FORM_NUMBER})
"""The rules by which a form bounces."""
READ: dict[CellType, Callable[[str], Any]] = {
    CellType.DAY: day_of,
    CellType.MOMENT: moment_of,
    CellType.NUMBER: number_of,
    CellType.MONEY: satang_of,
    CellType.CODES: codes_of,
    CellType.RIGHT: right_of,
}
"""How a cell of a type is read; a type that is not here is text as it stands."""


class ReadClaims(ReadRows):
    """The lines of a file: `_line` and the columns of its layout, typed; faults with the hospital.

    encoding: utf-8, cp874 or xlsx.
    """


def read_claims(content: bytes, of: Layout, shown: str = "") -> ReadClaims:
    """The lines of a file of that kind; `shown` is what problems call the file.

    Raises ClaimsError when the file is no such file: a column of the kind is nowhere, or twice, or it cannot be read.
    """
    if len(content) > MOST_BYTES or content.count(b"\n") >= MOST_LINES:
        raise ClaimsError(problem("claims.file.too_large", Where(file=shown)))
    encoding, lines = _lines(content, shown)
    found = _Found(of)
    head, header = next(lines, (0, None))
    unknown: tuple[str, ...] = ()
    if head:
        places, unknown = _places(header or [], of, Where(file=shown, line=head))
        for number, cells in lines:
            found.take(number, cells, len(header or []), places)
    schema = {LINE: pl.Int32(), **{c.name: DTYPES.get(c.type, pl.String()) for c in of.columns}}
    return ReadClaims(
        pl.DataFrame(found.rows, schema=schema, orient="row"),
        pl.DataFrame(found.faults, schema=FAULTS, orient="row"),
        found.read,
        encoding,
        unknown,
    )


Lines = Iterator[tuple[int, list[str] | None]]


def _lines(content: bytes, shown: str) -> tuple[str, Lines]:
    """The encoding, and the lines that are not blank with their trimmed cells; None where quotes do not match."""
    if content.startswith(WORKBOOK):
        try:
            sheet = first_sheet(content)
        except WorkbookError as error:
            raise ClaimsError(problem("claims.file.unreadable", Where(file=shown), reason=str(error))) from error
        return XLSX, ((number, cells) for number, cells in sheet if any(cells))
    text, encoding = decode(content)
    numbered = enumerate(text.split("\n"), start=1)
    return encoding, ((number, cut_line(line)) for number, line in numbered if line.strip())


def _places(header: list[str], of: Layout, where: Where) -> tuple[dict[str, int], tuple[str, ...]]:
    """Column -> its place in the header, and the names that mean nothing. Refuses what is no file of the kind."""
    names = [name.lower() for name in header]
    places: dict[str, int] = {}
    for column in of.columns:
        at = [place for place, name in enumerate(names) if name in column.names]
        if len(at) > 1:
            wrong = Where(where.file, line=where.line, field=column.name)
            raise ClaimsError(problem("claims.file.column_twice", wrong, name=column.name))
        if at:
            places[column.name] = at[0]
    missing = [column.name for column in of.columns if column.header and column.name not in places]
    if not places.keys() & {PERSON, PID}:
        missing.append(f"{PERSON}/{PID}")
    if missing:
        raise ClaimsError(problem("claims.file.columns", where, kind=of.kind, missing=", ".join(missing)))
    used = set(places.values())
    return places, tuple(name for at, name in enumerate(names) if name and at not in used)


@dataclass
class _Found:
    """A file being read: its rows and faults so far."""

    of: Layout
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    faults: list[tuple[int, str, str, str, str]] = field(default_factory=list)
    read: int = 0

    def take(self, line: int, cells: list[str] | None, width: int, places: Mapping[str, int]) -> None:
        """Keep a line, or say everything that keeps it aside."""
        self.read += 1
        if cells is None or len(cells) != width:
            rule = Rule.QUOTES if cells is None else Rule.CELLS
            self.faults.append((line, "", rule.value, Aside.ASIDE.value, ""))
            return
        said = {column.name: cells[places[column.name]] if column.name in places else "" for column in self.of.columns}
        hospital = said["hospital"] if is_hospcode(said["hospital"]) else ""
        judged = [(column, *_judge(column, said[column.name])) for column in self.of.columns]
        wrong = [(c.name, rule) for c, _, rule in judged if rule and (c.needed or rule in BOUNCES)]
        voided = [(c.name, rule) for c, _, rule in judged if rule and (c.name, rule) not in wrong]
        wrong = _nobody(said) + wrong
        state, faults = (Aside.ASIDE, wrong) if wrong else (Aside.VOIDED, voided)
        self.faults += [(line, name, rule.value, state.value, hospital) for name, rule in faults]
        if not wrong:
            self.rows.append((line, *(value for _, value, _ in judged)))


def _nobody(said: Mapping[str, str]) -> list[tuple[str, Rule]]:
    return [] if said[PERSON] or said[PID] else [(PERSON, Rule.NOBODY)]


def _judge(column: Column, cell: str) -> tuple[Any, Rule | None]:
    """The value of a cell and what is wrong with it."""
    nothing: Any = None if column.type in DTYPES else ""
    if not cell:
        blank = Rule.FORM_BLANK if column.may_bounce else None
        return nothing, Rule.BLANK if column.needed else blank
    value = READ.get(column.type, str)(cell)
    if value is None:
        return nothing, Rule.FORM_NUMBER if column.form is Form.POSITIVE else Rule(column.type.value)
    wrong = {
        Rule.HOSPITAL: column.type is CellType.HOSPITAL and not is_hospcode(cell),
        Rule.FORM_NUMBER: column.form is Form.POSITIVE and value <= 0,
        Rule.FORM_CODE: bool(column.one_of) and cell not in column.one_of,
    }
    return value, next((rule for rule, is_so in wrong.items() if is_so), None)
