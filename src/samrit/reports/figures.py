"""The figures of a run as the sheets ask for them: money by unit and group, points, and what full marks would add.

Nothing is counted anew here: every number is a line of the run, a sum of such lines, or the split of one of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from samrit.allocation import Index, multiply_indices, split
from samrit.measures import Measure, measure, measure_ids
from samrit.reference import shipped_areas
from samrit.reports.groups import Group, groups_of
from samrit.results import Frozen
from samrit.schemes import Item, Payee, SchemeRun, ScoreLine
from samrit.schemes.authoring.pools import OpenRate, PoolOf, PricePerPoint
from samrit.schemes.scores import NOTHING
from samrit.scoring import UNSCORED, ScoreStanding, share

NOT_IN_POOL = "not in the pool"


@dataclass(frozen=True)
class Missed:
    """Satang that one unit does not get of one item against full marks."""

    payee: Payee
    item: Item
    line: ScoreLine
    amount: int


@dataclass(frozen=True)
class Figures:
    """A run, indexed. All money in satang. frozen: who said that the run is final; None, nobody yet.

    replaced_by: the frozen run that took the place of this one, '' while it is in force.
    """

    run: SchemeRun
    frozen: Frozen | None = None
    replaced_by: str = ""

    @cached_property
    def payees(self) -> tuple[Payee, ...]:
        """The units that are paid, in the order of their districts."""
        return tuple(sorted(self.run.payees, key=lambda p: (p.district_code, p.org)))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items in the order of the pack."""
        return self.run.pack.scheme.items

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What money is shown by: domains, else pools."""
        return groups_of(self.run.pack)

    @property
    def pools(self) -> tuple[PoolOf, ...]:
        """The pools of the pack."""
        return self.run.pack.scheme.pools

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Item -> its measure, for the items that are counted."""
        return {item.item: measure(item.measure) for item in self.items if item.measure in measure_ids()}

    @cached_property
    def lines(self) -> dict[tuple[str, str], ScoreLine]:
        """(unit, item) -> its score; where the unit is not in the item's pool, a line that says so."""
        known = {(line.org, line.item): line for line in self.run.evaluation.scores}
        pack = self.run.pack
        for payee in self.payees:
            for item in self.items:
                marks = (pack.best(item), pack.full_points(item))
                absent = ScoreLine(payee.org, item.item, NOTHING, UNSCORED, *marks, None, NOT_IN_POOL)
                known.setdefault((payee.org, item.item), absent)
        return known

    @cached_property
    def _amounts(self) -> dict[tuple[str, str], int]:
        sums: dict[tuple[str, str], int] = {}
        for line in self.run.evaluation.payments:
            key = line.org, line.component
            sums[key] = sums.get(key, 0) + line.amount
        return sums

    @cached_property
    def basis(self) -> Mapping[tuple[str, str], Decimal]:
        """(unit, '' for the whole; name) -> a figure that payments stand on: points, rate and mean of a pool."""
        rows = self.run.evaluation.basis
        return {(org, name): Decimal(value) for org, name, value in rows if not name.startswith("index.")}

    @cached_property
    def missed(self) -> tuple[Missed, ...]:
        """What every unit does not get of every item, most first; it adds up to its `undistributed`.

        Empty where a pool is shared: there a point more of one unit is money less of all others.
        """
        if not all(isinstance(pool, OpenRate | PricePerPoint) for pool in self.pools):
            return ()
        made = []
        for pool in self.pools:
            left_of = f"undistributed.{pool.id}" if len(self.pools) > 1 else "undistributed"
            for payee in self.payees:
                made += self._missed_of(payee, pool, self.amount(payee.org, left_of))
        return tuple(sorted(made, key=lambda m: (-m.amount, m.payee.district_code, m.payee.org)))

    def _missed_of(self, payee: Payee, pool: PoolOf, left: int) -> list[Missed]:
        """What a unit does not get of the items of one pool: the split of what it does not get of all of them."""
        items = self.run.pack.items_of(pool.id)
        open_part = {item.item: part for item in items if (part := self._open_part(payee, pool, item)) is not None}
        parts = split(left, open_part) if left else dict.fromkeys(open_part, 0)
        return [Missed(payee, i, self.lines[payee.org, i.item], parts.get(i.item, 0)) for i in items]

    def _open_part(self, payee: Payee, pool: PoolOf, item: Item) -> Fraction | None:
        """What is open of an item, in the money of its pool; None where the item has no money."""
        line = self.lines[payee.org, item.item]
        if isinstance(pool, PricePerPoint):
            given = self.run.inputs.indices
            keys = [(of, given.get((payee.org, item.item, of.name))) for of in pool.indices if of.per == "item"]
            indices = [Index(value, of.reference.value, of.low, of.high) for of, value in keys if value is not None]
            return multiply_indices(indices) * (Fraction(line.weight or 0) - Fraction(line.points or 0))
        part = Fraction(share(line.scored, line.max_score) or 0)
        return Fraction(item.rate.value) * (1 - part) if item.rate else None

    @cached_property
    def missed_by_performance(self) -> tuple[Missed, ...]:
        """Those of `missed` that the unit can win back itself: below full marks, or nothing reported."""
        own = {ScoreStanding.SCORED, ScoreStanding.NO_DATA}
        return tuple(m for m in self.missed if m.amount and m.line.scored.standing in own)

    def amount(self, org: str, component: str) -> int:
        """Satang of a component of a unit or of the whole; 0 when there is no such line."""
        return self._amounts.get((org, component), 0)

    def total(self, component: str) -> int:
        """Satang of a component of the whole."""
        return self.amount(self.run.whole, component)

    def sum(self, payees: Iterable[Payee], component: str) -> int:
        """Satang of a component of some units."""
        return sum(self.amount(p.org, component) for p in payees)

    def has(self, component: str) -> bool:
        """True when some unit or the whole has money under that component."""
        return any(name == component and amount for (_, name), amount in self._amounts.items())

    def shows(self, component: str) -> bool:
        """True when there is such a line at all, be it of 0: a ledger or adjustments were given."""
        return any(name == component for _, name in self._amounts)

    def payable(self, org: str) -> int:
        """Satang of results that a unit is paid now: what is left of a net above zero after old receivables."""
        return self.amount(org, "payable") if self.shows("payable") else max(self.amount(org, "net"), 0)

    @property
    def is_official(self) -> bool:
        """True when the run is frozen and no other took its place: its papers may be acted on."""
        return self.frozen is not None and not self.replaced_by

    @property
    def is_settled(self) -> bool:
        """True when what is earned is not yet what is paid: an advance or adjustments stand between."""
        return self.run.pack.scheme.money.advance is not None or self.shows("adjustment")

    @property
    def has_ceilings(self) -> bool:
        """True when every unit has money of its own at full marks: nobody's points take from another."""
        return all(isinstance(pool, OpenRate | PricePerPoint) for pool in self.pools)

    def in_pool(self, payee: Payee, group: Group) -> bool:
        """True when the unit is in the pool of a group."""
        return any(self.lines[payee.org, item.item].note != NOT_IN_POOL for item in group.items)

    def points(self, org: str, group: Group | None = None) -> Decimal:
        """Points of a unit, of one group or of all."""
        lines = [self.lines[org, item.item] for item in (group.items if group else self.items)]
        return sum((line.points for line in lines if line.points is not None), Decimal(0))

    def earned(self, org: str, group: Group) -> int:
        """Satang that a unit earned in a group."""
        return sum(self.amount(org, f"earned.{item.item}") for item in group.items)

    def earned_of_item(self, item: str) -> int:
        """Satang that all units earned with an item."""
        return self.sum(self.payees, f"earned.{item}")

    @property
    def people(self) -> int:
        """People of all units, in the first base of the scheme."""
        return sum(p.population for p in self.payees)

    @cached_property
    def provinces(self) -> dict[str, tuple[Payee, ...]]:
        """Code of a province -> its units."""
        found: dict[str, list[Payee]] = {}
        for payee in self.payees:
            found.setdefault(payee.district_code[:2], []).append(payee)
        return {code: tuple(units) for code, units in sorted(found.items())}

    @property
    def payee_th(self) -> str:
        """What the units are called: contracting units where all pools pay those, else just units."""
        levels = {pool.payee for pool in self.pools}
        return "หน่วยบริการประจำ" if levels == {"contracting_unit"} else "หน่วยบริการ"

    @property
    def place_th(self) -> str:
        """Whose run it is: a province, a region, a unit or all units, in Thai."""
        code = self.run.whole.removeprefix("province:")
        areas = shipped_areas()
        if code.startswith("region:"):
            return f"เขตสุขภาพที่ {code.removeprefix('region:')}"
        if code in areas.provinces:
            return f"จังหวัด{areas.provinces[code].name_th}"
        alone = next((p for p in self.payees if code in {p.org, p.district_code}), None)
        return f"{self.payee_th} {alone.name_th or alone.org}" if alone else f"ทุก{self.payee_th}"
