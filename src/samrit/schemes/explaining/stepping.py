"""Stepping: the way to the next better score - in the value, in what is counted, and in satang."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from samrit.measures import measure, measure_ids
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.rules import ImprovementSet, LevelSet, LinearSet
from samrit.schemes.explaining.asked import Subject
from samrit.schemes.explaining.judged import Judged
from samrit.schemes.explaining.reaching import counted_with, least_a, least_value, score_with
from samrit.schemes.explaining.rungs import Rungs
from samrit.schemes.explaining.words import amount, plain, rounded, short
from samrit.schemes.explaining.worth import is_estimate, rolled_with, worth_of, worth_of_score
from samrit.schemes.scores import Counted
from samrit.scoring import Better, ScoreStanding


@dataclass(frozen=True)
class Step:
    """The next better step of an item.

    score: the score there, None when it is not known; edge, distance: the value that opens it and what is missing, in
    the unit of the value, or of the change since last year (`of_change`). more: how many more things of A (below 0:
    fewer) reach it at the same B, `a` of them in all; None where there is no A or even all of B are not enough
    (`reachable`). worth: satang that the unit would earn more, with all other units unchanged (`estimate`: they would
    not be). unit: the primary unit that would have to step.
    """

    score: Decimal | None
    edge: Decimal | None = None
    distance: Decimal | None = None
    of_change: bool = False
    more: int | None = None
    a: int | None = None
    reachable: bool = True
    worth: int | None = None
    estimate: bool = False
    unit: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For the JSON; decimals are texts."""
        numbers = {"score": self.score, "edge": self.edge, "distance": self.distance}
        return {
            **{name: None if number is None else format(number, "f") for name, number in numbers.items()},
            "of_change": self.of_change,
            "more_a": self.more,
            "a": self.a,
            "reachable": self.reachable,
            "worth_satang": self.worth,
            "estimate": self.estimate,
            "unit": self.unit,
        }


def next_steps(judged: Judged) -> tuple[Step, ...]:
    """The next step of an item; of a ladder over primary units one for every unit that has a better rung."""
    subject = judged.subject
    scored = subject.line.scored
    if judged.rungs:
        return tuple(_by_rung(judged, rungs) for rungs in judged.rungs if rungs.better)
    if scored.standing is not ScoreStanding.SCORED or judged.way is None:
        return ()
    if _is_best(judged) or subject.line.counted.value is None:
        return ()
    return (_by_value(judged),)


def say_steps(judged: Judged, steps: tuple[Step, ...]) -> list[Words]:
    """The way to the next step in words; that there is none above. Rungs come with what the step to each is worth."""
    subject = judged.subject
    said: list[Words] = []
    for rungs in judged.rungs:
        of_unit = [*rungs.say(), *(_say_worth(subject, step) for step in steps if step.unit == rungs.unit)]
        indent = "    " if rungs.unit else ""
        said += [Words(th=f"{indent}{words.th}", en=f"{indent}{words.en}") for words in of_unit]
    if _is_best(judged):
        said.append(Words(th="ได้คะแนนสูงสุดของเกณฑ์นี้แล้ว", en="this is the best score of the rule"))
    if judged.rungs:
        return said
    for step in steps:
        if step.edge is not None and step.distance is not None:
            said.append(_say_edge(judged, step))
        if not step.reachable:
            said.append(
                Words(
                    th="ที่ B เท่าเดิม ถึง A จะเปลี่ยนจนสุดก็ยังไม่ถึงขั้นถัดไป",
                    en="at this B the next step is out of reach, whatever A is",
                )
            )
        if step.more is not None:
            said.append(_say_more(subject, step))
        if step.worth is not None:
            said.append(_say_worth(subject, step))
    return said


def _is_best(judged: Judged) -> bool:
    scored = judged.subject.line.scored
    if scored.standing is not ScoreStanding.SCORED or scored.score is None or judged.way is None:
        return False
    return scored.score >= judged.way.judge.rule.best


