"""Money: bases of people that exist, pools with something in them, advance, support, and a calendar that pays them."""

from itertools import pairwise

from samrit.authored import Place
from samrit.schemes.authoring.checking.findings import Findings
from samrit.schemes.authoring.pack import domain_of, pool_id_of
from samrit.schemes.authoring.pools import ClosedPool, PoolOf, PricePerPoint, RelativeToMean

CUTTABLE = (ClosedPool, RelativeToMean)
"""Pools with a pot that support can be cut from."""
OWN_COMPONENTS = ("support", "excellence")
"""What money that no score decides is called: what stays of it has a line of that name, as what stays of a pool has."""


def check_money(found: Findings) -> None:
    """People, pools and money."""
    _check_people(found)
    _check_pools(found)
    _check_advance(found)
    _check_support(found)
    _check_calendar(found)


def _check_people(found: Findings) -> None:
    people = found.scheme.people
    for name, base in people.items():
        place: Place = ("people", name, "otherwise")
        good = found.check_name("schemes.people.unknown", place, base.otherwise, people)
        if good and base.otherwise and (base.otherwise == name or people[base.otherwise].otherwise):
            found.add("schemes.people.otherwise", place, name=name)
    columns: dict[tuple[str, str], str] = {}
    for name, base in people.items():
        other = columns.setdefault((base.file, base.column), name)
        if other != name:
            found.add("schemes.people.column", ("people", name, "column"), column=base.column, other=other)


def _check_pools(found: Findings) -> None:
    scheme = found.scheme
    found.check_once("schemes.pool.repeated", ("pools",), [pool.id for pool in scheme.pools])
    found.check_once("schemes.domain.repeated", ("domains",), [domain.no for domain in scheme.domains])
    for n, domain in enumerate(scheme.domains):
        found.check_name(
            "schemes.pool.unknown", ("domains", n, "pool"), domain.pool, [pool.id for pool in scheme.pools]
        )
    if not scheme.pools:
        found.add("schemes.pool.none", ("pools",))
    codes = {item.item: m for m, item in enumerate(scheme.items)}
    filled = {pool_id_of(scheme, item) for item in scheme.items}
    for n, pool in enumerate(scheme.pools):
        at: Place = ("pools", n)
        found.check_name("schemes.people.unknown", (*at, "people"), pool.people, scheme.people)
        if pool.id not in filled:
            found.add("schemes.pool.empty", (*at, "id"), pool=pool.id)
        if pool.id in OWN_COMPONENTS:
            found.add("schemes.pool.component", (*at, "id"), pool=pool.id)
        if pool.id in codes and len(scheme.pools) > 1:
            found.add("schemes.item.component", ("items", codes[pool.id], "item"), item=pool.id)
        _check_pot(at, pool, found)


def _check_pot(at: Place, pool: PoolOf, found: Findings) -> None:
    pot = pool.pot
    if pot is not None and pot.amount is None and pot.rate is None:
        found.add("schemes.pool.pot", (*at, "pot"), pool=pool.id, rule=pool.rule)
    if isinstance(pool, ClosedPool):
        if pot is None:
            found.add("schemes.pool.pot", (*at, "rule"), pool=pool.id, rule=pool.rule)
        scheme = found.scheme
        for m, item in enumerate(scheme.items if pool.by_domain else ()):
            if pool_id_of(scheme, item) == pool.id and domain_of(scheme, item) is None:
                found.add("schemes.item.domain", ("items", m, "item"), item=item.item)
    if isinstance(pool, PricePerPoint):
        found.check_once("schemes.index.repeated", (*at, "indices"), [index.name for index in pool.indices])
        for m, index in enumerate(pool.indices):
            if not index.reference.value:
                found.add("schemes.index.reference", (*at, "indices", m, "reference"), name=index.name)
            if index.low is not None and index.high is not None and index.low > index.high:
                found.add("schemes.index.range", (*at, "indices", m, "low"), low=index.low, high=index.high)


def _check_advance(found: Findings) -> None:
    advance = found.scheme.money.advance
    at: Place = ("money", "advance")
    if advance is None:
        return
    if (advance.rate is None) == (advance.share_of_last is None):
        found.add("schemes.advance.source", at)
    if advance.uprating is not None and advance.share_of_last is None:
        found.add("schemes.advance.uprating", (*at, "uprating"))
    found.check_name("schemes.people.unknown", (*at, "people"), advance.people, found.scheme.people)


def _check_support(found: Findings) -> None:
    support = found.scheme.money.support
    at: Place = ("money", "support")
    if support is None:
        return
    found.check_name("schemes.people.unknown", (*at, "people"), support.people, found.scheme.people)
    pools = {pool.id: pool for pool in found.scheme.pools}
    if found.check_name("schemes.pool.unknown", (*at, "inside"), support.inside, pools) and support.inside:
        pool = pools[support.inside]
        if not isinstance(pool, CUTTABLE):
            found.add("schemes.support.inside", (*at, "inside"), pool=pool.id, rule=pool.rule)
        elif pool.pot is None:
            found.add("schemes.pool.pot", (*at, "inside"), pool=pool.id, rule=pool.rule)
    if not any(figure.value for figure in (support.hospitals, support.beds, support.units)):
        found.add("schemes.support.shares", at)


def _check_calendar(found: Findings) -> None:
    scheme = found.scheme
    payments = scheme.calendar.payments
    at: Place = ("calendar", "payments")
    found.check_once("schemes.payment.repeated", at, [payment.id for payment in payments])
    there = {"advance": scheme.money.advance is not None, "support": scheme.money.support is not None, "net": True}
    for n, payment in enumerate(payments):
        if not there[payment.of]:
            found.add("schemes.payment.of", (*at, n, "of"), payment=payment.id, of=payment.of)
    for what in [what for what, has in there.items() if has] if payments else ():
        if what not in {payment.of for payment in payments}:
            found.add("schemes.payment.missing", at, of=what)
    for n, (one, other) in enumerate(pairwise(payments), start=1):
        if other.due < one.due:
            found.add("schemes.payment.order", (*at, n, "due"), payment=other.id, due=other.due, before=one.due)
