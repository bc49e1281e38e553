"""`samrit report`: a finished run as a workbook to print, sign and send."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.advice import with_advice
from samrit.cli.schemes import AsOfOption, InputsOption, OrgOption, SetOption, SnapshotOption, make_run
from samrit.cli.shown import DEFAULT_HOME, HomeOption, out, show_problems
from samrit.problems import nearest, problem
from samrit.reference import Period
from samrit.reports import ReportsError, write_notices, write_workbook
from samrit.schemes import pack_ids, read_pack
from samrit.warehouse import Home

NOTICES = "-notices"
FORMS = ("xlsx",)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("report")(report)


def report(
    name: Annotated[str, typer.Argument(help="รหัสกติกา หรือรหัสกติกา-notices / pack id, or pack id-notices")],
    file: Annotated[Path, typer.Option("--out", help="แฟ้มที่จะเขียน / the file to write")],
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
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """คำนวณแล้วเขียนสมุดงาน: ผลของทุกหน่วย หรือหนังสือแจ้งยอด / run a scheme and write its workbook or its notices."""
    pack_id = _pack_of(name)
    if form not in FORMS:
        raise ReportsError(problem("reports.form", name=name, found=form, known=", ".join(FORMS)))
    day = _last_day(pack_id, period, as_of)
    done, _, organisations = make_run(Home(home), pack_id, org, day, snapshot, changes, inputs, trend=trend)
    names = {code: row.name_th for code, row in organisations.on(done.census_day).items()}
    write = write_notices if name.endswith(NOTICES) else write_workbook
    write(done, file, names)
    show_problems(with_advice(done.warnings, Home(home), done.period.end))
    out.print(f"ผล / run {done.run.id}  ->  {file}", markup=False, highlight=False)


def _pack_of(name: str) -> str:
    known = [f"{pack_id}{ending}" for pack_id in pack_ids() for ending in ("", NOTICES)]
    if name not in known:
        near = nearest(name, known) or "-"
        raise ReportsError(problem("reports.unknown", name=name, near=near, known=", ".join(known)))
    return name.removesuffix(NOTICES)


def _last_day(pack_id: str, period: str, as_of: str) -> str:
    """The day up to which care counts: of --as-of, or the end of --period, which must start with the scheme's."""
    if not period:
        return as_of
    if as_of:
        raise ReportsError(problem("reports.period_twice"))
    whole, asked = read_pack(pack_id).scheme.period, Period.parse(period)
    if asked.start != whole.start or asked.end > whole.end:
        days: dict[str, date] = {"start": whole.start, "end": whole.end}
        raise ReportsError(problem("reports.period", scheme=pack_id, found=period, **days))
    return "" if asked == whole else asked.end.isoformat()
