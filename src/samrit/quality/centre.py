"""The centre's facility rows: a CSV or XLSX as exported, read into typed rows, every fault with its place.

The names of the columns stand in the first line that names the facility code, so a title above them does no harm. Rows
of one facility that differ in the area (village) are added up, as the centre's own pages do.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from samrit.problems import Problem, Problems, Where
from samrit.quality.columns import AREA, HOSPCODE, MEASURE, RESULT, TARGET, YEAR, Places, find_places, plain
from samrit.quality.errors import QualityError
from samrit.received import decode
from samrit.received.workbook import WORKBOOK, WorkbookError, first_sheet
from samrit.reference import is_hospcode

MOST_TITLE_LINES = 10
LEAD, YEARS, COMMON_YEARS = 543, range(2400, 2700), range(1900, 2157)
WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4}", re.ASCII)
NO_FIGURE = frozenset({"", "-"})

Cells = tuple[int, list[str]]


@dataclass(frozen=True)
class CentreRow:
    """What the centre says of one facility: its target (B), result (A) and results by calendar month, None: not said.

    line: where it stands first in the file. measure: as the file names it, '' without such a column. year: Buddhist.
    """

    line: int
    measure: str
    year: int | None
    hospcode: str
    target: int | None
    result: int | None
    months: Mapping[int, int]


def read_centre(path: Path, target: str = "", result: str = "") -> tuple[list[CentreRow], list[Problem]]:
    """The rows of a centre's file in their order, and what is worth a warning.

    path: CSV (UTF-8 or cp874, commas) or XLSX (first sheet). target, result: names of the columns that are meant where
    a table has several pairs (target1, result1). Raises QualityError with every mistake found.
    """
    problems = Problems()
    shown = path.name
    table = _cells(path, shown, problems)
    head_at = next((at for at, (_, cells) in enumerate(table[:MOST_TITLE_LINES]) if _is_head(cells)), 0)
    if table:
        number, head = table[head_at]
        where = Where(file=shown, line=number)
        places = find_places(head, {TARGET: target, RESULT: result})
        _check_head(places, where, (target, result), problems)
        if not problems.has_errors:
            rows = _rows(table[head_at + 1 :], places, len(head), shown, problems)
            if not problems.has_errors:
                if not rows:
                    problems.add("quality.file.empty", where)
                else:
                    return rows, problems.sorted()
    raise QualityError(*problems.sorted())


def _cells(path: Path, shown: str, problems: Problems) -> list[Cells]:
    """The lines that are not blank, with their numbers (1 = first)."""
    where = Where(file=shown)
    try:
        content = path.read_bytes()
        table = first_sheet(content) if content.startswith(WORKBOOK) else _csv(content)
    except OSError as error:
        problems.add("quality.file.unreadable", where, reason=type(error).__name__)
        return []
    except (WorkbookError, csv.Error) as error:
        problems.add("quality.file.unreadable", where, reason=str(error))
        return []
    filled = [(number, cells) for number, cells in table if any(cells)]
    if not filled:
        problems.add("quality.file.empty", where)
    return filled


def _csv(content: bytes) -> list[Cells]:
    reader = csv.reader(io.StringIO(decode(content)[0], newline=""), strict=True)
    table, started = [], 1
    for row in reader:
        table.append((started, [cell.strip() for cell in row]))
        started = reader.line_num + 1  # a quoted cell may run over several lines
    return table


def _is_head(cells: Sequence[str]) -> bool:
    return HOSPCODE in find_places(cells, {}).known


def _check_head(places: Places, where: Where, chosen: Sequence[str], problems: Problems) -> None:
    known = places.known
    if HOSPCODE not in known:
        problems.add("quality.column.hospcode", where)
    for column, name in zip((TARGET, RESULT), chosen, strict=True):
        if name and column not in known:
            problems.add("quality.column.chosen", replace(where, field=name), column=name)
    if HOSPCODE in known and not {TARGET, RESULT} & set(known) and not places.months:
        problems.add("quality.column.figures", where)
    for first, second in places.twice:
        problems.add("quality.column.twice", replace(where, field=second), first=first, second=second)
    if places.unused:
        problems.add("quality.column.unused", where, columns=", ".join(dict.fromkeys(places.unused)))


def _rows(body: Sequence[Cells], places: Places, width: int, shown: str, problems: Problems) -> list[CentreRow]:
    found: dict[tuple[str, int | None, str], CentreRow] = {}
    areas: dict[tuple[str, int | None, str], dict[str, int]] = {}
    for number, cells in body:
        if len(cells) != width:
            problems.add("quality.row.cells", Where(file=shown, line=number), found=len(cells), expected=width)
            continue
        row = _row(number, cells, places, shown, problems)
        if row is None:
            continue
        key = (row.measure, row.year, row.hospcode)
        area = cells[places.known[AREA]] if AREA in places.known else ""
        first = areas.setdefault(key, {}).setdefault(area, number)
        if first != number:
            where = Where(file=shown, line=number, field=HOSPCODE)
            problems.add("quality.row.twice", where, hospcode=row.hospcode, first=first)
            continue
        found[key] = _added(found[key], row) if key in found else row
    for row in found.values():
        if row.result is not None and row.months and len(row.months) == 12 and sum(row.months.values()) != row.result:
            where = Where(file=shown, line=row.line, field=RESULT)
            problems.add("quality.row.months", where, result=row.result, months=sum(row.months.values()))
    return list(found.values())


def _row(line: int, cells: Sequence[str], places: Places, shown: str, problems: Problems) -> CentreRow | None:
    """The row of a line, or None when one of its cells is wrong."""
    before = len(problems)

    def where(field: str) -> Where:
        return Where(file=shown, line=line, field=field)

    def cell(column: str) -> str:
        return cells[places.known[column]] if column in places.known else ""

    def figure(field: str, text: str) -> int | None:
        if text in NO_FIGURE:
            return None
        if not WHOLE.fullmatch(text):
            problems.add("quality.row.number", where(field), found=text[:20])
            return None
        return int(text.replace(",", ""))

    hospcode = cell(HOSPCODE).upper()
    if not hospcode and not any(cell(column) for column in (TARGET, RESULT)):
        return None  # a line that sums up, or a note below the table
    if not is_hospcode(hospcode):
        problems.add("quality.row.hospcode", where(HOSPCODE), found=hospcode[:20])
    year = _year(cell(YEAR), where(YEAR), problems)
    target, result = figure(TARGET, cell(TARGET)), figure(RESULT, cell(RESULT))
    months = {month: figure(f"result{month:02d}", cells[at]) for month, at in sorted(places.months.items())}
    if len(problems) > before:
        return None
    said = {month: value for month, value in months.items() if value is not None}
    if result is None and said:
        result = sum(said.values())
    return CentreRow(line, plain(cell(MEASURE)), year, hospcode, target, result, said)


def _year(text: str, where: Where, problems: Problems) -> int | None:
    if not text:
        return None
    year = int(text) if re.fullmatch("[0-9]{4}", text, re.ASCII) else 0
    if year in YEARS:
        return year
    if year in COMMON_YEARS:
        problems.add("quality.row.year_common", where, found=text, likely=year + LEAD)
    else:
        problems.add("quality.row.year", where, found=text[:20])
    return None


def _added(one: CentreRow, other: CentreRow) -> CentreRow:
    """Two areas of one facility as one row."""

    def both(a: int | None, b: int | None) -> int | None:
        return None if a is None and b is None else (a or 0) + (b or 0)

    months = {m: one.months.get(m, 0) + other.months.get(m, 0) for m in sorted({*one.months, *other.months})}
    return replace(one, target=both(one.target, other.target), result=both(one.result, other.result), months=months)
