"""Measures: how A and B are counted. One indicator is one folder in `catalogue/` (measure.yaml, a.sql, b.sql, cases).

>>> from samrit.measures import measure
>>> measure("ht_controlled").definition.formula
'(A/B)x100'
"""

from samrit.measures.binding import bind_check
from samrit.measures.checking import Outcome, case_files, check, check_files, formula_of, value_of
from samrit.measures.compiling import Compiled, compile_measure
from samrit.measures.counting import count
from samrit.measures.cube import Cube, Cut, CutLine, make_cube
from samrit.measures.definition import CountedAt, Measure, measure, measure_ids, measure_names, typed_scalar
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.evidence import Seen, list_seen, views_looked_at
from samrit.measures.finding import at_site, use_site
from samrit.measures.following_up import find_cut_off, find_data_end
from samrit.measures.paid_twice import PaidTwice, list_paid_twice
from samrit.measures.people import Hit, list_hits
from samrit.measures.planning import Form, When
from samrit.measures.spark import SparkEngine
from samrit.measures.whereabouts import Whereabouts, list_whereabouts

__all__ = [
    "Compiled",
    "CountedAt",
    "Cube",
    "Cut",
    "CutLine",
    "Engine",
    "Form",
    "Hit",
    "Measure",
    "MeasuresError",
    "Outcome",
    "PaidTwice",
    "Seen",
    "SparkEngine",
    "When",
    "Whereabouts",
    "at_site",
    "bind_check",
    "case_files",
    "check",
    "check_files",
    "compile_measure",
    "count",
    "find_cut_off",
    "find_data_end",
    "formula_of",
    "list_hits",
    "list_paid_twice",
    "list_seen",
    "list_whereabouts",
    "make_cube",
    "measure",
    "measure_ids",
    "measure_names",
    "typed_scalar",
    "use_site",
    "value_of",
    "views_looked_at",
]
