"""Allocation: money in whole satang; every split adds up to its pool, every rounding happens once.

Where a thing is: `split` a pool by shares · `pots` what there is · `open_rate` a price list per head · `price` a price
per point · `pools` closed pools by domain · `relative` against the mean · `capping` to a cap · `support` for activity ·
`indices` multipliers · `advance`, `netting`, `instalments`, `ledger` what was paid before, is due now, stays owed.
In every result `total` is what units get and `undistributed` what nobody got: together they are the pot, checked.

>>> from decimal import Decimal
>>> from samrit.allocation import NettingPolicy, RatedItem, net, open_rate, rate_amount
>>> earned = open_rate([RatedItem("all", Decimal("54.10"), Decimal("0.6"))], 92589)
>>> advance = rate_amount(Decimal("28.13"), 92589)
>>> earned.total, advance
(300543894, 260452857)
>>> net(earned.total, advance, NettingPolicy.RECOVER).net
40091037
"""

from samrit.allocation.advance import advance_on_last
from samrit.allocation.capping import Capped, Scale, cap_amounts
from samrit.allocation.errors import AllocationError, NotConserved, NothingToShareBy
from samrit.allocation.indices import Index, multiply_indices
from samrit.allocation.instalments import instalments, paid_so_far, rest
from samrit.allocation.ledger import Closed, Ledger, Posting, PostingKind, Settled, close_period, settle
from samrit.allocation.netting import Netting, NettingPolicy, net
from samrit.allocation.open_rate import Earned, Priced, RatedColumn, RatedItem, open_rate, open_rates
from samrit.allocation.pools import Pooled, by_domain
from samrit.allocation.pots import Pot, pot_amount, pot_difference
from samrit.allocation.price import PointLine, price_per_point
from samrit.allocation.relative import Mean, MeanOfZero, Relative, relative_to_mean
from samrit.allocation.satang import Number, rate_amount, round_satang, show, show_satang, to_satang
from samrit.allocation.split import check_conservation, closed_pool, split, split_rows
from samrit.allocation.support import Activity, ActivityRates, ActivityShares, Support, support, take_from

__all__ = [
    "Activity",
    "ActivityRates",
    "ActivityShares",
    "AllocationError",
    "Capped",
    "Closed",
    "Earned",
    "Index",
    "Ledger",
    "Mean",
    "MeanOfZero",
    "Netting",
    "NettingPolicy",
    "NotConserved",
    "NothingToShareBy",
    "Number",
    "PointLine",
    "Pooled",
    "Posting",
    "PostingKind",
    "Pot",
    "Priced",
    "RatedColumn",
    "RatedItem",
    "Relative",
    "Scale",
    "Settled",
    "Support",
    "advance_on_last",
    "by_domain",
    "cap_amounts",
    "check_conservation",
    "close_period",
    "closed_pool",
    "instalments",
    "multiply_indices",
    "net",
    "open_rate",
    "open_rates",
    "paid_so_far",
    "pot_amount",
    "pot_difference",
    "price_per_point",
    "rate_amount",
    "relative_to_mean",
    "rest",
    "round_satang",
    "settle",
    "show",
    "show_satang",
    "split",
    "split_rows",
    "support",
    "take_from",
    "to_satang",
]
