"""The error of the quality room."""

from samrit.problems import SamritError


class QualityError(SamritError):
    """A centre's file or a question that cannot be used; carries every problem found.

    SamritError
    +-- QualityError
    """
