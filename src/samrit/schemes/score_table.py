"""Scores of a whole run: a pool has its items in columns and its units in rows; lines are made when they are read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from samrit.schemes.authoring.pack import Pack
from samrit.schemes.item_scores import ItemScores, Scorer
from samrit.schemes.lazy import LazyLines
from samrit.schemes.payees import Payee
from samrit.schemes.scores import Counts, Facts, Last, PartLine, ScoreLine, is_of_pool, payees_of_pool, total_of
from samrit.scoring import Mark, ScoreStanding


@dataclass(frozen=True)
class PoolTable:
    """The items of one pool, in the order of the pack, at its units, by code."""

    pool: str
    orgs: tuple[str, ...]
    columns: tuple[ItemScores, ...]

    @cached_property
    def places(self) -> dict[str, int]:
        """Unit -> its row."""
        return {org: place for place, org in enumerate(self.orgs)}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the items."""
        return tuple(column.code for column in self.columns)

    @cached_property
    def unfinished(self) -> dict[str, dict[str, Mark]]:
        """Unit -> item -> mark, where the standing is not that a rule gave a score."""
        found: dict[str, dict[str, Mark]] = {}
        for column in self.columns:
            for org, mark in zip(self.orgs, column.marks, strict=True):
                if mark.standing is not ScoreStanding.SCORED:
                    found.setdefault(org, {})[column.code] = mark
        return found


class ScoreTable(LazyLines[ScoreLine]):
    """Every item at every unit of its pool, in the order of units and of the pack; and the lines of primary units.

    It reads as the sequence of its lines. Money and sums take marks and points from the columns instead.
    """

    def __init__(self, pools: Iterable[PoolTable]) -> None:
        self.pools: Mapping[str, PoolTable] = {pool.pool: pool for pool in pools}

    @cached_property
    def parts(self) -> tuple[PartLine, ...]:
        """The scores of primary units."""
        parts = [part for pool in self.pools.values() for column in pool.columns for part in column.parts]
        return tuple(sorted(parts, key=lambda part: (part.org, part.item, part.unit)))

    def unfinished(self, org: str) -> dict[str, Mark]:
        """Item -> mark of one unit, over all its pools, where the standing is not that a rule gave a score."""
        return {code: mark for pool in self.pools.values() for code, mark in pool.unfinished.get(org, {}).items()}

    def total(self, org: str) -> Decimal:
        """The exact sum of the points of one unit, over all its pools."""
        return total_of(
            column.points[pool.places[org]]
            for pool in self.pools.values()
            if org in pool.places
            for column in pool.columns
        )

    def line(self, org: str, item: str) -> ScoreLine:
        """The line of one item of one unit. Raises KeyError when the item is not scored there."""
        column, place = self._find(org, item)
        return column.line(place)

    def with_score(self, org: str, item: str, given: Decimal) -> "ScoreTable":
        """The same with another score of one item at one unit. Raises KeyError when the item is not scored there."""
        old, place = self._find(org, item)
        new = old.with_score(place, given)
        return ScoreTable(
            PoolTable(pool.pool, pool.orgs, tuple(new if column is old else column for column in pool.columns))
            for pool in self.pools.values()
        )

    def _find(self, org: str, item: str) -> tuple[ItemScores, int]:
        for pool in self.pools.values():
            if org in pool.places and item in pool.codes:
                return pool.columns[pool.codes.index(item)], pool.places[org]
        raise KeyError(org, item)

    def _make(self) -> tuple[ScoreLine, ...]:
        orgs = sorted({org for pool in self.pools.values() for org in pool.orgs})
        return tuple(
            column.line(pool.places[org])
            for org in orgs
            for pool in self.pools.values()
            if org in pool.places
            for column in pool.columns
        )


def score_items(
    pack: Pack, payees: Sequence[Payee], counts: Counts, facts: Facts | None = None, last: Last | None = None
) -> ScoreTable:
    """Scores and points of every item at the units of its pool.

    counts: (item, org) -> Counted; units that were counted and are no payees are scored too, but not compared with
    others. facts and last year's values the same way. A payee with nobody of any base has scores without money.
    """
    facts, last = facts or {}, last or {}
    found = {pool.id: {p.org for p in payees if is_of_pool(p, pool)} for pool in pack.scheme.pools}
    units_of = {item.item: found[pool.id] for pool in pack.scheme.pools for item in pack.items_of(pool.id)}
    for code, org in counts:
        if (units := units_of.get(code)) is not None and org not in units:
            units.add(org)
    pools = []
    for pool in pack.scheme.pools:
        items, orgs = pack.items_of(pool.id), sorted(found[pool.id])
        of_pool = {payee.org: payee for payee in payees_of_pool(pool, payees)}
        scorers = [Scorer(pack, item, of_pool, counts, facts, last) for item in items]
        pools.append(PoolTable(pool.id, tuple(orgs), tuple(scorer.score_all(orgs) for scorer in scorers)))
    return ScoreTable(pools)
