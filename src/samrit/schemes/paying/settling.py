"""Settling one unit: adjustments, the advance that was paid, the net, and what it owes from earlier periods.

net = earned + adjustment - advance (+ what is forgiven). Receivables of earlier periods are taken out of a net above
zero, oldest first; a net below zero is a receivable of this period. Source: qof-2557 section 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrit.allocation import NettingPolicy, Settled, check_conservation, net, settle
from samrit.schemes.authoring.pools import Money
from samrit.schemes.inputs import Adjustment
from samrit.schemes.payees import Payee
from samrit.schemes.paying.advance import advance_line
from samrit.schemes.paying.lines import PaymentLine


@dataclass(frozen=True)
class Account:
    """What is known of one unit's money beside its scores: approved and pending adjustments, open receivables."""

    adjustments: Sequence[Adjustment] = ()
    owed: Mapping[str, int] | None = None
    """Period -> satang, oldest first; None: no ledger was given."""


@dataclass(frozen=True)
class LedgerLine:
    """What a unit owes of one period, in satang: before, set off by this run, new in this run, and after it."""

    org: str
    since: str
    opening: int
    set_off: int
    new: int

    @property
    def closing(self) -> int:
        """Satang still owed."""
        return self.opening - self.set_off + self.new


@dataclass(frozen=True)
class Settlement:
    """The lines of one unit's settling, its ledger, and satang of results to be paid now."""

    lines: tuple[PaymentLine, ...]
    ledger: tuple[LedgerLine, ...]
    payable: int
    advance: int


def settle_unit(
    money: Money, payee: Payee, earned: int, account: Account, last_paid: Mapping[str, int], period: str, note: str
) -> Settlement:
    """Settle one unit. earned: satang of all pools; period: the name of a new receivable; note: what is unfinished."""
    made: list[PaymentLine] = []
    adjusted = sum(a.amount for a in account.adjustments if a.is_approved)
    if account.adjustments:
        made.append(PaymentLine(payee.org, "adjustment", payee.population, adjusted, _say(account.adjustments)))
    advance = 0
    if money.advance is not None:
        line = advance_line(money.advance, payee, last_paid)
        made.append(line)
        advance = line.amount
    netting = net(earned + adjusted, advance, money.netting)
    check_conservation(earned + adjusted, [advance, netting.net, -netting.forgiven])
    settled = settle(payee.org, netting.net, account.owed or {})
    for component, amount, words in (
        ("net", netting.net, note),
        ("receivable", netting.receivable, ""),
        ("forgiven", netting.forgiven, ""),
    ):
        made.append(PaymentLine(payee.org, component, payee.population, amount, words))
    if account.owed is not None:
        carried = sum(settled.offset.values())
        made.append(PaymentLine(payee.org, "carried", payee.population, carried, _say_periods(settled)))
        made.append(PaymentLine(payee.org, "payable", payee.population, settled.paid))
    new = netting.receivable if money.netting is NettingPolicy.RECOVER else 0
    return Settlement(tuple(made), tuple(_ledger(account.owed or {}, settled, new, period)), settled.paid, advance)


def _ledger(owed: Mapping[str, int], settled: Settled, new: int, period: str) -> list[LedgerLine]:
    lines = [LedgerLine(settled.org, since, amount, settled.offset.get(since, 0), 0) for since, amount in owed.items()]
    if new:
        lines.append(LedgerLine(settled.org, period, 0, 0, new))
    return lines


def _say(adjustments: Sequence[Adjustment]) -> str:
    approved = sum(a.is_approved for a in adjustments)
    pending = len(adjustments) - approved
    said = [f"{approved} approved"] if approved else []
    said += [f"{pending} pending, not paid"] if pending else []
    return f"{'; '.join(said)}; beside the pot"


def _say_periods(settled: Settled) -> str:
    return f"owed since {' '.join(settled.offset)}" if settled.offset else ""
