"""Commands about measures: list, show, count, people; new, check and diff are those of writing them."""

import getpass
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

import typer

from samrit.cli import measure_check
from samrit.cli.measure_page import show_page
from samrit.cli.organisation import current_network, current_register, names_of
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
    MeasuresError,
    SparkEngine,
    When,
    compile_measure,
    count,
    find_cut_off,
    list_hits,
    list_seen,
    measure,
    measure_ids,
    measure_names,
    value_of,
)
from samrit.measures.definition import Value
from samrit.measures.finding import site
from samrit.problems import Problem, problem
from samrit.reference import Grouping, OrgLevel, Period, parse_day
from samrit.results import Line, roll_up_inside
from samrit.schemes.authoring.using import uses_of
from samrit.warehouse import Access, Home, WarehouseError, log_access, open_snapshot

app = typer.Typer(help="ตัวชี้วัด / measures: how A and B are counted", no_args_is_help=True)
measure_check.register(app)
PeriodOption = Annotated[str, typer.Option(help="ช่วงผลงาน ค.ศ. เช่น 2013-04-01..2014-03-31 / closed period, CE")]
CensusOption = Annotated[str, typer.Option(help="วันสำรวจ (เว้นไว้ = วันแรกของช่วง) / census day, default: first day")]
LevelOption = Annotated[OrgLevel, typer.Option(help="ระดับหน่วยงาน / level")]
LevelName = Literal["facility", "contracting_unit", "district", "province", "region", "country", "service_level"]
GroupOption = Annotated[
    LevelName, typer.Option(help="ระดับหน่วยงาน หรือระดับโรงพยาบาล (service_level) / level, or class of hospitals")
]
ParamOption = Annotated[list[str] | None, typer.Option("--param", help="ชื่อ=ค่า / name=value")]
COLUMNS = ("measure", "period_start", "period_end", "level", "org", "a", "b", "value")


@app.command("list")
def list_measures(json: JsonOption = False, home: HomeOption = DEFAULT_HOME) -> None:
    """รายการตัวชี้วัด ทั้งที่มากับโปรแกรมและของพื้นที่ / the measures, shipped and of the site."""
    every: list[Measure] = []
    problems: list[Problem] = site().problems()
    for measure_id in measure_ids():
        try:
            every.append(measure(measure_id))
        except MeasuresError as error:
            problems += error.problems
    if json:
        show_json([{"id": m.id, "title": m.definition.title.model_dump()} for m in every])
    else:
        rows = [(m.id, f"{m.definition.title.th}\n{m.definition.title.en}") for m in every]
        show_table("ตัวชี้วัด / measures", ["id", "ชื่อ / title"], rows)
    show_problems(dict.fromkeys(problems))
    if problems:
        raise typer.Exit(PROBLEMS_FOUND)


