"""Paying: scores -> satang. One module per rule of a pool, then what happens to the sum of a unit's pools.

open_rate, closed, relative, price   what a pool pays by its rule (pools.py: the shape of it)
units                                the lines of one unit over all its pools
settling, advance                    adjustments, the advance, the net, receivables of earlier periods
support, excellence                  money that no score decides
instalments                          when what is paid falls due
whole                                the sums, pot by pot; money.py puts everything together
What a unit does not earn stays visible with the reason; every sum is checked when it is made.
"""

from samrit.schemes.paying.instalments import Instalment
from samrit.schemes.paying.lines import PaymentLine, PaymentLines, Why
from samrit.schemes.paying.money import Paid, pay
from samrit.schemes.paying.pools import BasisRow
from samrit.schemes.paying.settling import LedgerLine
from samrit.schemes.paying.units import is_assumed

__all__ = ["BasisRow", "Instalment", "LedgerLine", "Paid", "PaymentLine", "PaymentLines", "Why", "is_assumed", "pay"]
