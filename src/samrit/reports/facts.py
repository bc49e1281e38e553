"""The sheet of facts: what was typed in about every unit and primary unit, in the words of the pack, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass

from samrit.reports.book import Book
from samrit.reports.figures import Figures
from samrit.schemes import Item, Payee
from samrit.schemes.explaining.conditions import say_fact

WIDTHS = (64, 150, 50, 330, 110, 300, 330)
THAI = ("รหัส", "หน่วยที่รับเงิน", "ข้อ", "ตัวชี้วัด", "หน่วยปฐมภูมิ", "ข้อเท็จจริง", "ที่กรอก")
ENGLISH = ("code", "unit", "item", "indicator", "primary unit", "fact", "typed in")
STYLES = ((), (), (), ("wrap", "middle"), (), ("wrap", "middle"), ("wrap", "middle"))


@dataclass(frozen=True)
class FactLine:
    """One fact of an item at a unit (`unit`: of which primary unit, '' of the payee itself), as people read it."""

    payee: Payee
    item: Item
    unit: str
    title: str
    said: str


def fact_lines(figures: Figures) -> Iterator[FactLine]:
    """The facts of the paid units, in the order of units, of the pack, and of the facts of an item."""
    given = figures.run.inputs.facts
    for payee in figures.payees:
        for item in figures.items:
            for unit, facts in sorted(given.get((item.item, payee.org), {}).items()):
                for name, of in item.facts.items():
                    if name in facts:
                        yield FactLine(payee, item, unit, of.title.th, say_fact(facts[name], item, name).th)


def write_facts(book: Book, figures: Figures) -> None:
    """The sheet ข้อเท็จจริง, to be filtered by unit or item; left out when no fact was typed in."""
    lines = list(fact_lines(figures))
    if not lines:
        return
    sheet = book.sheet("ข้อเท็จจริง", WIDTHS)
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"ข้อเท็จจริงที่กรอก {figures.place_th}", "title")
    sheet.put(1, 0, "ข้อที่ให้คะแนนจากข้อเท็จจริง เช่น การรับรองคุณภาพ จำนวนบุคลากร", "note")
    sheet.head(2, THAI, ENGLISH)
    row = 4
    for line in lines:
        texts = (line.item.title.th, line.title, line.said)
        deep = max(sheet.lines(text, width, 14) for text, width in zip(texts, (330, 300, 330), strict=True))
        sheet.page.set_row(row, 22 * deep)
        cells = (line.payee.org, line.payee.name_th, line.item.item, texts[0], line.unit, *texts[1:])
        sheet.put_row(row, cells, STYLES, "row")
        row += 1
    sheet.page.freeze_panes(4, 0)
    sheet.page.repeat_rows(2, 3)
    sheet.page.autofilter(3, 0, row - 1, len(WIDTHS) - 1)
