"""All commands in one application, and the one place where an error becomes an exit code."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from samrit import __version__
from samrit.cli import (
    claims,
    cube,
    data,
    explain,
    inputs,
    kpi,
    logs,
    measure_diff,
    measures,
    organisation,
    paid_twice,
    quality,
    reconcile,
    reports,
    runs,
    schemes,
    simulate,
    up,
)
from samrit.cli.shown import CANNOT_RUN, err, show_problems
from samrit.measures import at_site
from samrit.problems import SamritError

app = typer.Typer(
    help="สัมฤทธิ์: จากแฟ้ม 43 แฟ้มถึงเงินทุกสตางค์ ย้อนกลับได้ทุกแถว / Samrit: from a 43-file zip to a satang and back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
data.register(app)
app.add_typer(organisation.app, name="org")
app.add_typer(organisation.zones_app, name="zones")
app.add_typer(organisation.agreements_app, name="agreements")
inputs.register(app)
app.add_typer(logs.app, name="logs")
app.add_typer(claims.app, name="claims")
paid_twice.register(claims.app)
app.add_typer(measures.app, name="measures")
measure_diff.register(measures.app)
cube.register(measures.app)
app.add_typer(schemes.app, name="schemes")
explain.register(schemes.app)
simulate.register(schemes.app)
app.add_typer(runs.app, name="runs")
app.add_typer(kpi.app, name="kpi")
reports.register(app)
quality.register(app)
reconcile.register(app)
up.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"samrit {__version__}\n")
        raise typer.Exit


@app.callback()
def _everywhere(
    home: Annotated[
        Path | None, typer.Option("--home", help="โฟลเดอร์ข้อมูลของเครื่องนี้ / the home folder (everywhere)")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="รุ่นของโปรแกรม / the version")
    ] = False,
) -> None:
    """Options that stand before the command."""
    if home is not None:
        os.environ["SAMRIT_HOME"] = str(home)


def main() -> None:
    """Run the command line. Exit codes: 0 fine, 1 problems of level error, 2 wrong usage or cannot run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        with at_site(None):  # the site that a command names is forgotten when it ends
            app()
    except SamritError as error:
        show_problems(error.problems)
        sys.exit(CANNOT_RUN)
    except KeyboardInterrupt:
        err.print("หยุดแล้ว สิ่งที่รับไว้แล้วยังอยู่ครบ / stopped; what was received is kept")
        sys.exit(CANNOT_RUN)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
