"""A workbook that prints well: one font, named styles, A4 sheets with run id and page numbers, numbers as numbers.

The same cells give the same bytes: nothing here reads the clock, and the properties carry the day that is given.
Text is never taken for a formula, a link or a number.
"""

import io
import math
import os
import tempfile
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from samrit.allocation import show_satang
from samrit.problems import Where, problem
from samrit.reports.errors import ReportsError

FONT = "TH Sarabun New"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4, THAI_CHARSET, SWISS_FAMILY = 9, 222, 2
INK, INK_2, LINE, LINE_2 = "#18222D", "#4A5663", "#DCE1E6", "#B9C2CB"
GROUND, MISS, MISS_SOFT, NEAR_SOFT, NONE_SOFT = "#F6F7F8", "#AD3609", "#FCE9E1", "#FDF3D8", "#EEF1F3"
MONEY = '#,##0.00;"−"#,##0.00;0.00'
VALUE = "#,##0.00"
NONE_SIZE = 12
LEAST_WIDTH = 1240
"""Pixels that a page on its side holds at four fifths of its size: a narrower sheet is blown up when it is printed."""
ROWS_AT_LEAST_WIDTH = 36
"""Rows of 22 pixels on such a page."""
STYLES: dict[str, dict[str, Any]] = {
    "base": {
        "font_name": FONT, "font_size": 14, "font_family": SWISS_FAMILY, "font_charset": THAI_CHARSET,
        "font_color": INK, "valign": "vcenter",
    },
    "title": {"font_size": 22, "bold": True},
    "section": {"font_size": 16, "bold": True, "valign": "bottom"},
    "note": {"font_color": INK_2},
    "small": {"font_size": 12, "font_color": INK_2},
    "letter": {"font_size": 16},
    "bold": {"bold": True},
    "wrap": {"text_wrap": True, "valign": "top"},
    "after": {"indent": 1},
    "middle": {"valign": "vcenter"},
    "ground": {"bg_color": GROUND},
    "right": {"align": "right"},
    "center": {"align": "center"},
    "head": {"bold": True, "bg_color": GROUND, "text_wrap": True, "top": 1, "top_color": LINE_2},
    "subhead": {"font_size": 11, "font_color": INK_2, "bg_color": GROUND, "bottom": 1, "bottom_color": INK},
    "row": {"bottom": 1, "bottom_color": LINE},
    "block": {"bottom": 1, "bottom_color": LINE_2},
    "total": {"bold": True, "top": 2, "top_color": INK},
    "domain": {"bold": True, "bg_color": NONE_SOFT, "bottom": 1, "bottom_color": LINE_2},
    "tile": {"font_size": 22, "bold": True, "align": "left"},
    "rule": {"top": 1, "top_color": LINE_2},
    "money": {"num_format": MONEY, "align": "right"},
    "value": {"num_format": VALUE, "align": "right"},
    "plain": {"num_format": "General", "align": "right"},
    "count": {"num_format": "#,##0", "align": "right"},
    "points": {"num_format": VALUE, "align": "right"},
    "one": {"num_format": "#,##0.0", "align": "right"},
    "percent": {"num_format": '0.0"%"', "align": "right"},
    "owes": {"font_color": MISS, "bold": True},
    "met": {"num_format": f'"●" {VALUE}', "bold": True},
    "near": {"num_format": f'"△" {VALUE}', "bold": True, "bg_color": NEAR_SOFT},
    "miss": {"num_format": f'"■" {VALUE}', "bold": True, "bg_color": MISS_SOFT, "font_color": MISS},
    "none": {
        "align": "right", "font_size": NONE_SIZE, "font_color": INK_2, "bg_color": NONE_SOFT, "text_wrap": True,
    },
}  # fmt: skip
Cell = str | int | Decimal | None


class Book:
    """A workbook in the making. Widths are pixels of a sheet at 100 %, rows and columns count from 0."""

    def __init__(self, title: str, day: date, left: str, right: str, foot: str) -> None:
        self._bytes = io.BytesIO()
        self._book = Workbook(self._bytes, OPTIONS)
        made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a day without a clock)
        self._book.set_properties({"title": title, "author": "Samrit", "comments": right, "created": made})
        self._formats: dict[tuple[str, ...], Format] = {}
        self._header = f"&L{_quoted(left, 80)}&R{_quoted(right, 60)}"
        self._footer = f"&L{_quoted(foot, 100)}"
        self._names: set[str] = set()

    def style(self, *names: str) -> Format:
        """The format of named styles, the later over the earlier."""
        if names not in self._formats:
            merged: dict[str, Any] = {}
            for name in ("base", *names):
                merged |= STYLES[name]
            self._formats[names] = self._book.add_format(merged)
        return self._formats[names]

    def sheet(
        self,
        name: str,
        widths: Sequence[int],
        *,
        landscape: bool = True,
        pages_wide: int = 1,
        numbered: bool = True,
    ) -> "Sheet":
        """A new sheet with its column widths, ready for A4; `numbered`: page numbers at its foot."""
        page = self._book.add_worksheet(self._free_name(name))
        for column, width in enumerate(widths):
            page.set_column_pixels(column, column, width, self.style())
        page.set_default_row(22)
        page.hide_gridlines(2)
        page.set_paper(A4)
        if landscape:
            page.set_landscape()
        page.set_margins(left=0.45, right=0.45, top=0.7, bottom=0.6)
        page.fit_to_pages(pages_wide, 0)
        page.set_header(self._header)
        numbers = f'&R&"{FONT},Regular"&12 หน้า &P จาก &N' if numbered else ""
        page.set_footer(self._footer + numbers)
        return Sheet(self, page, tuple(widths))

    def save(self, path: Path) -> None:
        """Write the workbook whole or not at all. Raises ReportsError when the place cannot be written."""
        self._book.close()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            with os.fdopen(handle, "wb") as stream:
                stream.write(self._bytes.getvalue())
            Path(aside).chmod(0o644)
            Path(aside).replace(path)
        except OSError as error:
            raise ReportsError(problem("reports.out", Where(file=path.name))) from error

    def _free_name(self, name: str) -> str:
        """A sheet name that spreadsheets allow: at most 31 characters, none of []:*?/\\, no two alike."""
        clean = "".join(" " if c in "[]:*?/\\" or unicodedata.category(c) == "Cc" else c for c in name).strip("' ")
        clean = clean[:31] or "-"
        number, free = 1, clean
        while free.lower() in self._names:
            number += 1
            free = f"{clean[:27]} {number}"
        self._names.add(free.lower())
        return free


