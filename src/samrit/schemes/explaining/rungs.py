"""Rungs: which rung of a ladder a unit stands on and why, its grace, the next better rung and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samrit.reference import format_day_th
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.rules import BonusOf, ConditionOf, LadderSet, RungOf
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.explaining.conditions import look_at, say_condition, title_of
from samrit.schemes.explaining.words import plain, standing
from samrit.scoring import Bonus, Condition, FactTest, Known, Ladder, Rung, holds

Missing = tuple[ConditionOf, ...]


@dataclass(frozen=True)
class Rungs:
    """Where a unit, or a primary unit of it (`unit`), stands on a ladder.

    held: the rung that counts, None when none holds; bonuses: those added; capped: together they are more than the cap.
    graced: facts whose day is past and that still count. better: the next better rung with the conditions that do not
    hold yet; open_bonuses the same for bonuses. score_then: the score on the next better rung, with today's bonuses.
    """

    item: Item
    known: Known
    unit: str
    score: Decimal | None
    held: RungOf | None
    bonuses: tuple[BonusOf, ...]
    capped: bool
    graced: tuple[str, ...]
    better: tuple[RungOf, Missing] | None
    open_bonuses: tuple[tuple[BonusOf, Missing], ...]
    score_then: Decimal | None

    def as_dict(self) -> dict[str, Any]:
        """For the JSON: titles in both languages, conditions in words."""
        return {
            "unit": self.unit,
            "score": None if self.score is None else format(self.score, "f"),
            "held": _step(self.held) if self.held else None,
            "because": [self._say(c).model_dump() for c in self.held.when] if self.held else [],
            "bonuses": [_step(bonus) for bonus in self.bonuses],
            "capped": self.capped,
            "grace": list(self.graced),
            "next": self._next(*self.better) | {"score_then": str(self.score_then)} if self.better else None,
            "open_bonuses": [self._next(*bonus) for bonus in self.open_bonuses],
        }

    def say(self) -> list[Words]:
        """The rung, why, the grace, and what is missing for more; a primary unit by its code first."""
        said = [self._say_held()]
        if self.unit:
            score = "-" if self.score is None else plain(self.score)
            said.insert(0, Words(th=f"{self.unit}: คะแนน {score}", en=f"{self.unit}: score {score}"))
        for name in self.graced:
            fact, day = title_of(name, self.item), look_at(self.known, name)
            assert isinstance(day, date)
            said.append(
                Words(
                    th=f"{fact.th} {format_day_th(day)} พ้นแล้ว แต่ยังอยู่ในระยะผ่อนผัน จึงยังนับ",
                    en=f"{fact.en} {day.isoformat()} is past, but within the grace, so it still counts",
                )
            )
        if self.better and self.score_then is not None:
            rung, missing = self.better
            then = plain(self.score_then)
            said.append(
                Words(
                    th=f"ขั้นถัดไปได้ {then} คะแนน: {rung.title.th} - ยังขาด {self._all(missing).th}",
                    en=f"the next step scores {then}: {rung.title.en} - missing {self._all(missing).en}",
                )
            )
        for bonus, missing in self.open_bonuses:
            said.append(
                Words(
                    th=f"คะแนนเพิ่ม {plain(bonus.add)}: {bonus.title.th} - ยังขาด {self._all(missing).th}",
                    en=f"a bonus of {plain(bonus.add)}: {bonus.title.en} - missing {self._all(missing).en}",
                )
            )
        return said

    def _say_held(self) -> Words:
        if self.held is None:
            return Words(th="ไม่เข้าเกณฑ์ขั้นใด", en="no rung holds")
        by, got = standing(self.held.standing), plain(self.held.score)
        why = self._all(self.held.when)
        cap = Words(th=" ไม่เกินคะแนนสูงสุด", en=", held to the most") if self.capped else Words(th="", en="")
        added_th = "".join(f" + {plain(b.add)} ({b.title.th})" for b in self.bonuses)
        added_en = "".join(f" + {plain(b.add)} ({b.title.en})" for b in self.bonuses)
        return Words(
            th=f"เข้าเกณฑ์: {self.held.title.th} ได้ {got} {by.th}{added_th}{cap.th} เพราะ {why.th}",
            en=f"the rung: {self.held.title.en}, {got} {by.en}{added_en}{cap.en}, because {why.en}",
        )

    def _say(self, condition: ConditionOf) -> Words:
        return say_condition(condition, self.item, self.known)

    def _all(self, conditions: Sequence[ConditionOf]) -> Words:
        said = [self._say(condition) for condition in conditions]
        return Words(th=" และ ".join(s.th for s in said), en=" and ".join(s.en for s in said))

    def _next(self, step: RungOf | BonusOf, missing: Missing) -> dict[str, Any]:
        return _step(step) | {"missing": [self._say(condition).model_dump() for condition in missing]}


def stand_on(of: LadderSet, ladder: Ladder, item: Item, known: Known, score: Decimal | None, unit: str = "") -> Rungs:
    """Where what is known stands on a ladder; `of` is the ladder as the pack writes it, `ladder` the same as a rule."""
    missing = {rung.code: _missing(written, rung, ladder, known) for written, rung in _rungs(of, ladder)}
    holding = [rung for rung in of.rungs if not missing[rung.code]] if score is not None else []
    held = max(holding, key=lambda rung: rung.score, default=None)
    absent = {bonus.code: _missing(written, bonus, ladder, known) for written, bonus in _bonuses(of, ladder)}
    added = tuple(bonus for bonus in of.bonuses if held and not absent[bonus.code])
    bonus_sum = sum((bonus.add for bonus in added), Decimal(0))
    above = [rung for rung in of.rungs if held is None or rung.score > held.score]
    nearest = min(above, key=lambda rung: (rung.score, len(missing[rung.code])), default=None)
    score_then = min(nearest.score + bonus_sum, of.cap) if nearest else None
    is_better = nearest is not None and (score is None or (score_then is not None and score_then > score))
    return Rungs(
        item,
        known,
        unit,
        score,
        held,
        added,
        held is not None and held.score + bonus_sum > of.cap,
        tuple(_graced(of, ladder, held, known)) if held else (),
        (nearest, missing[nearest.code]) if nearest and is_better else None,
        tuple((b, absent[b.code]) for b in of.bonuses if score is not None and score < of.cap and absent[b.code]),
        score_then if is_better else None,
    )


def _rungs(of: LadderSet, ladder: Ladder) -> list[tuple[RungOf, Rung]]:
    return list(zip(of.rungs, ladder.rungs, strict=True))


def _bonuses(of: LadderSet, ladder: Ladder) -> list[tuple[BonusOf, Bonus]]:
    return list(zip(of.bonuses, ladder.bonuses, strict=True))


def _missing(written: RungOf | BonusOf, step: Rung | Bonus, ladder: Ladder, known: Known) -> Missing:
    """The conditions of a step that do not hold."""
    pairs = zip(written.when, step.when, strict=True)
    return tuple(said for said, condition in pairs if not holds(condition, known, ladder.on, ladder.grace_months))


def _graced(of: LadderSet, ladder: Ladder, held: RungOf, known: Known) -> list[str]:
    """The facts of the rung that hold with the grace only."""
    rung = next(rung for written, rung in _rungs(of, ladder) if written is held)
    valid = [condition for condition in rung.when if condition.test is FactTest.VALID]
    return [condition.fact for condition in valid if not _holds_without_grace(condition, ladder, known)]


def _holds_without_grace(condition: Condition, ladder: Ladder, known: Known) -> bool:
    return holds(condition, known, ladder.on, 0)


def _step(of: RungOf | BonusOf) -> dict[str, Any]:
    number = {"add": str(of.add)} if isinstance(of, BonusOf) else {"score": str(of.score)}
    return {"code": of.code, **number, "title": of.title.model_dump(), "standing": of.standing.value}
