"""Commands about measures: list, show, check, count, people."""

import getpass
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from samrit.cli.measure_page import show_page
from samrit.cli.organisation import current_register, names_of
from samrit.cli.people import Looked, show_people
from samrit.cli.shown import (
    DEFAULT_HOME,
    PROBLEMS_FOUND,
    HomeOption,
    JsonOption,
    out,
    show_csv,
    show_json,
    show_problems,
    show_table,
)
from samrit.measures import (
    Engine,
    Measure,
    Outcome,
    When,
    bind_check,
    case_files,
    check_files,
    compile_measure,
    count,
    list_hits,
    list_seen,
    measure,
    measure_ids,
    value_of,
)
from samrit.problems import problem
from samrit.reference import OrgLevel, Period, Register, find_level, parse_day
from samrit.results import Line, roll_up
from samrit.warehouse import Access, Home, WarehouseError, log_access, open_snapshot

app = typer.Typer(help="ตัวชี้วัด / measures: how A and B are counted", no_args_is_help=True)
PeriodOption = Annotated[str, typer.Option(help="ช่วงผลงาน ค.ศ. เช่น 2013-04-01..2014-03-31 / closed period, CE")]
CensusOption = Annotated[str, typer.Option(help="วันสำรวจ (เว้นไว้ = วันแรกของช่วง) / census day, default: first day")]
LevelOption = Annotated[OrgLevel, typer.Option(help="ระดับหน่วยงาน / level")]
ParamOption = Annotated[list[str] | None, typer.Option("--param", help="ชื่อ=ค่า / name=value")]
COLUMNS = ("measure", "period_start", "period_end", "level", "org", "a", "b", "value")


@app.command("list")
def list_measures(json: JsonOption = False) -> None:
    """รายการตัวชี้วัด / the shipped measures."""
    every = [measure(measure_id) for measure_id in measure_ids()]
    if json:
        show_json([{"id": m.id, "title": m.definition.title.model_dump()} for m in every])
        return
    rows = [(m.id, f"{m.definition.title.th}\n{m.definition.title.en}") for m in every]
    show_table("ตัวชี้วัด / measures", ["id", "ชื่อ / title"], rows)


@app.command("show")
def show_measure(
    measure_id: Annotated[str, typer.Argument(help="id ของตัวชี้วัด / id of the measure")], json: JsonOption = False
) -> None:
    """นับอย่างไร: ความหมาย พารามิเตอร์ และ SQL ของ A และ B / how one measure is counted."""
    of = measure(measure_id)
    if json:
        show_json({**of.definition.model_dump(mode="json"), "a_sql": of.a_sql, "b_sql": of.b_sql})
        return
    show_page(of)


@app.command("check")
def check(
    measure_id: Annotated[list[str] | None, typer.Argument(help="id (เว้นไว้ = ทั้งหมด) / none: all")] = None,
    cases: Annotated[
        Path | None, typer.Option(help="โฟลเดอร์กรณีตัวอย่างอื่น / a folder of case files instead of the shipped ones")
    ] = None,
) -> None:
    """คำนวณกรณีตัวอย่างจากแฟ้มจริงตั้งแต่ต้นจนจบ / run worked cases end to end through real 43-file text."""
    if cases and not cases.is_dir():
        raise typer.BadParameter(f"--cases {cases}: ไม่พบโฟลเดอร์นี้ / no such folder")
    wanted = [measure(i).id for i in measure_id or measure_ids()]
    unbound = [p for of in map(measure, wanted) for p in bind_check(compile_measure(of, of.parameters))]
    show_problems(unbound)
    files = sorted(cases.glob("*.yaml")) if cases else [f for i in wanted for f in case_files(i)]
    outcomes: list[Outcome] = []
    for file in files:
        of_file = [o for o in check_files([file]) if not measure_id or o.case.measure in wanted]
        outcomes += of_file
        _show_outcomes(file, of_file)
    failed = sum(o.status == "failed" for o in outcomes)
    skipped = sorted({o.case.measure for o in outcomes if o.status == "skipped"})
    for name in skipped:
        out.print(f"ข้าม / skipped: {name} (ยังไม่มีตัวชี้วัดนี้ / no such measure yet)", markup=False)
    out.print(f"{sum(o.status == 'passed' for o in outcomes)} passed, {failed} failed", highlight=False)
    if failed or unbound:
        raise typer.Exit(PROBLEMS_FOUND)


def _show_outcomes(file: Path, outcomes: list[Outcome]) -> None:
    counts = {s: sum(o.status == s for o in outcomes) for s in ("passed", "failed", "skipped")}
    if outcomes:
        said = ", ".join(f"{n} {s}" for s, n in counts.items() if n)
        out.print(f"{file.name}: {said}", markup=False, highlight=False)
    for outcome in outcomes:
        if outcome.status == "failed":
            place = f"{outcome.case.file}:{outcome.case.line}"
            out.print(f"  {place}  {outcome.case.name}\n    {outcome.why}", style="red", markup=False)


