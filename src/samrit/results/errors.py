"""The error of the results room."""

from samrit.problems import SamritError


class ResultsError(SamritError):
    """A run that is not there, is damaged, or may not be changed; carries the problems."""
