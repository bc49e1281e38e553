"""The command `schemes simulate`: what if a weight, a band, a rate, the people or a typed-in result were another."""

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from samrit.allocation import show
from samrit.cli.inputs import site_packs
from samrit.cli.schemes import (
    AsOfOption,
    InputsOption,
    OrgOption,
    PackArgument,
    PreviousOption,
    SnapshotOption,
    prepare_run,
)
from samrit.cli.shown import (
    DEFAULT_HOME,
    PROBLEMS_FOUND,
    HomeOption,
    JsonOption,
    baht,
    bars,
    err,
    out,
    show_json,
    show_problems,
    show_table,
)
from samrit.problems import Level, problem
from samrit.reports.words import money_th
from samrit.results import as_csv, check_run, find_run
from samrit.schemes import Materials, SchemesError, choose, materials_of
from samrit.schemes.authoring.pools import OpenRate
from samrit.schemes.running import gather
from samrit.schemes.scenarios import combine, read_grids, read_scenarios, read_values
from samrit.schemes.simulating import TOTALS, Money, Outcome, Simulation, Totals, simulate
from samrit.warehouse import Home

SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="ตำแหน่ง=ค่า population.ฐาน.หน่วย=คน entries.ข้อ.หน่วย=ค่า facts.ข้อ.หน่วย.ข้อเท็จจริง=ค่า / path=value"
    ),
]
GridOption = Annotated[
    list[str] | None,
    typer.Option("--grid", help="ตำแหน่ง=ค่า1,ค่า2 หลายตารางคูณกัน / path=v1,v2; several grids multiply"),
]
FileOption = Annotated[Path | None, typer.Option("--scenario", help="แฟ้ม YAML ของสถานการณ์ / a file of scenarios")]
BaseOption = Annotated[str, typer.Option(help="รหัสผลที่ใช้เป็นฐาน ไม่นับใหม่ / the run to start from, not counted again")]
SCENARIO_COLUMNS = ("scenario", "org", "component", "in", "before", "after", "difference")
SUMMARY_COLUMNS = (
    "scenario", "title_th", "title_en", "gainers", "losers", "unchanged", "gains_satang", "losses_satang",
    "difference_satang", "pot_before_satang", "pot_after_satang", "given_before_satang", "given_after_satang",
    "undistributed_before_satang", "undistributed_after_satang", "owed_before_satang", "owed_after_satang",
    "points_before", "points_after", "top_tenth_before", "top_tenth_after", "gini_before", "gini_after",
)  # fmt: skip
PLACES = 4
MOST_SHOWN = 3
MOST_ROWS = 40
RATES = (
    "เงินแบบอัตราต่อหัว (open_rate) ขึ้นกับอัตรา ไม่ขึ้นกับคะแนนเต็ม: ลองเปลี่ยน items.<ข้อ>.rate.value"
    " / an open rate pays by rates and not by full points: try items.<item>.rate.value"
)
NOTE = (
    "สถานการณ์จำลองใช้ผลนับเดิม ไม่ถูกเก็บเป็นผลคำนวณ และใช้จ่ายเงินไม่ได้"
    " / scenarios use the counts that are there, are never kept as runs, and nothing is paid by them"
)


def register(app: typer.Typer) -> None:
    """Put the command into `samrit schemes`."""
    app.command("simulate")(simulate_scenarios)


