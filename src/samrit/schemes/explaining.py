"""Explain: from the baht of one item of one unit down to the lines of received files, as data and in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samrit.formula import round_half_up
from samrit.measures import Engine, Hit, When, compile_measure, list_hits, measure, measure_ids
from samrit.problems import Where, problem
from samrit.reference import OrgLevel, Register, format_day_th, format_period_th
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.judging import better_of
from samrit.schemes.authoring.pools import ClosedPool, OpenRate, PricePerPoint, RelativeToMean
from samrit.schemes.authoring.rules import LadderSet
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.choosing import find_payee
from samrit.schemes.errors import SchemesError
from samrit.schemes.payees import Payee
from samrit.schemes.running import SchemeRun
from samrit.schemes.scores import ScoreLine
from samrit.scoring import Better, ScoreStanding
from samrit.warehouse import ReceivedLine, Snapshot, trace

SHOWN = 3
LEVEL_TH = {"contracting_unit": "หน่วยบริการประจำ", "facility": "หน่วยบริการ"}
STANDING_TH = {
    "printed": "พิมพ์ไว้ในเอกสาร",
    "reconstructed": "คำนวณย้อนจากตัวเลขที่พิมพ์",
    "assumed": "ข้อเสนอ ยังไม่เป็นทางการ",
    "typed_in": "คีย์เข้า",
    "computed": "คำนวณ",
}


@dataclass(frozen=True)
class Explanation:
    """One item of one unit: the rule, the numbers, and received lines of a few counted things of each part."""

    run: SchemeRun
    payee: Payee
    item: Item
    line: ScoreLine
    earned: int
    examples: dict[str, list[list[ReceivedLine]]]
    counts: dict[str, int]

    @property
    def people(self) -> int:
        """People of the payee in the base of the item's pool."""
        return self.payee.people.get(self.run.pack.pool(self.item).people, 0)

    @property
    def _rule_kind(self) -> str:
        return self.run.pack.scheme.scoring[self.item.score.by].kind if self.item.score else ""

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `samrit schemes explain`."""
        scored = self.line.scored
        return {
            "run": self.run.run.id,
            "scheme": self.run.pack.id,
            "snapshot": self.run.run.manifest["snapshot"],
            "org": self.payee.org,
            "name_th": self.payee.name_th,
            "item": self.item.item,
            "title": {"th": self.item.title.th, "en": self.item.title.en},
            "period": str(self.run.period),
            "census_day": self.run.census_day.isoformat(),
            "a": _text(self.line.counted.a),
            "b": _text(self.line.counted.b),
            "value": _text(self.line.counted.value),
            "score": _text(scored.score),
            "max_score": self.line.max_score,
            "standing": scored.standing.value,
            "next_edge": _text(scored.next_edge),
            "distance": _text(scored.distance),
            "points": _text(self.line.points),
            "weight": _text(self.line.weight),
            "rate": {"baht": _text(self.item.rate.value), "standing": self.item.rate.standing.value}
            if self.item.rate
            else None,
            "rule": {"name": self.item.score.by, "kind": self._rule_kind, "standing": self.item.score.standing.value}
            if self.item.score
            else None,
            "basis": {name: _text(value) for name, value in scored.basis},
            "population": self.people,
            "earned_satang": self.earned,
            "people": self.counts,
            "lines": {
                part: [
                    [{"package": x.package, "entry": x.path, "line": x.line, "table": x.table} for x in lines]
                    for lines in examples
                ]
                for part, examples in self.examples.items()
            },
        }

    def sentences(self) -> list[str]:
        """The explanation in Thai, one step a sentence, from the baht to the line of a file."""
        item, line, scored = self.item, self.line, self.line.scored
        pack = self.run.pack
        pool = pack.pool(item)
        said = [
            f"ตัวชี้วัด {item.item} {item.title.th}",
            f"{LEVEL_TH[pool.payee]} {self.payee.org} ({self.payee.name_th})"
            f" {pack.scheme.people[pool.people].title.th.replace('ประชากรสิทธิ', 'ประชากร')} {self.people:,} คน",
            f"ช่วงผลงาน {format_period_th(self.run.period)} วันสำรวจ {format_day_th(self.run.census_day)}",
        ]
        said += [*_money_th(self), *_score_th(self)]
        if scored.next_edge is not None and scored.distance is not None and self._rule_kind != "improvement":
            said.append(_next_th(scored.next_edge, scored.distance, better_of(item)))
        said += _value_th(line, item)
        if not self.counts:
            return said
        of = measure(item.measure)
        said += [
            f"A: {of.definition.a.th} ({self.counts.get('a', 0)} {of.definition.a.unit})",
            f"B: {of.definition.b.th} ({self.counts.get('b', 0)} {of.definition.b.unit})",
        ]
        if "missing" in self.counts:
            said.append(f"อยู่ใน B แต่ยังไม่อยู่ใน A: {self.counts['missing']} {of.definition.b.unit}")
        names = {"a": "ตัวอย่างใน A", "b": "ตัวอย่างใน B", "missing": "ตัวอย่างที่ยังขาด"}
        for part, examples in self.examples.items():
            for number, lines in enumerate(examples, start=1):
                said.append(f"{names[part]} รายที่ {number}")
                said += [f"    {x.table:<10} {x.package} > {x.path} บรรทัด {x.line}" for x in lines]
        return said


def explain(run: SchemeRun, snapshot: Snapshot, register: Register, org: str, item_code: str) -> Explanation:
    """Explain one item of one payee of a run. Raises SchemesError for an unknown payee or item."""
    item = run.pack.item(item_code)
    payee = find_payee(run.pack, run.payees, org, register, run.census_day)
    level = OrgLevel(run.pack.pool(item).payee)
    line = next((s for s in run.evaluation.scores if s.org == org and s.item == item_code), None)
    if line is None:
        pool = run.pack.pool(item)
        column = run.pack.scheme.people[pool.people].column
        where = Where(file=run.pack.id)
        raise SchemesError(problem("schemes.payee.pool", where, org=org, item=item_code, pool=pool.id, base=column))
    examples: dict[str, list[list[ReceivedLine]]] = {}
    counts: dict[str, int] = {}
    counted_here = item.measure in measure_ids() and line.counted.standing is Standing.COMPUTED
    if counted_here:  # what others counted has no lines here
        of = measure(item.measure)
        compiled = compile_measure(of, of.with_parameters(item.parameters))
        when = When(run.period, run.census_day)
        with Engine(snapshot, register) as engine:
            for part in ("a", "missing", "b") if of.definition.a.part_of else ("a", "b"):
                hits = list_hits(engine, compiled, when, part, level, org)
                counts[part] = len(hits)
                examples[part] = _lines(snapshot, hits[:SHOWN])
    return Explanation(run, payee, item, line, run.evaluation.amount(org, f"earned.{item_code}"), examples, counts)


def _lines(snapshot: Snapshot, hits: list[Hit]) -> list[list[ReceivedLine]]:
    return [trace(snapshot, hit.row_ids) for hit in hits]


def _money_th(of: Explanation) -> list[str]:
    """What the item is worth, by the rule of its pool, and what is taken off the sum."""
    pack, item, line = of.run.pack, of.item, of.line
    pool = pack.pool(item)
    rate = f"อัตรา {item.rate.value} บาทต่อประชากร UC ({STANDING_TH[item.rate.standing.value]})" if item.rate else ""
    if line.scored.score is None:
        return ["; ".join(["ยังไม่คิดเป็นเงิน", *([rate] if rate else [])]) + f" คะแนนเต็ม {_plain(line.weight)}"]
    earned = f"เงินที่ได้จากตัวชี้วัดนี้ {of.earned // 100:,}.{of.earned % 100:02d} บาท"
    match pool:
        case OpenRate() if item.rate:
            said = [
                f"{earned} = คะแนน {_plain(line.scored.score)}/{_plain(line.max_score)} x {item.rate.value} บาท"
                f" x {of.people:,} คน"
                f" (ปัดเศษครั้งเดียวทั้งหน่วย แล้วแบ่งให้ตัวชี้วัด)",
                rate,
            ]
        case ClosedPool():
            amount = pool.pot.amount.value if pool.pot and pool.pot.amount else None
            pot = f"{amount:,} บาท" if amount is not None else pool.title.th
            said = [f"{earned} = ส่วนแบ่งของวงเงินปิด {pot} ตามคะแนน x ประชากร UC ของทุกหน่วยในเขต"]
        case RelativeToMean():
            said = [
                f"{earned} = ส่วนของตัวชี้วัดนี้ตามคะแนน จากเงินของหน่วยในกอง{pool.title.th}",
                f"เงินของหน่วย = {pool.base.value} บาท x คะแนนรวมของหน่วย / คะแนนเฉลี่ยของเขต x {of.people:,} คน ไม่เกินวงเงิน",
            ]
        case PricePerPoint():
            currency = pack.scheme.currency.title.th
            said = [f"{earned} = {_plain(line.points)} คะแนน x {pool.price.value} {currency}ต่อคะแนน x ดัชนี"]
        case _:
            said = [earned]
    return said + _advance_th(of)


def _advance_th(of: Explanation) -> list[str]:
    advance = of.run.pack.scheme.money.advance
    if advance is None:
        return []
    if advance.rate is not None:
        return [f"จากยอดรวมทุกตัวชี้วัดจะหักเงินที่จ่ายล่วงหน้าแล้ว {advance.rate.value} บาทต่อประชากร UC"]
    share = advance.share_of_last.value * 100 if advance.share_of_last else Decimal(0)
    return [f"จากยอดรวมทุกตัวชี้วัดจะหักเงินที่จ่ายล่วงหน้าแล้ว ร้อยละ {_plain(share)} ของเงินปีก่อน"]


def _next_th(edge: Decimal, distance: Decimal, better: Better) -> str:
    if better is Better.LOWER:
        return f"ถึงขั้นถัดไปเมื่อค่าไม่เกิน {edge} ต้องลดลงอีก {distance.normalize():f}"
    return f"ถึงขั้นถัดไปเมื่อค่าถึง {edge} ยังขาดอีก {distance.normalize():f}"


def _value_th(line: ScoreLine, item: Item) -> list[str]:
    """The value and where it comes from; nothing for an item that nobody typed in."""
    of = line.counted
    counted = item.measure in measure_ids()
    if not counted and of.standing is Standing.TYPED_IN and item.entry == "facts":
        return []
    if not counted and of.a is None and of.value is None:
        return ["ตัวชี้วัดนี้ใช้ผลงานที่คีย์เข้า หน่วยนี้ยังไม่มีผลงาน"]
    value = "ไม่มีค่า (B = 0)" if of.value is None else f"{round_half_up(of.value, 2)}"
    formula = f"{measure(item.measure).definition.formula} = " if counted else ""
    counts = f" เมื่อ A = {of.a or 0}, B = {of.b or 0}" if counted or of.a is not None else ""
    origin = "" if of.standing is Standing.COMPUTED else f" ({STANDING_TH[of.standing.value]})"
    return [f"ค่า = {formula}{value}{counts}{origin}"]


def _score_th(of: Explanation) -> list[str]:
    line, item = of.line, of.item
    match line.scored.standing:
        case ScoreStanding.SCORED if item.score:
            standing = STANDING_TH[item.score.standing.value]
            said = (
                f"คะแนน {_plain(line.scored.score)} จาก {_plain(line.max_score)} ตามเกณฑ์ {item.score.by} ({standing})"
                f" ได้ {_plain(line.points)} จาก {_plain(line.weight)} คะแนน"
            )
            return [said, *_basis_th(of)]
        case ScoreStanding.NO_DATA:
            return ["คะแนน 0: ไม่มีผลงานที่รายงาน หรือ B เป็น 0"]
        case ScoreStanding.TOO_FEW:
            basis = dict(line.scored.basis)
            return [f"จำนวนที่ใช้คิด {basis.get('cases')} น้อยกว่าขั้นต่ำ {basis.get('least')}: {_points_th(line)}"]
        case ScoreStanding.UNMATCHED:
            return ["ยังไม่ให้คะแนน: ข้อเท็จจริงที่คีย์ไม่ตรงกับเกณฑ์ขั้นใด ต้องให้ผู้รับผิดชอบพิจารณา"]
        case ScoreStanding.UNSCORED:
            return ["ยังไม่ให้คะแนน: เอกสารต้นทางไม่มีเกณฑ์ของตัวชี้วัดนี้ (พื้นที่กำหนดเองได้ด้วย --set)"]
        case _:
            return ["ยังไม่คำนวณ: รุ่นนี้ยังไม่มีวิธีนับของตัวชี้วัดนี้"]


def _points_th(line: ScoreLine) -> str:
    return "ยังไม่ให้คะแนน" if line.points is None else f"ได้ {_plain(line.points)} จาก {_plain(line.weight)} คะแนน"


def _basis_th(of: Explanation) -> list[str]:
    """What the score stands on: the group it is compared with, the rungs, last year, the primary units."""
    basis = dict(of.line.scored.basis)
    said = []
    if "mean" in basis:
        mean, sd = (_rounded(basis[name]) for name in ("mean", "sd"))
        z = f" อยู่ที่ {_rounded(basis['z'])} SD" if "z" in basis else ""
        said.append(f"เทียบกับกลุ่ม {basis['n']} หน่วย ค่าเฉลี่ย {mean} SD {sd}{z}")
    if "rung" in basis and of.item.score:
        rules = of.run.pack.scheme.scoring[of.item.score.by]
        reached = {value for name, value in of.line.scored.basis if name in {"rung", "bonus"}}
        if isinstance(rules, LadderSet):
            titles = {step.code: step.title.th for step in rules.rungs} | {b.code: b.title.th for b in rules.bonuses}
            said += [f"เข้าเกณฑ์: {title}" for code, title in titles.items() if code in reached]
    if "change" in basis:
        said.append(f"ปีก่อน {_rounded(basis['last'])} เปลี่ยนแปลง {_rounded(basis['change'])}")
    if "units" in basis:
        said.append(f"รวมจากหน่วยบริการปฐมภูมิ {basis['units']} แห่ง (ไม่มีคะแนน {basis['left_out']} แห่ง)")
        for part in of.run.evaluation.parts:
            if (part.org, part.item) == (of.payee.org, of.item.item):
                said.append(f"    {part.unit}: {'-' if part.scored.score is None else _plain(part.scored.score)}")
    return said


def _rounded(number: Decimal | int | str) -> str:
    return f"{round_half_up(number, 2)}" if isinstance(number, Decimal) else str(number)


def _plain(number: Decimal | None) -> str:
    return "-" if number is None else format(number.normalize(), "f")


def _text(number: Decimal | int | str | None) -> str | int | None:
    return format(number, "f") if isinstance(number, Decimal) else number
