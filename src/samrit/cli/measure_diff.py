"""The command `samrit measures diff`: what a change of definition changes, in the text and by unit on a snapshot."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from samrit.cli.measures import (
    CensusOption,
    LevelOption,
    ParamOption,
    PeriodOption,
    parameters_of,
    when_of,
)
from samrit.cli.organisation import current_network, current_register, names_of
from samrit.cli.shown import DEFAULT_HOME, HomeOption, out, show_csv, show_json, show_table
from samrit.measures import Engine, When, measure
from samrit.measures.authoring.differing import Change, Moves, Version, differ, empty_line, text_changes, total_of
from samrit.measures.definition import read_measure
from samrit.reference import OrgLevel
from samrit.results import units_inside
from samrit.schemes.authoring.site import site_folder
from samrit.schemes.authoring.using import uses_of
from samrit.warehouse import Home, open_snapshot

COLUMNS = (
    "before", "after", "period_start", "period_end", "level", "org", "a_before", "a_after", "a_lost", "a_gained",
    "b_before", "b_after", "b_lost", "b_gained", "value_before", "value_after", "value_change",
)  # fmt: skip
TOTAL = "total"
MOST_SHOWN = 40


def register(app: typer.Typer) -> None:
    """Put the command into `samrit measures`."""
    app.command("diff")(diff_measure)


def diff_measure(
    measure_id: Annotated[str, typer.Argument(help="id ของตัวชี้วัดที่ใช้อยู่ / id of the measure as it is")],
    folder: Annotated[Path | None, typer.Argument(help="โฟลเดอร์ของนิยามใหม่ / folder of the new definition")] = None,
    other: Annotated[str, typer.Option("--measure", help="เทียบกับตัวชี้วัดนี้ / hold against this measure")] = "",
    param: ParamOption = None,
    period: PeriodOption = "",
    census: CensusOption = "",
    level: LevelOption = OrgLevel.CONTRACTING_UNIT,
    org: Annotated[str, typer.Option(help="เฉพาะหน่วยงานนี้หรือที่อยู่ในพื้นที่นี้ / only this or inside this")] = "",
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    form: Annotated[Literal["csv", "json", "table"], typer.Option("--format", help="รูปแบบ / format")] = "table",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """แก้นิยามแล้วผลเปลี่ยนที่หน่วยใด เท่าใด บนข้อมูลชุดเดียวกัน / what a change of definition changes, unit by unit.

    ไม่ใส่ --period แสดงเฉพาะข้อความที่ต่าง / without --period only what is written differently
    """
    if folder and other:
        raise typer.BadParameter("ระบุโฟลเดอร์หรือ --measure อย่างใดอย่างหนึ่ง / a folder or --measure, not both")
    if not (folder or other or param):
        raise typer.BadParameter("ระบุโฟลเดอร์ --measure หรือ --param / give a folder, --measure or --param")
    if form == "csv" and not period:
        raise typer.BadParameter("csv ต้องระบุ --period / csv needs --period")
    of = measure(measure_id)
    new = read_measure(folder, str(folder)) if folder else measure(other or measure_id)
    before, after = Version(of, of.parameters), Version(new, new.with_parameters(parameters_of(param)))
    when = when_of(period, census) if period else None
    changes = _counted(Home(home), before, after, when, level, org, snapshot) if when else []
    total = total_of(changes, before, after, empty_line(when, level)) if when else None
    text = text_changes(before, after)
    uses = [{"scheme": use.pack, "item": use.item, "title": use.title.th} for use in uses_of(of, site_folder(home))]
    if form == "csv" and when and total:
        show_csv(COLUMNS, [_row(before, after, when, level.value, c) for c in changes]
                 + [_row(before, after, when, TOTAL, total)])  # fmt: skip
    elif form == "json":
        show_json(_as_dict(before, after, when, level, text, uses, changes, total))
    else:
        _show_text(before, after, text, uses)
        if when and total:
            names = names_of(current_register(Home(home)), level, when.census_day)
            _show_changes(changes, total, when, level, names)


def _counted(
    home: Home, before: Version, after: Version, when: When, level: OrgLevel, org: str, snapshot: str
) -> list[Change]:
    register_ = current_register(home)
    units = units_inside(level, org, register_, when.census_day)
    with Engine(open_snapshot(home, snapshot), register_, current_network(home)) as engine:
        changes = differ(engine, before, after, when, level, register_)
    return [change for change in changes if units is None or change.org in units]


def _show_text(before: Version, after: Version, text: Sequence[str], uses: Sequence[Mapping[str, str]]) -> None:
    out.print(f"{_name(before)}  ->  {_name(after)}", style="bold", markup=False, highlight=False)
    out.print("\nข้อความที่ต่าง / what is written differently", style="bold", markup=False, highlight=False)
    for line in text or ["ไม่มี / nothing"]:
        out.print(f"  {line}", markup=False, highlight=False)
    said = ", ".join(f"{use['scheme']} {use['item']}" for use in uses) or "ไม่มี / none"
    out.print(f"\nกติกาที่ใช้ / schemes that count by it: {said}\n", markup=False, highlight=False)


def _show_changes(
    changes: Sequence[Change], total: Change, when: When, level: OrgLevel, names: Mapping[str, str]
) -> None:
    changed = [change for change in changes if change.is_changed]
    rows = [
        (change.org or "-", names.get(change.org, "-"), *_cells(change)) for change in changed[:MOST_SHOWN]
    ]  # fmt: skip
    columns = ["รหัส / org", "ชื่อ / name", "A", "B", "ค่า / value", "ต่าง / change"]
    title = f"ผลต่อหน่วย / by unit  {when.period}  {level.value}  (+ เพิ่ม / gained, - หาย / lost)"
    show_table(title, columns, [*rows, ("รวม", "total", *_cells(total))], (2, 3, 4, 5))
    if len(changed) > MOST_SHOWN:
        more = len(changed) - MOST_SHOWN
        out.print(f"... อีก {more:,} หน่วย ดูทั้งหมดด้วย --format csv / {more:,} more with --format csv", markup=False)
    same = len(changes) - len(changed)
    out.print(f"ไม่เปลี่ยน {same:,} หน่วย / {same:,} units are unchanged", markup=False, highlight=False)


def _cells(change: Change) -> tuple[str, str, str, str]:
    value = f"{_number(change.before.value)} -> {_number(change.after.value)}"
    parts = (_part(change, letter) for letter in ("a", "b"))
    moved = change.value_change
    return (*parts, value, "-" if moved is None else f"{moved:+.2f}")  # type: ignore[return-value]


def _part(change: Change, letter: str) -> str:
    """A or B before and after, and how many things came and went."""
    before, after = getattr(change.before, letter), getattr(change.after, letter)
    moves = change.moves.get(letter, Moves())
    moved = f" (+{moves.gained} -{moves.lost})" if moves.gained or moves.lost else ""
    return f"{before} -> {after}{moved}" if before != after or moved else str(before)


def _number(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _row(before: Version, after: Version, when: When, level: str, change: Change) -> tuple[object, ...]:
    a, b = (change.moves.get(letter, Moves()) for letter in ("a", "b"))
    values = (change.before.value, change.after.value, change.value_change)
    return (
        _name(before), _name(after), when.period.start.isoformat(), when.period.end.isoformat(), level, change.org,
        change.before.a, change.after.a, a.lost, a.gained, change.before.b, change.after.b, b.lost, b.gained,
        *("" if value is None else f"{value:.4f}" for value in values),
    )  # fmt: skip


def _as_dict(
    before: Version,
    after: Version,
    when: When | None,
    level: OrgLevel,
    text: list[str],
    uses: list[dict[str, str]],
    changes: Sequence[Change],
    total: Change | None,
) -> dict[str, Any]:
    said: dict[str, Any] = {"before": _name(before), "after": _name(after), "text": text, "schemes": uses}
    if when and total:
        rows = [_row(before, after, when, level.value, change) for change in changes]
        shown = [dict(zip(COLUMNS, row, strict=True)) for row in (*rows, _row(before, after, when, TOTAL, total))]
        told = [{name: None if cell == "" and name != "org" else cell for name, cell in row.items()} for row in shown]
        said |= {"units": told[:-1], "total": told[-1]}
    return said


def _name(version: Version) -> str:
    """The measure and where its parameters are not its own, these."""
    own = version.measure.parameters
    changed = [f"{name}={value}" for name, value in version.parameters.items() if value != own[name]]
    return " ".join([version.measure.place.removeprefix("measures/catalogue/"), *changed])
