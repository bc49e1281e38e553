"""A reconciliation on the screen, as CSV and as JSON: causes first, then the facilities with the widest gap."""

from collections.abc import Iterable, Sequence
from typing import Any

from samrit.cli.organisation import names_of
from samrit.cli.shown import out, show_table
from samrit.quality import WHOLE, Cause, Difference, Reconciliation, Side
from samrit.quality.columns import THAI_MONTHS
from samrit.quality.words import CAUSES
from samrit.reference import OrgLevel, Register, format_day_th, format_period_th

MOST_LINES, MOST_CODES = 40, 12
COLUMNS = (
    "measure", "period_start", "period_end", "census", "org", "side", "month", "letter", "ours", "theirs", "difference",
    *(cause.value for cause in Cause), "reading",
)  # fmt: skip
SIDES = {
    Side.ONLY_OURS: ("มีเฉพาะในชุดข้อมูลของเรา ไม่มีในแฟ้มของศูนย์", "only in ours, not in the centre's file"),
    Side.ONLY_THEIRS: ("มีเฉพาะในแฟ้มของศูนย์ เราไม่ได้นับใครเลย", "only in the centre's file; we count nobody"),
}


def as_csv_rows(made: Iterable[Reconciliation]) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    """Column names and one line per figure: blank where the centre does not say."""
    lines: list[tuple[object, ...]] = []
    for of in made:
        when = of.asked.ours.when
        times = (when.period.start, when.period.end, when.census_day)
        for line in of.lines:
            for f in line.figures:
                parts = [f.parts.get(cause) for cause in Cause]
                known = (f.theirs, f.size if f.theirs is not None else None)
                head = (of.asked.ours.measure.id, *times, line.facility, line.side.value, f.month or None, f.letter)
                lines.append((*head, f.ours, *known, *parts, of.reading))
    return COLUMNS, lines


def as_document(of: Reconciliation) -> dict[str, Any]:
    """Everything as plain values; counts are whole numbers, weights are text."""
    ours = of.asked.ours
    return {
        "measure": ours.measure.id,
        "parameters": {name: str(value) for name, value in ours.parameters.items()},
        "period": str(ours.when.period),
        "census": ours.when.census_day.isoformat(),
        "snapshot": of.snapshot,
        "as_of": of.asked.as_of.isoformat() if of.asked.as_of else None,
        "late_packages": of.late,
        "months": of.asked.months.value,
        "reading": of.reading or None,
        "readings": [{"reading": name or None, "unknown": _plain(left)} for name, left in of.left],
        "repairable": [
            {"sender": sender, "table": table, "field": field, "rule": rule, "count": count}
            for (sender, (table, field, rule)), count in sorted(of.repairs.items())
        ],
        "sums": [_figure(of.sums(letter)) for letter in "ab"],
        "facilities": [
            {
                "org": line.facility,
                "side": line.side.value,
                "has_sent": line.has_sent,
                "registered_elsewhere_too": line.elsewhere,
                "figures": [_figure(f) for f in line.figures],
            }
            for line in of.lines
        ],
    }


def _figure(f: Difference) -> dict[str, Any]:
    said = f.theirs is not None
    return {
        "letter": f.letter,
        "month": f.month or None,
        "ours": _plain(f.ours),
        "theirs": _plain(f.theirs),
        "difference": _plain(f.size) if said else None,
        "causes": {cause.value: _plain(f.parts[cause]) for cause in Cause} if said else None,
    }


def _plain(amount: object) -> int | str | None:
    return amount if amount is None or isinstance(amount, int) else str(amount)


def show_reconciliation(of: Reconciliation, register: Register) -> None:
    """Causes, facilities, other readings, and what to do next."""
    ours = of.asked.ours
    _say(f"{ours.measure.id}  {ours.measure.definition.title.th}")
    _say(f"{format_period_th(ours.when.period)}  วันสำรวจ / census {format_day_th(ours.when.census_day)}")
    if of.asked.as_of:
        _say(
            f"ศูนย์ตัดข้อมูล {format_day_th(of.asked.as_of)} มาทีหลัง {of.late:,} zip"
            f" / cut on {of.asked.as_of}, {of.late:,} zips came later"
        )
    else:
        _say("ไม่ได้ระบุวันตัดข้อมูลของศูนย์ (--as-of) จึงไม่มีสาเหตุ 'ส่งช้า' / no --as-of, so nothing counts as late")
    out.print()
    _show_causes(of)
    _show_facilities(of, names_of(register, OrgLevel.FACILITY, ours.when.census_day))
    _show_months(of)
    _show_sides(of)
    _show_readings(of)
    _show_next(of)


def _show_causes(of: Reconciliation) -> None:
    a, b = of.sums("a"), of.sums("b")
    known = [f for f in (a, b) if f.theirs is not None]
    heads = [{"a": "A ผลงาน", "b": "B เป้าหมาย"}[f.letter] for f in known]
    rows: list[tuple[object, ...]] = [
        ("เรานับได้ / ours", *(f"{f.ours:,}" for f in known)),
        ("ศูนย์ / centre", *(f"{f.theirs:,}" for f in known)),
        ("ศูนย์ลบเรา / difference", *(_signed(f.size) for f in known)),
    ]
    rows += [(f"  {CAUSES[cause]}", *(_signed(f.parts[cause]) for f in known)) for cause in Cause]
    whole = [f for line in of.lines for f in line.figures if f.month == WHOLE and f.size]
    rows.append(("แห่งที่ต่างกัน / facilities apart", *(f"{sum(w.letter == f.letter for w in whole):,}" for f in known)))
    show_table("รวมทุกแห่งที่ศูนย์มีค่า / all facilities of the centre's file", ["", *heads], rows, range(1, len(rows[0])))


