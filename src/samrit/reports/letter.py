"""A letter to one unit: head, number and day to be filled in, addressee, places to sign; one A4 page, upright."""

from collections.abc import Mapping, Sequence

from samrit.reports.baht_words import baht_in_thai_words
from samrit.reports.book import Book, Sheet, say_baht
from samrit.reports.figures import Figures
from samrit.reports.status import status_th
from samrit.reports.words import money_th
from samrit.schemes import Payee

BLANK = "............................................"
DAY = "วันที่ .......... เดือน ......................... พ.ศ. ............"
SIGNED = (f"ลงชื่อ {BLANK}", f"({BLANK})", f"ตำแหน่ง {BLANK}")


def open_letter(
    book: Book, figures: Figures, payee: Payee, widths: Sequence[int], title: str, about: str, names: Mapping[str, str]
) -> tuple[Sheet, int]:
    """A sheet with the letter down to its addressee; names: code of a facility -> its Thai name. Gives the next row."""
    sheet = book.sheet(f"{payee.org} {payee.name_th}", widths, landscape=False, numbered=False)
    sheet.page.fit_to_pages(1, 1)
    sheet.page.set_margins(left=0.9, right=0.7, top=0.9, bottom=0.7)
    last = len(widths) - 1
    row = sheet.say(0, title, "title", "center", size=22)
    row = sheet.say(row, figures.run.pack.scheme.title.th, "letter", "bold", "center", size=16)
    if not figures.is_official:
        row = sheet.say(row, status_th(figures), "letter", "owes", "center", size=16)
    sheet.page.set_row(row + 1, 26)
    sheet.put(row + 1, 0, "ที่ ..................................", "letter")
    sheet.merge((row + 1, row + 1), (2, last), DAY, "letter", "right")
    named = names.get(payee.org, "")
    place = " ".join(part for part in (f"{figures.payee_th} รหัส {payee.org}", payee.name_th) if part)
    row = sheet.say(row + 2, f"เรื่อง  {about}ของ{place}", "letter", size=16)
    return sheet, sheet.say(row, f"เรียน  ผู้อำนวยการ{named or figures.payee_th}", "letter", size=16)


def say_amount(figures: Figures, satang: int) -> str:
    """An amount from 0 in words, as on a cheque; in figures where the words of the currency are not Thai money."""
    scheme = figures.run.pack.scheme
    if scheme.currency.code == "THB":
        return f"(ตัวอักษร)  {baht_in_thai_words(satang)}"
    return f" {say_baht(satang)} {money_th(figures.run.pack)}"


def close_letter(sheet: Sheet, figures: Figures, row: int, *, both: bool = False) -> None:
    """The last sentence and the places to sign; `both`: of the unit as well, at the left."""
    last = len(sheet.widths) - 1
    row = sheet.say(row, "        จึงเรียนมาเพื่อทราบ หากพบว่ายอดไม่ตรง โปรดแจ้งพร้อมรหัสผลและข้อที่สงสัย", "letter", size=16)
    if both:
        sheet.page.set_row(row + 1, 28)
        sheet.merge((row + 1, row + 1), (0, 1), "ผู้แทนหน่วยบริการ รับทราบยอด", "letter", "center", "bold")
        sheet.merge((row + 1, row + 1), (2, last), "ผู้แจ้งยอด", "letter", "center", "bold")
        row += 1
    for line in SIGNED:
        sheet.page.set_row(row + 1, 28)
        if both:
            sheet.merge((row + 1, row + 1), (0, 1), line, "letter", "center")
        sheet.merge((row + 1, row + 1), (2, last), line, "letter", "center")
        row += 1
    run = figures.run
    said = f"รหัสผล {run.run.id}   ชุดข้อมูล {run.run.manifest.get('snapshot', '')}   กติกา {run.pack.id}"
    sheet.merge((row + 2, row + 2), (0, last), said, "small")
