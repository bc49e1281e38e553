"""Read a table that people keep, CSV or XLSX, into lines of text under known column names.

The first line that is not blank holds the column names, in any case and order. Every cell is text afterwards; a number
in an XLSX cell becomes its digits (4801.0 -> "4801"): whoever knows the form of a code refuses a lost leading zero.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samrit.problems import Problems, Where, nearest
from samrit.received import WORKBOOK, WorkbookError, first_sheet

_OTHER_SEPARATORS = ";\t|"


@dataclass(frozen=True)
class Line:
    """One line below the column names: its number in the file (1 = first) and its cells by lower-case column name."""

    number: int
    cells: dict[str, str]


Cells = tuple[int, list[str]]


def read_sheet(path: Path, required: tuple[str, ...], optional: tuple[str, ...], problems: Problems) -> list[Line]:
    """The lines of the file, in order, blank ones left out; of an XLSX the first sheet.

    A column that the file does not have is absent from the cells. What is wrong goes to `problems`
    (reference.file.*, reference.column.*, reference.row.cells); after an error the list may be short or empty.
    """
    shown = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.add("reference.file.unreadable", Where(file=shown), reason=type(error).__name__)
        return []
    table = (
        _read_xlsx(content, shown, problems) if content.startswith(WORKBOOK) else _read_csv(content, shown, problems)
    )
    if table is None:
        return []
    filled = [(number, cells) for number, cells in table if any(cells)]
    if not filled:
        problems.add("reference.file.empty", Where(file=shown))
        return []
    (head_number, head), *body = filled
    names = [name.lower() for name in head]
    where = Where(file=shown, line=head_number)
    if not _check_names(names, required, optional, where, problems):
        return []
    if not body:
        problems.add("reference.file.empty", Where(file=shown))
    for at, name in enumerate(names):
        if not name and any(cells[at] for _, cells in body if len(cells) == len(names)):
            problems.add("reference.column.unknown", where, column=f"#{at + 1}", near="-")
    return list(_lines(body, names, shown, problems))


def _read_csv(content: bytes, shown: str, problems: Problems) -> list[Cells] | None:
    text = _decode(content)
    if text is None:
        problems.add("reference.file.encoding", Where(file=shown))
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    table: list[Cells] = []
    started = 1
    try:
        for row in reader:
            table.append((started, [cell.strip() for cell in row]))
            started = reader.line_num + 1  # a quoted cell may run over several lines
    except csv.Error as error:
        problems.add("reference.file.unreadable", Where(file=shown, line=started), reason=str(error))
        return None
    return table


def _decode(content: bytes) -> str | None:
    """UTF-8 with or without its mark, else Thai Windows text; None for anything else (UTF-16 is neither)."""
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_xlsx(content: bytes, shown: str, problems: Problems) -> list[Cells] | None:
    try:
        return first_sheet(content)
    except WorkbookError as error:
        problems.add("reference.file.unreadable", Where(file=shown), reason=str(error))
        return None


def _check_names(
    names: list[str], required: tuple[str, ...], optional: tuple[str, ...], where: Where, problems: Problems
) -> bool:
    """True when every required column is there and the lines can be read."""
    separator = next((mark for mark in _OTHER_SEPARATORS if mark in names[0]), "")
    if len(names) == 1 and separator:
        problems.add("reference.file.separator", where, found="Tab" if separator == "\t" else separator)
        return False
    known = (*required, *optional)
    strange = [name for name in names if name and name not in known]
    missing = [name for name in required if name not in names]
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    for name in missing:
        at = Where(where.file, where.entry, where.line, name)
        problems.add("reference.column.missing", at, column=name, near=nearest(name, strange) or "-")
    for name in repeated:
        problems.add("reference.column.repeated", Where(where.file, where.entry, where.line, name), column=name)
    for name in dict.fromkeys(strange):
        at = Where(where.file, where.entry, where.line, name)
        problems.add("reference.column.unknown", at, column=name, near=nearest(name, known) or "-")
    return not missing


def _lines(body: list[Cells], names: list[str], shown: str, problems: Problems) -> Iterator[Line]:
    for number, cells in body:
        if len(cells) != len(names):
            where = Where(file=shown, line=number)
            problems.add("reference.row.cells", where, found=len(cells), expected=len(names))
            continue
        yield Line(number, dict(zip(names, cells, strict=True)))
