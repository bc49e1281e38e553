"""The error of the room."""

from samrit.problems import SamritError


class KpiError(SamritError):
    """A KPI that cannot be read or judged; it carries every problem."""
