"""The first sheet of a workbook as text: a number becomes its digits (4801.0 -> "4801"), a day its ISO form."""

import io
from datetime import date, time

from python_calamine import CalamineError, CalamineWorkbook

WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a workbook begins: a zip, or the older compound file."""


class WorkbookError(Exception):
    """The bytes are no workbook that can be read."""


def first_sheet(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet, blank ones too, each with its number (1 = first). Raises WorkbookError."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise WorkbookError(type(error).__name__) from error
    return [(number, [_cell_text(cell) for cell in row]) for number, row in enumerate(rows, start=1)]


def _cell_text(cell: object) -> str:
    if isinstance(cell, date | time):  # a day, also one at midnight, comes as date; a datetime keeps its time
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
