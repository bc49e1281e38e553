"""Commands that keep the inputs of runs in the home, pack by pack: population, entries, facts, winners ... import."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.shown import DEFAULT_HOME, PROBLEMS_FOUND, HomeOption, out, show_problems
from samrit.schemes import RunInputs, SchemesError, read_inputs, read_pack
from samrit.schemes.authoring.site import site_folder
from samrit.schemes.inputs import COLUMNS
from samrit.warehouse import Home, InputSet, current_input, put_input

KINDS = {
    "population": ("populations", "ประชากรของหน่วยรับเงิน / people per payee"),
    "entries": ("entries", "ผลงานที่คีย์เข้า / typed-in results"),
    "facts": ("facts", "ข้อเท็จจริงที่ใช้ให้คะแนน / facts that items are judged by"),
    "winners": ("winners", "ผู้ได้รางวัลความเป็นเลิศ / winners of the excellence money"),
    "changes": ("changes", "ค่าที่พื้นที่กำหนดเอง เช่น เกณฑ์ น้ำหนัก / a site's own bands and weights"),
    "activities": ("activities", "จำนวนโรงพยาบาล เตียง และหน่วย / hospitals, beds and units"),
    "adjustments": ("adjustments", "การปรับยอดและอุทธรณ์ / adjustments and appeals"),
    "ledger": ("ledger", "ลูกหนี้จากงวดก่อน / receivables of earlier periods"),
}
USUAL = "qof-2557"
"""The pack that an input belongs to when nothing else is said."""


def kept_inputs(home: Home, pack_id: str) -> dict[str, InputSet]:
    """kind -> the newest kept input of a pack."""
    return {kind: kept for kind in COLUMNS if (kept := current_input(home, _kept_as(kind, pack_id)))}


def _kept_as(kind: str, pack_id: str) -> str:
    """The name that an input is kept under: inputs of one pack mean nothing to another."""
    return kind if pack_id == USUAL else f"{pack_id}.{kind}"


def register(app: typer.Typer) -> None:
    """Add one group per kind."""
    for name, (kind, words) in KINDS.items():
        group = typer.Typer(help=words, no_args_is_help=True)
        group.command("import", help=f"นำเข้า{words}")(_importer(kind))
        group.callback()(_nothing)
        app.add_typer(group, name=name)


def site_packs(home: Home) -> Path:
    """Where the packs of the site are."""
    return site_folder(home.path)


def _nothing() -> None:
    """Keeps `import` a subcommand although it is the only one."""


def _importer(kind: str) -> Callable[..., None]:
    def import_file(
        file: Annotated[Path, typer.Argument(help="CSV หรือ XLSX / CSV or XLSX")],
        scheme: Annotated[str, typer.Option(help="กติกาที่ใช้ / the pack to check against")] = "qof-2557",
        home: HomeOption = DEFAULT_HOME,
    ) -> None:
        place = Home(home)
        units = kept_inputs(place, scheme).get("populations")  # the payees that the others may name
        beside = {"populations": units.path} if units else {}
        site = site_packs(place)
        read_pack(scheme, site=site)
        try:
            read_inputs({**beside, kind: file}, lambda own: read_pack(scheme, own, site))
        except SchemesError as error:
            show_problems(error.problems)
            raise typer.Exit(PROBLEMS_FOUND) from error
        kept = put_input(place, _kept_as(kind, scheme), file.read_bytes(), date.today(), file.name)  # noqa: DTZ011 (roof)
        out.print(f"{kind}: ชุดที่ {kept.number} / input {kept.number}, sha256 {kept.sha256[:16]}", highlight=False)

    return import_file


def name_as_received(home: Home, pack_id: str, read: RunInputs) -> RunInputs:
    """The inputs of a run, those kept in the home under the names that their files had when they came."""
    kept = {(kind, of.sha256): of.file for kind, of in kept_inputs(home, pack_id).items()}
    files = (replace(file, file=kept.get((file.kind, file.sha256), file.file)) for file in read.files)
    return replace(read, files=tuple(files))
