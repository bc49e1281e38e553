"""Results: cells, the one roll-up, and run folders that anyone can recompute.

cells -> roll-up -> a, b and value of any organisation at any level
kept run -> frozen run: official, and provably unchanged
"""

from samrit.results.cells import Amount, Cell, add, plain, read_amount
from samrit.results.errors import ResultsError
from samrit.results.kept import (
    Frozen,
    about_of,
    check_run,
    find_run,
    freeze,
    frozen_of,
    frozen_runs,
    in_force,
    list_runs,
    replaced_by,
)
from samrit.results.roll_up import Line, roll_up, roll_up_inside, units_inside
from samrit.results.runs import Run, Table, as_csv, code_hash, keep_run, read_run, run_id_of

__all__ = [
    "Amount",
    "Cell",
    "Frozen",
    "Line",
    "ResultsError",
    "Run",
    "Table",
    "about_of",
    "add",
    "as_csv",
    "check_run",
    "code_hash",
    "find_run",
    "freeze",
    "frozen_of",
    "frozen_runs",
    "in_force",
    "keep_run",
    "list_runs",
    "plain",
    "read_amount",
    "read_run",
    "replaced_by",
    "roll_up",
    "roll_up_inside",
    "run_id_of",
    "units_inside",
]
