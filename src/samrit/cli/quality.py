"""The command quality: what each facility has sent, table by table and month by month, how late, what is silent."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from xlsxwriter import Workbook

from samrit.cli.organisation import current_register, names_of
from samrit.cli.reconcile import facilities_of
from samrit.cli.rejected import RULES, STATES
from samrit.cli.shown import DEFAULT_HOME, HomeOption, JsonOption, err, out, show_json, show_table
from samrit.problems import problem
from samrit.quality import Completeness, FacilityQuality, QualityError, TableQuality, measure_completeness, usual_period
from samrit.quality.columns import THAI_MONTHS
from samrit.quality.completeness import Month
from samrit.received import Aside
from samrit.reference import OrgLevel, Period, format_period_th
from samrit.results import as_csv
from samrit.warehouse import Home, open_snapshot

COLUMNS = (
    "org", "table", "month", "packages", "last", "read", "kept", "superseded", "aside", "voided", "rows", "middle_wait",
    "longest_wait", "worst",
)  # fmt: skip
MOST_FACILITIES, MOST_WORST, MOST_CODES, MOST_MONTHS, LEAD = 40, 10, 12, 3, 543


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("quality")(show_quality)


def show_quality(
    org: Annotated[str, typer.Option(help="เฉพาะหน่วยงานนี้หรือที่อยู่ในพื้นที่นี้ / only this or inside this")] = "",
    file: Annotated[
        Path | None,
        typer.Option("--out", help="เขียนแฟ้ม .csv .json หรือ .xlsx ครบทุกแฟ้มทุกเดือน / write everything to a file"),
    ] = None,
    period: Annotated[
        str, typer.Option(help="เดือนที่ดู (เว้นไว้ = 12 เดือนก่อนเดือนที่ส่งล่าสุด) / default: 12 months before the newest package")
    ] = "",
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    home: HomeOption = DEFAULT_HOME,
    json_: JsonOption = False,
) -> None:
    """ข้อมูลครบแค่ไหน: ส่งกี่ครั้ง ล่าสุดเมื่อใด แถวที่ใช้ได้ เดือนที่เงียบ ส่งช้ากี่วัน / how complete the data are.

    นับแถวที่รับมา ไม่ดูรายคน / counts received rows and looks at no person.
    """
    if file and file.suffix.lower() not in {".csv", ".json", ".xlsx"}:
        raise typer.BadParameter(f"--out {file}: ต้องลงท้ายด้วย .csv .json หรือ .xlsx / must end in .csv, .json or .xlsx")
    place = Home(home)
    shot, table = open_snapshot(place, snapshot), current_register(place)
    whole = Period.parse(period) if period else usual_period(shot)
    if whole is None:
        raise QualityError(problem("quality.completeness.nothing"))
    made = measure_completeness(shot, table, whole, facilities_of(org, table, whole.end))
    if file:
        _write(made, file)
        err.print(f"เขียน {file} / wrote {file}", markup=False)
    if json_:
        show_json(as_document(made))
    elif not file:
        show_completeness(made, names_of(table, OrgLevel.FACILITY, whole.end))


def as_document(made: Completeness) -> dict[str, Any]:
    """Everything as plain values."""
    return {
        "period": str(made.period),
        "snapshot": made.snapshot,
        "facilities": [
            {
                "org": of.facility,
                "packages": of.packages,
                "last": of.last or None,
                "middle_wait": of.middle_wait,
                "silent_months": [_month(month) for month in of.silent_months],
                "silent_tables": list(of.silent_tables),
                "tables": [_table(t) for t in of.tables],
            }
            for of in made.facilities
        ],
        "worst": [
            {"table": table, "field": field, "rule": rule, "state": state, "count": count}
            for table, (field, rule, state), count in made.worst
        ],
    }


def _table(of: TableQuality) -> dict[str, Any]:
    return {
        "table": of.table,
        "packages": of.packages,
        "last": of.last,
        "read": of.read,
        "kept": of.kept,
        "superseded": of.superseded,
        "aside": of.aside,
        "voided": of.voided,
        "faults": [{"field": f, "rule": r, "state": s, "count": n} for (f, r, s), n in of.faults],
        "months": [
            {"month": _month(month), "rows": m.rows, "middle_wait": m.middle_wait, "longest_wait": m.longest_wait}
            for month, m in of.months.items()
        ],
    }


def as_rows(made: Completeness) -> Iterator[tuple[object, ...]]:
    """One line per facility and table, then one for each of its months; a facility that sent nothing has one line."""
    for of in made.facilities:
        if of.is_silent:
            yield (of.facility, *[None] * 2, 0, *[None] * (len(COLUMNS) - 4))
        for t in of.tables:
            worst = next((f"{field} {rule}".strip() for (field, rule, _), _ in t.faults), "")
            counts = (t.packages, t.last, t.read, t.kept, t.superseded, t.aside, t.voided)
            yield (of.facility, t.table, None, *counts, None, None, None, worst)
            for month, m in t.months.items():
                waits = (m.rows, m.middle_wait, m.longest_wait)
                yield (of.facility, t.table, _month(month), *[None] * len(counts), *waits, None)


def _write(made: Completeness, file: Path) -> None:
    match file.suffix.lower():
        case ".json":
            file.write_text(json.dumps(as_document(made), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        case ".xlsx":
            options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
            with Workbook(str(file), options) as book:
                sheet = book.add_worksheet("quality")
                sheet.freeze_panes(1, 2)
                for at, row in enumerate([COLUMNS, *as_rows(made)]):
                    sheet.write_row(at, 0, row)
        case _:
            file.write_bytes(as_csv(COLUMNS, as_rows(made)))


def show_completeness(made: Completeness, names: dict[str, str]) -> None:
    """Who is silent, the facilities that lack most first, the worst columns; one facility: its tables and months."""
    out.print(f"ความครบถ้วนของข้อมูล / completeness  {format_period_th(made.period)}", markup=False, highlight=False)
    out.print()
    silent = [of.facility for of in made.facilities if of.is_silent]
    if silent:
        _say(f"ไม่เคยส่งเลย {len(silent):,} แห่ง / never sent anything: {_codes(silent)}")
    sent = [of for of in made.facilities if not of.is_silent]
    if sent:
        rows = [_facility_row(of, names) for of in sent[:MOST_FACILITIES]]
        columns = ["รหัส", "ชื่อ", "zip", "ล่าสุด", "ใช้อยู่", "พักไว้", "มีช่องว่างแทน", "รอ (วัน)", "เดือนที่เงียบ"]
        show_table("ที่ขาดมากก่อน / those that lack most first", columns, rows, (2, 4, 5, 6, 7))
    more = len(sent) - MOST_FACILITIES
    if more > 0:
        _say(f"อีก {more:,} แห่ง --out แสดงทั้งหมด / {more:,} more, --out has all")
    if len(made.facilities) == 1 and sent:
        _show_tables(sent[0])
    _say_silent_tables(sent)
    if made.worst:
        rows_ = [
            (table, field or "-", RULES[rule][0], STATES[Aside(state)][0], f"{count:,}")
            for table, (field, rule, state), count in made.worst[:MOST_WORST]
        ]
        show_table("คอลัมน์ที่ผิดบ่อย / worst columns", ["แฟ้ม", "ช่อง", "กฎ", "ผล", "จำนวน"], rows_, (4,))
    _say("รอ (วัน): ค่ากลางของจำนวนวันจากวันรับบริการถึงวันที่ส่งครั้งแรก / wait: middle days from the service to the first package")
    _say("เดือนที่เงียบ: เดือนที่ไม่มีแถว SERVICE / silent: months without a SERVICE row")


def _say_silent_tables(sent: Sequence[FacilityQuality]) -> None:
    lacking: dict[str, list[str]] = {}
    for of in sent:
        for table in of.silent_tables:
            lacking.setdefault(table, []).append(of.facility)
    if lacking:
        _say("แฟ้มที่หน่วยบริการอย่างน้อยครึ่งหนึ่งส่ง แต่แห่งต่อไปนี้ไม่มีแถวเลย (บางแห่งอาจไม่ต้องส่ง)")
        _say("Tables that at least half of the facilities send, without a row from these (some may not have to):")
        for table, facilities in sorted(lacking.items(), key=lambda found: (-len(found[1]), found[0])):
            _say(f"  {table}: {len(facilities):,} แห่ง  {_codes(facilities)}")
        out.print()


def _facility_row(of: FacilityQuality, names: dict[str, str]) -> tuple[object, ...]:
    counts = (f"{of.total(name):,}" for name in ("kept", "aside", "voided"))
    months = [_month_th(month) for month in of.silent_months]
    quiet = ", ".join(months[:MOST_MONTHS]) + (f" (+{len(months) - MOST_MONTHS})" if months[MOST_MONTHS:] else "")
    wait = "-" if of.middle_wait is None else of.middle_wait
    return (of.facility, names.get(of.facility, "-"), of.packages, _day(of.last), *counts, wait, quiet or "-")


def _show_tables(of: FacilityQuality) -> None:
    rows = []
    for t in (t for t in of.tables if t.read):
        worst = next((f"{field or '-'}: {RULES[rule][0]}" for (field, rule, _), _ in t.faults), "")
        counts = (t.packages, _day(t.last), *(f"{n:,}" for n in (t.read, t.kept, t.superseded, t.aside, t.voided)))
        rows.append((t.table, *counts, worst))
    columns = ["แฟ้ม", "zip", "ล่าสุด", "อ่าน", "ใช้อยู่", "รุ่นเก่า", "พักไว้", "มีช่องว่างแทน", "ผิดบ่อย"]
    show_table("แต่ละแฟ้ม / each table", columns, rows, (1, 3, 4, 5, 6, 7))
    if empty := [t.table for t in of.tables if not t.read]:
        _say(f"ส่งแต่หัวแฟ้ม ไม่มีแถว / sent with a header only: {', '.join(empty)}")
        out.print()
    months = sorted({month for t in of.tables for month in t.months})
    dated = [t for t in of.tables if t.months]
    if dated:
        lines = [(t.table, *(t.months[m].rows if m in t.months else "-" for m in months)) for t in dated]
        heads = ["แฟ้ม", *(_month_th(month) for month in months)]
        show_table("แถวตามเดือนที่รับบริการ / rows by month of service", heads, lines, range(1, len(heads)))


def _day(stamp: str) -> str:
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"


def _month(month: Month) -> str:
    return f"{month[0]}-{month[1]:02d}"


def _month_th(month: Month) -> str:
    return f"{THAI_MONTHS[month[1] - 1][0]}{(month[0] + LEAD) % 100:02d}"


def _codes(codes: Sequence[str]) -> str:
    more = len(codes) - MOST_CODES
    return ", ".join(codes[:MOST_CODES]) + (f" (+{more:,})" if more > 0 else "")


def _say(text: str) -> None:
    out.print(text, markup=False, highlight=False)
