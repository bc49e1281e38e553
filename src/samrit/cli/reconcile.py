"""The command reconcile: the centre's figures beside ours, and why they differ."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from samrit.cli.measures import CensusOption, ParamOption
from samrit.cli.organisation import current_network, current_register
from samrit.cli.reconciled import as_csv_rows, as_document, show_reconciliation
from samrit.cli.shown import DEFAULT_HOME, HomeOption, show_csv, show_json, show_problems
from samrit.measures import Engine, Measure, When, measure
from samrit.measures.definition import measure_names
from samrit.problems import Where, nearest, problem
from samrit.quality import Asked, CentreRow, Months, QualityError, Reading, Reconciliation, read_centre, reconcile
from samrit.quality.tables import centre_tables
from samrit.reference import FiscalYear, Period, Register, find_level, parse_day
from samrit.warehouse import Home, open_snapshot

TIMES = ("period", "census")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("reconcile")(reconcile_file)


def reconcile_file(
    file: Annotated[Path, typer.Argument(help="แฟ้มรายหน่วยบริการของศูนย์ CSV หรือ XLSX / the centre's rows by facility")],
    measure_id: Annotated[
        str, typer.Option("--measure", help="ตัวชี้วัด (เว้นไว้ = คอลัมน์ measure ในแฟ้ม) / default: a column of the file")
    ] = "",
    param: ParamOption = None,
    period: Annotated[
        str, typer.Option(help="ช่วงผลงาน ค.ศ. (เว้นไว้ = ปีงบประมาณในแฟ้ม) / default: the fiscal year in the file")
    ] = "",
    census: CensusOption = "",
    year: Annotated[int, typer.Option(help="เฉพาะปีงบประมาณ พ.ศ. นี้ / only this Buddhist fiscal year")] = 0,
    as_of: Annotated[str, typer.Option(help="วันตัดข้อมูลของศูนย์ ค.ศ. (รวมวันนั้น) / the centre's cut day, included")] = "",
    other: Annotated[
        list[str] | None,
        typer.Option(help="การนับแบบอื่นที่ศูนย์อาจใช้: ชื่อ=ค่า, period=..., census=... หรือ id / another reading"),
    ] = None,
    months: Annotated[
        Months, typer.Option(help="ผลงานรายเดือน: new = รายใหม่ถึงสิ้นเดือน, alone = แต่ละเดือนแยกกัน / how months are counted")
    ] = Months.NEW,
    target: Annotated[str, typer.Option(help="ชื่อคอลัมน์เป้าหมาย เช่น target1 / the column of targets")] = "",
    result: Annotated[str, typer.Option(help="ชื่อคอลัมน์ผลงาน เช่น result1 / the column of results")] = "",
    org: Annotated[str, typer.Option(help="เฉพาะหน่วยงานนี้หรือที่อยู่ในพื้นที่นี้ / only this or inside this")] = "",
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="รูปแบบ / format")] = "table",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """ค่าของศูนย์ข้อมูลกลางต่างจากที่เรานับเพราะอะไร / why the centre's figures differ from ours, cause by cause.

    ส่วนต่างแยกเป็น: ส่งหลังวันตัดข้อมูล แถวหรือช่องที่อ่านไม่ได้ นิยามต่างกัน นับไว้ที่อื่น ไม่ทราบสาเหตุ
    / late, voided, definition, moved, unknown; the parts add up to the difference.
    """
    rows, problems = read_centre(file, target, result)
    show_problems(problems)
    rows = _of_year(rows, year, file.name)
    place = Home(home)
    shot, table = open_snapshot(place, snapshot), current_register(place)
    network = current_network(place)
    cut = parse_day(as_of) if as_of else None
    made: list[Reconciliation] = []
    for of, whole, group in _groups(rows, measure_id, period, file.name):
        when = When(whole, parse_day(census) if census else whole.start)
        ours = Reading("", of, of.with_parameters(_pairs(param or [])), when)
        readings = {reading.name: reading for text in other or [] for reading in [_reading(text, ours)]}
        readings |= {r.name: r for r in _choices(ours) if r.name not in readings}
        inside = facilities_of(org, table, when.census_day)
        asked = Asked(ours, tuple(readings.values()), cut, months, inside)
        made.append(reconcile(shot, group, asked, lambda world: Engine(world, table, network)))
    if form == "json":
        show_json([as_document(reconciliation) for reconciliation in made])
    elif form == "csv":
        columns, lines = as_csv_rows(made)
        show_csv(columns, lines)
    else:
        for reconciliation in made:
            show_reconciliation(reconciliation, table)


def _of_year(rows: Sequence[CentreRow], year: int, file: str) -> list[CentreRow]:
    """The rows of one year; all rows when no year is asked for."""
    wanted = [row for row in rows if not year or row.year == year]
    if not wanted:
        years = ", ".join(str(y) for y in sorted({row.year for row in rows if row.year})) or "-"
        raise QualityError(problem("quality.year.absent", Where(file=file), year=year, years=years))
    return wanted


def _groups(
    rows: Sequence[CentreRow], measure_id: str, period: str, file: str
) -> list[tuple[Measure, Period, list[CentreRow]]]:
    """The rows by measure and period."""
    given = measure(measure_id) if measure_id else None
    years = sorted({row.year for row in rows if row.year})
    if period and len(years) > 1:
        raise QualityError(problem("quality.period.several", Where(file=file), years=", ".join(map(str, years))))
    groups: dict[tuple[str, Period], list[CentreRow]] = {}
    for row in rows:
        where = Where(file=file, line=row.line)
        of = given.id if given else _measure_of(row.measure, replace(where, field="measure"))
        if not period and row.year is None:
            raise QualityError(problem("quality.period.none", replace(where, field="year")))
        whole = Period.parse(period) if period else FiscalYear(row.year or 0).period
        groups.setdefault((of, whole), []).append(row)
    return [(given or measure(of), whole, group) for (of, whole), group in groups.items()]


def _measure_of(said: str, where: Where) -> str:
    if not said:
        raise QualityError(problem("quality.measure.none", where))
    known = {**{name: name for name in measure_names()}, **centre_tables()}
    if said not in known:
        raise QualityError(problem("quality.measure.unknown", where, found=said, near=nearest(said, known) or "-"))
    return known[said]


def _pairs(texts: Sequence[str]) -> dict[str, object]:
    given: dict[str, object] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise QualityError(problem("quality.other.form", found=text))
        given[name.strip()] = value.strip()
    return given


def _reading(text: str, ours: Reading) -> Reading:
    """Another reading: name=value pairs of our measure, period= and census=, or another measure with the same times."""
    first, _, rest = text.partition(",")
    of, pairs = ours.measure, text.split(",")
    if "=" not in first:
        of, pairs = measure(first.strip()), rest.split(",") if rest else []
    given = _pairs(pairs)
    times = {name: str(given.pop(name)) for name in TIMES if name in given}
    whole = Period.parse(times["period"]) if "period" in times else ours.when.period
    usual = ours.when.census_day if "period" not in times else whole.start
    when = When(whole, parse_day(times["census"]) if "census" in times else usual)
    before = {name: value for name, value in ours.parameters.items() if of is ours.measure}
    return Reading(text, of, of.with_parameters({**before, **given}), when)


def _choices(ours: Reading) -> list[Reading]:
    """The readings that the measure itself offers: every choice of a parameter that is not taken."""
    return [
        replace(
            ours, name=f"{name}={choice}", parameters=ours.measure.with_parameters({**ours.parameters, name: choice})
        )
        for name, choices in ours.measure.definition.choices.items()
        for choice in choices
        if str(ours.parameters[name]) != choice
    ]


def facilities_of(org: str, table: Register, day: date) -> set[str] | None:
    """The facilities of an organisation on a day; None: all. What the register does not know stands for itself."""
    if not org:
        return None
    level, code = find_level(org, None, table, day)
    return table.inside(level, code, day) or {code}
