"""The sheet of items by units: value, A, B, score and points of every item at every unit.

Colour is never alone: a sign stands before the value, and the score stands below it, so black-and-white print tells the
same. The number stays a number; the sign is part of its format.
"""

from collections.abc import Sequence
from decimal import Decimal

from samrit.reports.book import LEAST_WIDTH, NONE_SIZE, Book, Cell, Sheet, rows_a_page, say_number
from samrit.reports.figures import NOT_IN_POOL, Figures
from samrit.reports.groups import Group
from samrit.reports.values import FAIR, GOOD, mark_of_line, value_of_line
from samrit.reports.words import STANDING_MARK, missing_th, money_th, unit_th
from samrit.schemes import Item, Payee, ScoreLine

FIRST_UNIT = 4
LABEL_WIDTHS = (36, 222, 92, 66)
LABELS, WIDEST, ROOM = sum(LABEL_WIDTHS), 140, 1008
"""Pixels of the columns before the units, of the widest column of a unit, of all units on a page."""
WIDTHS = ((1000, 92), (100, 74), (0, 63))
"""Values from so much on -> pixels of a unit's column: a sign and the digits have room in it."""
SIGNS = {"met": "●", "near": "△", "miss": "■"}
PARTS = ("ค่า ({unit})", "A", "B", "ค่าคะแนน", "คะแนนที่ได้")
FORMS = (("value",), ("count",), ("count",), ("plain",), ("points",))


def write_matrix(book: Book, figures: Figures) -> None:
    """The sheets ตาราง: five rows an item, one column a unit, the sum of all units before them.

    There is one sheet for all groups that the same units are in: hospitals of a pool of their own have their own.
    """
    by_units: dict[tuple[str, ...], list[Group]] = {}
    for group in figures.groups:
        units = tuple(payee for payee in figures.payees if figures.in_pool(payee, group))
        by_units.setdefault(tuple(payee.org for payee in units or figures.payees), []).append(group)
    for number, (orgs, groups) in enumerate(by_units.items(), 1):
        units = tuple(payee for payee in figures.payees if payee.org in orgs)
        _write_sheet(book, figures, "ตาราง" if number == 1 else f"ตาราง {number}", units, groups)