def _show_facilities(of: Reconciliation, names: dict[str, str]) -> None:
    lines = [f for line in of.lines for f in line.figures if f.month == WHOLE and f.size]
    if not lines:
        _say("ทุกแห่งเท่ากัน / every facility agrees")
        return
    rows = [
        (f.facility, names.get(f.facility, "-"), f.letter.upper(), f.ours, f.theirs, _signed(f.size),
         *(_signed(f.parts[cause]) for cause in Cause))
        for f in lines[:MOST_LINES]
    ]  # fmt: skip
    columns = ["รหัส", "ชื่อ", "", "เรา", "ศูนย์", "ต่าง", "ส่งช้า", "อ่านไม่ได้", "นิยาม", "นับที่อื่น", "ไม่ทราบ"]
    show_table("ต่างกันมากที่สุดก่อน / widest gap first", columns, rows, range(3, len(columns)))
    if len(lines) > MOST_LINES:
        more = len(lines) - MOST_LINES
        _say(f"อีก {more:,} บรรทัด --format csv แสดงทั้งหมด / {more:,} more lines, --format csv shows all")


def _show_months(of: Reconciliation) -> None:
    months = list(dict.fromkeys(f.month for line in of.lines for f in line.figures if f.month))
    rows = []
    for month in months:
        f = of.sums("a", month)
        if f.theirs is not None:
            name = THAI_MONTHS[month - 1][0]
            rows.append((name, f.ours, f.theirs, _signed(f.size), *(_signed(f.parts[cause]) for cause in Cause)))
    if rows:
        columns = ["เดือน", "เรา", "ศูนย์", "ต่าง", "ส่งช้า", "อ่านไม่ได้", "นิยาม", "นับที่อื่น", "ไม่ทราบ"]
        show_table(f"ผลงาน (A) รายเดือน ({of.asked.months.value}) / A by month", columns, rows, range(1, len(columns)))


def _show_sides(of: Reconciliation) -> None:
    for side, (thai, english) in SIDES.items():
        lines = [line for line in of.lines if line.side is side]
        silent = [line.facility for line in lines if not line.has_sent]
        if lines:
            _say(f"{thai} {len(lines):,} แห่ง / {english}: {_codes([line.facility for line in lines])}")
        if silent:
            _say(f"  ในจำนวนนี้ไม่เคยส่งแฟ้มให้เรา / of these, never sent us a package: {_codes(silent)}")


def _show_readings(of: Reconciliation) -> None:
    if len(of.left) > 1:
        rows = [(name or "นิยามของเรา / ours", f"{left:,}") for name, left in of.left]
        show_table(
            "ถ้าศูนย์นับแบบนี้ จะเหลือที่ไม่ทราบ / unknown under each reading", ["แบบ / reading", "เหลือ / left"], rows, (1,)
        )


def _show_next(of: Reconciliation) -> None:
    whole = [f for line in of.lines for f in line.figures if f.theirs is not None and f.month == WHOLE]
    for cause in Cause:
        met = [f for f in whole if f.parts[cause]]
        if not met:
            continue
        words = CAUSES[cause]
        facilities = _codes(list(dict.fromkeys(f.facility for f in met)))
        _say(f"{words}: {facilities}")
        if cause is Cause.VOIDED:
            _say_repairs(of)
        if cause is Cause.DEFINITION:
            _say(f"  {of.reading}")
        _say(f"  -> {words.next_th}")
        _say(f"     {words.next_en}")
    crossed = sum(_size(f.size - f.parts[Cause.LATE]) for f in whole)
    if of.late and crossed > sum(_size(f.size) for f in whole):
        _say(
            "วันตัดข้อมูลนี้ทำให้ต่างกันมากขึ้น ศูนย์น่าจะมีแฟ้มที่มาทีหลังแล้ว"
            " / this cut day widens the gap: the centre seems to have the later zips"
        )


def _say_repairs(of: Reconciliation) -> None:
    places: dict[str, int] = {}
    for (_, (table, field, rule)), count in of.repairs.items():
        place = f"{table}.{field}" if field else f"{table} ({rule})"
        places[place] = places.get(place, 0) + count
    said = ", ".join(f"{place} {count:,}" for place, count in sorted(places.items(), key=lambda p: (-p[1], p[0])))
    _say(f"  ที่ซ่อมได้เมื่ออ่านแบบผ่อนปรน (ทุกหน่วย) / repairable when read leniently, all senders: {said}")


def _size(amount: Any) -> Any:
    return amount if amount >= 0 else -amount


def _signed(amount: object) -> str:
    return f"{amount:+,}" if amount else "0"


def _codes(codes: Sequence[str]) -> str:
    more = len(codes) - MOST_CODES
    return ", ".join(codes[:MOST_CODES]) + (f" (+{more:,})" if more > 0 else "")


def _say(text: str) -> None:
    out.print(text, markup=False, highlight=False)
