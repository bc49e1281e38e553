"""The errors of the scoring room."""

from samrit.problems import SamritError


class ScoringError(SamritError):
    """A rule, a value, a fact or a weight that cannot be used; carries the problems.

    SamritError
    +-- ScoringError
    """