def _write_sheet(book: Book, figures: Figures, name: str, units: tuple[Payee, ...], groups: Sequence[Group]) -> None:
    values = [figures.lines[p.org, item.item].counted.value for p in units for group in groups for item in group.items]
    largest = max((value for value in values if value is not None), default=Decimal(0))
    width = next(width for least, width in WIDTHS if largest >= least)
    width = max(width, min(WIDEST, (LEAST_WIDTH - LABELS) // len(units)))
    pages = -(-len(units) // (ROOM // width))
    sheet = book.sheet(name, (*LABEL_WIDTHS, *[width] * len(units)), pages_wide=pages)
    row = _write_head(sheet, figures, units, groups)
    sheet.page.freeze_panes(row, FIRST_UNIT)
    sheet.page.repeat_rows(row - 2, row - 1)
    sheet.page.repeat_columns(0, FIRST_UNIT - 1)
    breaks: list[int] = []
    room = rows_a_page(LABELS + width * -(-len(units) // pages)) - row
    for group in groups:
        top = row
        for item in group.items:
            if row + len(PARTS) + 1 - top > room:  # no item is torn over two pages
                breaks.append(row)
                top = row
            row = _write_item(sheet, figures, item, units, row)
        said = f"รวม{group.short_th} (เต็ม {say_number(group.full)})" + (f"  {group.title.th}" if group.no else "")
        sheet.page.set_row(row, 22 * sheet.lines(said, sum(sheet.widths[:FIRST_UNIT]), 14) + 4)
        sheet.merge((row, row), (0, FIRST_UNIT - 1), said, "wrap", "middle", "domain")
        for column, payee in enumerate(units, FIRST_UNIT):
            sheet.put(row, column, figures.points(payee.org, group), "points", "domain")
        row += 1
        breaks.append(row)
    sheet.page.set_h_pagebreaks(breaks[:-1])
    if len(groups) == 1 or len(figures.pools) > 1:  # said already; points of two pools are no sum
        return
    full = say_number(sum((group.full for group in groups), Decimal(0)))
    sheet.merge((row, row), (0, 3), f"คะแนนรวมทุกด้าน (เต็ม {full})", "total")
    for column, payee in enumerate(units, FIRST_UNIT):
        sheet.put(row, column, figures.points(payee.org), "points", "total")


def _write_head(sheet: Sheet, figures: Figures, units: tuple[Payee, ...], groups: Sequence[Group]) -> int:
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"ตัวชี้วัดราย{figures.payee_th} {figures.place_th}", "title")
    pools = dict.fromkeys(group.pool.title.th for group in groups)
    named = f"{' และ '.join(pools)}     " if len(figures.pools) > 1 else ""
    sheet.put(1, 0, f"{named}{_legend(figures)}     ตัวเลขสีเทาไม่มีเครื่องหมาย = ยังไม่มีเกณฑ์", "note")
    thai = ["ข้อ", "ตัวชี้วัด", "", "รวมทุกหน่วย", *(p.name_th or p.org for p in units)]
    english = ["item", "indicator", "", "all", *(p.org for p in units)]
    sheet.head(2, thai, english, right=range(3, len(thai)))
    return 4


def _legend(figures: Figures) -> str:
    """What the signs mean, in scores where all items have the same best score, else in shares of the best."""
    bests = {figures.run.pack.best(item) for item in figures.items}
    best = bests.pop() if len(bests) == 1 else Decimal(100)
    of = "ร้อยละของค่าคะแนนเต็ม" if bests else "ค่าคะแนน"
    good, fair = say_number(best * GOOD), say_number(best * FAIR)
    return f"●  {of} {good} ขึ้นไป     △  {of} {fair} ถึงต่ำกว่า {good}     ■  {of}ต่ำกว่า {fair}"


def _write_item(sheet: Sheet, figures: Figures, item: Item, units: tuple[Payee, ...], row: int) -> int:
    last = row + len(PARTS) - 1
    sheet.merge((row, last), (0, 0), item.item, "wrap", "bold", "block")
    sheet.merge((row, last), (1, 1), _about(figures, item), "wrap", "block")
    total = figures.run.total_of(item.item)
    formula = figures.measures[item.item].definition.formula if item.item in figures.measures else ""
    unit = unit_th(figures.run.pack, item, formula)
    form = _value_form(item)
    for number, part in enumerate(PARTS):
        edge = ("block",) if row + number == last else ()
        sheet.put(row + number, 2, part.format(unit=unit), "note" if number else "bold", *edge)
        known: Cell = None
        if number < 3:
            known = (total[2], total[0], total[1])[number]
        sheet.put(row + number, 3, known, *(form if number == 0 else FORMS[number]), "ground", *edge)
    deep = 1
    for column, payee in enumerate(units, FIRST_UNIT):
        deep = max(deep, _write_unit(sheet, figures, (item, payee), row, column))
    sheet.page.set_row(row, 22 if deep == 1 else 18 * deep)
    return last + 1


def _about(figures: Figures, item: Item) -> str:
    rate = (
        f"  {item.rate.value} {money_th(figures.run.pack)}/คน ({STANDING_MARK[item.rate.standing]})"
        if item.rate
        else ""
    )
    said = f"{item.title.th}\nเต็ม {say_number(figures.run.pack.full_points(item))}{rate}"
    rule = item.score
    end = f"เกณฑ์ {rule.by} ({STANDING_MARK[rule.standing]})" if rule else "ยังไม่มีเกณฑ์"
    return f"{said}\n{end}" if rate else f"{said}   {end}"


def _write_unit(sheet: Sheet, figures: Figures, of: tuple[Item, Payee], row: int, column: int) -> int:
    """The five cells of an item at a unit. Gives the lines that the first of them needs."""
    item, payee = of
    line = figures.lines[payee.org, item.item]
    counted = line.counted
    known = value_of_line(line)
    value: Cell = _without_value(item, line) if known is None else known
    score = line.scored.score
    cells: tuple[Cell, ...] = (value, counted.a, counted.b, score, line.points)
    for number, content in enumerate(cells):
        edge = ("block",) if number == len(cells) - 1 else ()
        styles = FORMS[number] if number else _value_styles(item, line)
        if number == 3 and score is not None and score % 1:
            styles = ("points",)
        if number and content is None:
            styles = ("center",)
        sheet.put(row + number, column, content, *styles, *edge)
    return sheet.lines(value, sheet.widths[column], NONE_SIZE) if isinstance(value, str) else 1


def _without_value(item: Item, line: ScoreLine) -> str:
    """Words for no value: why there is none, or that facts were judged, with the sign of the score."""
    if line.note == NOT_IN_POOL:
        return "-"
    mark = SIGNS.get(mark_of_line(line), "")
    return f"{mark} {missing_th(item, line)}".strip()


def _value_form(item: Item) -> tuple[str, ...]:
    return ("plain",) if item.entry == "level" else ("value",)


def _value_styles(item: Item, line: ScoreLine) -> tuple[str, ...]:
    if line.counted.value is None:
        return ("none",)
    return (*_value_form(item), mark_of_line(line) or "note")
