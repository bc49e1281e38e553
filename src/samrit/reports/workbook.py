"""The two workbooks of a scheme run: the results of all units, and a payment notice for each."""

from collections.abc import Mapping
from pathlib import Path

from samrit.reports.book import Book
from samrit.reports.facilities import write_facilities
from samrit.reports.figures import Figures
from samrit.reports.matrix import write_matrix
from samrit.reports.missing import write_missing
from samrit.reports.notes import write_notes
from samrit.reports.notices import write_notice
from samrit.reports.payments import write_payments
from samrit.reports.summary import draft_th, write_summary
from samrit.reports.trend import write_trend
from samrit.schemes import SchemeRun


def write_workbook(run: SchemeRun, path: Path, names: Mapping[str, str] | None = None) -> None:
    """The results of a run as one XLSX: summary, matrix, money, facilities, trend, what is missing, notes.

    names: code of a facility -> its Thai name. The same run and names give the same bytes. Money stands in baht with
    two decimals, values as in scores.csv. Raises ReportsError when the file cannot be written.
    """
    figures = Figures(run)
    book = _book(figures, run.pack.scheme.title.th)
    write_summary(book, figures)
    write_matrix(book, figures)
    write_payments(book, figures)
    write_facilities(book, figures, names or {})
    write_trend(book, figures)
    write_missing(book, figures)
    write_notes(book, figures)
    book.save(path)


def write_notices(run: SchemeRun, path: Path, names: Mapping[str, str] | None = None) -> None:
    """The payment notices of a run as one XLSX, a sheet of one A4 page for every unit, in the order of districts.

    names: code of a facility -> its Thai name. The same run and names give the same bytes. Raises ReportsError when
    the file cannot be written.
    """
    figures = Figures(run)
    book = _book(figures, f"หนังสือแจ้งยอด {run.pack.scheme.title.th}")
    for payee in figures.payees:
        write_notice(book, figures, payee, names or {})
    book.save(path)


def _book(figures: Figures, title: str) -> Book:
    run = figures.run
    left = f"{run.pack.scheme.title.th} {figures.place_th}"
    return Book(title, run.period.end, left, f"รหัสผล {run.run.id}", draft_th(figures))
