"""The whole: sums over all units, pot by pot. They are checked when they are made, to the satang."""

from collections.abc import Sequence
from functools import partial

from samrit.allocation import check_conservation
from samrit.schemes.payees import Payee
from samrit.schemes.paying.lines import OF_WHICH, SELDOM, Deferred, Made, PaymentLine, Why
from samrit.schemes.paying.pools import PoolPaid

ALWAYS = (
    "earned", "of_which.assumed", "undistributed", *(OF_WHICH[w] for w in Why if w not in SELDOM),
    "excellence", "advance", "net", "receivable", "forgiven",
)  # fmt: skip
EARNED = ("earned", "of_which.assumed", "undistributed")
SETTLED = (
    "support", "excellence", "adjustment", "advance", "net", "receivable", "forgiven", "carried", "payable",
)  # fmt: skip
"""What is summed over units, in this order, with the reasons between; what is not in ALWAYS has a line where some unit
has one."""


def sum_up(paid: Sequence[PoolPaid], lines: Sequence[Made], payees: Sequence[Payee], whole: str) -> list[Made]:
    """The sums over all units. Every pot reconciles exactly: earned + undistributed = pot, checked here."""
    people = sum(p.population for p in payees)
    sums: dict[str, int] = {}
    for line in lines:
        if isinstance(line, PaymentLine):  # items are in `earned`, reasons in `undistributed`
            sums[line.component] = sums.get(line.component, 0) + line.amount
    sums["undistributed"] = sum(of.undistributed for of in paid)
    pot = sum(of.pot for of in paid)
    check_conservation(pot, [sums.get("earned", 0), sums["undistributed"]])
    words = paid[0].words if len({of.words for of in paid}) == 1 else "; ".join(f"{o.pool.id}: {o.words}" for o in paid)
    made: list[Made] = [PaymentLine(whole, "pot", people, pot, words)]
    if len(paid) > 1:
        made += [line for of in paid for line in _of_pool(of, sums.get(f"earned.{of.pool.id}", 0), whole)]
    made += [
        PaymentLine(whole, f"pot_difference.{of.pool.id}", people, of.difference, "pot by amount less rate x people")
        for of in paid
        if of.difference is not None
    ]
    left = "; ".join(of.left for of in paid if of.left)
    made += [
        PaymentLine(whole, name, people, sums.get(name, 0), left if name == "undistributed" else "") for name in EARNED
    ]
    reasons = [line for line in lines if isinstance(line, Deferred)]
    made.append(Deferred(partial(_reasons, reasons, people, whole)))
    return made + [
        PaymentLine(whole, name, people, sums.get(name, 0)) for name in SETTLED if name in ALWAYS or name in sums
    ]


def _reasons(of_units: Sequence[Deferred], people: int, whole: str) -> list[PaymentLine]:
    """The reasons of all units together."""
    sums: dict[str, int] = {}
    for line in (line for of in of_units for line in of.lines):
        sums[line.component] = sums.get(line.component, 0) + line.amount
    return [
        PaymentLine(whole, name, people, sums.get(name, 0))
        for name in OF_WHICH.values()
        if name in ALWAYS or name in sums
    ]


def _of_pool(of: PoolPaid, earned: int, whole: str) -> list[PaymentLine]:
    """Pot, earned and undistributed of one pool among several."""
    check_conservation(of.pot, [earned, of.undistributed])
    people = sum(payee.people[of.pool.people] for payee in of.payees)
    name = of.pool.id
    return [
        PaymentLine(whole, f"pot.{name}", people, of.pot, of.words),
        PaymentLine(whole, f"earned.{name}", people, earned),
        PaymentLine(whole, f"undistributed.{name}", people, of.undistributed, of.left),
    ]
