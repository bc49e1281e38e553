"""What every received file, of the 43 or a log, has in common: its text, and rows kept, voided in part, or aside.

>>> decode("สมชาย".encode("cp874"))
('สมชาย', 'cp874')
"""

from samrit.received.lines import cut_line
from samrit.received.rows import FAULTS, Aside, ReadRows
from samrit.received.text import decode
from samrit.received.workbook import WORKBOOK, WorkbookError, first_sheet

__all__ = ["FAULTS", "WORKBOOK", "Aside", "ReadRows", "WorkbookError", "cut_line", "decode", "first_sheet"]
