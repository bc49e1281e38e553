"""Commands about organisations: org, zones and agreements import; and what other commands count by."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from samrit.cli.shown import DEFAULT_HOME, PROBLEMS_FOUND, HomeOption, out, show_problems
from samrit.measures import measure, measure_ids
from samrit.measures.naming import names_in
from samrit.reference import (
    COUNTRY,
    FacilityRow,
    Grouping,
    OrgLevel,
    ReferenceRefused,
    ReferralNetwork,
    Register,
    agreements_csv,
    read_agreements_file,
    read_org_file,
    read_zones_file,
    shipped_register,
    zones_csv,
)
from samrit.schemes import InputFile, Pack, RunInputs
from samrit.warehouse import Home, current_input, put_input

app = typer.Typer(help="ทะเบียนหน่วยบริการ / the organisation register", no_args_is_help=True)
zones_app = typer.Typer(help="โซนของกลุ่มโรคสำหรับการส่งต่อ / zones of disease groups", no_args_is_help=True)
agreements_app = typer.Typer(help="ข้อตกลงรับส่งต่อข้ามเขต / agreements to refer", no_args_is_help=True)
KIND, ZONES, AGREEMENTS = "org", "zones", "agreements"
SIZES_TH = {"large": "ใหญ่", "small": "เล็ก"}
Made = TypeVar("Made")
FileArgument = Annotated[Path, typer.Argument(help="CSV หรือ XLSX / CSV or XLSX")]


@app.command("import")
def import_org(
    file: FileArgument,
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


@zones_app.callback()
@agreements_app.callback()
def _alone() -> None:
    """Keeps `import` a subcommand although it is the only one."""


@zones_app.command("import")
def import_zones(file: FileArgument, home: HomeOption = DEFAULT_HOME) -> None:
    """นำเข้าโซนทั้งหมด (group, hospcode, zone) แทนชุดก่อน / import all zones, in place of those before."""
    place = Home(home)
    zones, problems = _read_or_exit(lambda: read_zones_file(file, _codes(place)))
    show_problems(problems)
    _keep(place, ZONES, zones_csv(zones), file, f"โซน {len(zones):,} แถว", f"{len(zones):,} zones")


@agreements_app.command("import")
def import_agreements(file: FileArgument, home: HomeOption = DEFAULT_HOME) -> None:
    """นำเข้าข้อตกลงทั้งหมด (from, to ใช้ได้ทั้งสองทาง) แทนชุดก่อน / import all agreements; both directions hold."""
    place = Home(home)
    pairs, problems = _read_or_exit(lambda: read_agreements_file(file, _codes(place)))
    show_problems(problems)
    _keep(place, AGREEMENTS, agreements_csv(pairs), file, f"ข้อตกลง {len(pairs):,} คู่", f"{len(pairs):,} agreements")


def _read_or_exit(read: Callable[[], Made]) -> Made:
    try:
        return read()
    except ReferenceRefused as error:
        show_problems(error.problems)
        raise typer.Exit(PROBLEMS_FOUND) from error


def _codes(home: Home) -> set[str]:
    return {row.hospcode for row in current_register(home).rows}


def _keep(home: Home, kind: str, content: bytes, file: Path, said_th: str, said_en: str) -> None:
    kept = put_input(home, kind, content, date.today(), f"{file.stem}.csv")  # noqa: DTZ011 (roof)
    out.print(f"{said_th} (ชุดที่ {kept.number}) / {said_en}", markup=False, highlight=False)


def current_network(home: Home) -> ReferralNetwork:
    """The zones and agreements in force: the newest imports, else none."""
    zones, agreements = current_input(home, ZONES), current_input(home, AGREEMENTS)
    return ReferralNetwork(
        read_zones_file(zones.path)[0] if zones else (), read_agreements_file(agreements.path)[0] if agreements else ()
    )


def with_network(home: Home, pack: Pack, inputs: RunInputs) -> RunInputs:
    """The inputs of a run with the zones and agreements of the home that its counts read and that it was not given."""
    counted = [measure(item.measure) for item in pack.scheme.items if item.measure in measure_ids()]
    read = {view for of in counted for view in names_in(of).views}
    given = {file.kind for file in inputs.files}
    found = {
        kind: kept
        for kind in (ZONES, AGREEMENTS)
        if kind in read - given and (kept := current_input(home, kind)) is not None
    }
    ours = current_network(home)
    papers = (InputFile(kind, kept.file, kept.sha256, kept.day, kept.read()) for kind, kept in found.items())
    return replace(
        inputs,
        files=tuple(sorted((*inputs.files, *papers), key=lambda file: file.kind)),
        network=ReferralNetwork(
            ours.zones if ZONES in found else inputs.network.zones,
            ours.agreements if AGREEMENTS in found else inputs.network.agreements,
        ),
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


def names_of(register: Register, level: OrgLevel | Grouping, day: date) -> dict[str, str]:
    """code -> Thai name of the organisations of a level on a day, as far as the register and the area tables know."""
    if isinstance(level, Grouping):
        classes = {row.hospital_class: row for row in register.on(day).values()}
        return {code: _name_of_class(row) for code, row in sorted(classes.items()) if code}
    if level is OrgLevel.COUNTRY:
        return {COUNTRY: "ประเทศไทย"}
    if level in (OrgLevel.FACILITY, OrgLevel.CONTRACTING_UNIT):
        return {code: row.name_th for code, row in register.on(day).items()}
    return {code: area.name_th for code, area in register.areas.of(level).items()}


def _name_of_class(row: FacilityRow) -> str:
    size = SIZES_TH.get(row.size, row.size)
    return f"โรงพยาบาลระดับ {row.service_level}{f' {size}' if size else ''}"
