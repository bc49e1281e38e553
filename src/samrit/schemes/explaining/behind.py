"""Behind the numbers: how many are in A, in B and missing from A, and for a few of each the lines that were received.

For those who are missing also the rows that A looked at and did not count. No person is named: only file, entry, line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samrit.measures import (
    Engine,
    Hit,
    When,
    compile_measure,
    find_cut_off,
    list_hits,
    list_seen,
    measure,
    measure_ids,
    views_looked_at,
)
from samrit.reference import OrgLevel, Register, format_day_th, format_period_th
from samrit.schemes.authoring.figures import Standing, Words
from samrit.schemes.explaining.asked import Subject
from samrit.warehouse import ReceivedLine, Snapshot, trace

SHOWN = 3
MOST_SEEN = 5
TITLES = {
    "a": Words(th="ตัวอย่างใน A", en="an example of A"),
    "missing": Words(th="ตัวอย่างที่ยังขาด", en="an example of those missing"),
    "b": Words(th="ตัวอย่างใน B", en="an example of B"),
}


@dataclass(frozen=True)
class SeenLine:
    """A row that A looked at and that did not count: its received line, the view and the day; passed_over: the view
    itself leaves it out."""

    line: ReceivedLine
    view: str
    day: date
    passed_over: bool


@dataclass(frozen=True)
class Example:
    """One thing of a part with its received lines; seen: for one who is missing, what A looked at (None: not asked)."""

    lines: tuple[ReceivedLine, ...]
    seen: tuple[SeenLine, ...] | None = None


@dataclass(frozen=True)
class Behind:
    """The people (or stays, visits ...) of an item at a unit. `agrees`: the rows give the A and B of the run.

    cut_off: what to know when the data end before the days after the period that still decide it.
    """

    measure_id: str
    counts: dict[str, int]
    examples: dict[str, tuple[Example, ...]]
    looked_at: Words
    agrees: bool
    cut_off: Words | None = None

    def as_dict(self) -> dict[str, Any]:
        """The keys of the JSON that say who is behind the numbers."""
        return {
            "cut_off": self.cut_off.model_dump() if self.cut_off else None,
            "people": self.counts,
            "lines": {part: [[_line(x) for x in e.lines] for e in of] for part, of in self.examples.items()},
            "evidence": [
                [
                    {**_line(s.line), "view": s.view, "day": s.day.isoformat(), "passed_over": s.passed_over}
                    for s in e.seen
                ]
                for e in self.examples.get("missing", ())
                if e.seen is not None
            ],
        }

    def say(self) -> list[Words]:
        """The parts with their numbers, then the examples line by line."""
        of = measure(self.measure_id).definition
        said = []
        for name, part in (("a", of.a), ("b", of.b)):
            number = f"{self.counts[name]:,}"
            said.append(
                Words(
                    th=f"{name.upper()}: {part.th} ({number} {part.unit})", en=f"{name.upper()}: {part.en} ({number})"
                )
            )
        if "missing" in self.counts:
            number = f"{self.counts['missing']:,}"
            said.append(Words(th=f"อยู่ใน B แต่ยังไม่อยู่ใน A: {number} {of.b.unit}", en=f"in B and not in A: {number}"))
        if not self.agrees:
            said.append(
                Words(
                    th="จำนวนแถวที่นับได้ขณะนี้ไม่ตรงกับ A และ B ของผลนี้ ตัวอย่างข้างล่างจึงใช้ประกอบเท่านั้น",
                    en="the rows do not give the A and B of this run now; the examples are for orientation only",
                )
            )
        if self.cut_off:
            said.append(self.cut_off)
        for name, title in TITLES.items():
            for place, example in enumerate(self.examples.get(name, ()), start=1):
                said.append(Words(th=f"{title.th} รายที่ {place}", en=f"{title.en}, number {place}"))
                said += [_say_line(line) for line in example.lines]
                said += self._say_seen(example)
        return said

    def _say_seen(self, example: Example) -> list[Words]:
        if example.seen is None:
            return []
        looked = self.looked_at
        if not example.seen:
            return [Words(th=f"    ไม่มีแถวใดให้ A ดู: {looked.th}", en=f"    A found no row: {looked.en}")]
        said = [
            Words(
                th=f"    แถวที่ A ดูแล้วไม่นับ: {looked.th}", en=f"    rows that A looked at and did not count: {looked.en}"
            )
        ]
        for seen in example.seen[:MOST_SEEN]:
            passed = (
                Words(th=f" วิว {seen.view} ไม่รับ", en=f", left out by the view {seen.view}")
                if seen.passed_over
                else None
            )
            line = _say_line(seen.line, "      ")
            day = format_day_th(seen.day)
            said.append(
                Words(
                    th=f"{line.th} วันที่ {day}{passed.th if passed else ''}",
                    en=f"{line.en} of {seen.day.isoformat()}{passed.en if passed else ''}",
                )
            )
        more = len(example.seen) - MOST_SEEN
        if more > 0:
            said.append(Words(th=f"      และอีก {more} แถว", en=f"      and {more} more"))
        return said


def look_behind(snapshot: Snapshot, register: Register, subject: Subject) -> Behind:
    """Who is behind the A and B of a counted item; see `is_counted`."""
    of = measure(subject.item.measure)
    compiled = compile_measure(of, of.with_parameters(subject.item.parameters))
    when = When(subject.run.period, subject.run.census_day)
    level = OrgLevel(subject.pool.payee)
    parts: dict[str, Sequence[Hit]] = {}
    with Engine(snapshot, register, subject.run.inputs.network) as engine:
        for part in ("a", "b"):
            parts[part] = list_hits(engine, compiled, when, part, level, subject.payee.org)
        if of.definition.a.part_of:
            inside = {hit.counted_id for hit in parts["a"]}
            missing = [hit for hit in parts["b"] if hit.counted_id not in inside]
            parts = {"a": parts["a"], "missing": missing, "b": parts["b"]}
        shown = {hit.person_id for hit in parts.get("missing", ())[:SHOWN] if hit.person_id is not None}
        seen = list_seen(engine, compiled, when, shown)
        late = next(find_cut_off(engine, of, of.with_parameters(subject.item.parameters), [when]), None)
    examples = {part: tuple(Example(_lines(snapshot, hit)) for hit in hits[:SHOWN]) for part, hits in parts.items()}
    if "missing" in parts:
        made = []
        for hit in parts["missing"][:SHOWN]:
            rows = [] if hit.person_id is None else [s for s in seen[hit.person_id] if s.row_id not in hit.row_ids]
            lines = trace(snapshot, [row.row_id for row in rows])
            looked = tuple(
                SeenLine(line, row.view, row.day, row.passed_over) for line, row in zip(lines, rows, strict=True)
            )
            made.append(Example(_lines(snapshot, hit), None if hit.person_id is None else looked))
        examples["missing"] = tuple(made)
    now = subject.line.counted
    counts = {part: len(hits) for part, hits in parts.items()}
    views = ", ".join(view.name for view in views_looked_at(compiled))
    whole = "start" in compiled.a.period_names
    time_th = format_period_th(when.period) if whole else f"ถึง {format_day_th(when.period.end)}"
    time_en = str(when.period) if whole else f"up to {when.period.end.isoformat()}"
    looked_at = Words(th=f"{views} {time_th}", en=f"{views} {time_en}")
    # where weights are summed, rows are not counted: nothing to hold against A
    counted = {"a": now.a, "b": now.b}
    same = all(counts[letter] == (counted[letter] or 0) for letter in "ab" if not getattr(compiled, letter).sums)
    return Behind(of.id, counts, examples, looked_at, same, Words(th=late.th, en=late.en) if late else None)


def is_counted(subject: Subject) -> bool:
    """True where the snapshot of the run has the rows: what others counted or typed in has no lines here."""
    return subject.item.measure in measure_ids() and subject.line.counted.standing is Standing.COMPUTED


def _lines(snapshot: Snapshot, hit: Hit) -> tuple[ReceivedLine, ...]:
    return tuple(trace(snapshot, hit.row_ids))


def _line(of: ReceivedLine) -> dict[str, Any]:
    return {"package": of.package, "file": of.file, "entry": of.path, "line": of.line, "table": of.table}


def _say_line(of: ReceivedLine, indent: str = "    ") -> Words:
    place = f"{indent}{of.table:<10} {of.place}"
    return Words(th=f"{place} บรรทัด {of.line}", en=f"{place} line {of.line}")
