"""Explain: from the baht of one item of one unit down to the lines of received files, as data and in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samrit.formula import round_half_up
from samrit.measures import Engine, Hit, When, compile_measure, list_hits, measure
from samrit.problems import Where, nearest, problem
from samrit.reference import OrgLevel, Register, format_day_th, format_period_th
from samrit.schemes.errors import SchemesError
from samrit.schemes.pack import Item, Standing
from samrit.schemes.payees import Payee
from samrit.schemes.running import SchemeRun
from samrit.schemes.scores import ScoreLine
from samrit.scoring import Better, ScoreStanding
from samrit.warehouse import ReceivedLine, Snapshot, trace

SHOWN = 3
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
            "weight": _text(self.item.points.value),
            "rate": {"baht": _text(self.item.rate.value), "standing": self.item.rate.standing.value},
            "bands": {"name": self.item.bands.name, "standing": self.item.bands.standing.value}
            if self.item.bands
            else None,
            "population": self.payee.population,
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
        said = [
            f"ตัวชี้วัด {item.item} {item.title.th}",
            f"หน่วยบริการประจำ {self.payee.org} ({self.payee.name_th}) ประชากร UC {self.payee.population:,} คน",
            f"ช่วงผลงาน {format_period_th(self.run.period)} วันสำรวจ {format_day_th(self.run.census_day)}",
        ]
        said += _money_th(self, pack.scheme.money.advance.value)
        said.append(_score_th(line, item))
        if scored.next_edge is not None and scored.distance is not None:
            said.append(_next_th(scored.next_edge, scored.distance, item.better))
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
    payee = next((p for p in run.payees if p.org == org), None)
    if payee is None:
        near = nearest(org, [p.org for p in run.payees]) or "-"
        raise SchemesError(problem("schemes.payee.unknown", Where(file=run.pack.id), org=org, near=near))
    line = next(s for s in run.evaluation.scores if s.org == org and s.item == item_code)
    examples: dict[str, list[list[ReceivedLine]]] = {}
    counts: dict[str, int] = {}
    if item.computed and line.counted.standing is Standing.COMPUTED:  # what others counted has no lines here
        of = measure(item.measure)
        compiled = compile_measure(of, of.parameters)
        when = When(run.period, run.census_day)
        with Engine(snapshot, register) as engine:
            for part in ("a", "missing", "b") if of.definition.a.part_of else ("a", "b"):
                hits = list_hits(engine, compiled, when, part, OrgLevel.CONTRACTING_UNIT, org)
                counts[part] = len(hits)
                examples[part] = _lines(snapshot, hits[:SHOWN])
    return Explanation(run, payee, item, line, run.evaluation.amount(org, f"earned.{item_code}"), examples, counts)


def _lines(snapshot: Snapshot, hits: list[Hit]) -> list[list[ReceivedLine]]:
    return [trace(snapshot, hit.row_ids) for hit in hits]


def _money_th(of: Explanation, advance: Decimal) -> list[str]:
    rate = of.item.rate
    said = f"อัตรา {rate.value} บาทต่อประชากร UC ({STANDING_TH[rate.standing.value]})"
    if of.line.scored.score is None:
        return [f"ยังไม่คิดเป็นเงิน; {said} คะแนนเต็ม {of.item.points.value}"]
    earned = f"เงินที่ได้จากตัวชี้วัดนี้ {of.earned // 100:,}.{of.earned % 100:02d} บาท"
    netted = f"จากยอดรวมทุกตัวชี้วัดจะหักเงินที่จ่ายล่วงหน้าแล้ว {advance} บาทต่อประชากร UC"
    if of.run.pack.scheme.money.rule == "closed_pool":
        pool = f"{of.run.pack.scheme.money.pool.value:,} บาท"
        return [f"{earned} = ส่วนแบ่งของวงเงินปิด {pool} ตามคะแนน x ประชากร UC ของทุกหน่วยในเขต", netted]
    return [
        f"{earned} = คะแนน {of.line.scored.score}/{of.line.max_score} x {rate.value} บาท x {of.payee.population:,} คน"
        f" (ปัดเศษครั้งเดียวทั้งหน่วย แล้วแบ่งให้ตัวชี้วัด)",
        said,
        netted,
    ]


def _next_th(edge: Decimal, distance: Decimal, better: Better) -> str:
    if better is Better.LOWER:
        return f"ถึงขั้นถัดไปเมื่อค่าไม่เกิน {edge} ต้องลดลงอีก {distance.normalize():f}"
    return f"ถึงขั้นถัดไปเมื่อค่าถึง {edge} ยังขาดอีก {distance.normalize():f}"


def _value_th(line: ScoreLine, item: Item) -> list[str]:
    """The value and where it comes from; nothing for an item that nobody typed in."""
    of = line.counted
    if not item.computed and of.a is None and of.value is None:
        return ["ตัวชี้วัดนี้ใช้ผลงานที่คีย์เข้า หน่วยนี้ยังไม่มีผลงาน"]
    value = "ไม่มีค่า (B = 0)" if of.value is None else f"{round_half_up(of.value, 2)}"
    formula = f"{measure(item.measure).definition.formula} = " if item.computed else ""
    counts = f" เมื่อ A = {of.a or 0}, B = {of.b or 0}" if item.computed or of.a is not None else ""
    origin = "" if of.standing is Standing.COMPUTED else f" ({STANDING_TH[of.standing.value]})"
    return [f"ค่า = {formula}{value}{counts}{origin}"]


def _score_th(line: ScoreLine, item: Item) -> str:
    match line.scored.standing:
        case ScoreStanding.SCORED if item.bands:
            standing = STANDING_TH[item.bands.standing.value]
            return (
                f"คะแนน {line.scored.score} จาก {line.max_score} ตามเกณฑ์ {item.bands.name} ({standing})"
                f" ได้ {format((line.points or Decimal(0)).normalize(), 'f')} จาก {item.points.value} คะแนน"
            )
        case ScoreStanding.NO_DATA:
            return "คะแนน 0: ไม่มีผลงานที่รายงาน หรือ B เป็น 0"
        case ScoreStanding.UNSCORED:
            return "ยังไม่ให้คะแนน: เอกสารต้นทางไม่มีเกณฑ์ของตัวชี้วัดนี้ (พื้นที่กำหนดเองได้ด้วย --set)"
        case _:
            return "ยังไม่คำนวณ: รุ่นนี้ยังไม่มีวิธีนับของตัวชี้วัดนี้"


def _text(number: Decimal | int | None) -> str | int | None:
    return format(number, "f") if isinstance(number, Decimal) else number
