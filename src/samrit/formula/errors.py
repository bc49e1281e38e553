"""The errors of the formula room."""

from samrit.problems import SamritError


class FormulaError(SamritError):
    """A formula that cannot be read, or values that it cannot use; carries the problems.

    SamritError
    +-- FormulaError
    """
