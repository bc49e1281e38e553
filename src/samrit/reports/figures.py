"""The figures of a run as the sheets ask for them: money by unit and domain, points, and what full marks would add.

Nothing is counted anew here: every number is a line of the run, a sum of such lines, or the split of one of them.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cached_property

from samrit.allocation import split
from samrit.measures import Measure, measure, measure_ids
from samrit.reference import shipped_areas
from samrit.schemes import Item, Payee, SchemeRun, ScoreLine
from samrit.schemes.authoring.pools import OpenRate
from samrit.schemes.authoring.rules import BandSet
from samrit.schemes.authoring.scheme import Domain
from samrit.schemes.scores import NOTHING
from samrit.scoring import UNSCORED, ScoreStanding, share

PERCENT = "(A/B)x100"
NOT_IN_POOL = "not in the pool"
FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Missed:
    """Satang that one unit does not get of one item against full marks."""

    payee: Payee
    item: Item
    line: ScoreLine
    amount: int


@dataclass(frozen=True)
class Figures:
    """A run, indexed. All money in satang."""

    run: SchemeRun

    @cached_property
    def payees(self) -> tuple[Payee, ...]:
        """The units that are paid, in the order of their districts."""
        return tuple(sorted(self.run.payees, key=lambda p: (p.district_code, p.org)))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items in the order of the pack."""
        return self.run.pack.scheme.items

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
    def missed(self) -> tuple[Missed, ...]:
        """What every unit does not get of every item, most first; it adds up to its `undistributed`.

        Empty where a pool is shared: there a point more of one unit is money less of all others.
        """
        pools = self.run.pack.scheme.pools
        if not all(isinstance(pool, OpenRate) for pool in pools):
            return ()
        made = []
        for pool in pools:
            left_of = f"undistributed.{pool.id}" if len(pools) > 1 else "undistributed"
            for payee in self.payees:
                made += self._missed_of(payee, self.run.pack.items_of(pool.id), self.amount(payee.org, left_of))
        return tuple(sorted(made, key=lambda m: (-m.amount, m.payee.district_code, m.payee.org)))

    def _missed_of(self, payee: Payee, items: tuple[Item, ...], left: int) -> list[Missed]:
        """What a unit does not get of the items of one pool: the split of what it does not get of all of them."""
        lines = {item.item: self.lines[payee.org, item.item] for item in items}
        shares = {code: share(line.scored, line.max_score) or Decimal(0) for code, line in lines.items()}
        open_part = {item.item: item.rate.value * (1 - shares[item.item]) for item in items if item.rate}
        parts = split(left, open_part) if left else dict.fromkeys(open_part, 0)
        return [Missed(payee, item, lines[item.item], parts.get(item.item, 0)) for item in items]

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

    def has(self, component: str) -> bool:
        """True when some unit or the whole has money under that component."""
        return any(name == component and amount for (_, name), amount in self._amounts.items())

    def points(self, org: str, domain: str | None = None) -> Decimal:
        """Points of a unit, of one domain or of all."""
        lines = [self.lines[org, i.item] for i in self.items if domain in {None, self.domain_of(i)}]
        return sum((line.points for line in lines if line.points is not None), Decimal(0))

    def earned(self, org: str, domain: str) -> int:
        """Satang that a unit earned in a domain."""
        return sum(self.amount(org, f"earned.{i.item}") for i in self.items if self.domain_of(i) == domain)

    def earned_of_item(self, item: str) -> int:
        """Satang that all units earned with an item."""
        return sum(self.amount(p.org, f"earned.{item}") for p in self.payees)

    def domain_of(self, item: Item) -> str:
        """The number of an item's domain, '' when it has none."""
        domain = self.run.pack.domain(item)
        return domain.no if domain else ""

    @property
    def advance_th(self) -> str:
        """How the advance is worked out, in Thai; '' when the scheme pays none."""
        advance = self.run.pack.scheme.money.advance
        if advance is None:
            return ""
        if advance.rate is not None:
            return f"{advance.rate.value} บาทต่อประชากร UC"
        share_of_last = advance.share_of_last.value * 100 if advance.share_of_last else Decimal(0)
        return f"ร้อยละ {share_of_last.normalize():f} ของเงินปีก่อน"

    @property
    def people(self) -> int:
        """UC population of all units."""
        return sum(p.population for p in self.payees)

    @property
    def is_draft(self) -> bool:
        """True while the period of the scheme is not over in this run."""
        return self.run.period != self.run.pack.scheme.period

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
        return f"หน่วยบริการประจำ {alone.name_th or alone.org}" if alone else "ทุกหน่วยบริการประจำ"


def value_of_line(line: ScoreLine) -> Decimal | None:
    """The value of an item at a unit as scores.csv has it: half up to four places."""
    value = line.counted.value
    return None if value is None else value.quantize(FOUR_PLACES, ROUND_HALF_UP)


def full_points(figures: Figures, domain: Domain) -> Decimal:
    """Full marks of a domain: as the scheme says, else the sum of its items."""
    if domain.points is not None:
        return domain.points
    pack = figures.run.pack
    return sum((pack.full_points(i) for i in figures.items if figures.domain_of(i) == domain.no), Decimal(0))


def needed_for_next_score(figures: Figures, item: Item, line: ScoreLine) -> int | None:
    """How many more of A, with the same B, lift the value to the next score; None where A is no part of B.

    A value is rounded half up before it is compared, so half a step below the edge is enough.
    """
    edge, a, b = line.scored.next_edge, line.counted.a, line.counted.b
    if edge is None or a is None or not b or item.item not in figures.measures or item.score is None:
        return None
    of = figures.measures[item.item].definition
    if of.formula != PERCENT or of.a.part_of != "b":
        return None
    rule = figures.run.pack.scheme.scoring[item.score.by]
    if not isinstance(rule, BandSet):
        return None
    half = Decimal(5).scaleb(-rule.decimals - 1)
    need = int(((edge - half) * b / 100 - a).to_integral_value(ROUND_CEILING))
    return need if 0 < need <= b - a else None