def simulate_scenarios(
    pack_id: PackArgument,
    base: BaseOption = "",
    org: OrgOption = "",
    as_of: AsOfOption = "",
    snapshot: SnapshotOption = "",
    inputs: InputsOption = None,
    previous: PreviousOption = "",
    changes: SetOption = None,
    grid: GridOption = None,
    scenario: FileOption = None,
    result: Annotated[Path | None, typer.Option("--out", help="โฟลเดอร์ของ CSV / a folder for the CSV files")] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """ถ้าเปลี่ยนน้ำหนัก เกณฑ์ อัตรา คน หรือค่าที่คีย์ ใครได้ใครเสีย / what if: who gains and who loses; nothing is kept."""
    if result and result.exists() and not result.is_dir():
        raise typer.BadParameter(f"--out {result}: เป็นแฟ้ม ไม่ใช่โฟลเดอร์ / a file, not a folder")
    if not (changes or grid or scenario):
        raise typer.BadParameter("ใส่ --set --grid หรือ --scenario / give --set, --grid or --scenario")
    if base and (org or as_of or snapshot or inputs or previous):
        raise typer.BadParameter("--base ใช้ข้อมูลของผลนั้นทั้งหมด / --base takes everything from that run")
    place = Home(home)
    tried = combine(read_values(changes or []), read_grids(grid or []), read_scenarios(scenario) if scenario else ())
    materials = (
        _materials_of_run(place, pack_id, base)
        if base
        else _materials(place, pack_id, org, as_of, snapshot, None, inputs, previous=previous)
    )
    with bars() as progress:
        found = simulate(materials, tried, site_packs(place), os.cpu_count() or 1, progress)
    show_problems(found.problems)
    if result:
        _write(found, materials.whole, result)
    if json:
        show_json(_as_dict(found, base, materials.whole))
    elif found.outcomes:
        _show(found, materials)
    if any(one.level is Level.ERROR for one in found.problems):
        raise typer.Exit(PROBLEMS_FOUND)


def _materials_of_run(home: Home, pack_id: str, run_id: str) -> Materials:
    """The materials of a kept run. Raises SchemesError when it is a run of another scheme."""
    run = find_run(home.runs, run_id)
    check_run(home.runs, run)
    if run.manifest["scheme"] != pack_id:
        facts = {"run": run.id, "found": run.manifest["scheme"], "scheme": pack_id}
        raise SchemesError(problem("schemes.scenario.scheme", **facts))
    return materials_of(run)


def _materials(home: Home, *said: Any, **more: Any) -> Materials:
    """The materials of a run that is asked for as in `schemes run`, counted once; the run is not kept."""
    of = prepare_run(home, *said, **more)
    bare = choose(of.pack, of.register, of.asked, of.inputs)
    with bars() as progress:
        return gather(bare, of.snapshot, of.register, trend=False, progress=progress)[0]


def _show(found: Simulation, materials: Materials) -> None:
    """For people: all scenarios in a line each, then the units of the first ones."""
    pack, money = materials.pack, money_th(materials.pack)
    title = f"{pack.scheme.title.th}  {materials.days[0]}"
    rows = [
        (_called(of), len(of.gains), len(of.losses), of.unchanged, _signed(sum(of.changes.values())),
         _signed(of.after.undistributed - of.before.undistributed))
        for of in found.outcomes
    ]  # fmt: skip
    columns = ["สถานการณ์ / scenario", "ได้เพิ่ม", "ได้ลด", "เท่าเดิม", f"ได้รับต่างไป ({money})", "ไม่จัดสรรต่างไป"]
    show_table(f"{title}: ใครได้ใครเสีย / who gains, who loses", columns, rows, range(1, 6))
    sums = [
        (_called(of), baht(sum(of.gains.values())), baht(sum(of.losses.values())), baht(of.after.owed),
         _share(of.after.top_tenth), _share(of.after.gini))
        for of in found.outcomes
    ]  # fmt: skip
    base = found.base
    now = ("ฐาน / base", "", "", baht(base.owed), _share(base.top_tenth), _share(base.gini))
    columns = ["สถานการณ์ / scenario", "รวมที่เพิ่ม", "รวมที่ลด", "ต้องคืน", "10% บน", "จีนี"]
    show_table(f"ผลรวม ({money}) และการกระจุกตัว / sums and concentration", columns, [now, *sums], range(1, 6))
    for of in found.outcomes[:MOST_SHOWN]:
        _show_units(of, materials)
    if len(found.outcomes) > MOST_SHOWN:
        left = f"{len(found.outcomes) - MOST_SHOWN:,}"
        out.print(f"... รายหน่วยของอีก {left} สถานการณ์ดูได้ด้วย --out / the units of {left} more with --out\n", markup=False)
    out.print(NOTE, markup=False, highlight=False)


def _show_units(of: Outcome, materials: Materials) -> None:
    names, money = {payee.org: payee.name_th for payee in materials.payees}, money_th(materials.pack)
    changed = sorted(
        (org for org, change in of.changes.items() if change), key=lambda org: (-abs(of.changes[org]), org)
    )
    rows = [
        (org, names[org], f"{of.before.units[org].points:.1f}", f"{of.after.units[org].points:.1f}",
         baht(of.before.units[org].given), baht(of.after.units[org].given), _signed(of.changes[org]))
        for org in changed[:MOST_ROWS]
    ]  # fmt: skip
    columns = ["หน่วย", "อำเภอ", "คะแนน", "เป็น", f"ได้รับ ({money})", f"เป็น ({money})", f"ต่าง ({money})"]
    if rows:
        show_table(f"{_called(of)}: หน่วยที่เปลี่ยน / units that change", columns, rows, range(2, 7))
    else:
        out.print(f"{_called(of)}: ไม่มีหน่วยใดเปลี่ยน / no unit changes", markup=False, highlight=False)
        if all(isinstance(pool, OpenRate) for pool in materials.pack.scheme.pools):
            out.print(RATES, markup=False, highlight=False)
        out.print()
    if len(changed) > MOST_ROWS:
        out.print(f"... อีก {len(changed) - MOST_ROWS:,} หน่วย / more units with --out\n", markup=False, highlight=False)


def _called(of: Outcome) -> str:
    return of.scenario.title.th or of.scenario.name


def _signed(satang: int) -> str:
    return f"+{baht(satang)}" if satang > 0 else baht(satang)


def _share(number: Fraction | None) -> str:
    """A share to four places; '' when there is none."""
    return "" if number is None else f"{show(number, PLACES):.{PLACES}f}"


def _write(found: Simulation, whole: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "scenarios.csv": (SCENARIO_COLUMNS, (row for of in found.outcomes for row in _scenario_rows(of, whole))),
        "summary.csv": (SUMMARY_COLUMNS, map(_summary_row, found.outcomes)),
    }
    for name, (columns, rows) in tables.items():
        (folder / name).write_bytes(as_csv(columns, rows))
    err.print(f"เขียน {' '.join(tables)} ไว้ที่ {folder} / written to that folder", markup=False, highlight=False)


def _scenario_rows(of: Outcome, whole: str) -> Iterator[tuple[object, ...]]:
    """A line per unit and component, then those of the whole: satang, and points."""
    units = [(org, of.before.units[org], after) for org, after in of.after.units.items()]
    for org, before, after in [*units, (whole, of.before.whole, of.after.whole)]:
        yield from ((of.scenario.name, org, *line) for line in _lines(before, after))


def _lines(before: Totals, after: Totals) -> Iterator[tuple[object, ...]]:
    for name in TOTALS:
        if name in before.amounts or name in after.amounts:
            was, now = before.amounts.get(name, 0), after.amounts.get(name, 0)
            yield (name, "satang", was, now, now - was)
    yield ("points", "points", f"{before.points:f}", f"{after.points:f}", f"{after.points - before.points:f}")


def _summary_row(of: Outcome) -> tuple[object, ...]:
    gains, losses = sum(of.gains.values()), sum(of.losses.values())
    pairs = [(before, after) for before, after in zip(_figures(of.before), _figures(of.after), strict=True)]
    flat = [figure for pair in pairs for figure in pair]
    title = of.scenario.title
    counts = (len(of.gains), len(of.losses), of.unchanged)
    return (of.scenario.name, title.th, title.en, *counts, gains, losses, gains + losses, *flat)


def _figures(of: Money) -> tuple[object, ...]:
    """Pots, what is given, what stays, what is owed, points and concentration of one side."""
    return (
        of.pot, of.pot - of.undistributed, of.undistributed, of.owed, f"{of.whole.points:f}", _share(of.top_tenth),
        _share(of.gini),
    )  # fmt: skip


def _as_dict(found: Simulation, base: str, whole: str) -> dict[str, Any]:
    return {
        "note": NOTE,
        "base": base or None,
        "scenarios": [
            {
                **dict(zip(SUMMARY_COLUMNS, _summary_row(of), strict=True)),
                "values": dict(of.scenario.values),
                "lines": [dict(zip(SCENARIO_COLUMNS[1:], row[1:], strict=True)) for row in _scenario_rows(of, whole)],
            }
            for of in found.outcomes
        ],
        "problems": [one.as_dict() for one in found.problems],
    }
