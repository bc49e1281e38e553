"""A kept run as materials again: its own pack, its own inputs, its own cells. Nothing is counted, no snapshot is read.

What evaluating these gives is what the run says, as long as the code is the same: verify, compare and simulate
stand on it.
"""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path

from samrit.measures import at_site
from samrit.measures.finding import Site
from samrit.reference import Period, Register, read_org_file, shipped_register
from samrit.results import Cell, Run, read_amount
from samrit.schemes.authoring.reading import read_pack_folder
from samrit.schemes.counting import gather_counts
from samrit.schemes.inputs import RunInputs, find_inputs, read_inputs
from samrit.schemes.materials import Materials
from samrit.schemes.running import Asked, choose

INPUTS, PACK, ORG = "inputs", "pack", "org"


def materials_of(run: Run) -> Materials:
    """The materials of a run from its folder. Raises SchemesError when the kept pack or inputs cannot be read."""
    manifest = run.manifest
    changes, said = manifest["changes"], manifest["parameters"]
    folder = run.folder / INPUTS
    files = find_inputs(folder) if folder.is_dir() else {}
    files.pop(ORG, None)
    register = register_of(run)
    with measures_of(run):
        inputs, pack = read_inputs(files, lambda own: read_pack_folder(run.folder / PACK / manifest["scheme"], changes))
        as_of = date.fromisoformat(said["as_of"]) if said["as_of"] else None
        chosen = choose(pack, register, Asked(said["org"], as_of), _as_said(inputs, run))
        cells = cells_of(run)
        return replace(chosen, counts=gather_counts(pack, cells, chosen.inputs, register, chosen.days[1]))


def measures_of(run: Run) -> AbstractContextManager[Site]:
    """A block in which measures are those that the run was made with: a run keeps the ones of its site beside its pack.

    What is read from a run is evaluated in such a block, whatever became of the site's measures since.
    """
    return at_site(run.folder / PACK)


def cells_of(run: Run) -> dict[str, list[Cell]]:
    """Item -> the cells that a run keeps."""
    cells: dict[str, list[Cell]] = {}
    periods: dict[tuple[str, str], Period] = {}
    for row in run.table("cube.csv"):
        days = row["period_start"], row["period_end"]
        period = periods.setdefault(days, Period(*map(date.fromisoformat, days)))
        places = (row["facility"], row["contracting_unit"], row["sex"], row["age_band"], row["letter"])
        cells.setdefault(row["item"], []).append(Cell(row["measure"], period, *places, read_amount(row["amount"])))
    return cells


def register_of(run: Run) -> Register:
    """The organisation register that a run keeps, else the shipped one."""
    found = register_file(run)
    return read_org_file(found, None)[0] if found else shipped_register()


def register_file(run: Run) -> Path | None:
    """The file of the organisation register that a run keeps; None: it was made with the shipped one."""
    return next(iter(sorted((run.folder / INPUTS).glob(f"{ORG}.*"))), None)


def _as_said(inputs: RunInputs, run: Run) -> RunInputs:
    """The inputs under the names that they had when the run was made, and the run that came before it."""
    names = {kind: paper["file"] for kind, paper in run.manifest["inputs"].items()}
    files = tuple(replace(file, file=names.get(file.kind, file.file)) for file in inputs.files)
    return replace(inputs, files=files, previous=run.manifest["parameters"].get("previous", ""))
