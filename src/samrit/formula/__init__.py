"""The formula language of indicators: letters, numbers, signs, functions and references; exact, never executed as code.

>>> from decimal import Decimal
>>> from samrit.formula import parse, round_half_up
>>> formula = parse("(A x ๑๐๐,๐๐๐) ÷ B")
>>> formula.names
('A', 'B')
>>> formula.evaluate({"A": Decimal(3), "B": Decimal(8)})
Decimal('37500')
>>> formula.evaluate({"A": Decimal(3), "B": Decimal(0)}) is None
True
>>> formula.read_back_th()
'A คูณด้วย 100,000 แล้วหารด้วย B'
>>> parse("if(prev(A) > 0, A / prev(A), 0)").read_back_th()
'ถ้า (A ของงวดเดียวกันปีก่อน มากกว่า 0) ให้ใช้ (A หารด้วย A ของงวดเดียวกันปีก่อน) มิฉะนั้นให้ใช้ 0'

`tokens` cuts the text, `parser` reads it into a `tree` with `conditions` and `calls`; `references` is what comes from
elsewhere, `units` whether the values fit together.
"""

from samrit.formula.errors import FormulaError
from samrit.formula.formula import PRECISION, Formula, Outcome, decimal_of, round_half_up
from samrit.formula.parser import MAX_DEPTH, MAX_LENGTH, parse
from samrit.formula.references import Reference
from samrit.formula.tokens import LETTERS, NAMED
from samrit.formula.units import check_formula, result_unit

__all__ = [
    "LETTERS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "NAMED",
    "PRECISION",
    "Formula",
    "FormulaError",
    "Outcome",
    "Reference",
    "check_formula",
    "decimal_of",
    "parse",
    "result_unit",
    "round_half_up",
]
