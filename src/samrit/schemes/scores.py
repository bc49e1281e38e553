"""What is known of every item and unit -> score and points. Pure: no snapshot, no files, no clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from samrit.measures import measure_ids
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import PoolOf
from samrit.schemes.authoring.scheme import Item, Parts
from samrit.schemes.norms import VALUE, ByGroup, Wanted, norms_at, norms_of
from samrit.schemes.payees import ATTRIBUTES, Payee
from samrit.scoring import (
    NO_DATA,
    NOT_COMPUTED,
    UNMATCHED,
    UNSCORED,
    Bands,
    Conditional,
    Fact,
    Improvement,
    Known,
    Ladder,
    Norm,
    RollUp,
    Scored,
    ScoreStanding,
    band,
    count_left_out,
    points,
    roll_up_scores,
    score,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of an item at a unit: A, B and value (None = B is 0 or nothing was reported), and its standing."""

    a: Decimal | int | None
    b: Decimal | int | None
    value: Decimal | None
    standing: Standing = Standing.COMPUTED


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One item of one payee. `note` names the standing of the score and of what it stands on.

    `max_score` is the best score of its rule, `weight` the points of full marks.
    """

    org: str
    item: str
    counted: Counted
    scored: Scored
    max_score: Decimal
    weight: Decimal
    points: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """One item of one primary unit of a payee, for items whose facts are known per unit: they explain its score."""

    org: str
    item: str
    unit: str
    scored: Scored


FactsOf = Mapping[str, Fact]
Counts = Mapping[tuple[str, str], Counted]
Facts = Mapping[tuple[str, str], Mapping[str, FactsOf]]
"""(item, payee) -> unit -> fact -> what it is; the unit '' is the payee itself."""
Last = Mapping[tuple[str, str], Decimal]
NOTHING = Counted(None, None, None)
NO_FACTS: Mapping[str, FactsOf] = {}
NO_NORMS: Mapping[str, Norm] = {}
ENTERED = Counted(None, None, None, Standing.TYPED_IN)
EXACT = Context(prec=50)
ADDING = Context(prec=400)


def payees_of_pool(pool: PoolOf, payees: Iterable[Payee]) -> tuple[Payee, ...]:
    """The payees that a pool pays: those with people of its base."""
    return tuple(payee for payee in payees if payee.people.get(pool.people))


def score_items(
    pack: Pack, payees: Sequence[Payee], counts: Counts, facts: Facts | None = None, last: Last | None = None
) -> tuple[tuple[ScoreLine, ...], tuple[PartLine, ...]]:
    """A line per unit and item of its pools, in the order of units and of the pack; and lines of primary units.

    counts: (item, org) -> Counted; units that were counted and are no payees are scored too, but not compared with
    others. facts and last year's values the same way.
    """
    facts, last = facts or {}, last or {}
    counted_at: dict[str, set[str]] = {}
    for code, org in counts:
        counted_at.setdefault(code, set()).add(org)
    by_org: dict[str, list[ScoreLine]] = {}
    parts: list[PartLine] = []
    for pool in pack.scheme.pools:
        items = pack.items_of(pool.id)
        of_pool = {payee.org: payee for payee in payees_of_pool(pool, payees)}
        orgs = sorted(of_pool.keys() | {org for item in items for org in counted_at.get(item.item, ())})
        columns = []
        for item in items:
            scorer = _Scorer(pack, item, of_pool, counts, facts, last)
            columns.append(list(map(scorer.line_of, orgs)))
            parts += scorer.parts
        for org, *lines in zip(orgs, *columns, strict=True):
            by_org.setdefault(org, []).extend(lines)
    return tuple(line for org in sorted(by_org) for line in by_org[org]), tuple(sorted(parts, key=_place))


def known_of(
    pack: Pack, item: Item, payees: Iterable[Payee], counts: Counts, facts: Facts, last: Last, org: str, unit: str = ""
) -> Known:
    """What the rule of one item looks at, at one unit, or at a primary unit of it: value, last year, facts, norms."""
    of_pool = {payee.org: payee for payee in payees_of_pool(pack.pool(item), payees)}
    counted = NOTHING if unit else counts.get((item.item, org), NOTHING)
    of_unit = facts.get((item.item, org), NO_FACTS).get(unit, {})
    return _Scorer(pack, item, of_pool, counts, facts, last).known(org, of_pool.get(org), counted, of_unit)


class _Scorer:
    """Scores one item at one unit after the other; what is the same for all units is worked out once."""

    def __init__(
        self, pack: Pack, item: Item, payees: Mapping[str, Payee], counts: Counts, facts: Facts, last: Last
    ) -> None:
        self.item, self.code = item, item.item
        self.rule, self.few = pack.rule(item), pack.few(item)
        self.best, self.full = pack.best(item), pack.full_points(item)
        self.payees, self.counts, self.facts, self.last = payees, counts, facts, last
        self.parts: list[PartLine] = []
        self.wanted: Wanted = pack.norms(item)
        self.norms: ByGroup = norms_of(self.wanted, self._compared()) if self.wanted else {}
        self.within = sorted({name for group in self.wanted.values() for name in group.within})
        self.not_computed = bool(item.measure) and item.measure not in measure_ids()
        self.plain = self.rule if isinstance(self.rule, Bands) and self.few is None else None
        self.by_attribute = isinstance(self.rule, Conditional | Ladder) or (
            isinstance(self.rule, Improvement) and self.rule.otherwise is not None
        )  # what may test a fact, or hold such
        self.rule_note = _rule_note(pack, item)
        self._norms: dict[tuple[str, ...], Mapping[str, Norm]] = {}
        self._points: dict[Decimal, Decimal | None] = {}
        self._notes: dict[tuple[Standing | None, ScoreStanding], str] = {}

    def line_of(self, org: str) -> ScoreLine:
        """The line of one unit."""
        counted = self.counts.get((self.code, org)) or (ENTERED if (self.code, org) in self.facts else None)
        scored = self._score(org, counted)
        return ScoreLine(
            org,
            self.code,
            counted or NOTHING,
            scored,
            self.best,
            self.full,
            self._points_of(scored),
            self._note(counted, scored),
        )

    def _score(self, org: str, counted: Counted | None) -> Scored:
        if counted is None and self.not_computed:
            return NOT_COMPUTED
        if self.rule is None:
            return UNSCORED
        if self.plain:
            return NO_DATA if counted is None or counted.value is None else band(counted.value, self.plain)
        payee = self.payees.get(org)
        if payee is None and self.wanted:
            return UNSCORED  # it is in no group
        of_units = self.facts.get((self.code, org), NO_FACTS)
        if self.item.parts:
            return self._roll_up(self.item.parts, org, payee, of_units)
        return self._score_known(org, payee, counted or NOTHING, of_units.get("", {}))

    def _score_known(self, org: str, payee: Payee | None, counted: Counted, facts: FactsOf) -> Scored:
        return score(self.known(org, payee, counted, facts), self.rule, self.few)

    def known(self, org: str, payee: Payee | None, counted: Counted, facts: FactsOf) -> Known:
        """What the rule looks at."""
        norms = self._norms_at(payee) if payee and self.wanted else NO_NORMS
        facts = self._with_derived(facts)
        if payee and self.by_attribute:
            facts = {**facts, **{name: said for name in ATTRIBUTES if (said := payee.attribute(name))}}
        return Known(counted.value, self.last.get((self.code, org)), counted.b, facts, norms)

    def _norms_at(self, payee: Payee) -> Mapping[str, Norm]:
        """The norms of the groups of a payee; units of the same groups share one."""
        key = tuple(payee.attribute(name) for name in self.within)
        if key not in self._norms:
            self._norms[key] = norms_at(self.norms, self.wanted, payee)
        return self._norms[key]

    def _roll_up(self, of: Parts, org: str, payee: Payee | None, of_units: Mapping[str, FactsOf]) -> Scored:
        """The score of a payee from those of its primary units, by the rule that the item declares."""
        scored = {unit: self._score_known(org, payee, NOTHING, facts) for unit, facts in sorted(of_units.items())}
        self.parts += [PartLine(org, self.code, unit, each) for unit, each in scored.items()]
        if not scored:
            return NO_DATA
        weights = {unit: of_units[unit].get(of.weight) for unit in scored}
        parts = [
            (each.score, weight if isinstance(weight := weights[unit], Decimal) else Decimal(0))
            for unit, each in scored.items()
        ]
        rolled = roll_up_scores(parts, RollUp(of.roll_up))
        if rolled is None:
            return UNMATCHED
        basis = (("roll_up", of.roll_up), ("units", len(parts)), ("left_out", count_left_out(parts)))
        return Scored(rolled, ScoreStanding.SCORED, basis=basis)

    def _compared(self) -> Iterator[tuple[Payee, str, Decimal]]:
        """Every value and fact that a norm is made of."""
        for org, payee in self.payees.items():
            counted = self.counts.get((self.code, org))
            if VALUE in self.wanted and counted and counted.value is not None and not self._is_few(counted):
                yield payee, VALUE, counted.value
            for facts in self.facts.get((self.code, org), NO_FACTS).values():
                known = self._with_derived(facts)
                for name in self.wanted:
                    number = known.get(name)
                    if isinstance(number, Decimal):
                        yield payee, name, number

    def _is_few(self, counted: Counted) -> bool:
        return self.few is not None and counted.b is not None and counted.b < self.few.least

    def _with_derived(self, facts: FactsOf) -> FactsOf:
        if not self.item.derived or not facts:
            return facts
        made = dict(facts)
        for name, ratio in self.item.derived.items():
            of, per = facts.get(ratio.of), facts.get(ratio.per)
            if isinstance(of, Decimal) and isinstance(per, Decimal) and per:
                made[name] = EXACT.divide(of, per)
        return made

    def _points_of(self, scored: Scored) -> Decimal | None:
        earned = scored.score
        if earned is None:
            return None
        if earned not in self._points:
            self._points[earned] = points(scored, self.best, self.full)
        return self._points[earned]

    def _note(self, counted: Counted | None, scored: Scored) -> str:
        key = (counted.standing if counted else None, scored.standing)
        if key not in self._notes:
            self._notes[key] = self._say(*key)
        return self._notes[key]

    def _say(self, standing: Standing | None, scored: ScoreStanding) -> str:
        notes = [scored.value]
        if standing not in {None, Standing.COMPUTED}:
            notes.append(str(standing))
        if standing is None and self.item.entry:
            notes.append("not entered")
        if scored is ScoreStanding.SCORED and self.rule_note:
            notes.append(self.rule_note)
        if self.item.rate:
            notes.append(f"rate {self.item.rate.standing.value}")
        return "; ".join(notes)


def _rule_note(pack: Pack, item: Item) -> str:
    """The rule that gave the score and who says so."""
    if item.score is None:
        return ""
    of = pack.scheme.scoring[item.score.by]
    return f"{of.kind} {item.score.by} {item.score.standing.value}"


def _place(line: PartLine) -> tuple[str, str, str]:
    return line.org, line.item, line.unit


def total_points(lines: Iterable[ScoreLine]) -> Decimal:
    """The exact sum of the points; a line without points adds nothing."""
    total = Decimal(0)
    for line in lines:
        if line.points is not None:
            total = ADDING.add(total, line.points)
    return total
