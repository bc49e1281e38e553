"""A table of units: columns, a row for every unit, the sum of all, and where there are several provinces a row of each.

A column gives a cell of any set of units: one of them, those of a province, or all; money and people are summed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samrit.reference import shipped_areas
from samrit.reports.book import LEAST_WIDTH, Book, Cell, Sheet, baht
from samrit.reports.figures import Figures
from samrit.schemes import Payee

CODE_WIDTH, NAME_WIDTH, HEAD_ROWS = 62, 126, 2
Units = tuple[Payee, ...]
Content = Callable[[Units], Cell]


@dataclass(frozen=True)
class Column:
    """A column of numbers, or of text where `style` is `after`. `owes`: in red where the unit owes money."""

    th: str
    en: str
    width: int
    style: str
    cell: Content
    owes: bool = False


def money_column(figures: Figures, th: str, en: str, component: str, *, width: int = 112, owes: bool = False) -> Column:
    """A column of one component, in baht."""
    return Column(th, en, width, "money", lambda units: baht(figures.sum(units, component)), owes)


def write_units(
    book: Book, figures: Figures, name: str, title: str, columns: Sequence[Column], units: Units, above: str = ""
) -> tuple[Sheet, int]:
    """A sheet with the table: title, a sentence above it, heads on every page. Gives the sheet and the next row."""
    widths = (CODE_WIDTH, NAME_WIDTH, *(column.width for column in columns))
    stretch = max(LEAST_WIDTH / sum(widths), 1)
    sheet = book.sheet(name, [int(width * stretch) for width in widths])
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, title, "title")
    row = sheet.say(1, above, "note") + 1 if above else 2
    thai = ["รหัส", figures.payee_th, *(column.th for column in columns)]
    english = ["code", "unit", *(column.en for column in columns)]
    right = [place for place, column in enumerate(columns, 2) if column.style != "after"]
    sheet.head(row, thai, english, right)
    top = row + HEAD_ROWS
    sheet.page.freeze_panes(top, 2)
    sheet.page.repeat_rows(row, row + 1)
    sheet.page.autofilter(row + 1, 0, max(top + len(units) - 1, top), len(columns) + 1)
    for row, payee in enumerate(units, top):
        _write_row(sheet, figures, row, (payee.org, payee.name_th), columns, (payee,), "row")
    row = top + len(units)
    _write_row(sheet, figures, row, (f"รวม {len(units)} แห่ง", ""), columns, units, "total")
    return sheet, _write_provinces(sheet, figures, row + 1, columns, units)


def _write_row(
    sheet: Sheet, figures: Figures, row: int, who: Sequence[str], columns: Sequence[Column], units: Units, style: str
) -> None:
    cells: list[Cell] = [*who, *(column.cell(units) for column in columns)]
    sheet.put_row(row, cells, [(), (), *((column.style,) for column in columns)], style)
    if len(units) == 1 and style == "row" and figures.amount(units[0].org, "net") < 0:
        for place, column in enumerate(columns, 2):
            if column.owes:
                sheet.put(row, place, column.cell(units), column.style, style, "owes")


def _write_provinces(sheet: Sheet, figures: Figures, row: int, columns: Sequence[Column], units: Units) -> int:
    inside = {code: tuple(p for p in of if p in units) for code, of in figures.provinces.items()}
    shown = {code: of for code, of in inside.items() if of}
    if len(shown) <= 1:
        return row + 1
    names = shipped_areas().provinces
    sheet.merge((row + 1, row + 1), (0, len(columns) + 1), "จำแนกรายจังหวัด", "domain")
    for place, (code, of) in enumerate(shown.items(), row + 2):
        name = names[code].name_th if code in names else code
        _write_row(sheet, figures, place, (f"{len(of)} แห่ง", name), columns, of, "row")
    return row + len(shown) + 3
