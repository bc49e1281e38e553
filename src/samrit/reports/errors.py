"""What the room raises."""

from samrit.problems import SamritError


class ReportsError(SamritError):
    """A report that is not known, a form it does not have, or a place where it cannot be written.

    SamritError
    +-- ReportsError
    """
