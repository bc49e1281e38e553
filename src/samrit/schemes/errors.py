"""What the room raises."""

from samrit.problems import SamritError


class SchemesError(SamritError):
    """A pack that cannot be read or a run that cannot be made as asked."""
