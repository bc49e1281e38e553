"""Open rate: a price list in baht per person at full marks; each unit earns by its own scores alone.

Source: qof-2557 sections 3 and 5: earned = sum of score share x rate x people, rounded once per unit; its items are the
split of it. What is not earned stays undistributed, by item.
"""

from decimal import Context, Decimal

from samrit.allocation import RatedItem, open_rate, split
from samrit.schemes.paying.pools import PoolPaid, PoolScores, check_units
from samrit.scoring import share

EXACT = Context(prec=200)
ONE = Decimal(1)


def pay_open_rate(of: PoolScores) -> PoolPaid:
    """Money of every unit, its ceiling, and what it misses of every item."""
    rates = {item.item: item.rate.value for item in of.pack.items_of(of.pool.id) if item.rate}
    shares: dict[tuple[str, Decimal | None], Decimal | None] = {}
    items, ceilings, missed = {}, {}, {}
    for payee in of.payees:
        lines = of.lines[payee.org]
        rated = []
        for code, rate in rates.items():
            line = lines[code]
            key = (code, line.scored.score)
            if key not in shares:
                shares[key] = share(line.scored, line.max_score)
            rated.append(RatedItem(code, rate, shares[key]))
        earned = open_rate(rated, of.people_of(payee))
        open_part = {r.code: EXACT.multiply(r.rate, EXACT.subtract(ONE, r.share or Decimal(0))) for r in rated}
        left = earned.undistributed
        items[payee.org], ceilings[payee.org] = earned.items, earned.ceiling
        missed[payee.org] = split(left, open_part) if left else dict.fromkeys(open_part, 0)
    pot = sum(ceilings.values())
    difference = of.pot()[1]
    return check_units(
        PoolPaid(of.pool, of.payees, pot, "sum of the units' ceilings", items, ceilings, missed, difference)
    )
