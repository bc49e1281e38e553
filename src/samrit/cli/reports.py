"""`samrit report`: a finished run as papers to print, sign and send; counted now, or from a run that is kept."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.advice import with_advice
from samrit.cli.inputs import site_packs
from samrit.cli.schemes import (
    AsOfOption,
    InputsOption,
    OrgOption,
    PreviousOption,
    SetOption,
    SnapshotOption,
    make_run,
)
from samrit.cli.shown import DEFAULT_HOME, HomeOption, out, show_problems
from samrit.problems import nearest, problem
from samrit.reference import Period, Register
from samrit.reports import REPORTS, ReportsError, run_of_folder
from samrit.results import check_run, find_run, frozen_of, in_force
from samrit.schemes import SchemeRun, pack_ids, read_pack
from samrit.schemes.kept import register_of
from samrit.warehouse import Home

FORMS = ("xlsx",)
ENDINGS = tuple(ending for ending in REPORTS if ending)
NAMES_HELP = f"รหัสกติกา หรือรหัสกติกาตามด้วย {' '.join(ENDINGS)} / pack id, alone or with one of these endings"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("report")(report)


def report(
    name: Annotated[str, typer.Argument(help=NAMES_HELP)],
    file: Annotated[Path, typer.Option("--out", help="แฟ้มที่จะเขียน / the file to write")],
    run: Annotated[str, typer.Option("--run", help="ทำจากผลที่เก็บไว้ ไม่นับใหม่ / from a kept run: nothing is counted")] = "",
    org: OrgOption = "",
    period: Annotated[
        str, typer.Option(help="ช่วงผลงาน ค.ศ. เช่น 2013-04-01..2014-02-28 / the period, CE (default: the scheme's)")
    ] = "",
    as_of: AsOfOption = "",
    form: Annotated[str, typer.Option("--format", help="xlsx")] = "xlsx",
    snapshot: SnapshotOption = "",
    inputs: InputsOption = None,
    changes: SetOption = None,
    trend: Annotated[bool, typer.Option("--trend", help="เพิ่มแผ่นแนวโน้ม / add the sheet of the trend")] = False,
    previous: PreviousOption = "",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """เขียนสมุดงานผล หนังสือแจ้งยอด ใบแจ้งยอดลูกหนี้ หรือทะเบียนงวดเงิน / write the papers of a run."""
    place = Home(home)
    if form not in FORMS:
        raise ReportsError(problem("reports.form", name=name, found=form, known=", ".join(FORMS)))
    if run:
        asked = {
            "--org": org, "--period": period, "--as-of": as_of, "--snapshot": snapshot, "--inputs": inputs,
            "--set": changes, "--trend": trend, "--previous": previous,
        }  # fmt: skip
        done, organisations, ending = _kept(place, name, run, [option for option, value in asked.items() if value])
    else:
        pack_id, ending = _split(name, pack_ids(site_packs(place)))
        day = _last_day(place, pack_id, period, as_of)
        said = (org, day, snapshot, changes, inputs)
        done, _, organisations = make_run(place, pack_id, *said, previous=previous, trend=trend)
    names = {code: row.name_th for code, row in organisations.on(done.census_day).items()}
    frozen = frozen_of(place.runs, done.run.id)
    current = in_force(place.runs, frozen.about) if frozen else None
    replaced_by = current.run if current and current.run != done.run.id else ""
    REPORTS[ending](done, file, names, frozen, replaced_by)
    show_problems(done.warnings if run else with_advice(done.warnings, place, done.period.end))
    mark = "รับรองแล้ว / frozen" if frozen else "ร่าง ยังไม่รับรอง / draft, not frozen"
    mark = f"ยกเลิกแล้ว ใช้ {replaced_by} แทน / replaced by {replaced_by}" if replaced_by else mark
    out.print(f"ผล / run {done.run.id} ({mark})  ->  {file}", markup=False, highlight=False)


def _kept(home: Home, name: str, run_id: str, asked: list[str]) -> tuple[SchemeRun, Register, str]:
    """A kept run, its register, and the ending of the report. What would count anew is refused beside it."""
    if asked:
        raise ReportsError(problem("reports.run_alone", options=", ".join(asked)))
    kept = find_run(home.runs, run_id)
    _, ending = _split(name, [kept.manifest["scheme"]])
    check_run(home.runs, kept)
    return run_of_folder(kept), register_of(kept), ending


def _split(name: str, packs: list[str] | tuple[str, ...]) -> tuple[str, str]:
    """The pack and the ending of a report's name. Raises ReportsError for a name that is none."""
    known = {f"{pack_id}{ending}": (pack_id, ending) for pack_id in packs for ending in REPORTS}
    if name not in known:
        near = nearest(name, known) or "-"
        raise ReportsError(problem("reports.unknown", name=name, near=near, known=", ".join(known)))
    return known[name]


def _last_day(home: Home, pack_id: str, period: str, as_of: str) -> str:
    """The day up to which care counts: of --as-of, or the end of --period, which must start with the scheme's."""
    if not period:
        return as_of
    if as_of:
        raise ReportsError(problem("reports.period_twice"))
    whole, asked = read_pack(pack_id, site=site_packs(home)).scheme.period, Period.parse(period)
    if asked.start != whole.start or asked.end > whole.end:
        days: dict[str, date] = {"start": whole.start, "end": whole.end}
        raise ReportsError(problem("reports.period", scheme=pack_id, found=period, **days))
    return "" if asked == whole else asked.end.isoformat()
