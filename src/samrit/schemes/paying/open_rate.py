"""Open rate: a price list in baht per person at full marks; each unit earns by its own scores alone.

Source: qof-2557 sections 3 and 5: earned = sum of score share x rate x people, rounded once per unit; its items are the
split of it. What is not earned stays undistributed, by item.
"""

from samrit.allocation import RatedColumn, open_rates
from samrit.schemes.paying.pools import PoolPaid, PoolScores, check_unit


def pay_open_rate(of: PoolScores) -> PoolPaid:
    """Money of every unit, its ceiling, and what it misses of every item."""
    rated = [
        RatedColumn(item.item, item.rate.value, of.pack.best(item), of.scores[item.item])
        for item in of.pack.items_of(of.pool.id)
        if item.rate
    ]
    found = open_rates(rated, [of.people_of(payee) for payee in of.payees])
    by_org = {payee.org: priced for payee, priced in zip(of.payees, found, strict=True)}
    for priced in found:
        check_unit(priced.earned)
    items = {org: priced.earned.items for org, priced in by_org.items()}
    ceilings = {org: priced.earned.ceiling for org, priced in by_org.items()}
    pot, difference = sum(ceilings.values()), of.pot()[1]
    words = "sum of the units' ceilings"
    return PoolPaid(of.pool, of.payees, pot, words, items, ceilings, lambda org: by_org[org].missed(), difference)
