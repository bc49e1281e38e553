"""What the room raises."""

from samrit.problems import SamritError


class ClaimsError(SamritError):
    """A file that is none of its kind as a whole, or a choice that cannot be made; a faulty line is never one."""
