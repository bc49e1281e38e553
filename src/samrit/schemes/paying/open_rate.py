"""Open rate: a price list in baht per person at full marks; each unit earns by its own scores alone.

Source: qof-2557 sections 3 and 5: earned = sum of score share x rate x people, rounded once per unit; its items are the
split of it. What is not earned stays undistributed, by item.
"""

from decimal import Decimal
from fractions import Fraction

from samrit.allocation import RatedItem, open_rate, split
from samrit.schemes.paying.pools import PoolPaid, PoolScores, check_units
from samrit.schemes.scores import ScoreLine


def pay_open_rate(of: PoolScores) -> PoolPaid:
    """Money of every unit, its ceiling, and what it misses of every item."""
    rates = {item.item: item.rate.value for item in of.pack.items_of(of.pool.id) if item.rate}
    known: dict[tuple[str, Decimal | None], tuple[RatedItem, Fraction]] = {}  # and what full marks would add to it
    items, ceilings, missed = {}, {}, {}
    for payee in of.payees:
        lines = of.lines[payee.org]
        rated, open_part = [], {}
        for code, rate in rates.items():
            line = lines[code]
            key = (code, line.scored.score)
            if key not in known:
                known[key] = _rate(code, rate, line)
            item, open_part[code] = known[key]
            rated.append(item)
        earned = open_rate(rated, of.people_of(payee))
        left = earned.undistributed
        items[payee.org], ceilings[payee.org] = earned.items, earned.ceiling
        missed[payee.org] = split(left, open_part) if left else dict.fromkeys(open_part, 0)
    pot = sum(ceilings.values())
    difference = of.pot()[1]
    return check_units(
        PoolPaid(of.pool, of.payees, pot, "sum of the units' ceilings", items, ceilings, missed, difference)
    )


def _rate(code: str, rate: Decimal, line: ScoreLine) -> tuple[RatedItem, Fraction]:
    """The item at a score, and baht per head that it does not earn."""
    score = line.scored.score
    item = RatedItem(code, rate, None if score is None else Fraction(score) / Fraction(line.max_score))
    return item, Fraction(rate) - item.earned