@app.command("show")
def show_measure(
    measure_id: Annotated[str, typer.Argument(help="id ของตัวชี้วัด / id of the measure")],
    json: JsonOption = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """นับอย่างไร: ความหมาย พารามิเตอร์ และ SQL ของ A และ B / how one measure is counted."""
    of = measure(measure_id)
    if json:
        show_json({**of.definition.model_dump(mode="json"), "a_sql": of.a_sql, "b_sql": of.b_sql})
        return
    show_page(of, uses_of(of, home / "packs"))


@app.command("count")
def count_measures(
    measure_id: Annotated[list[str] | None, typer.Argument(help="id หนึ่งหรือหลายตัว / one or more ids")] = None,
    every: Annotated[bool, typer.Option("--all", help="ทุกตัวชี้วัด / all measures")] = False,
    period: PeriodOption = "",
    census: CensusOption = "",
    level: GroupOption = "facility",
    org: Annotated[str, typer.Option(help="เฉพาะหน่วยงานนี้หรือที่อยู่ในพื้นที่นี้ / only this or inside this")] = "",
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    param: ParamOption = None,
    form: Annotated[Literal["csv", "json", "table"], typer.Option("--format", help="รูปแบบ / format")] = "table",
    by: Annotated[
        Literal["duckdb", "spark"], typer.Option("--engine", help="เครื่องนับ / what counts: spark needs samrit[spark]")
    ] = "duckdb",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """นับ A และ B แล้วคำนวณค่า / count A and B and work out the value."""
    ids = list(measure_names()) if every else list(measure_id or [])
    if not ids or not period:
        raise typer.BadParameter("ระบุ id หรือ --all และ --period / give an id or --all, and --period")
    when = when_of(period, census)
    place = Home(home)
    register = current_register(place)
    at = Grouping(level) if level == "service_level" else OrgLevel(level)
    given = parameters_of(param)
    strange = sorted(name for name in given if every and not any(name in measure(i).parameters for i in ids))
    if strange:
        raise typer.BadParameter(f"--param {strange[0]}: ไม่มีตัวชี้วัดใดใช้ชื่อนี้ / no measure has this parameter")
    found: dict[str, list[tuple[object, ...]]] = {}
    late: dict[str, list[Problem]] = {}
    counting = SparkEngine if by == "spark" else Engine
    with counting(open_snapshot(place, snapshot), register, current_network(place)) as engine:
        for of in (measure(i) for i in ids):
            values = of.with_parameters({k: v for k, v in given.items() if not every or k in of.parameters})
            cells = count(engine, compile_measure(of, values), [when])
            lines = roll_up_inside(cells, at, org, register, when.census_day)
            found[of.id] = [row_of(of, line, values) for line in lines]
            late[of.id] = list(find_cut_off(engine, of, values, [when]))
    show_problems(note for notes in late.values() for note in notes)
    rows = [row for of_measure in found.values() for row in of_measure]
    if form == "csv":
        show_csv(COLUMNS, rows)
    elif form == "json":
        remarks = {of: {"remark": {"th": note.th, "en": note.en}} for of, notes in late.items() for note in notes}
        show_json([{**document_of(COLUMNS, row), **remarks.get(str(row[0]), {})} for row in rows])
    else:
        _show_counts(found, when, at, names_of(register, at, when.census_day))


def _show_counts(
    found: Mapping[str, Sequence[Sequence[object]]], when: When, level: OrgLevel | Grouping, names: Mapping[str, str]
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


def when_of(period: str, census: str) -> When:
    """The period and census day that were asked for."""
    closed = Period.parse(period)
    return When(closed, parse_day(census) if census else closed.start)


def parameters_of(param: list[str] | None) -> dict[str, object]:
    """The parameters that were given, name -> text."""
    given: dict[str, object] = {}
    for text in param or []:
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"--param {text}: ชื่อ=ค่า / name=value")
        given[name.strip()] = value.strip()
    return given


def row_of(of: Measure, line: Line, parameters: Mapping[str, Value]) -> tuple[object, ...]:
    """A line as the columns of a count; a value that is undefined stays empty."""
    value = value_of(of, line, parameters)
    days = (line.period.start.isoformat(), line.period.end.isoformat())
    return (line.measure, *days, line.level.value, line.org, line.a, line.b, "" if value is None else f"{value:.4f}")


def document_of(columns: Sequence[str], row: Sequence[object]) -> dict[str, object]:
    """A row for JSON: an exact decimal stays its digits, as the value does; what is empty is null."""
    return dict(zip(columns, map(_plain, row), strict=True))


def _plain(cell: object) -> object:
    if isinstance(cell, Decimal):
        return str(cell)
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
    when = when_of(period, census)
    of = measure(measure_id)
    shot = open_snapshot(place, snapshot)
    compiled = compile_measure(of, of.with_parameters(parameters_of(param)))
    with Engine(shot, register, current_network(place)) as engine:
        hits = list_hits(engine, compiled, when, part, level, org)
        people = {hit.person_id for hit in hits if hit.person_id is not None} if part == "missing" else set()
        looked = Looked(compiled, when, list_seen(engine, compiled, when, people)) if people else None
    asked = {"measure": of.id, "org": org, "level": level.value, "part": part, "period": period, "snapshot": shot.id}
    moment = datetime.now().astimezone()
    log_access(place, Access(moment, user or getpass.getuser(), "measures people", asked, len(hits), reason))
    show_people(of, hits, looked, shot, as_json=json)
