"""The sheet of the trend: every counted item by month and year to date, at every unit and over all of them."""

from samrit.reference import Period, format_day_th
from samrit.reports.book import Book, Cell
from samrit.reports.figures import Figures
from samrit.schemes import TrendLine

SPANS = {"month": "รายเดือน", "ytd": "สะสม"}
WHOLE = "all"


def write_trend(book: Book, figures: Figures) -> None:
    """The sheet แนวโน้ม; left out when the run has no trend."""
    lines = [line for line in figures.run.trend if line.span.value in SPANS]
    if not lines:
        return
    months = figures.run.period.months()
    sheet = book.sheet("แนวโน้ม", (50, 300, 110, 72, *[70] * len(months)))
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"แนวโน้มรายเดือนและสะสม {figures.place_th}", "title")
    said = "ค่าของตัวชี้วัดภายใต้วันสำรวจเดียวกัน   สะสม = ตั้งแต่ต้นช่วงผลงานถึงสิ้นเดือนนั้น"
    sheet.put(1, 0, f"{said}   A และ B ของทุกช่วงอยู่ใน trend.csv ของผลนี้", "note")
    heads = [_month_th(month) for month in months]
    thai = ["ข้อ", "ตัวชี้วัด", "หน่วย", "ช่วง", *heads]
    english = ["item", "indicator", "unit", "span", *(f"{m.end:%m/%Y}" for m in months)]
    numbers = range(4, 4 + len(months))
    sheet.head(2, thai, english, right=numbers)
    row = 4
    by_key = {(x.item, x.org, x.span.value, x.period.end): x for x in lines}
    orgs = [(WHOLE, "รวมทุกหน่วย"), *((p.org, p.name_th or p.org) for p in figures.payees)]
    known = {(x.item, x.org) for x in lines}
    for item in figures.items:
        for org, name in orgs:
            if (item.item, org) not in known:
                continue
            more = ("bold", "ground") if org == WHOLE else ()
            for span, word in SPANS.items():
                found = [by_key.get((item.item, org, span, m.end)) for m in months]
                cells: list[Cell] = [item.item, item.title.th, name, word, *(_value(x) for x in found)]
                styles = [
                    (),
                    (),
                    (),
                    ("note",),
                    *(("none",) if isinstance(_value(x), str) else ("value",) for x in found),
                ]
                sheet.put_row(row, cells, styles, "row", *more)
                row += 1
    sheet.page.freeze_panes(4, 4)
    sheet.page.repeat_rows(2, 3)
    sheet.page.autofilter(3, 0, row - 1, 3)


def _value(line: TrendLine | None) -> Cell:
    if line is None:
        return "ไม่มีรายงาน"
    return "B = 0" if line.value is None else line.value


def _month_th(month: Period) -> str:
    """The month of a period with two digits of its Buddhist year: ก.พ. 57."""
    _, name, year = format_day_th(month.end).split(" ")
    return f"{name} {year[2:]}"
