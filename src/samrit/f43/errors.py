"""What the room raises."""

from samrit.problems import SamritError


class F43Error(SamritError):
    """A package or entry that cannot be used as a whole; a faulty row is never an exception."""
