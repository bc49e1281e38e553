"""The sheet of facilities: A, B and value of every counted item at every facility of a unit, from the cells of the run.

Persons belong to their contracting unit one by one, so a facility stands once for every unit that its cells name, and
the rows of a unit add up to the unit's A and B. An item of a pool that pays facilities stands at the facility itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.reports.book import Book
from samrit.reports.figures import Figures
from samrit.results import Amount, add
from samrit.schemes import Item, Payee, Standing
from samrit.schemes.inputs import counted_value

WIDTHS = (64, 140, 64, 320, 50, 360, 90, 90, 90)
THAI = ("รหัส", "หน่วยที่รับเงิน", "รหัส", "หน่วยบริการ", "ข้อ", "ตัวชี้วัด", "A", "B", "ค่า")
ENGLISH = ("unit", "paid unit", "facility", "name", "item", "indicator", "A", "B", "value")
STYLES = ((), (), (), (), (), (), ("count",), ("count",), ("value", "bold"))


@dataclass(frozen=True)
class FacilityLine:
    """A and B of one item at one facility, of the persons of one contracting unit."""

    payee: Payee
    facility: str
    item: Item
    a: Amount
    b: Amount
    value: Decimal | None


def facility_lines(figures: Figures) -> Iterator[FacilityLine]:
    """The lines of the paid units, by unit, facility and item. Counts that were typed in have no facilities."""
    sums: dict[tuple[str, str, str], dict[str, Amount]] = {}
    pack = figures.run.pack
    by_facility = {item.item for item in figures.items if pack.pool(item).payee == "facility"}
    for code, cells in figures.run.cells.items():
        for cell in cells:
            unit = cell.facility if code in by_facility else cell.contracting_unit
            letters = sums.setdefault((unit, cell.facility, code), {"a": 0, "b": 0})
            letters[cell.letter] = add(letters[cell.letter], cell.amount)
    places = {item.item: place for place, item in enumerate(figures.items)}
    payees = {p.org: (place, p) for place, p in enumerate(figures.payees)}
    inside = [key for key in sums if key[0] in payees]
    for org, facility, code in sorted(inside, key=lambda k: (payees[k[0]][0], k[1], places[k[2]])):
        if figures.lines[org, code].counted.standing is Standing.TYPED_IN:
            continue
        item, letters = figures.items[places[code]], sums[org, facility, code]
        a, b = letters["a"], letters["b"]
        value = counted_value(figures.run.pack, item, a, b)
        yield FacilityLine(payees[org][1], facility, item, a, b, value)


def write_facilities(book: Book, figures: Figures, names: Mapping[str, str]) -> None:
    """The sheet หน่วยบริการ, to be filtered by unit, facility or item; left out when nothing was counted."""
    lines = list(facility_lines(figures))
    if not lines:
        return
    sheet = book.sheet("หน่วยบริการ", WIDTHS)
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"ผลงานรายหน่วยบริการ {figures.place_th}", "title")
    sheet.put(1, 0, "เฉพาะข้อที่นับจาก 43 แฟ้ม   คนหนึ่งคนอยู่ในหน่วยบริการประจำของตน แถวของหน่วยจึงบวกกันได้ A และ B ของหน่วย", "note")
    sheet.head(2, THAI, ENGLISH, right=(6, 7, 8))
    row = 4
    for line in lines:
        who = (line.payee.org, line.payee.name_th, line.facility, names.get(line.facility, ""))
        cells = [*who, line.item.item, line.item.title.th, line.a, line.b, line.value]
        sheet.put_row(row, cells, STYLES, "row")
        row += 1
    sheet.page.freeze_panes(4, 0)
    sheet.page.repeat_rows(2, 3)
    sheet.page.autofilter(3, 0, row - 1, len(WIDTHS) - 1)
