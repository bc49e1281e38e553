"""Commands about organisations: org import; and the register that other commands count by."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.shown import DEFAULT_HOME, PROBLEMS_FOUND, HomeOption, out, show_problems
from samrit.reference import COUNTRY, OrgLevel, ReferenceRefused, Register, read_org_file, shipped_register
from samrit.schemes import InputFile
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


def register_with(home: Home, given: Path | None) -> tuple[Register, InputFile]:
    """The register of a run and the file it is read from: a given one, else the one in force (the shipped has no bytes
    to keep)."""
    if given:
        content = given.read_bytes()
        return read_org_file(given, None)[0], InputFile(KIND, given.name, _digest(content), "", content)
    register, kept = current_register(home), current_input(home, KIND)
    if kept:
        return register, InputFile(KIND, kept.file, kept.sha256, kept.day, kept.read())
    return register, InputFile(KIND, "shipped", _digest(register.canonical_csv()), "")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def names_of(register: Register, level: OrgLevel, day: date) -> dict[str, str]:
    """code -> Thai name of the organisations of a level on a day, as far as the register and the area tables know."""
    if level is OrgLevel.COUNTRY:
        return {COUNTRY: "ประเทศไทย"}
    if level in (OrgLevel.FACILITY, OrgLevel.CONTRACTING_UNIT):
        return {code: row.name_th for code, row in register.on(day).items()}
    return {code: area.name_th for code, area in register.areas.of(level).items()}
