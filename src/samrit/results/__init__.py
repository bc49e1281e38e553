"""Results: cells, the one roll-up, and run folders that anyone can recompute.

cells -> roll-up -> a, b and value of any organisation at any level
"""

from samrit.results.cells import Cell
from samrit.results.roll_up import Line, roll_up
from samrit.results.runs import Run, Table, as_csv, code_hash, keep_run

__all__ = ["Cell", "Line", "Run", "Table", "as_csv", "code_hash", "keep_run", "roll_up"]
