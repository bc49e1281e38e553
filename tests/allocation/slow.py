"""A second allocator, slow and plain: fractions handed out one satang at a time, written from the rules.

Rules: nhso-2552 section 6, qof-2557 sections 5 and 6. It shares no line with samrit.allocation.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

Exact = Mapping[str, Fraction]


def whole(amount: Fraction) -> int:
    """The nearest whole number, a half away from zero."""
    if amount < 0:
        return -whole(-amount)
    below = amount.numerator // amount.denominator
    return below + 1 if amount - below >= Fraction(1, 2) else below


def hand_out(pool: int, shares: Mapping[str, Decimal | Fraction | int], order: Sequence[str] = ()) -> dict[str, int]:
    """Give one unit at a time, always to the code that is owed most; every code waits after its turn."""
    total = sum((Fraction(share) for share in shares.values()), Fraction(0))
    if total == 0:
        return dict.fromkeys(shares, 0)
    owed = {code: Fraction(share) * abs(pool) / total for code, share in shares.items()}
    parts = {code: int(amount) for code, amount in owed.items()}
    waiting = set(shares)
    while sum(parts.values()) < abs(pool):
        most = max(owed[code] - parts[code] for code in waiting)
        first = [code for code in waiting if owed[code] - parts[code] == most]
        if order:
            chosen = min(first, key=order.index)
        else:
            largest = max(shares[code] for code in first)
            chosen = min(code for code in first if shares[code] == largest)
        parts[chosen] += 1
        waiting.remove(chosen)
    return {code: -part if pool < 0 else part for code, part in parts.items()}


def earn(items: Sequence[tuple[str, Decimal, Decimal | None]], people: int) -> tuple[int, dict[str, int], int]:
    """Open rate: total, items and what stays; items are (code, baht per head, share)."""
    exact = {code: Fraction(rate) * Fraction(share or 0) * people * 100 for code, rate, share in items}
    total = whole(sum(exact.values(), Fraction(0)))
    ceiling = whole(sum((Fraction(rate) for _, rate, _ in items), Fraction(0)) * people * 100)
    return total, hand_out(total, exact), ceiling - total


def fit(exact: Exact, cap: int | None, both: bool) -> tuple[dict[str, int], int]:
    """Amounts cut (or also raised) in proportion to the cap: parts and what stays of it."""
    wanted = sum(exact.values(), Fraction(0))
    if cap is None:
        return hand_out(whole(wanted), exact), 0
    if wanted == 0:
        return dict.fromkeys(exact, 0), cap
    spent = cap if both or wanted > cap else whole(wanted)
    return hand_out(spent, exact), cap - spent


def compare(
    units: Mapping[str, tuple[Decimal, int]], base: Decimal, mean: str | Decimal, places: int | None
) -> dict[str, Fraction] | None:
    """Exact satang of every unit before the cap, or None when the mean is zero."""
    if mean == "simple":
        middle = sum((Fraction(s) for s, _ in units.values()), Fraction(0)) / len(units)
    elif mean == "weighted":
        people = sum(p for _, p in units.values())
        middle = sum((Fraction(s) * p for s, p in units.values()), Fraction(0)) / people if people else Fraction(0)
    else:
        middle = Fraction(mean)
    if middle == 0:
        return None
    amounts = {}
    for code, (score, people) in units.items():
        rate = Fraction(base) * Fraction(score) / middle
        if places is not None:
            rate = Fraction(whole(rate * 10**places), 10**places)
        amounts[code] = rate * people * 100
    return amounts


def cut_by_domain(
    pot: int, weights: Mapping[str, Decimal], point_people: Mapping[str, Mapping[str, Decimal]]
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Parts by domain and unit, and what stays of each domain."""
    parts, left = {}, {}
    for domain, part in hand_out(pot, weights).items():
        parts[domain] = hand_out(part, point_people.get(domain, {}))
        left[domain] = part if sum(parts[domain].values()) == 0 else 0
    return parts, left


def price(lines: Mapping[str, tuple[Decimal, Fraction]], pound: Decimal, unit: Fraction) -> dict[str, int]:
    """Points (with the product of the item's indices) at a price, for a unit of this index."""
    exact = {code: Fraction(points) * index * unit * Fraction(pound) * 100 for code, (points, index) in lines.items()}
    return hand_out(whole(sum(exact.values(), Fraction(0))), exact)


class Debts:
    """What one unit owes, oldest first, paid off coin by coin."""

    def __init__(self) -> None:
        self.queue: list[str] = []  # one entry for each satang that is owed, named by its period

    def close(self, period: str, due: int) -> int:
        """Take a period in; the satang that are paid out."""
        if due < 0:
            self.queue += [period] * -due
            return 0
        paid = 0
        for _ in range(due):
            if self.queue:
                self.queue.pop(0)
            else:
                paid += 1
        return paid