@app.command("count")
def count_measures(
    measure_id: Annotated[list[str] | None, typer.Argument(help="id หนึ่งหรือหลายตัว / one or more ids")] = None,
    every: Annotated[bool, typer.Option("--all", help="ทุกตัวชี้วัด / all measures")] = False,
    period: PeriodOption = "",
    census: CensusOption = "",
    level: LevelOption = OrgLevel.FACILITY,
    org: Annotated[str, typer.Option(help="เฉพาะหน่วยงานนี้หรือที่อยู่ในพื้นที่นี้ / only this or inside this")] = "",
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    param: ParamOption = None,
    form: Annotated[Literal["csv", "json", "table"], typer.Option("--format", help="รูปแบบ / format")] = "table",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """นับ A และ B แล้วคำนวณค่า / count A and B and work out the value."""
    ids = list(measure_ids()) if every else list(measure_id or [])
    if not ids or not period:
        raise typer.BadParameter("ระบุ id หรือ --all และ --period / give an id or --all, and --period")
    when = _when(period, census)
    place = Home(home)
    register = current_register(place)
    given = _parameters(param)
    strange = sorted(name for name in given if every and not any(name in measure(i).parameters for i in ids))
    if strange:
        raise typer.BadParameter(f"--param {strange[0]}: ไม่มีตัวชี้วัดใดใช้ชื่อนี้ / no measure has this parameter")
    found: dict[str, list[tuple[object, ...]]] = {}
    with Engine(open_snapshot(place, snapshot), register) as engine:
        for of in (measure(i) for i in ids):
            own = {k: v for k, v in given.items() if not every or k in of.parameters}
            cells = count(engine, compile_measure(of, of.with_parameters(own)), [when])
            lines = _inside(roll_up(cells, level, register, when.census_day), level, org, register, when.census_day)
            found[of.id] = [_row(of, line) for line in lines]
    rows = [row for of_measure in found.values() for row in of_measure]
    if form == "csv":
        show_csv(COLUMNS, rows)
    elif form == "json":
        show_json([dict(zip(COLUMNS, (_plain(c) for c in row), strict=True)) for row in rows])
    else:
        _show_counts(found, when, level, names_of(register, level, when.census_day))


def _show_counts(
    found: Mapping[str, Sequence[Sequence[object]]], when: When, level: OrgLevel, names: Mapping[str, str]
) -> None:
    """A table for every measure, each organisation with its name."""
    out.print(f"ผลการนับ / counts  {when.period}  {level.value}", markup=False, highlight=False)
    for measure_id, rows in found.items():
        shown = [
            (org, names.get(str(org), "ไม่อยู่ในทะเบียน / not in the register"), a, b, value)
            for *_, org, a, b, value in rows
        ]
        columns = ["รหัส / org", "ชื่อ / name", "A", "B", "ค่า / value"]
        show_table(f"{measure_id}  {measure(measure_id).definition.title.th}", columns, shown, (2, 3, 4))


def _when(period: str, census: str) -> When:
    closed = Period.parse(period)
    return When(closed, parse_day(census) if census else closed.start)


def _parameters(param: list[str] | None) -> dict[str, object]:
    given: dict[str, object] = {}
    for text in param or []:
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"--param {text}: ชื่อ=ค่า / name=value")
        given[name.strip()] = value.strip()
    return given


def _inside(lines: Iterable[Line], level: OrgLevel, org: str, register: Register, day: date) -> list[Line]:
    """Lines of one organisation, or of those inside it."""
    if not org:
        return list(lines)
    at, code = find_level(org, level, register, day)
    if at is level:
        return [line for line in lines if line.org == code]
    inside = register.inside(at, code, day)
    units = {register.parents(f, day).get(level, "") if level is not OrgLevel.FACILITY else f for f in inside}
    return [line for line in lines if line.org and line.org in units]


def _row(of: Measure, line: Line) -> tuple[object, ...]:
    value = value_of(of, line)
    days = (line.period.start.isoformat(), line.period.end.isoformat())
    return (line.measure, *days, line.level.value, line.org, line.a, line.b, "" if value is None else f"{value:.4f}")


def _plain(cell: object) -> object:
    return None if cell == "" else cell


@app.command("people")
def people(
    measure_id: Annotated[str, typer.Argument(help="id ของตัวชี้วัด / id of the measure")],
    org: Annotated[str, typer.Option(help="รหัสหน่วยงาน / organisation code")],
    part: Annotated[
        Literal["a", "b", "missing"],
        typer.Option(help="a, b หรือ missing (อยู่ใน B แต่ไม่อยู่ใน A) / missing: in B, not in A"),
    ],
    period: PeriodOption,
    reason: Annotated[str, typer.Option(help="เหตุผลที่ดูรายชื่อ / why you look at persons")],
    level: LevelOption = OrgLevel.FACILITY,
    census: CensusOption = "",
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    user: Annotated[str, typer.Option("--as", help="ผู้ใช้ (เว้นไว้ = ผู้ใช้เครื่อง) / default: system user")] = "",
    param: ParamOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """คนที่อยู่เบื้องหลังตัวเลข พร้อมบรรทัดในแฟ้มที่รับมา (บันทึกการเข้าดูทุกครั้ง) / people behind a number; logged.

    missing: พร้อมแถวที่ตัวชี้วัดดูแล้วไม่นับ / with the rows that A looked at and did not count.
    """
    place = Home(home)
    if not reason.strip():
        raise WarehouseError(problem("warehouse.access.reason"))
    register = current_register(place)
    when = _when(period, census)
    of = measure(measure_id)
    shot = open_snapshot(place, snapshot)
    compiled = compile_measure(of, of.with_parameters(_parameters(param)))
    with Engine(shot, register) as engine:
        hits = list_hits(engine, compiled, when, part, level, org)
        people = {hit.person_id for hit in hits if hit.person_id is not None} if part == "missing" else set()
        looked = Looked(compiled, when, list_seen(engine, compiled, when, people)) if people else None
    asked = {"measure": of.id, "org": org, "level": level.value, "part": part, "period": period, "snapshot": shot.id}
    moment = datetime.now().astimezone()
    log_access(place, Access(moment, user or getpass.getuser(), "measures people", asked, len(hits), reason))
    show_people(of, hits, looked, shot, as_json=json)
