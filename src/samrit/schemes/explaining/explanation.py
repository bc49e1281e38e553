"""The explanation of one item of one unit: from the satang down to lines of received files, as data and in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from samrit.measures import measure, measure_ids
from samrit.reference import Register, format_day_th, format_period_th
from samrit.schemes.authoring.describing.words import PAYEES
from samrit.schemes.authoring.figures import Figure, Standing, Words
from samrit.schemes.authoring.pools import ClosedPool, PricePerPoint, RelativeToMean
from samrit.schemes.explaining.account import Account, account_of
from samrit.schemes.explaining.asked import Subject, find_subject
from samrit.schemes.explaining.behind import Behind, is_counted, look_behind
from samrit.schemes.explaining.conditions import say_fact, title_of
from samrit.schemes.explaining.judged import Judged, judge_subject, value_words
from samrit.schemes.explaining.money import ItemMoney, money_of
from samrit.schemes.explaining.place import Place, place_of
from samrit.schemes.explaining.stepping import Step, next_steps, say_steps
from samrit.schemes.explaining.words import standing, text
from samrit.schemes.running import SchemeRun
from samrit.warehouse import Snapshot

Language = Literal["th", "en"]


@dataclass(frozen=True)
class Explanation:
    """One item of one unit: its money, score, the way up, its place, the value and who is behind it.

    behind: None where the item is not counted here, or the snapshot of the run is not at hand.
    """

    subject: Subject
    account: Account
    money: ItemMoney
    judged: Judged
    steps: tuple[Step, ...]
    place: Place | None
    behind: Behind | None

    @property
    def run(self) -> SchemeRun:
        """The run that is explained."""
        return self.subject.run

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `samrit schemes explain`; decimals are texts, money is whole satang."""
        of, line = self.subject, self.subject.line
        nobody: dict[str, Any] = {"cut_off": None, "people": {}, "lines": {}, "evidence": []}
        behind = self.behind.as_dict() if self.behind else nobody
        return {
            "run": self.run.run.id,
            "scheme": of.pack.id,
            "snapshot": self.run.run.manifest["snapshot"],
            "org": of.payee.org,
            "level": of.pool.payee,
            "name_th": of.payee.name_th,
            "name_en": of.payee.name_en,
            "item": of.item.item,
            "title": of.item.title.model_dump(),
            "period": str(self.run.period),
            "census_day": self.run.census_day.isoformat(),
            "a": text(line.counted.a),
            "b": text(line.counted.b),
            "value": text(line.counted.value),
            "counted_by": cube.as_dict() if (cube := self.run.inputs.cube_of(of.item.item, of.payee.org)) else None,
            "score": text(line.scored.score),
            "max_score": text(line.max_score),
            "standing": line.scored.standing.value,
            "next_edge": text(line.scored.next_edge),
            "distance": text(line.scored.distance),
            "points": text(line.points),
            "weight": text(line.weight),
            **self.money.as_dict(),
            **self.judged.as_dict(),
            "next": [step.as_dict() for step in self.steps],
            "place": self.place.as_dict() if self.place else None,
            "figures": [{"figure": n, "value": v, "standing": s.value} for n, v, s in figures_of(of)],
            "unit": self.account.as_dict(),
            **behind,
        }

    def say(self) -> list[Words]:
        """The explanation, one step a sentence, from the money down to the line of a file, in both languages."""
        said = [*self._say_subject(), *self.money.say(), *self.account.say(), *self.judged.say()]
        said += say_steps(self.judged, self.steps)
        if self.place:
            said.append(self.place.say())
        said += self._say_value()
        return said + (self.behind.say() if self.behind else [])

    def sentences(self, language: Language = "th") -> list[str]:
        """The same in one language."""
        return [words.th if language == "th" else words.en for words in self.say()]

    def _say_subject(self) -> list[Words]:
        of = self.subject
        payee, level = of.payee, PAYEES[of.pool.payee]
        base = of.pack.scheme.people[of.pool.people]
        people, by = f"{of.people:,}", standing(of.people_standing)
        name = payee.name_en or payee.name_th or "-"
        period, day = self.run.period, self.run.census_day
        return [
            Words(th=f"ตัวชี้วัด {of.item.item} {of.item.title.th}", en=f"item {of.item.item} {of.item.title.en}"),
            Words(
                th=f"{level.th} {payee.org} ({payee.name_th or '-'}) {base.title.th} {people} คน {by.th}",
                en=f"{level.en} {payee.org} ({name}), {people} people ({base.title.en}) {by.en}",
            ),
            Words(
                th=f"ช่วงผลงาน {format_period_th(period)} วันสำรวจ {format_day_th(day)}",
                en=f"period {period}, census day {day.isoformat()}",
            ),
        ]

    def _say_value(self) -> list[Words]:
        """The value and where it comes from; facts one by one; nothing for what nobody typed in (the score says so)."""
        of, line = self.subject, self.subject.line
        if of.item.entry == "facts":
            known = of.known().facts if not of.item.parts else {}
            by = standing(Standing.TYPED_IN)
            said = []
            for name in (name for name in of.item.facts if name in known):
                title, fact = title_of(name, of.item), say_fact(known[name], of.item, name)
                said.append(Words(th=f"{title.th}: {fact.th} {by.th}", en=f"{title.en}: {fact.en} {by.en}"))
            return said
        if line.counted.a is None and line.counted.value is None:
            return []
        counted = of.item.measure in measure_ids()
        formula = measure(of.item.measure).definition.formula if counted else ""
        cube = self.run.inputs.cube_of(of.item.item, of.payee.org)
        return [value_words(line.counted, formula, level=of.item.entry == "level", cube=cube)]


