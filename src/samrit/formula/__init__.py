"""The formula language of indicators: letters, numbers, + - x × * / ÷ and brackets; exact, and never executed as code.

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
"""

from samrit.formula.errors import FormulaError
from samrit.formula.formula import PRECISION, Formula, round_half_up
from samrit.formula.parser import MAX_DEPTH, MAX_LENGTH, parse
from samrit.formula.tokens import LETTERS, NAMED

__all__ = [
    "LETTERS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "NAMED",
    "PRECISION",
    "Formula",
    "FormulaError",
    "parse",
    "round_half_up",
]
