"""Groups: what money is shown by on every paper: the domains of a pack, and the pools whose items have no domain."""

from dataclasses import dataclass
from decimal import Decimal

from samrit.schemes import Item, Pack
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.pools import PoolOf


@dataclass(frozen=True)
class Group:
    """Items that are summed together. `no` is the number of a domain, '' for a pool; `full` their full marks."""

    no: str
    title: Words
    pool: PoolOf
    items: tuple[Item, ...]
    full: Decimal

    @property
    def short_th(self) -> str:
        """The head of its column."""
        return f"ด้านที่ {self.no}" if self.no else self.title.th

    @property
    def short_en(self) -> str:
        """The small head below it."""
        return f"domain {self.no}" if self.no else f"pool {self.pool.id}"

    @property
    def long_th(self) -> str:
        """Its name in a sentence."""
        return f"ด้านที่ {self.no}  {self.title.th}" if self.no else self.title.th


def groups_of(pack: Pack) -> tuple[Group, ...]:
    """The groups of a pack, domains first; every item is in one of them."""
    made = []
    for domain in pack.scheme.domains:
        items = tuple(item for item in pack.scheme.items if pack.domain(item) == domain)
        if items:
            full = _full(pack, items) if domain.points is None else domain.points
            made.append(Group(domain.no, domain.title, pack.pool(items[0]), items, full))
    for pool in pack.scheme.pools:
        items = tuple(item for item in pack.items_of(pool.id) if pack.domain(item) is None)
        if items:
            made.append(Group("", pool.title, pool, items, _full(pack, items)))
    return tuple(made)


def _full(pack: Pack, items: tuple[Item, ...]) -> Decimal:
    return sum((pack.full_points(item) for item in items), Decimal(0))
