"""The sheet of the trend: every counted item by month, quarter, year to date and twelve months back, at every unit and
over all of them. A value stands under the last month of its span.
"""

from samrit.reference import Period, Span, format_day_th
from samrit.reports.book import NONE_SIZE, Book, Cell
from samrit.reports.figures import Figures
from samrit.reports.words import NO_REPORT_TH, NO_TARGET_TH
from samrit.schemes import TrendLine

SPANS = {
    Span.MONTH: "รายเดือน",
    Span.QUARTER: "รายไตรมาส",
    Span.YEAR_TO_DATE: "สะสม",
    Span.ROLLING: "12 เดือนย้อนหลัง",
}
MONTH_WIDTH = 84
WHOLE = "all"


def write_trend(book: Book, figures: Figures) -> None:
    """The sheet แนวโน้ม; left out when the run has no trend."""
    lines = figures.run.trend
    if not lines:
        return
    months = figures.run.period.months()
    ends = {span: {m.end for m in months} for span in SPANS}
    ends[Span.QUARTER] = {quarter.end for quarter in figures.run.period.quarters()}
    sheet = book.sheet("แนวโน้ม", (50, 300, 110, 110, *[MONTH_WIDTH] * len(months)))
    sheet.page.set_row(0, 30)
    sheet.put(0, 0, f"แนวโน้ม {figures.place_th}", "title")
    said = "ค่าของตัวชี้วัดภายใต้วันสำรวจเดียวกัน ใต้เดือนสุดท้ายของแต่ละช่วง   สะสม = ตั้งแต่ต้นช่วงผลงาน"
    sheet.put(1, 0, f"{said}   A และ B ของทุกช่วงอยู่ใน trend.csv ของผลนี้", "note")
    heads = [_month_th(month) for month in months]
    thai = ["ข้อ", "ตัวชี้วัด", "หน่วย", "ช่วง", *heads]
    english = ["item", "indicator", "unit", "span", *(f"{m.end:%m/%Y}" for m in months)]
    numbers = range(4, 4 + len(months))
    sheet.head(2, thai, english, right=numbers)
    row = 4
    by_key = {(x.item, x.org, x.span, x.period.end): x for x in lines}
    orgs = [(WHOLE, "รวมทุกหน่วย"), *((p.org, p.name_th or p.org) for p in figures.payees)]
    known = {(x.item, x.org) for x in lines}
    for item in figures.items:
        for org, name in orgs:
            if (item.item, org) not in known:
                continue
            more = ("bold", "ground") if org == WHOLE else ()
            for span, word in SPANS.items():
                cells = [
                    _value(by_key.get((item.item, org, span, m.end))) if m.end in ends[span] else None for m in months
                ]
                forms = [("none",) if isinstance(cell, str) else ("value",) for cell in cells]
                deep = max(sheet.lines(cell, MONTH_WIDTH, NONE_SIZE) if isinstance(cell, str) else 1 for cell in cells)
                sheet.page.set_row(row, 22 if deep == 1 else 18 * deep)
                first: list[Cell] = [item.item, item.title.th, name, word]
                sheet.put_row(row, [*first, *cells], [(), (), (), ("note",), *forms], "row", *more)
                row += 1
    sheet.page.freeze_panes(4, 4)
    sheet.page.repeat_rows(2, 3)
    sheet.page.autofilter(3, 0, row - 1, 3)


def _value(line: TrendLine | None) -> Cell:
    if line is None:
        return NO_REPORT_TH
    return NO_TARGET_TH if line.value is None else line.value


def _month_th(month: Period) -> str:
    """The month of a period with two digits of its Buddhist year: ก.พ. 57."""
    _, name, year = format_day_th(month.end).split(" ")
    return f"{name} {year[2:]}"
