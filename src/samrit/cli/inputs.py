"""Commands that keep the inputs of runs: population, entries, winners, changes import."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.shown import DEFAULT_HOME, PROBLEMS_FOUND, HomeOption, out, show_problems
from samrit.schemes import SchemesError, read_inputs, read_pack
from samrit.warehouse import Home, current_input, put_input

KINDS = {
    "population": ("populations", "ประชากร UC ของหน่วยรับเงิน / people per payee"),
    "entries": ("entries", "ผลงานที่คีย์เข้า / typed-in results"),
    "winners": ("winners", "ผู้ได้รางวัลความเป็นเลิศ / winners of the excellence money"),
    "changes": ("changes", "ค่าที่พื้นที่กำหนดเอง เช่น เกณฑ์ น้ำหนัก / a site's own bands and weights"),
}


def register(app: typer.Typer) -> None:
    """Add one group per kind."""
    for name, (kind, words) in KINDS.items():
        group = typer.Typer(help=words, no_args_is_help=True)
        group.command("import", help=f"นำเข้า{words}")(_importer(kind))
        group.callback()(_nothing)
        app.add_typer(group, name=name)


def _nothing() -> None:
    """Keeps `import` a subcommand although it is the only one."""


def _importer(kind: str) -> Callable[..., None]:
    def import_file(
        file: Annotated[Path, typer.Argument(help="CSV หรือ XLSX / CSV or XLSX")],
        scheme: Annotated[str, typer.Option(help="กติกาที่ใช้ตรวจ / the pack to check against")] = "qof-2557",
        home: HomeOption = DEFAULT_HOME,
    ) -> None:
        place = Home(home)
        units = current_input(place, "populations")  # the payees that the others may name
        beside = {"populations": units.path} if units else {}
        read_pack(scheme)
        try:
            read_inputs({**beside, kind: file}, lambda own: read_pack(scheme, own))
        except SchemesError as error:
            show_problems(error.problems)
            raise typer.Exit(PROBLEMS_FOUND) from error
        kept = put_input(place, kind, file.read_bytes(), date.today(), file.name)  # noqa: DTZ011 (roof)
        out.print(f"{kind}: ชุดที่ {kept.number} / input {kept.number}, sha256 {kept.sha256[:16]}", highlight=False)

    return import_file
