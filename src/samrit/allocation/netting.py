"""Netting: what is still due after the advance that was paid with the capitation."""

from dataclasses import dataclass
from enum import StrEnum

from samrit.allocation.satang import find_fault, refuse


class NettingPolicy(StrEnum):
    """What happens when less was earned than was advanced."""

    RECOVER = "recover"  # the unit owes it: taken back from later payments
    FLOOR_ZERO = "floor_zero"  # the unit keeps it: forgiven, and shown


@dataclass(frozen=True)
class Netting:
    """Satang: `net` is earned - advance, negative when the unit owes; `receivable` is what it owes; `forgiven` what it
    need not pay back. Always earned - advance = net - forgiven.
    """

    net: int
    receivable: int
    forgiven: int


def net(earned: int, advance: int, policy: NettingPolicy) -> Netting:
    """Earned less advance, in satang. Source: qof-2557 section 5. Raises AllocationError for a negative advance.

    >>> net(200362596, 260452857, NettingPolicy.RECOVER)
    Netting(net=-60090261, receivable=60090261, forgiven=0)
    >>> net(200362596, 260452857, NettingPolicy.FLOOR_ZERO)
    Netting(net=0, receivable=0, forgiven=60090261)
    """
    refuse(find_fault("advance", advance))
    difference = earned - advance
    if difference >= 0:
        return Netting(difference, 0, 0)
    if policy is NettingPolicy.FLOOR_ZERO:
        return Netting(0, 0, -difference)
    return Netting(difference, -difference, 0)
