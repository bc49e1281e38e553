"""The people behind a number on the screen: who, on which received lines, and for the missing what A looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samrit.cli.shown import err, out, show_json
from samrit.measures import Compiled, Hit, Measure, Seen, When, views_looked_at
from samrit.reference import format_day_th, format_period_th
from samrit.warehouse import ReceivedLine, Snapshot, trace
from samrit.warehouse.links import persons_of

MOST_SEEN = 10


@dataclass(frozen=True)
class Looked:
    """What A looked at for the missing: the measure as compiled, its period, person id -> rows."""

    compiled: Compiled
    when: When
    seen: Mapping[int, Sequence[Seen]]

    def of(self, hit: Hit) -> list[Seen]:
        """The rows of one person that do not stand under the hit itself."""
        if hit.person_id is None:
            return []
        return [row for row in self.seen[hit.person_id] if row.row_id not in hit.row_ids]

    @property
    def place_th(self) -> str:
        """Where A looks: its views, and the time."""
        period = self.when.period
        time = (
            format_period_th(period) if "start" in self.compiled.a.period_names else f"ถึง {format_day_th(period.end)}"
        )
        return f"{', '.join(view.name for view in views_looked_at(self.compiled))}  {time}"


@dataclass(frozen=True)
class _Shown:
    """One hit as it is shown: HOSPCODE/PID where known, its received lines, what A looked at with the lines."""

    hit: Hit
    person: str
    lines: list[ReceivedLine]
    seen: list[tuple[Seen, ReceivedLine]]


def show_people(of: Measure, hits: Sequence[Hit], looked: Looked | None, shot: Snapshot, *, as_json: bool) -> None:
    """Every hit with its lines. looked: for the missing, also the rows that A looked at."""
    rows = _with_lines(hits, looked, shot)
    if as_json:
        show_json([_as_dict(row, looked) for row in rows])
        return
    out.print(of.definition.title.th, markup=False, highlight=False)
    for row in rows:
        out.print(
            f"{row.person or row.hit.facility}  CUP {row.hit.contracting_unit or '-'}", markup=False, highlight=False
        )
        for line in row.lines:
            _say_line(line)
        if looked:
            _say_seen(row, looked)
    err.print(f"{len(rows)} รายการ บันทึกการเข้าดูแล้ว / {len(rows)} listed; the look was logged", markup=False)


def _with_lines(hits: Sequence[Hit], looked: Looked | None, shot: Snapshot) -> list[_Shown]:
    known = persons_of(shot, {hit.person_id for hit in hits if hit.person_id is not None})
    seen = {hit: looked.of(hit) if looked else [] for hit in hits}
    row_ids = {row for hit in hits for row in (*hit.row_ids, *(s.row_id for s in seen[hit]))}
    lines = dict(zip(sorted(row_ids), trace(shot, sorted(row_ids)), strict=True))
    shown = []
    for hit in hits:
        pairs = known.get(hit.person_id, []) if hit.person_id is not None else []
        at = [(facility, pid) for facility, pid in pairs if facility == hit.facility] or pairs
        person = f"{at[0][0]}/{at[0][1]}" if at else ""
        own = [lines[row] for row in hit.row_ids]
        shown.append(_Shown(hit, person, own, [(row, lines[row.row_id]) for row in seen[hit]]))
    return shown


def _say_line(line: ReceivedLine, mark: str = "") -> None:
    out.print(f"    {line.table:<10} {line.place} บรรทัด {line.line}{mark}", markup=False, highlight=False)


def _say_seen(row: _Shown, looked: Looked) -> None:
    """The newest rows that A looked at, or that there are none."""
    place = looked.place_th
    if not row.seen:
        out.print(f"  ไม่มีแถวใดให้ A ดู / A found no row: {place}", markup=False, highlight=False)
        return
    out.print(f"  แถวที่ A ดู / rows A looked at: {place}", markup=False, highlight=False)
    for seen, line in row.seen[:MOST_SEEN]:
        passed = f"  วิว {seen.view} ไม่รับ / left out by the view" if seen.passed_over else ""
        _say_line(line, f"  {format_day_th(seen.day)}{passed}")
    more = len(row.seen) - MOST_SEEN
    if more > 0:
        out.print(f"    อีก {more} แถว --json แสดงทั้งหมด / {more} more, --json shows all", markup=False, highlight=False)


def _as_dict(row: _Shown, looked: Looked | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "facility": row.hit.facility,
        "contracting_unit": row.hit.contracting_unit,
        "person": row.person,
        "lines": [_line_dict(line) for line in row.lines],
    }
    if looked:
        said["looked_at"] = [
            {**_line_dict(line), "view": seen.view, "day": seen.day.isoformat(), "passed_over": seen.passed_over}
            for seen, line in row.seen
        ]
    return said


def _line_dict(line: ReceivedLine) -> dict[str, Any]:
    return {"package": line.package, "file": line.file, "entry": line.path, "line": line.line, "table": line.table}
