"""What can go wrong when demo data are asked for."""

from samrit.problems import SamritError


class DemoError(SamritError):
    """A wish that cannot be met: used folder, unknown province, numbers out of range.

    SamritError
    +-- DemoError
    """