def _by_value(judged: Judged) -> Step:
    """Bands, levels, norms, linear, improvement: the value has to move."""
    subject, way = judged.subject, judged.way
    assert way is not None
    line, judge = subject.line, way.judge
    now, scored = line.counted, line.scored
    assert scored.score is not None
    today, best, whole_way = scored.score, judge.rule.best, isinstance(judge.of, LinearSet)

    def passes(counted: Counted) -> bool:
        reached = score_with(subject, counted).score
        return reached is not None and (reached >= best if whole_way else reached > today)

    edge, distance = scored.next_edge, scored.distance
    if isinstance(judge.of, LevelSet) and now.value is not None:
        better = {level: worth for level, worth in judge.of.scores.items() if worth > scored.score}
        edge = Decimal(min(better, key=lambda level: (better[level], level))) if better else None
        distance = None if edge is None else abs(edge - now.value)
    made = Step(None, edge, distance, isinstance(judge.of, ImprovementSet), estimate=is_estimate(subject))
    if now.a is not None and now.b:
        a = least_a(subject, passes, way.better)
        if a is None:
            return replace(made, reachable=False)
        then = counted_with(subject, a)
        made = replace(made, a=a, more=a - int(now.a))
    else:
        value = least_value(subject, way, passes)
        if value is None:
            return made
        then = replace(now, value=value)
    return replace(made, score=score_with(subject, then).score, worth=worth_of(subject, then))


def _by_rung(judged: Judged, rungs: Rungs) -> Step:
    """A ladder: facts have to change; the score of the next rung is put in place of today's."""
    subject = judged.subject
    assert rungs.score_then is not None
    score_then: Decimal | None = rungs.score_then
    if rungs.unit:
        score_then = rolled_with(subject, rungs.unit, rungs.score_then)
    worth = None if score_then is None else worth_of_score(subject, score_then)
    return Step(score_then, worth=worth, estimate=is_estimate(subject), unit=rungs.unit)


def _say_edge(judged: Judged, step: Step) -> Words:
    assert judged.way is not None
    assert step.edge is not None
    assert step.distance is not None
    up = judged.way.better is Better.HIGHER
    edge, distance = _near(step.edge), _near(step.distance)
    full = isinstance(judged.way.judge.of, LinearSet)
    name = Words(th="คะแนนเต็ม", en="full marks") if full else Words(th="ถึงขั้นถัดไป", en="the next step")
    score_then = "" if step.score is None or full else short(step.score)
    name = Words(
        th=f"{name.th}{f' (คะแนน {score_then}) ' if score_then else ''}",
        en=f"{name.en}{f' (score {score_then})' if score_then else ''}",
    )
    if step.of_change:
        word = Words(th="เพิ่มขึ้น", en="risen") if up else Words(th="ลดลง", en="fallen")
        return Words(
            th=f"{name.th}เมื่อ{word.th}จากปีก่อนถึง {edge} ยังขาดอีก {distance}",
            en=f"{name.en}: {word.en} by {edge} since last year, {distance} missing",
        )
    if up:
        return Words(
            th=f"{name.th}เมื่อค่าถึง {edge} ยังขาดอีก {distance}",
            en=f"{name.en}: from {edge}, {distance} missing",
        )
    return Words(
        th=f"{name.th}เมื่อค่าไม่เกิน {edge} ต้องลดลงอีก {distance}",
        en=f"{name.en}: up to {edge}, {distance} too much",
    )


def _say_more(subject: Subject, step: Step) -> Words:
    assert step.more is not None
    item = subject.item
    unit = measure(item.measure).definition.a.unit if item.measure in measure_ids() else "ราย"
    thai, english = ("เพิ่มอีก", "more") if step.more > 0 else ("ลดลงอีก", "fewer")
    b = f"{subject.line.counted.b:,}"
    return Words(
        th=f"คือ A {thai} {abs(step.more):,} {unit} เป็น {step.a:,} ที่ B เท่าเดิม ({b})",
        en=f"that is {abs(step.more):,} {english} in A, {step.a:,} in all, at the same B ({b})",
    )


def _say_worth(subject: Subject, step: Step) -> Words:
    if step.worth is None:  # the scores of primary units cannot be rolled up
        return Words(th="ยังบอกไม่ได้ว่าขั้นนั้นมีค่าเท่าใด", en="what that step is worth cannot be told")
    got = amount(step.worth, subject.pack)
    guess_th = " (ประมาณการ หากหน่วยอื่นไม่เปลี่ยนแปลง)" if step.estimate else ""
    guess_en = " (an estimate: the other units unchanged)" if step.estimate else ""
    return Words(
        th=f"ถ้าถึงขั้นนั้นหน่วยจะได้เงินเพิ่ม {got.th}{guess_th}", en=f"there the unit would earn {got.en} more{guess_en}"
    )


def _near(number: Decimal) -> str:
    """An edge as it is written; one that does not end to two places."""
    exponent = number.normalize().as_tuple().exponent
    return plain(number) if isinstance(exponent, int) and exponent > -10 else rounded(number)
