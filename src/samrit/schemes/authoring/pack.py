"""A pack: one payment scheme of one year as data, read and checked: what evaluation asks it.

Pools and items are asked by their models; rules come as rules of samrit.scoring. Every answer is worked out once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from functools import cached_property
from pathlib import Path

from samrit.problems import Where, nearest, problem
from samrit.schemes.authoring.judging import NormGroup, few_of, norms_of, rule_of
from samrit.schemes.authoring.pools import PoolOf
from samrit.schemes.authoring.scheme import Domain, Item, Scheme
from samrit.schemes.authoring.tables import Pot
from samrit.schemes.errors import SchemesError
from samrit.schemes.payees import Payee
from samrit.scoring import Few, Rule, best_of

USUAL_BEST = Decimal(5)
_EXACT = Context(prec=50)


@dataclass(frozen=True)
class Pack:
    """A scheme that was read and checked, its payees (none: the table comes with the run) and its printed pots.

    hash: of all files of the pack and of the packs that it extends. changes: what a run laid over it, by path.
    folders: id -> folder, of this pack first, then of what it extends.
    """

    scheme: Scheme
    payees: tuple[Payee, ...]
    pots: tuple[Pot, ...]
    hash: str
    changes: dict[str, str]
    folders: Mapping[str, Path] = field(default_factory=dict, compare=False)

    @property
    def id(self) -> str:
        return self.scheme.id

    def item(self, code: str) -> Item:
        """The item of that code. Raises SchemesError with the nearest good one."""
        if code not in self._items:
            near = nearest(code, self._items) or "-"
            raise SchemesError(problem("schemes.item.unknown", Where(file=self.id), item=code, near=near))
        return self._items[code]

    def items_of(self, pool_id: str) -> tuple[Item, ...]:
        """The items that the money of a pool is paid by, in the order of the scheme."""
        return self._by_pool[pool_id]

    def pool(self, item: Item) -> PoolOf:
        """The pool of an item: its own, else its domain's, else the only one."""
        return self._pools[item.item]

    def domain(self, item: Item) -> Domain | None:
        """The domain of an item: the one it names, else that of the number before the point; None without domains."""
        return domain_of(self.scheme, item)

    def rule(self, item: Item) -> Rule | None:
        """How the item is scored, in the direction in which its values improve; None: not scored."""
        return self._rules[item.item]

    def few(self, item: Item) -> Few | None:
        """What a unit with too few cases gets; None: any number of cases will do."""
        return self._few[item.item]

    def norms(self, item: Item) -> Mapping[str, NormGroup]:
        """What the item compares with a group: '' for its value, else the name of a fact -> the group."""
        return self._norms[item.item]

    def best(self, item: Item) -> Decimal:
        """The best score of its rule; of an item that is not scored the best of its pool's rules, else 5."""
        return self._best[item.item]

    def full_points(self, item: Item) -> Decimal:
        """Full marks: its points, or its weight (rescaled when the pool says so) x the best score."""
        return self._full_points[item.item]

    def papers(self) -> dict[str, bytes]:
        """Every file of the pack and of what it extends: id/name -> content."""
        return {
            f"{pack_id}/{file.relative_to(folder).as_posix()}": file.read_bytes()
            for pack_id, folder in self.folders.items()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.item: item for item in self.scheme.items}

    @cached_property
    def _pools(self) -> dict[str, PoolOf]:
        pools = {pool.id: pool for pool in self.scheme.pools}
        return {item.item: pools[pool_id_of(self.scheme, item)] for item in self.scheme.items}

    @cached_property
    def _by_pool(self) -> dict[str, tuple[Item, ...]]:
        return {
            pool.id: tuple(item for item in self.scheme.items if self._pools[item.item] is pool)
            for pool in self.scheme.pools
        }

    @cached_property
    def _rules(self) -> dict[str, Rule | None]:
        return {item.item: rule_of(self.scheme, item) for item in self.scheme.items}

    @cached_property
    def _few(self) -> dict[str, Few | None]:
        return {item.item: few_of(item) for item in self.scheme.items}

    @cached_property
    def _norms(self) -> dict[str, dict[str, NormGroup]]:
        return {item.item: norms_of(self.scheme, item) for item in self.scheme.items}

    @cached_property
    def _best(self) -> dict[str, Decimal]:
        own = {code: best_of(rule) for code, rule in self._rules.items() if rule is not None}
        usual = {
            pool_id: max((own[item.item] for item in items if item.item in own), default=USUAL_BEST)
            for pool_id, items in self._by_pool.items()
        }
        return {item.item: own.get(item.item, usual[self._pools[item.item].id]) for item in self.scheme.items}

    @cached_property
    def _full_points(self) -> dict[str, Decimal]:
        return {item.item: self._full(item) for item in self.scheme.items}

    def _full(self, item: Item) -> Decimal:
        if item.points is not None:
            return item.points.value
        assert item.weight is not None
        full = item.weight.value * self.best(item)
        weights = self.pool(item).weights
        if weights is None or not weights.rescale:
            return full
        total = sum((i.weight.value for i in self.items_of(self.pool(item).id) if i.weight is not None), Decimal(0))
        return _EXACT.divide(_EXACT.multiply(full, weights.total), total)


def domain_of(scheme: Scheme, item: Item) -> Domain | None:
    """The domain that an item names, or that of the number before its point."""
    no = item.domain or item.item.partition(".")[0]
    return next((domain for domain in scheme.domains if domain.no == no), None)


def pool_id_of(scheme: Scheme, item: Item) -> str:
    """The id of the pool that an item names, its domain names, or the only one; '' when nothing says it."""
    domain = domain_of(scheme, item)
    only = scheme.pools[0].id if len(scheme.pools) == 1 else ""
    return item.pool or (domain.pool if domain else "") or only
