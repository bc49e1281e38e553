"""What every received file, of the 43 or a log, has in common: its text, and rows kept, voided in part, or aside.

>>> decode("สมชาย".encode("cp874"))
('สมชาย', 'cp874')
"""

from samrit.received.rows import FAULTS, Aside, ReadRows
from samrit.received.text import decode

__all__ = ["FAULTS", "Aside", "ReadRows", "decode"]
