"""What the room raises."""

from samrit.problems import SamritError


class LogsError(SamritError):
    """A file that is no log of its kind as a whole; a faulty line is never an exception."""