class Sheet:
    """One sheet of a book."""

    def __init__(self, book: Book, page: Worksheet, widths: tuple[int, ...]) -> None:
        self.book, self.page, self.widths = book, page, widths

    def put(self, row: int, column: int, content: Cell, *styles: str) -> None:
        """One cell: text as text, a number as a number, None as an empty cell that keeps its style."""
        form = self.book.style(*styles)
        if content is None or content == "":
            self.page.write_blank(row, column, None, form)
        elif isinstance(content, str):
            self.page.write_string(row, column, content, form)
        else:
            self.page.write_number(row, column, float(content), form)  # the file format knows no Decimal

    def put_row(self, row: int, contents: Sequence[Cell], styles: Sequence[Sequence[str]], *more: str) -> None:
        """A row from the first column on; `more` goes over the style of every cell."""
        for column, (content, style) in enumerate(zip(contents, styles, strict=True)):
            self.put(row, column, content, *style, *more)

    def head(self, row: int, thai: Sequence[str], english: Sequence[str], right: Sequence[int] = ()) -> None:
        """The two rows of a table's head: Thai, and small English under it; `right`: columns of numbers.

        A column of text after one of numbers keeps its distance.
        """
        deep = max(self.lines(text, width, 14) for text, width in zip(thai, self.widths, strict=False))
        self.page.set_row(row, 22 * deep)
        self.page.set_row(row + 1, 18)
        for column, (th, en) in enumerate(zip(thai, english, strict=True)):
            side = ("right",) if column in right else ("after",) if column - 1 in right else ()
            self.put(row, column, th, "head", *side)
            self.put(row + 1, column, en, "subhead", *side)

    def merge(self, rows: tuple[int, int], columns: tuple[int, int], content: str, *styles: str) -> None:
        """One text over several cells, first and last row and column."""
        form = self.book.style(*styles)
        if rows[0] == rows[1] and columns[0] == columns[1]:
            self.put(rows[0], columns[0], content, *styles)
        else:
            self.page.merge_range(rows[0], columns[0], rows[1], columns[1], "", form)
            self.page.write_string(rows[0], columns[0], content, form)

    def say(self, row: int, text: str, *styles: str, columns: tuple[int, int] | None = None, size: int = 14) -> int:
        """A sentence over the whole width (or some columns), as many lines high as it needs. Returns the next row."""
        first, last = columns or (0, len(self.widths) - 1)
        deep = self.lines(text, sum(self.widths[first : last + 1]), size)
        self.page.set_row(row, deep * size * 1.6)
        self.merge((row, row), (first, last), text, "wrap", *styles)
        return row + 1

    @staticmethod
    def lines(text: str, width: int, size: int) -> int:
        """How many lines a text takes in a width of pixels; Thai marks above and below take no room."""
        return sum(_lines(_width(part, size) / max(width - 8, 1)) for part in text.split("\n"))


def _width(text: str, size: int) -> float:
    """Pixels of a line: marks above and below take no room; measured on TH Sarabun New, size in points."""
    em = size * 4 / 3
    shown = [c for c in text if unicodedata.category(c) not in {"Mn", "Cf"}]
    return em * sum(0.23 if c in " .," else 0.40 if c.isdigit() else 0.43 for c in shown)


def _lines(full: float) -> int:
    """How many lines so many full lines of text make; words that do not fit at the end cost a little more."""
    return 1 if full <= 1 else math.ceil(full * 1.06)


def rows_a_page(width: int) -> int:
    """About how many rows of the usual height a page on its side holds that is so many pixels wide.

    >>> rows_a_page(1240), rows_a_page(1424)
    (36, 41)
    """
    return ROWS_AT_LEAST_WIDTH * width // LEAST_WIDTH


def baht(satang: int) -> Decimal:
    """Satang as baht, exact."""
    return Decimal(satang).scaleb(-2)


def say_baht(satang: int) -> str:
    """Satang as baht in a sentence: two places, thousand separators, a true minus.

    >>> say_baht(-60090261)
    '−600,902.61'
    """
    return show_satang(satang).replace("-", "−")


def say_number(number: Decimal) -> str:
    """A decimal without trailing zeros.

    >>> say_number(Decimal("60.00")), say_number(Decimal("4.330"))
    ('60', '4.33')
    """
    return f"{number.normalize():,f}"


def _quoted(text: str, most: int) -> str:
    """Text of a header or footer: `&` is doubled, the size ends in a space so that no digit joins it."""
    return f'&"{FONT},Regular"&12 ' + text[:most].replace("&", "&&")
