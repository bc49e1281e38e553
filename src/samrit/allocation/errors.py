"""The errors of the allocation room."""

from samrit.problems import SamritError, problem


class AllocationError(SamritError):
    """Money that cannot be worked out from what was given; carries the problems.

    SamritError
    +-- AllocationError
        +-- NothingToShareBy    the shares add up to zero
        +-- NotConserved        the parts do not add up to the pot
        +-- MeanOfZero          (relative.py) the mean that scores are compared with is zero
    """


class NothingToShareBy(AllocationError):  # noqa: N818 (says what happened)
    """A pool cannot be split: the shares add up to zero."""


class NotConserved(AllocationError):  # noqa: N818 (says what happened)
    """Parts do not add up to their pot; `difference` = parts - pot, in satang."""

    def __init__(self, pot: int, parts: int) -> None:
        self.difference = parts - pot
        super().__init__(problem("allocation.conservation", pot=pot, parts=parts, difference=f"{self.difference:+}"))
