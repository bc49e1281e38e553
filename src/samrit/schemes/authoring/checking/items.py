"""Items: one source of the value, one way of marking, a pool and a domain that exist, parameters of the measure."""

import re
from dataclasses import replace

from samrit.authored import Place
from samrit.measures import MeasuresError, measure, measure_ids
from samrit.schemes.authoring.checking.conditions import check_facts
from samrit.schemes.authoring.checking.findings import Findings
from samrit.schemes.authoring.pack import domain_of, pool_id_of
from samrit.schemes.authoring.pools import OpenRate
from samrit.schemes.authoring.rules import BandSet, LinearSet
from samrit.schemes.authoring.scheme import Item

NUMBERS = re.compile(r"[0-9]+")
COUNTS_CASES = {"", "percent"}
"""Entries with A and B; an empty entry is a measure."""


def check_items(found: Findings) -> None:
    """Every item for itself."""
    items = found.scheme.items
    found.check_once("schemes.item.repeated", ("items",), [item.item for item in items])
    for n, item in enumerate(items):
        _check_source(n, item, found)
        _check_unit(n, item, found)
        _check_marks(n, item, found)
        _check_home(n, item, found)
        check_facts(n, item, found)


def _check_source(n: int, item: Item, found: Findings) -> None:
    at: Place = ("items", n)
    if bool(item.measure) == bool(item.entry):
        found.add("schemes.item.source", at, item=item.item)
    known = found.check_name("schemes.item.measure", (*at, "measure"), item.measure, measure_ids(), item=item.item)
    if item.parameters and not item.measure:
        found.add("schemes.item.parameters", (*at, "parameters"), item=item.item)
    for name, text in item.parameters.items() if item.measure and known else ():
        try:
            measure(item.measure).with_parameters({name: text})
        except MeasuresError as error:
            found.extend(replace(p, where=found.at((*at, "parameters", name))) for p in error.problems)
    if item.few is not None and item.entry not in COUNTS_CASES:
        found.add("schemes.few.cases", (*at, "few"), item=item.item, entry=item.entry)


def _check_unit(n: int, item: Item, found: Findings) -> None:
    """A rule over percents is not laid over cases per 100,000: every unit would get the best or the worst score."""
    rule = found.scheme.scoring.get(item.score.by) if item.score else None
    if not isinstance(rule, BandSet | LinearSet) or item.measure not in measure_ids():
        return
    formula = measure(item.measure).definition.formula
    numbers = {int(number) for number in NUMBERS.findall(formula)}
    fits = {"percent": 100 in numbers, "ratio": not numbers & {100, 1000, 100_000}}.get(rule.unit, True)
    if not fits:
        at = ("items", n, "score")
        found.add("schemes.item.unit", at, item=item.item, name=item.score.by if item.score else "", unit=rule.unit,
                  measure=item.measure, formula=formula)  # fmt: skip


def _check_marks(n: int, item: Item, found: Findings) -> None:
    if (item.points is None) == (item.weight is None):
        found.add("schemes.item.marks", ("items", n, "points" if item.points else "item"), item=item.item)


def _check_home(n: int, item: Item, found: Findings) -> None:
    """The domain and the pool of an item."""
    scheme = found.scheme
    at: Place = ("items", n)
    domain = domain_of(scheme, item)
    if item.domain:
        found.check_name("schemes.domain.unknown", (*at, "domain"), item.domain, [d.no for d in scheme.domains])
    elif scheme.domains and domain is None:
        found.add("schemes.item.domain", (*at, "item"), item=item.item)
    pools = {pool.id: pool for pool in scheme.pools}
    if item.pool and domain and domain.pool and domain.pool != item.pool:
        found.add("schemes.item.pools", (*at, "pool"), item=item.item, pool=item.pool, other=domain.pool)
    pool_id = pool_id_of(scheme, item)
    if not pool_id:
        found.add("schemes.item.pool", (*at, "item"), item=item.item, good=" ".join(pools))
    elif item.pool:
        found.check_name("schemes.pool.unknown", (*at, "pool"), item.pool, pools)
    if isinstance(pools.get(pool_id), OpenRate) and item.rate is None:
        found.add("schemes.item.rate", (*at, "item"), item=item.item, pool=pool_id)
