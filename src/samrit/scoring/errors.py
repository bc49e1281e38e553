"""The errors of the scoring room."""

from samrit.problems import SamritError


class ScoringError(SamritError):
    """Bands, a value or a weight that cannot be used; carries the problems.

    SamritError
    +-- ScoringError
    """
