"""Judged: how the score came about - the rule that judged, what it compared, and its steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samrit.reference import format_day_th
from samrit.schemes.authoring.describing import say as say_cell
from samrit.schemes.authoring.describing.rules import say_rule
from samrit.schemes.authoring.describing.words import FEW, ROLL_UPS
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.rules import ConditionalSet, ImprovementSet, LadderSet, NormSet
from samrit.schemes.explaining.asked import Subject
from samrit.schemes.explaining.conditions import ATTRIBUTES, say_condition, say_fact, title_of
from samrit.schemes.explaining.rungs import Rungs, stand_on
from samrit.schemes.explaining.way import OTHERWISE, Way, way_of
from samrit.schemes.explaining.words import (
    NO_REPORT,
    NO_TARGET,
    NOT_ENTERED,
    figure,
    join,
    plain,
    rounded,
    short,
    standing,
)
from samrit.schemes.inputs import InputFile
from samrit.schemes.scores import Counted
from samrit.scoring import Known, Ladder, Scored, ScoreStanding

SHA_LETTERS = 16


@dataclass(frozen=True)
class Judged:
    """The score of a subject: the way to it, and the rungs of a ladder (of every primary unit where it has such)."""

    subject: Subject
    way: Way | None
    rungs: tuple[Rungs, ...]

    @property
    def basis(self) -> dict[str, Decimal | int | str]:
        """What the score stands on, by name."""
        return dict(self.subject.line.scored.basis)

    def as_dict(self) -> dict[str, Any]:
        """The keys of the JSON that say how the score came about."""
        of, item = self.subject, self.subject.item
        way = self.way.stops if self.way else ()
        return {
            "rule": {"name": item.score.by, "kind": way[0].of.kind, "standing": item.score.standing.value}
            if item.score and way
            else None,
            "basis": {name: format(v, "f") if isinstance(v, Decimal) else v for name, v in self.basis.items()},
            "band": of.line.scored.band,
            "way": [{"rule": stop.name, "kind": stop.of.kind, "taken": stop.taken} for stop in way],
            "steps": self._steps(),
            "facts": {name: say_fact(fact, item, name).model_dump() for name, fact in self._facts().items()},
            "rungs": [rungs.as_dict() for rungs in self.rungs],
            "few": item.few.model_dump(mode="json") if item.few else None,
        }

    def say(self) -> list[Words]:
        """The score, the rule in words, and what it stands on."""
        return [self._say_score(), *self._say_way(), *self._say_basis()]

    def _say_score(self) -> Words:
        line, item = self.subject.line, self.subject.item
        full = self._say_full()
        got = Words(th="", en="")
        if line.points is not None:
            got = Words(
                th=f" ได้ {short(line.points)} จาก {short(line.weight)} คะแนน {full.th}",
                en=f", {short(line.points)} of {short(line.weight)} points {full.en}",
            )
        match line.scored.standing:
            case ScoreStanding.SCORED if item.score:
                by = standing(item.score.standing)
                own, best = short(line.scored.score), short(line.max_score)
                return Words(
                    th=f"คะแนน {own} จาก {best} ตามเกณฑ์ {item.score.by} {by.th}{got.th}",
                    en=f"score {own} of {best} by rule {item.score.by} {by.en}{got.en}",
                )
            case ScoreStanding.NO_DATA:
                why = self._say_nothing()
                return Words(th=f"คะแนน 0: {why.th}{got.th}", en=f"score 0: {why.en}{got.en}")
            case ScoreStanding.TOO_FEW:
                return self._say_few(got)
            case ScoreStanding.UNMATCHED:
                return Words(
                    th=f"ยังไม่ให้คะแนน: ข้อเท็จจริงที่คีย์ไม่ตรงเกณฑ์ขั้นใด รอพิจารณา คะแนนเต็ม {short(line.weight)}",
                    en=f"no score: what was typed in fits no rung, a decision is open; full marks {short(line.weight)}",
                )
            case ScoreStanding.NOT_COMPUTED:
                return Words(
                    th="ยังไม่คำนวณ: รุ่นนี้ยังไม่มีวิธีนับของตัวชี้วัดนี้", en="not computed: this version cannot count this item"
                )
            case _:
                why = self._say_unscored()
                return Words(
                    th=f"ยังไม่ให้คะแนน: {why.th} คะแนนเต็ม {short(line.weight)}",
                    en=f"no score: {why.en}; full marks {short(line.weight)}",
                )

    def _say_unscored(self) -> Words:
        """Why the rule, or the lack of one, leaves the item without a score."""
        judge = self.way.judge if self.way else None
        if judge is None:
            return Words(
                th="ไม่มีเกณฑ์ให้คะแนนของตัวชี้วัดนี้ (พื้นที่กำหนดเองได้ด้วย --set)",
                en="no rule judges this item (a site may --set one)",
            )
        if self.subject.pack.norms(self.subject.item) and not self.subject.people:
            return Words(
                th=f"หน่วยที่ไม่มีประชากรไม่อยู่ในกลุ่มที่เกณฑ์ {judge.name} ใช้เทียบ",
                en=f"a unit without people is in none of the groups that rule {judge.name} compares",
            )
        if isinstance(judge.of, ImprovementSet):
            return Words(
                th=f"ไม่มีผลงานปีก่อนให้เทียบตามเกณฑ์ {judge.name}", en=f"rule {judge.name} has no last year to compare with"
            )
        return Words(th=f"เกณฑ์ {judge.name} ไม่ให้คะแนนหน่วยนี้", en=f"rule {judge.name} leaves this unit without a score")

    def _say_full(self) -> Words:
        """Full marks: points, or weight x best score, with standing."""
        item = self.subject.item
        if item.points:
            said = standing(item.points.standing)
            return said
        assert item.weight is not None
        said = figure(item.weight)
        best = short(self.subject.line.max_score)
        return Words(
            th=f"(คะแนนเต็ม = น้ำหนัก {said.th} x คะแนนสูงสุด {best})",
            en=f"(full marks = weight {said.en} x best score {best})",
        )

    def _say_nothing(self) -> Words:
        """Why there is nothing to judge: nobody to count, nothing typed in, nothing reported."""
        if self.subject.line.counted.b == 0:
            return NO_TARGET
        return NOT_ENTERED if self.subject.item.entry else NO_REPORT

    def _say_few(self, got: Words) -> Words:
        few = self.subject.item.few
        assert few is not None
        cases = self.basis.get("cases")
        then, by = FEW[few.then], standing(few.standing)
        return Words(
            th=f"จำนวนที่ใช้คิด (B) {cases} น้อยกว่าขั้นต่ำ {few.least} {by.th}: {then.th}{got.th}",
            en=f"{cases} cases (B), fewer than the least {few.least} {by.en}: {then.en}{got.en}",
        )

    def _say_way(self) -> Iterator[Words]:
        """The rule that judged, in words; where a branch was taken, which."""
        if self.way is None:
            return
        known = self.subject.known()
        for stop in self.way.stops[:-1]:
            if isinstance(stop.of, ConditionalSet) and stop.taken != OTHERWISE:
                branch = stop.of.branches[int(stop.taken) - 1]
                why = join([say_condition(c, self.subject.item, known) for c in branch.when], ", ")
                yield Words(
                    th=f"เกณฑ์ {stop.name} ใช้เงื่อนไขที่ {stop.taken} ({why.th}): ให้คะแนนตามเกณฑ์ {branch.by}",
                    en=f"rule {stop.name}: condition {stop.taken} holds ({why.en}), so rule {branch.by} judges",
                )
            elif isinstance(stop.of, ConditionalSet):
                yield Words(
                    th=f"เกณฑ์ {stop.name} ไม่เข้าเงื่อนไขใด: ให้คะแนนตามเกณฑ์ {stop.of.otherwise}",
                    en=f"rule {stop.name}: no condition holds, so rule {stop.of.otherwise} judges",
                )
            elif isinstance(stop.of, ImprovementSet):
                yield Words(
                    th=f"เกณฑ์ {stop.name} ไม่มีผลงานปีก่อนให้เทียบ: ให้คะแนนตามเกณฑ์ {stop.of.otherwise}",
                    en=f"rule {stop.name}: there is no last year to compare with, so rule {stop.of.otherwise} judges",
                )
        judge = self.way.judge
        told = say_rule(judge.of, self.way.better)
        rows = () if isinstance(judge.of, LadderSet) else told.rows
        steps_th = "; ".join(f"{say_cell(what, 'th')} ได้ {score}" for score, what, _ in rows)
        steps_en = "; ".join(f"{say_cell(what, 'en')}: {score}" for score, what, _ in rows)
        by, sentence_th = standing(judge.of.standing), told.sentence.th
        if isinstance(judge.of, LadderSet) and judge.of.on:
            sentence_th = sentence_th.replace(judge.of.on.isoformat(), format_day_th(judge.of.on))
        yield Words(
            th=f"เกณฑ์ {judge.name} {by.th} {sentence_th}{': ' if rows else ''}{steps_th}",
            en=f"rule {judge.name} {by.en} {told.sentence.en}{': ' if rows else ''}{steps_en}",
        )

    def _say_basis(self) -> Iterator[Words]:
        """The group that a value is compared with, last year, the primary units."""
        basis = self.basis
        if "mean" in basis:
            yield self._say_norm(basis)
        if "change" in basis and isinstance(basis["change"], Decimal) and isinstance(basis["last"], Decimal):
            fell = basis["change"] < 0
            unit = self._change_unit()
            change, last = rounded(abs(basis["change"])), rounded(basis["last"])
            yield Words(
                th=f"ปีก่อน {last} ปีนี้{'ลดลง' if fell else 'เพิ่มขึ้น'} {change}{unit.th}",
                en=f"last year {last}, {'down' if fell else 'up'} by {change}{unit.en}",
            )
        if "units" in basis and self.subject.item.parts:
            of = self.subject.item.parts
            how, by = ROLL_UPS[of.roll_up], standing(of.standing)
            weight = title_of(of.weight, self.subject.item) if of.weight else None
            yield Words(
                th=f"รวมจากหน่วยบริการปฐมภูมิ {basis['units']} แห่ง ด้วย{how.th}"
                f"{f' (น้ำหนัก: {weight.th})' if weight else ''} {by.th} ไม่มีคะแนน {basis['left_out']} แห่ง",
                en=f"rolled up from {basis['units']} primary care units by {how.en}"
                f"{f' (weight: {weight.en})' if weight else ''} {by.en}; {basis['left_out']} without a score",
            )

    def _say_norm(self, basis: dict[str, Decimal | int | str]) -> Words:
        mean, sd = (Decimal(basis[name]) for name in ("mean", "sd"))
        within = self._group()
        if "z" not in basis:
            at = Words(th="SD เป็น 0 ทุกหน่วยได้คะแนนเท่ากัน", en="SD is 0, all units score alike")
        else:
            z = Decimal(basis["z"])
            sign = "-" if z < 0 else "+"
            at = Words(
                th=f"หน่วยนี้อยู่ที่ค่าเฉลี่ย {sign} {rounded(abs(z))} SD", en=f"this unit is at mean {sign} {rounded(abs(z))} SD"
            )
        return Words(
            th=f"เทียบกับกลุ่ม {basis['n']} หน่วย{within.th} ค่าเฉลี่ย {rounded(mean)} SD {rounded(sd)} {at.th}",
            en=f"compared with {basis['n']} units{within.en}: mean {rounded(mean)}, SD {rounded(sd)}; {at.en}",
        )

    def _group(self) -> Words:
        judge = self.way.judge.of if self.way else None
        names = judge.within if isinstance(judge, NormSet) else ()
        payee = self.subject.payee
        same = [
            Words(th=f"{ATTRIBUTES[n].th} {payee.attribute(n)}", en=f"{ATTRIBUTES[n].en} {payee.attribute(n)}")
            for n in names
        ]
        if not same:
            return Words(th="ทั้งเขต", en=" of the region")
        said = join(same, ", ")
        return Words(th=f"ที่มี{said.th} เหมือนกัน", en=f" of the same {said.en}")

    def _change_unit(self) -> Words:
        judge = self.way.judge.of if self.way else None
        of_last = isinstance(judge, ImprovementSet) and judge.change == "percent"
        return Words(th=" (ร้อยละของปีก่อน)", en=" percent of last year") if of_last else Words(th="", en="")

    def _steps(self) -> list[dict[str, Any]]:
        if self.way is None:
            return []
        rows = say_rule(self.way.judge.of, self.way.better).rows
        return [{"score": score, "th": say_cell(what, "th"), "en": say_cell(what, "en")} for score, what, _ in rows]

    def _facts(self) -> dict[str, Any]:
        item = self.subject.item
        if item.entry != "facts" or item.parts:
            return {}
        known = self.subject.known().facts
        return {name: known.get(name) for name in (*item.facts, *item.derived)}


def judge_subject(subject: Subject) -> Judged:
    """How the score of a subject came about."""
    item, scored = subject.item, subject.line.scored
    parts = [p for p in subject.run.evaluation.parts if (p.org, p.item) == (subject.payee.org, item.item)]
    if item.parts:
        units = [_rungs_at(subject, subject.known(p.unit), p.scored, p.unit) for p in parts]
        return Judged(subject, way_of(subject.pack, item, scored), tuple(r for r in units if r))
    told = scored.standing in {ScoreStanding.SCORED, ScoreStanding.UNMATCHED}
    rungs = _rungs_at(subject, subject.known(), scored, "") if told else None
    return Judged(subject, way_of(subject.pack, item, scored), (rungs,) if rungs else ())


def value_words(of: Counted, formula: str, *, level: bool = False, cube: InputFile | None = None) -> Words:
    """The value of what was counted or typed in, with A and B; a level is one. cube: the file of the counts."""
    by = standing(of.standing) if cube is None else _say_cube(cube)
    if level:
        return Words(th=f"ระดับ {plain(of.value)} {by.th}", en=f"level {plain(of.value)} {by.en}")
    counts = "" if of.a is None else f"A = {plain(of.a)}, B = {plain(of.b or 0)}"
    said = NO_TARGET if of.value is None else Words(th=rounded(of.value), en=rounded(of.value))
    lead = f"{formula} = " if formula else ""
    return Words(
        th=f"ค่า = {lead}{said.th}{f' เมื่อ {counts}' if counts else ''} {by.th}",
        en=f"value = {lead}{said.en}{f' where {counts}' if counts else ''} {by.en}",
    )


def _say_cube(of: InputFile) -> Words:
    """Counts that came as a file: which one, so that anybody can look it up in the run."""
    file = f"{of.file} sha256 {of.sha256[:SHA_LETTERS]}"
    return Words(th=f"(จากผลนับที่นำเข้า แฟ้ม {file})", en=f"(from a counted cube, file {file})")


def _rungs_at(subject: Subject, known: Known, scored: Scored, unit: str) -> Rungs | None:
    way = way_of(subject.pack, subject.item, scored)
    if way is None or not isinstance(way.judge.of, LadderSet) or not isinstance(way.judge.rule, Ladder):
        return None
    return stand_on(way.judge.of, way.judge.rule, subject.item, known, scored.score, unit)
