"""One item at all units of its pool: marks and points in columns, the full line of a unit when it is asked for.

Most rules look at nothing but this year's and last year's value: they are made ready once per group of units and give
a mark per value. The others, and items with facts, are scored unit by unit. Either way a line tells what `score` says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from itertools import repeat

from samrit.measures import measure_ids
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.scheme import Item, Parts
from samrit.schemes.norms import VALUE, ByGroup, Wanted, norms_at, norms_of
from samrit.schemes.payees import ATTRIBUTES, Payee
from samrit.schemes.scores import (
    ENTERED,
    NOTHING,
    Counted,
    Counts,
    Facts,
    FactsOf,
    Last,
    PartLine,
    ScoreLine,
    payees_of_pool,
)
from samrit.scoring import (
    NO_DATA,
    NOT_COMPUTED,
    UNMATCHED,
    UNSCORED,
    Conditional,
    Improvement,
    Known,
    Ladder,
    Mark,
    Marker,
    Norm,
    RollUp,
    Scored,
    ScoreStanding,
    count_left_out,
    marker_of,
    points_of,
    roll_up_scores,
    score,
)

NO_FACTS: Mapping[str, FactsOf] = {}
NO_NORMS: Mapping[str, Norm] = {}
NO_ATTRIBUTES: Mapping[str, str | None] = {}
EXACT = Context(prec=50)


@dataclass(slots=True)
class ItemScores:
    """One item at many units: the n-th mark and points are those of the n-th unit; `parts` are its primary units."""

    scorer: "Scorer"
    orgs: Sequence[str]
    counted: Sequence[Counted | None]
    marks: list[Mark]
    scored: Mapping[int, Scored]
    """Place -> the full score, where it was worked out at once."""
    parts: Sequence[PartLine] = ()
    scores: list[Decimal | None] = field(init=False)
    points: list[Decimal | None] = field(init=False)

    def __post_init__(self) -> None:
        self.scores = [mark.score for mark in self.marks]
        self.points = points_of(self.scores, self.scorer.best, self.scorer.full)

    @property
    def code(self) -> str:
        """The code of the item."""
        return self.scorer.code

    def line(self, place: int) -> ScoreLine:
        """The line of one unit."""
        of, org, counted = self.scorer, self.orgs[place], self.counted[place]
        scored = self.scored[place] if place in self.scored else of.score(org, counted)
        note = of.note(counted, scored)
        return ScoreLine(org, of.code, counted or NOTHING, scored, of.best, of.full, self.points[place], note)

    def with_score(self, place: int, given: Decimal) -> "ItemScores":
        """The same with another score at one unit."""
        scored = Scored(given, ScoreStanding.SCORED)
        marks = [*self.marks]
        marks[place] = scored.mark
        return ItemScores(self.scorer, self.orgs, self.counted, marks, {**self.scored, place: scored}, self.parts)


class Scorer:
    """The rule of one item and everything that it looks at; what is the same for all units is worked out once.

    payees: those of the item's pool by code: the units that are compared.
    """

    def __init__(
        self, pack: Pack, item: Item, payees: Mapping[str, Payee], counts: Counts, facts: Facts, last: Last
    ) -> None:
        self.item, self.code = item, item.item
        self.rule, self.few = pack.rule(item), pack.few(item)
        self.best, self.full = pack.best(item), pack.full_points(item)
        self.payees = payees
        self.counts, self.facts, self.last = counts, facts, last
        self.wanted: Wanted = pack.norms(item)
        self.norms: ByGroup = norms_of(self.wanted, self._compared()) if self.wanted else {}
        self.within = sorted({name for group in self.wanted.values() for name in group.within})
        self.not_computed = bool(item.measure) and item.measure not in measure_ids()
        self.by_attribute = isinstance(self.rule, Conditional | Ladder) or (
            isinstance(self.rule, Improvement) and self.rule.otherwise is not None
        )  # what may test a fact, or hold such
        self.rule_note = _rule_note(pack, item)
        self._norms: dict[tuple[str, ...], Mapping[str, Norm]] = {}
        self._markers: dict[tuple[str, ...], Marker | None] = {}
        self._notes: dict[tuple[Standing | None, ScoreStanding], str] = {}

    def score_all(self, orgs: Sequence[str]) -> ItemScores:
        """The item at many units; those that are no payees of the pool are scored too, but not compared with others."""
        counted = (
            [self._counted(org) for org in orgs] if self.facts else [self.counts.get((self.code, o)) for o in orgs]
        )
        marks = self._mark_all(orgs, counted)
        if marks is not None:
            return ItemScores(self, orgs, counted, marks, {})
        scored = dict(enumerate(map(self.score, orgs, counted)))
        parts = self._parts(orgs) if self.item.parts else ()
        return ItemScores(self, orgs, counted, [each.mark for each in scored.values()], scored, parts)

    def score(self, org: str, counted: Counted | None) -> Scored:
        """The full score of one unit."""
        if counted is None and self.not_computed:
            return NOT_COMPUTED
        if self.rule is None:
            return UNSCORED
        if self.wanted and org not in self.payees:
            return UNSCORED  # it is in no group
        if self.item.parts:
            return self._roll_up(self.item.parts, org)
        facts = self._facts_of(org).get("", {})
        scored = self._score_known(org, counted or NOTHING, facts)
        is_silent = not facts and (counted is None or counted.value is None)
        # what a unit is may fit no rung or branch: of one that reported nothing that is no judgement
        return NO_DATA if is_silent and scored.standing is ScoreStanding.UNMATCHED else scored

    def known(self, org: str, counted: Counted, facts: FactsOf) -> Known:
        """What the rule looks at."""
        payee = self.payees.get(org)
        norms = self._norms_at(payee) if payee and self.wanted else NO_NORMS
        tested = payee and self.by_attribute
        of_unit = {name: payee.attribute(name) or None for name in ATTRIBUTES} if payee and tested else NO_ATTRIBUTES
        facts, last = self._with_derived(facts), self.last.get((self.code, org))
        return Known(counted.value, last, counted.b, facts, norms, of_unit)

    def note(self, counted: Counted | None, scored: Scored) -> str:
        """The standing of a score and of what it stands on, in words."""
        key = (counted.standing if counted else None, scored.standing)
        if key not in self._notes:
            self._notes[key] = self._say(*key)
        return self._notes[key]

    def _counted(self, org: str) -> Counted | None:
        key = (self.code, org)
        return self.counts.get(key) or (ENTERED if key in self.facts else None)

    def _facts_of(self, org: str) -> Mapping[str, FactsOf]:
        return self.facts.get((self.code, org), NO_FACTS)

    def _mark_all(self, orgs: Sequence[str], counted: Sequence[Counted | None]) -> list[Mark] | None:
        """The marks of all units, when the rule looks at this year's and last year's value alone."""
        if self.rule is None or self.few or self.item.parts:
            return None
        values = [None if each is None else each.value for each in counted]
        lasts: Iterable[Decimal | None] = repeat(None)
        if isinstance(self.rule, Improvement):
            lasts = [self.last.get((self.code, org)) for org in orgs]
        if self.within or len(self.payees) < len(orgs):  # units of several groups, or of none
            markers = map(self._marker_at, map(self.payees.get, orgs))
            found = [mark(value, last) for mark, value, last in zip(markers, values, lasts, strict=False) if mark]
        else:
            marker = self._marker_at(next(iter(self.payees.values()), None))
            found = list(map(marker, values, lasts)) if marker else []
        if len(found) < len(orgs):
            return None
        if self.not_computed:
            return [NOT_COMPUTED.mark if known is None else mark for known, mark in zip(counted, found, strict=True)]
        return found

    def _marker_at(self, payee: Payee | None) -> Marker | None:
        """What marks the units of the groups of a payee; None: the rule looks at more."""
        assert self.rule is not None
        if payee is None:  # it is in no group
            return _unscored if self.wanted else marker_of(self.rule, NO_NORMS)
        key = tuple([payee.attribute(name) for name in self.within])
        if key not in self._markers:
            self._markers[key] = marker_of(self.rule, self._norms_at(payee))
        return self._markers[key]

    def _norms_at(self, payee: Payee) -> Mapping[str, Norm]:
        """The norms of the groups of a payee; units of the same groups share one."""
        key = tuple(payee.attribute(name) for name in self.within)
        if key not in self._norms:
            self._norms[key] = norms_at(self.norms, self.wanted, payee)
        return self._norms[key]

    def _score_known(self, org: str, counted: Counted, facts: FactsOf) -> Scored:
        return score(self.known(org, counted, facts), self.rule, self.few)

    def _of_units(self, org: str) -> dict[str, Scored]:
        """Primary unit -> its score, by code."""
        return {unit: self._score_known(org, NOTHING, facts) for unit, facts in sorted(self._facts_of(org).items())}

    def _parts(self, orgs: Iterable[str]) -> list[PartLine]:
        """The primary units of all units; of one that is in no group of a norm there are none."""
        scored = [org for org in orgs if org in self.payees or not self.wanted]
        return [PartLine(org, self.code, unit, each) for org in scored for unit, each in self._of_units(org).items()]

    def _roll_up(self, of: Parts, org: str) -> Scored:
        """The score of a payee from those of its primary units, by the rule that the item declares."""
        scored, of_units = self._of_units(org), self._facts_of(org)
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
        if VALUE in self.wanted:
            for org, payee in self.payees.items():
                counted = self.counts.get((self.code, org))
                if counted and counted.value is not None and not (self.few and self._is_few(counted)):
                    yield payee, VALUE, counted.value
        for org, payee in self.payees.items() if self.facts else ():
            for facts in self._facts_of(org).values():
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


def known_of(
    pack: Pack, item: Item, payees: Iterable[Payee], counts: Counts, facts: Facts, last: Last, org: str, unit: str = ""
) -> Known:
    """What the rule of one item looks at, at one unit, or at a primary unit of it: value, last year, facts, norms."""
    counted = NOTHING if unit else counts.get((item.item, org), NOTHING)
    of_unit = facts.get((item.item, org), NO_FACTS).get(unit, {})
    of_pool = {payee.org: payee for payee in payees_of_pool(pack.pool(item), payees)}
    return Scorer(pack, item, of_pool, counts, facts, last).known(org, counted, of_unit)


def _unscored(value: Decimal | None, last: Decimal | None) -> Mark:
    return UNSCORED.mark


def _rule_note(pack: Pack, item: Item) -> str:
    """The rule that gave the score and who says so."""
    if item.score is None:
        return ""
    of = pack.scheme.scoring[item.score.by]
    return f"{of.kind} {item.score.by} {item.score.standing.value}"
