"""The commands `samrit measures cube` and `samrit measures ask`: one cube, and answers that are summed from it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from samrit.cli.measures import CensusOption, GroupOption, ParamOption, PeriodOption, document_of, parameters_of, row_of
from samrit.cli.organisation import current_network, current_register, names_of
from samrit.cli.shown import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    bars,
    out,
    show_csv,
    show_json,
    show_problems,
    show_table,
)
from samrit.measures import (
    Cube,
    Cut,
    Engine,
    Measure,
    When,
    compile_measure,
    find_cut_off,
    make_cube,
    measure,
    measure_names,
)
from samrit.measures.cube_file import ENDINGS, write_cube
from samrit.measures.definition import Value
from samrit.problems import Problem
from samrit.reference import FiscalYear, Grouping, OrgLevel, Period, Register, Span, parse_day, spans_of
from samrit.warehouse import Home, open_snapshot

COLUMNS = ("measure", "span", "period_start", "period_end", "level", "org", "a", "b", "value")
CUTS = {"sex": "เพศ / sex", "age_band": "กลุ่มอายุ / age", "contracting_unit": "CUP"}
UNKNOWN = "ไม่ทราบ / unknown"
YearOption = Annotated[
    int, typer.Option(help="ปีงบประมาณ พ.ศ. แทน --period / Buddhist fiscal year in place of --period")
]
SpansOption = Annotated[str, typer.Option(help="ช่วงที่มีในคิวบ์ / the spans in the cube: month,quarter,ytd,rolling12,year")]
SnapshotOption = Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")]
EVERY_SPAN = ",".join(Span)


@dataclass(frozen=True)
class Wanted:
    """What a cube is made of: measures with their parameters, a period and how it is cut, the census day."""

    measures: tuple[tuple[Measure, dict[str, Value]], ...]
    period: Period
    spans: tuple[Span, ...]
    census_day: date

    @property
    def cuts(self) -> list[tuple[Span, Period]]:
        """The periods of the cube, each with the span that it is of."""
        return spans_of(self.period, self.spans)


def register(app: typer.Typer) -> None:
    """Put the commands into `samrit measures`."""
    app.command("cube")(cube)
    app.command("ask")(ask)


def cube(
    measure_id: Annotated[list[str] | None, typer.Argument(help="id หนึ่งหรือหลายตัว / one or more ids")] = None,
    every: Annotated[bool, typer.Option("--all", help="ทุกตัวชี้วัด / all measures")] = False,
    year: YearOption = 0,
    period: PeriodOption = "",
    census: CensusOption = "",
    spans: SpansOption = EVERY_SPAN,
    file: Annotated[Path | None, typer.Option("--out", help="เขียนเป็น .parquet หรือ .csv / write a file")] = None,
    snapshot: SnapshotOption = "",
    param: ParamOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """คิวบ์: A และ B ตามงวด หน่วยบริการ CUP เพศ กลุ่มอายุ ทำครั้งเดียวแล้วเก็บไว้ / one cube of cells, made once and kept."""
    ids = list(measure_names()) if every else list(measure_id or [])
    if not ids:
        raise typer.BadParameter("ระบุ id หรือ --all / give an id or --all")
    if file and file.suffix.lower() not in ENDINGS:
        raise typer.BadParameter(f"--out {file}: ต้องลงท้ายด้วย .parquet หรือ .csv / must end in .parquet or .csv")
    if file and not file.parent.is_dir():
        raise typer.BadParameter(f"--out {file}: ไม่มีโฟลเดอร์นี้ / there is no such folder")
    wanted = _wanted(ids, year, period, census, spans, param, every=every)
    place = Home(home)
    with _made(place, snapshot, wanted, current_register(place)) as (found, notes):
        rows = found.count_rows()
        if file:
            write_cube(found, wanted.cuts, file)
        name = found.name
    show_problems(notes)
    if json:
        show_json({"cube": name, "measures": ids, "periods": len(found.periods), "rows": rows})
        return
    out.print(
        f"คิวบ์ {name}: {len(ids)} ตัวชี้วัด {len(found.periods)} งวด {rows:,} แถว"
        f" / cube of {len(ids)} measures, {len(found.periods)} periods, {rows:,} rows",
        markup=False,
        highlight=False,
    )


def ask(
    measure_id: Annotated[str, typer.Argument(help="id ของตัวชี้วัด / id of the measure")],
    year: YearOption = 0,
    period: PeriodOption = "",
    census: CensusOption = "",
    span: Annotated[Span, typer.Option(help="งวดที่ต้องการ / the periods asked for; year: the whole")] = Span.YEAR,
    level: GroupOption = "facility",
    org: Annotated[str, typer.Option(help="เฉพาะหน่วยงานนี้หรือที่อยู่ในพื้นที่นี้ / only this or inside this")] = "",
    by: Annotated[
        Literal["sex", "age_band", "contracting_unit"] | None,
        typer.Option(help="แยกตามเพศ กลุ่มอายุ หรือ CUP / in parts by sex, age band or contracting unit"),
    ] = None,
    spans: SpansOption = EVERY_SPAN,
    snapshot: SnapshotOption = "",
    param: ParamOption = None,
    form: Annotated[Literal["csv", "json", "table"], typer.Option("--format", help="รูปแบบ / format")] = "table",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """ถามจากคิวบ์ที่เก็บไว้ ระดับใดก็ได้ แยกส่วนได้ (ยังไม่มีจะทำให้) / ask the kept cube; it is made when it is not there."""
    wanted = _wanted([measure_id], year, period, census, spans, param)
    if span not in wanted.spans:
        raise typer.BadParameter(f"--span {span}: ไม่อยู่ใน --spans / is not among --spans")
    place = Home(home)
    table = current_register(place)
    at = Grouping(level) if level == "service_level" else OrgLevel(level)
    with _made(place, snapshot, wanted, table, [p for s, p in wanted.cuts if s is span]) as (found, notes):
        rows = list(_rows(found, wanted, span, at, org, by))
    show_problems(notes)
    columns = (*COLUMNS[:6], by, *COLUMNS[6:]) if by else COLUMNS
    if form == "csv":
        show_csv(columns, rows)
    elif form == "json":
        remarks = {note.where.field: {"remark": {"th": note.th, "en": note.en}} for note in notes}
        show_json([{**document_of(columns, row), **remarks.get(f"{row[2]}..{row[3]}", {})} for row in rows])
    else:
        _show_answers(wanted, rows, by, names_of(table, at, wanted.census_day))


def _wanted(
    ids: Sequence[str],
    year: int,
    period: str,
    census: str,
    spans: str,
    param: list[str] | None,
    *,
    every: bool = False,
) -> Wanted:
    if bool(year) == bool(period):
        raise typer.BadParameter("ระบุ --year หรือ --period อย่างใดอย่างหนึ่ง / give --year or --period, one of the two")
    closed = FiscalYear(year).period if year else Period.parse(period)
    given, measures = parameters_of(param), [measure(i) for i in dict.fromkeys(ids)]
    if strange := sorted(name for name in given if every and not any(name in of.parameters for of in measures)):
        raise typer.BadParameter(f"--param {strange[0]}: ไม่มีตัวชี้วัดใดใช้ชื่อนี้ / no measure has this parameter")
    return Wanted(
        tuple(
            (of, of.with_parameters({k: v for k, v in given.items() if not every or k in of.parameters}))
            for of in measures
        ),
        closed,
        _spans(spans),
        parse_day(census) if census else closed.start,
    )


def _spans(text: str) -> tuple[Span, ...]:
    """The spans that were named, in their order."""
    named = {name.strip() for name in text.split(",") if name.strip()}
    if not named or (strange := sorted(named - set(Span))):
        found = strange[0] if named else ""
        raise typer.BadParameter(f"--spans {found}: {EVERY_SPAN}")
    return tuple(span for span in Span if span in named)


@contextmanager
def _made(
    home: Home, snapshot: str, wanted: Wanted, table: Register, shown: Sequence[Period] | None = None
) -> Iterator[tuple[Cube, list[Problem]]]:
    """The cube, made or found, and a note for each result of these periods (default: the whole) that is cut off."""
    whens = [When(period, wanted.census_day) for period in shown or [wanted.period]]
    with Engine(open_snapshot(home, snapshot), table, current_network(home)) as engine:
        compiled = [compile_measure(of, values) for of, values in wanted.measures]
        with bars() as progress:
            made = make_cube(engine, compiled, (cut for _, cut in wanted.cuts), wanted.census_day, progress)
        notes = [note for of, values in wanted.measures for note in find_cut_off(engine, of, values, whens)]
    with made:
        yield made, notes


def _rows(
    found: Cube, wanted: Wanted, span: Span, level: OrgLevel | Grouping, org: str, by: Cut | None
) -> Iterator[tuple[object, ...]]:
    """The answers as rows: what `measures count` says of a line, its span, and the part of a cut before A."""
    [(of, values)] = wanted.measures
    for answer in found.ask(of.id, [cut for of_span, cut in wanted.cuts if of_span is span], level, org, by):
        measure_id, start, end, level_, code, a, b, value = row_of(of, answer.line, values)
        yield (measure_id, span.value, start, end, level_, code, *((answer.cut,) if by else ()), a, b, value)


def _show_answers(wanted: Wanted, rows: Sequence[Sequence[object]], by: Cut | None, names: dict[str, str]) -> None:
    [(of, _)] = wanted.measures
    cut = [CUTS[by]] if by else []
    columns = ["งวด / period", "รหัส / org", "ชื่อ / name", *cut, "A", "B", "ค่า / value"]
    shown = [
        (f"{start}..{end}", org, names.get(str(org), "ไม่อยู่ในทะเบียน / not in the register"),
         *((part or UNKNOWN for part in parts) if by else ()), a, b, value)
        for _, _, start, end, _, org, *parts, a, b, value in rows
    ]  # fmt: skip
    places = range(len(columns) - 3, len(columns))
    show_table(f"{of.id}  {of.definition.title.th}", columns, shown, places)
