"""Results: cells, the one roll-up, and run folders that anyone can recompute.

cells -> roll-up -> a, b and value of any organisation at any level
"""

from samrit.results.cells import Cell
from samrit.results.roll_up import Line, roll_up

__all__ = ["Cell", "Line", "roll_up"]