def explain(run: SchemeRun, snapshot: Snapshot | None, register: Register, org: str, item_code: str) -> Explanation:
    """Explain one item of one payee of a run; without a snapshot no received lines are shown.

    Raises SchemesError for an unknown payee or item, and for a payee that the item's pool does not pay.
    """
    subject = find_subject(run, register, org, item_code)
    judged = judge_subject(subject)
    return Explanation(
        subject,
        account_of(subject),
        money_of(subject),
        judged,
        next_steps(judged),
        place_of(subject),
        look_behind(snapshot, register, subject) if snapshot and is_counted(subject) else None,
    )


def figures_of(of: Subject) -> list[tuple[str, str, Standing]]:
    """Every figure that the explanation rests on: name, value, where it comes from."""
    pack, item, pool = of.pack, of.item, of.pool
    advance, pot = pack.scheme.money.advance, pool.pot
    given: dict[str, Figure | None] = {
        "points": item.points,
        "weight": item.weight,
        "rate": item.rate,
        "pot.amount": pot.amount if pot and isinstance(pool, ClosedPool | RelativeToMean) else None,
        "pot.rate": pot.rate if pot and isinstance(pool, ClosedPool | RelativeToMean) else None,
        "base": pool.base if isinstance(pool, RelativeToMean) else None,
        "price": pool.price if isinstance(pool, PricePerPoint) else None,
        "advance.rate": advance.rate if advance else None,
        "advance.share_of_last": advance.share_of_last if advance else None,
        "advance.uprating": advance.uprating if advance else None,
    }
    indices = pool.indices if isinstance(pool, PricePerPoint) else ()
    given |= {f"index.{index.name}.reference": index.reference for index in indices}
    is_cube = of.run.inputs.cube_of(item.item, of.payee.org) is not None
    counted = Standing.COMPUTED if is_cube else of.line.counted.standing
    found = [("value", _plain(of.line.counted.value), counted)]
    found += [("people", str(of.people), of.people_standing)]
    found += [(name, _plain(figure.value), figure.standing) for name, figure in given.items() if figure]
    if item.score:
        found.append(("rule", item.score.by, item.score.standing))
        found.append(("rule.steps", item.score.by, pack.scheme.scoring[item.score.by].standing))
    if item.few:
        found.append(("few", str(item.few.least), item.few.standing))
    if item.parts:
        found.append(("parts", item.parts.roll_up, item.parts.standing))
    return found


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format(number, "f")
