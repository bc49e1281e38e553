"""ReferenceRefused, the one error of this room."""

from samrit.problems import SamritError


class ReferenceRefused(SamritError):  # noqa: N818 (what happens: it is refused)
    """A day, period, organisation code or organisation file that cannot be used; carries every problem found.

    SamritError
    +-- ReferenceRefused
    """
