"""Allocation: money in whole satang; every split adds up to its pool, every rounding happens once.

>>> from decimal import Decimal
>>> from samrit.allocation import NettingPolicy, RatedItem, net, open_rate, rate_amount
>>> earned = open_rate([RatedItem("all", Decimal("54.10"), Decimal("0.6"))], 92589)
>>> advance = rate_amount(Decimal("28.13"), 92589)
>>> earned.total, advance
(300543894, 260452857)
>>> net(earned.total, advance, NettingPolicy.RECOVER).net
40091037
"""

from samrit.allocation.errors import AllocationError, NotConserved, NothingToShareBy
from samrit.allocation.netting import Netting, NettingPolicy, net
from samrit.allocation.open_rate import Earned, RatedItem, open_rate
from samrit.allocation.satang import rate_amount, to_satang
from samrit.allocation.split import check_conservation, closed_pool, split

__all__ = [
    "AllocationError",
    "Earned",
    "Netting",
    "NettingPolicy",
    "NotConserved",
    "NothingToShareBy",
    "RatedItem",
    "check_conservation",
    "closed_pool",
    "net",
    "open_rate",
    "rate_amount",
    "split",
    "to_satang",
]
