"""Sums: weights of a pool, points and rates of a domain, and how many items a region may add."""

from decimal import Decimal

from samrit.authored import Place
from samrit.schemes.authoring.checking.findings import Findings
from samrit.schemes.authoring.pack import domain_of, pool_id_of
from samrit.schemes.authoring.pools import ClosedPool, PoolOf
from samrit.schemes.authoring.scheme import Domain, Item


def check_sums(found: Findings) -> None:
    """What items must add up to, and how many there may be."""
    scheme = found.scheme
    for n, pool in enumerate(scheme.pools):
        inside = [(m, item) for m, item in enumerate(scheme.items) if pool_id_of(scheme, item) == pool.id]
        _check_weights(n, pool, inside, found)
        _check_domain_weights(n, pool, [item for _, item in inside], found)
        _check_regional(pool, inside, found)
    for n, domain in enumerate(scheme.domains):
        _check_domain(n, domain, found)


def _check_weights(n: int, pool: PoolOf, inside: list[tuple[int, Item]], found: Findings) -> None:
    if pool.weights is None:
        return
    for m, item in inside:
        if item.weight is None:
            found.add("schemes.weights.item", ("items", m, "item"), item=item.item, pool=pool.id)
    weights = [item.weight.value for _, item in inside if item.weight is not None]
    total = sum(weights, Decimal(0))
    at: Place = ("pools", n, "weights")
    if pool.weights.rescale:
        if inside and not total:
            found.add("schemes.weights.nothing", at, pool=pool.id)
    elif total != pool.weights.total:
        found.add("schemes.weights.sum", at, pool=pool.id, total=total, wanted=pool.weights.total)


def _check_domain_weights(n: int, pool: PoolOf, inside: list[Item], found: Findings) -> None:
    """A pool that is split over domains needs one that has a part of it."""
    if not (isinstance(pool, ClosedPool) and pool.by_domain):
        return
    domains = [domain for item in inside if (domain := domain_of(found.scheme, item)) is not None]
    weights = [domain.weight.value for domain in domains if domain.weight is not None]
    if domains and len(weights) == len(domains) and not any(weights):
        found.add("schemes.domain.weights", ("pools", n, "by_domain"), pool=pool.id)


def _check_regional(pool: PoolOf, inside: list[tuple[int, Item]], found: Findings) -> None:
    regional = [(m, item) for m, item in inside if item.origin == "regional"]
    for m, item in regional[pool.most_regional :]:
        count, most = len(regional), pool.most_regional
        found.add("schemes.regional", ("items", m, "origin"), item=item.item, pool=pool.id, count=count, most=most)


def _check_domain(n: int, domain: Domain, found: Findings) -> None:
    scheme = found.scheme
    at: Place = ("domains", n)
    inside = [item for item in scheme.items if domain_of(scheme, item) is domain]
    for what, wanted in (("points", domain.points), ("rate", domain.rate)):
        figures = [figure.value for item in inside if (figure := getattr(item, what)) is not None]
        total = sum(figures, Decimal(0))
        if wanted is not None and total != wanted:
            found.add("schemes.domain.sum", (*at, what), domain=domain.no, what=what, total=total, wanted=wanted)
    pools = {pool_id_of(scheme, item) for item in inside}
    by_domain = any(isinstance(p, ClosedPool) and p.by_domain and p.id in pools for p in scheme.pools)
    if by_domain and domain.weight is None:
        found.add("schemes.domain.weight", (*at, "no"), domain=domain.no)
