"""Inputs: what a run is given beside the snapshot. One CSV or XLSX per kind, refused as a whole when a line is wrong.

files -> lines -> values, facts, money (each its own module) -> RunInputs; an earlier run gives last year's values.
"""

from samrit.schemes.inputs.files import COLUMNS, find_inputs
from samrit.schemes.inputs.given import Adjustment, AdjustmentKind, InputFile, Receivable, RunInputs, Winner
from samrit.schemes.inputs.reading import read_inputs
from samrit.schemes.inputs.values import counted_value

__all__ = [
    "COLUMNS",
    "Adjustment",
    "AdjustmentKind",
    "InputFile",
    "Receivable",
    "RunInputs",
    "Winner",
    "counted_value",
    "find_inputs",
    "read_inputs",
]
