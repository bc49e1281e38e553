"""What the room raises."""

from samrit.problems import SamritError


class MeasuresError(SamritError):
    """A measure that cannot be read, checked or counted as asked.

    MeasuresError
    +-- CasesError       a file of worked cases that cannot be used
    """
