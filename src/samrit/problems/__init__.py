"""The one shape of everything that can be wrong.

>>> from samrit.problems import Where, problem
>>> p = problem("problems.unknown", Where(file="x.zip", line=3), code="a.b")
>>> p.level.value, p.where.line
('error', 3)
"""

from samrit.problems.problem import (
    Level,
    Problem,
    Problems,
    SamritError,
    Where,
    codes,
    nearest,
    problem,
)

__all__ = ["Level", "Problem", "Problems", "SamritError", "Where", "codes", "nearest", "problem"]
