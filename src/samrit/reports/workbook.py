"""The papers of a scheme run: results of all units, payment notices, receivable statements, the instalment register.

The same run, names and freezing give the same bytes. Money stands with two decimals, values as in scores.csv.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from samrit.reports.adjusting import write_adjustments
from samrit.reports.book import Book
from samrit.reports.facilities import write_facilities
from samrit.reports.facts import write_facts
from samrit.reports.figures import Figures
from samrit.reports.instalments import write_instalments as write_register
from samrit.reports.matrix import write_matrix
from samrit.reports.missing import write_missing
from samrit.reports.notes import write_notes
from samrit.reports.notices import write_notice
from samrit.reports.payments import write_payments
from samrit.reports.rates import write_rates
from samrit.reports.receivables import write_receivables as write_statements
from samrit.reports.status import status_th
from samrit.reports.summary import write_summary
from samrit.reports.trend import write_trend
from samrit.results import Frozen
from samrit.schemes import SchemeRun

Names = Mapping[str, str]
"""Code of a facility -> its Thai name."""
Writer = Callable[[SchemeRun, Path, Names | None, Frozen | None, str], None]


def write_workbook(
    run: SchemeRun, path: Path, names: Names | None = None, frozen: Frozen | None = None, replaced_by: str = ""
) -> None:
    """The results of a run as one XLSX: summary, matrix, money, pools, adjustments, facts, facilities, trend,
    gaps, notes.

    frozen: who said that the run is final; replaced_by: the frozen run that took its place. Raises ReportsError when
    the file cannot be written.
    """
    figures = Figures(run, frozen, replaced_by)
    book = _book(figures, run.pack.scheme.title.th)
    write_summary(book, figures)
    write_matrix(book, figures)
    write_payments(book, figures)
    write_rates(book, figures)
    write_adjustments(book, figures)
    write_facts(book, figures)
    write_facilities(book, figures, names or {})
    write_trend(book, figures)
    write_missing(book, figures)
    write_notes(book, figures)
    book.save(path)


def write_notices(
    run: SchemeRun, path: Path, names: Names | None = None, frozen: Frozen | None = None, replaced_by: str = ""
) -> None:
    """The payment notices of a run, a sheet of one A4 page for every unit, in the order of districts.

    Raises ReportsError when the file cannot be written.
    """
    figures = Figures(run, frozen, replaced_by)
    book = _book(figures, f"หนังสือแจ้งยอด {run.pack.scheme.title.th}")
    for payee in figures.payees:
        write_notice(book, figures, payee, names or {})
    book.save(path)


def write_receivables(
    run: SchemeRun, path: Path, names: Names | None = None, frozen: Frozen | None = None, replaced_by: str = ""
) -> None:
    """The receivables of a run: a summary, and a statement of one A4 page for every unit that owes.

    Raises ReportsError when the file cannot be written.
    """
    figures = Figures(run, frozen, replaced_by)
    book = _book(figures, f"ใบแจ้งยอดลูกหนี้ {run.pack.scheme.title.th}")
    write_statements(book, figures, names or {})
    book.save(path)


def write_instalments(
    run: SchemeRun, path: Path, names: Names | None = None, frozen: Frozen | None = None, replaced_by: str = ""
) -> None:
    """The instalments of a run: a summary by payment, and the register with places to sign.

    Raises ReportsError when the file cannot be written.
    """
    figures = Figures(run, frozen, replaced_by)
    book = _book(figures, f"ทะเบียนงวดเงิน {run.pack.scheme.title.th}")
    write_register(book, figures)
    book.save(path)


REPORTS: Mapping[str, Writer] = {
    "": write_workbook,
    "-notices": write_notices,
    "-receivables": write_receivables,
    "-instalments": write_instalments,
}
"""What stands behind the id of a pack in the name of a report -> what writes it."""


def _book(figures: Figures, title: str) -> Book:
    run = figures.run
    left = f"{run.pack.scheme.title.th} {figures.place_th}"
    return Book(title, run.period.end, left, f"รหัสผล {run.run.id}", status_th(figures))
