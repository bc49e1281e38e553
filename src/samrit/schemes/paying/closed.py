"""Closed pool: the pot of the whole region over points x people; always spent whole once anyone has a point.

Source: qof-2557 section 5 (the reading of a fixed pot); by_domain: the pot is first split over the domains by weight.
"""

from collections.abc import Sequence
from decimal import Context, Decimal

from samrit.allocation import NothingToShareBy, by_domain, closed_pool
from samrit.schemes.authoring.pools import ClosedPool
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.paying.pools import PoolPaid, PoolScores, split_by_points

EXACT = Context(prec=200)
NOBODY = "nobody has a point"


def pay_closed(of: PoolScores, pool: ClosedPool) -> PoolPaid:
    """Money of every unit; its items by their points."""
    pot, difference = of.pot()
    words = "the region's pot" + (" less the support cut from it" if of.taken else "")
    if pool.by_domain:
        items, left = _by_domain(of, pool, pot)
    else:
        items, left = _whole(of, pool, pot)
    return PoolPaid(pool, of.payees, pot, words, items, difference=difference, left=left)


def _whole(of: PoolScores, pool: ClosedPool, pot: int) -> tuple[dict[str, dict[str, int]], str]:
    shares = _shares(of, pool, of.codes)
    try:
        parts, left = closed_pool(pot, shares), ""
    except NothingToShareBy:  # nobody has a point yet: the pot stays
        parts, left = dict.fromkeys(shares, 0), NOBODY
    return split_by_points(of, parts, of.codes), left


def _by_domain(of: PoolScores, pool: ClosedPool, pot: int) -> tuple[dict[str, dict[str, int]], str]:
    domains: dict[str, list[str]] = {}
    weights: dict[str, Decimal] = {}
    for item in of.pack.items_of(pool.id):
        domains.setdefault(_domain(of, item), []).append(item.item)
    for no, codes in domains.items():
        weights[no] = _weight(of, no, codes)
    pooled = by_domain(pot, weights, {no: _shares(of, pool, codes) for no, codes in domains.items()})
    items: dict[str, dict[str, int]] = {payee.org: {} for payee in of.payees}
    for no, codes in domains.items():
        for org, parts in split_by_points(of, pooled.parts[no], codes).items():
            items[org] |= parts
    empty = [no for no, amount in pooled.undistributed.items() if amount]
    return items, f"{NOBODY} in domain {' '.join(empty)}" if empty else ""


def _shares(of: PoolScores, pool: ClosedPool, codes: Sequence[str]) -> dict[str, Decimal]:
    """Points x people of every unit in some items, or points alone."""
    heads = [of.people_of(payee) if pool.by == "points_people" else 1 for payee in of.payees]
    return {
        payee.org: EXACT.multiply(total, Decimal(people))
        for payee, total, people in zip(of.payees, of.totals(codes), heads, strict=True)
    }


def _domain(of: PoolScores, item: Item) -> str:
    domain = of.pack.domain(item)
    return domain.no if domain else ""


def _weight(of: PoolScores, no: str, codes: list[str]) -> Decimal:
    """The weight of a domain, else its points, else the full points of its items."""
    domain = next((domain for domain in of.pack.scheme.domains if domain.no == no), None)
    if domain and domain.weight:
        return domain.weight.value
    if domain and domain.points is not None:
        return domain.points
    return sum((of.pack.full_points(of.pack.item(code)) for code in codes), Decimal(0))
