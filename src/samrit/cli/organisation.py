"""Commands about organisations: org import; and the register that other commands count by."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.shown import DEFAULT_HOME, PROBLEMS_FOUND, HomeOption, out, show_problems
from samrit.reference import ReferenceRefused, Register, read_org_file, shipped_register
from samrit.warehouse import Home, current_input, put_input

app = typer.Typer(help="ทะเบียนหน่วยบริการ / the organisation register", no_args_is_help=True)
KIND = "org"


@app.command("import")
def import_org(
    file: Annotated[Path, typer.Argument(help="CSV หรือ XLSX / CSV or XLSX")],
    home: HomeOption = DEFAULT_HOME,
    replace: Annotated[
        bool, typer.Option("--replace", help="ใช้แฟ้มนี้แทนทะเบียนทั้งหมด / the file is the whole register")
    ] = False,
) -> None:
    """นำเข้าทะเบียนหน่วยบริการของพื้นที่ / import a site's own table; refused as a whole when anything is wrong."""
    place = Home(home)
    try:
        register, problems = read_org_file(file, None if replace else current_register(place))
    except ReferenceRefused as error:
        show_problems(error.problems)
        raise typer.Exit(PROBLEMS_FOUND) from error
    show_problems(problems)
    kept = put_input(place, KIND, register.canonical_csv(), date.today(), f"{file.stem}.csv")  # noqa: DTZ011 (roof)
    out.print(
        f"ทะเบียน {len(register.rows):,} แถว (ชุดที่ {kept.number}) / register of {len(register.rows):,} rows",
        markup=False,
    )


def current_register(home: Home) -> Register:
    """The register in force: the newest import, else the shipped one."""
    kept = current_input(home, KIND)
    if kept is None:
        return shipped_register()
    return read_org_file(kept.path, None)[0]


def register_with(home: Home, given: Path | None) -> tuple[Register, dict[str, str]]:
    """The register of a run and what its manifest says of it: a given file, else the one in force."""
    if given:
        register = read_org_file(given, None)[0]
        return register, {"file": given.name, "sha256": hashlib.sha256(given.read_bytes()).hexdigest(), "day": ""}
    kept = current_input(home, KIND)
    register = current_register(home)
    digest = hashlib.sha256(register.canonical_csv()).hexdigest()
    return register, kept.as_dict() if kept else {"file": "shipped", "sha256": digest, "day": ""}
