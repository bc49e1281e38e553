"""The whole: sums over all units, pot by pot. They are checked when they are made, to the satang."""

from collections.abc import Iterable, Sequence

from samrit.allocation import check_conservation
from samrit.schemes.payees import Payee
from samrit.schemes.paying.lines import OF_WHICH, SELDOM, ItemsPaid, PaymentLine, Why
from samrit.schemes.paying.pools import PoolPaid

ALWAYS = (
    "earned", "of_which.assumed", "undistributed", *(OF_WHICH[w] for w in Why if w not in SELDOM),
    "excellence", "advance", "net", "receivable", "forgiven",
)  # fmt: skip
SUMMED = (
    "earned", "of_which.assumed", "undistributed", *(OF_WHICH[w] for w in Why), "support", "excellence",
    "adjustment", "advance", "net", "receivable", "forgiven", "carried", "payable",
)  # fmt: skip
"""What is summed over units, in this order; what is not in ALWAYS has a line where some unit has one."""


def sum_up(
    paid: Sequence[PoolPaid], lines: Iterable[PaymentLine | ItemsPaid], payees: Sequence[Payee], whole: str
) -> list[PaymentLine]:
    """The sums over all units. Every pot reconciles exactly: earned + undistributed = pot, checked here."""
    people = sum(p.population for p in payees)
    sums: dict[str, int] = {}
    for line in lines:
        if isinstance(line, ItemsPaid):
            continue  # they are in `earned`
        sums[line.component] = sums.get(line.component, 0) + line.amount
    sums["undistributed"] = sum(of.undistributed for of in paid)
    pot = sum(of.pot for of in paid)
    check_conservation(pot, [sums.get("earned", 0), sums["undistributed"]])
    words = paid[0].words if len({of.words for of in paid}) == 1 else "; ".join(f"{o.pool.id}: {o.words}" for o in paid)
    made = [PaymentLine(whole, "pot", people, pot, words)]
    if len(paid) > 1:
        made += [line for of in paid for line in _of_pool(of, sums.get(f"earned.{of.pool.id}", 0), whole)]
    made += [
        PaymentLine(whole, f"pot_difference.{of.pool.id}", people, of.difference, "pot by amount less rate x people")
        for of in paid
        if of.difference is not None
    ]
    left = "; ".join(of.left for of in paid if of.left)
    return made + [
        PaymentLine(whole, name, people, sums.get(name, 0), left if name == "undistributed" else "")
        for name in SUMMED
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
