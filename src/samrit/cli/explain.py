"""The command `samrit schemes explain`: why this much - from the satang to the lines of received files, in words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from samrit.cli.schemes import (
    AsOfOption,
    InputsOption,
    PackArgument,
    PreviousOption,
    SetOption,
    SnapshotOption,
    prepare_run,
    run_prepared,
)
from samrit.cli.shown import DEFAULT_HOME, HomeOption, JsonOption, err, out, show_json
from samrit.problems import problem
from samrit.reference import Register
from samrit.results import Run, check_run, find_run, frozen_of
from samrit.schemes import SchemeRun, SchemesError, check_asked, choose, explain, recall
from samrit.schemes.kept import register_of
from samrit.schemes.materials import Materials
from samrit.warehouse import Home, Snapshot, WarehouseError, open_snapshot

NO_SNAPSHOT = "ไม่มีข้อมูลชุด {0} ในเครื่องนี้ จึงไม่แสดงบรรทัดที่รับมา / snapshot {0} is not here, so no received lines are shown"


@dataclass(frozen=True)
class _Found:
    """A run to be explained: made just now or kept. snapshot None: its data is not in this home."""

    done: SchemeRun
    snapshot: Snapshot | None
    register: Register


def register(app: typer.Typer) -> None:
    """Put the command into `samrit schemes`."""
    app.command("explain")(explain_item)


def explain_item(
    pack_id: PackArgument,
    org: Annotated[str, typer.Option(help="รหัสหน่วยรับเงิน / the code of a payee")],
    item: Annotated[str, typer.Option(help="ข้อ เช่น 2.6 / item")],
    run: Annotated[str, typer.Option(help="รหัสผลที่เก็บไว้ อธิบายโดยไม่นับใหม่ / a kept run, explained without counting")] = "",
    lang: Annotated[Literal["th", "en"], typer.Option(help="ภาษา / language")] = "th",
    level: Annotated[str, typer.Option(help="ระดับของหน่วยรับเงินของข้อนั้น / level of the item's payees")] = "",
    as_of: AsOfOption = "",
    snapshot: SnapshotOption = "",
    inputs: InputsOption = None,
    changes: SetOption = None,
    previous: PreviousOption = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """จากบาทถึงบรรทัดในแฟ้มที่รับมา / from the baht to the line of a received file, in words."""
    place = Home(home)
    if run:
        said = {"--as-of": as_of, "--snapshot": snapshot, "--inputs": inputs, "--set": changes, "--previous": previous}
        given = [name for name, value in said.items() if value]
        if given:
            names = " ".join(given)
            raise typer.BadParameter(f"--run: {names} เป็นของผลที่เก็บไว้อยู่แล้ว / the kept run has its own {names}")
        found = _kept(place, pack_id, run, org, item, level)
    else:
        found = _made(place, pack_id, org, item, level, as_of, snapshot, changes, inputs, previous)
    of = explain(found.done, found.snapshot, found.register, org, item)
    data = found.done.run.manifest["snapshot"]
    frozen = frozen_of(place.runs, found.done.run.id)
    if json:
        show_json({**of.as_dict(), "frozen_on": frozen.at[:10] if frozen else None})
        return
    for sentence in of.sentences(lang):
        out.print(sentence, markup=False, highlight=False)
    if found.snapshot is None:
        err.print(NO_SNAPSHOT.format(data), markup=False, highlight=False)
    official = f"  รับรองเมื่อ / frozen on {frozen.at[:10]}" if frozen else ""
    out.print(f"ผล / run {found.done.run.id}  ชุดข้อมูล / snapshot {data}{official}", markup=False, highlight=False)


def _kept(home: Home, pack_id: str, text: str, org: str, item: str, level: str) -> _Found:
    """A kept run, its files checked; nothing is counted."""
    kept = find_run(home.runs, text)
    check_run(home.runs, kept)
    scheme = kept.manifest["scheme"]
    if scheme != pack_id:
        raise SchemesError(problem("schemes.explain.other_pack", run=kept.id, found=scheme, scheme=pack_id))
    done, register_then = recall(kept), register_of(kept)
    _check(done.materials, register_then, org, item, level)
    return _Found(done, _snapshot_of(home, kept), register_then)


def _made(
    home: Home,
    pack_id: str,
    org: str,
    item: str,
    level: str,
    as_of: str,
    snapshot: str,
    changes: list[str] | None,
    inputs: Path | None,
    previous: str,
) -> _Found:
    """A run made now; what is asked for is checked before anything is counted."""
    of = prepare_run(home, pack_id, "", as_of, snapshot, changes, inputs, previous=previous)
    _check(choose(of.pack, of.register, of.asked, of.inputs), of.register, org, item, level)
    return _Found(run_prepared(of), of.snapshot, of.register)


def _check(of: Materials, register_then: Register, org: str, item: str, level: str) -> None:
    right = of.pack.pool(of.pack.item(item)).payee
    if level not in {"", right}:
        raise typer.BadParameter(f"หน่วยรับเงินของข้อนี้คือ {right} / the payees of this item are of level {right}")
    check_asked(of, register_then, org, item)


def _snapshot_of(home: Home, kept: Run) -> Snapshot | None:
    """The data that a run was made from, where the home still has it."""
    try:
        return open_snapshot(home, kept.manifest["snapshot"])
    except WarehouseError:
        return None
