"""The files of a run's inputs: one CSV or XLSX per kind, by its name, and the columns of every kind."""

from collections.abc import Mapping
from pathlib import Path

from samrit.problems import Problems, Where, nearest, problem
from samrit.reference.network import AGREEMENT_COLUMNS, ZONE_COLUMNS
from samrit.schemes.accounts import ACCOUNT_COLUMNS
from samrit.schemes.errors import SchemesError
from samrit.schemes.payees import ATTRIBUTES

ENDINGS = (".csv", ".xlsx")
ORG = "org"
SIGNED = ("author", "entered_on")
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "entries": (("item", "org", *SIGNED), ("a", "b", "value", "note")),
    "facts": (("item", "org", "fact", "value", *SIGNED), ("unit", "note")),
    "populations": (("org", "district_code"), ("name_th", "name_en", *ATTRIBUTES, *ACCOUNT_COLUMNS)),
    "winners": (("org", "pool", *SIGNED), ("note",)),
    "changes": (("path", "value", *SIGNED), ("reason",)),
    "cube": (("item", "org", "a", "b"), ()),
    "last": (("item", "org"), ("a", "b", "value")),
    "activities": (("org", "hospitals", "beds", "units"), ()),
    "adjustments": (
        ("org", "kind", "amount_baht", "reason", *SIGNED),
        ("item", "approved_by", "approved_on"),
    ),
    "indices": (("org", "name", "value"), ("item",)),
    "last_paid": (("org", "amount_baht"), ()),
    "ledger": (("org", "since", "amount_baht"), ()),
    "zones": (ZONE_COLUMNS, ()),
    "agreements": (AGREEMENT_COLUMNS, ()),
}
"""kind -> columns that must be there, columns that may be; populations have one more per base of people of the pack."""


def find_inputs(folder: Path, pack_id: str = "") -> dict[str, Path]:
    """kind -> file of a folder; org is there too when it was given, for whoever makes the run to read.

    A folder that has a folder of the pack's name keeps inputs of several packs: then that one is meant. Raises
    SchemesError for a folder that is not there, an unknown file name, an ending that is not CSV or XLSX, and a kind
    that stands twice.
    """
    if pack_id and (folder / pack_id).is_dir():
        folder = folder / pack_id
    if not folder.is_dir():
        raise SchemesError(problem("schemes.input.folder", Where(file=folder.name)))
    kinds = [*COLUMNS, ORG]
    problems = Problems()
    found: dict[str, Path] = {}
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        kind = path.stem.lower()
        if path.suffix.lower() not in ENDINGS:
            if kind in kinds:
                problems.add("schemes.input.ending", Where(file=path.name))
        elif kind not in kinds:
            near = nearest(kind, kinds) or "-"
            problems.add("schemes.input.kind", Where(file=path.name), found=kind, near=near, good=", ".join(kinds))
        elif kind in found:
            problems.add("schemes.input.twice", Where(file=path.name), kind=kind)
        else:
            found[kind] = path
    if problems.has_errors:
        raise SchemesError(*problems.sorted())
    return found
