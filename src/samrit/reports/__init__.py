"""Reports: papers that people print, sign and check, made from a finished run and from nothing else.

workbook         the papers, and which sheets each has; kept: a run from its folder, nothing is counted
summary, matrix, payments, rates, adjusting, facts, facilities, trend, missing, notes   the sheets of the workbook
notices, receivables, instalments   letters to a unit (letter) and the register
figures, groups, values, status, words   what the sheets show; table, book   how it is set

>>> from samrit.reports import baht_in_thai_words
>>> baht_in_thai_words(2_100_25)
'สองพันหนึ่งร้อยบาทยี่สิบห้าสตางค์'
"""

from samrit.reports.baht_words import baht_in_thai_words
from samrit.reports.errors import ReportsError
from samrit.reports.kept import run_of_folder
from samrit.reports.workbook import REPORTS, write_instalments, write_notices, write_receivables, write_workbook

__all__ = [
    "REPORTS",
    "ReportsError",
    "baht_in_thai_words",
    "run_of_folder",
    "write_instalments",
    "write_notices",
    "write_receivables",
    "write_workbook",
]
