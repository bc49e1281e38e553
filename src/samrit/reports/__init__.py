"""Reports: workbooks that people print, sign and check, made from a finished run and from nothing else.

>>> from samrit.reports import baht_in_thai_words
>>> baht_in_thai_words(2_100_25)
'สองพันหนึ่งร้อยบาทยี่สิบห้าสตางค์'
"""

from samrit.reports.baht_words import baht_in_thai_words
from samrit.reports.errors import ReportsError
from samrit.reports.workbook import write_notices, write_workbook

__all__ = ["ReportsError", "baht_in_thai_words", "write_notices", "write_workbook"]
