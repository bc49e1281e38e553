"""Measures: how A and B are counted. One indicator is one folder in `catalogue/` (measure.yaml, a.sql, b.sql, cases).

>>> from samrit.measures import measure
>>> measure("ht_controlled").definition.formula
'(A/B)x100'
"""

from samrit.measures.binding import bind_check
from samrit.measures.checking import Outcome, case_files, check, check_files, formula_of, value_of
from samrit.measures.compiling import Compiled, compile_measure
from samrit.measures.counting import count
from samrit.measures.definition import CountedAt, Measure, measure, measure_ids, typed_scalar
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.evidence import Seen, list_seen, views_looked_at
from samrit.measures.people import Hit, list_hits
from samrit.measures.planning import Form, When

__all__ = [
    "Compiled",
    "CountedAt",
    "Engine",
    "Form",
    "Hit",
    "Measure",
    "MeasuresError",
    "Outcome",
    "Seen",
    "When",
    "bind_check",
    "case_files",
    "check",
    "check_files",
    "compile_measure",
    "count",
    "formula_of",
    "list_hits",
    "list_seen",
    "measure",
    "measure_ids",
    "typed_scalar",
    "value_of",
    "views_looked_at",
]
