"""Tables of a pack: its people and its printed pots, in the pack's folder or in the folder of the pack it extends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from samrit.problems import Problems, Where
from samrit.reference import SheetLine, read_sheet
from samrit.schemes.authoring.pools import People
from samrit.schemes.authoring.site import shown_name
from samrit.schemes.payees import Payee, population_columns, read_payees

POT_COLUMNS = ("component", "rate_baht_per_uc_printed", "amount_baht_printed")


@dataclass(frozen=True, slots=True)
class Pot:
    """A pot as it is printed, in baht per person and baht: never recomputed from rate x people (qof-2557 C1)."""

    component: str
    rate: Decimal | None
    amount: Decimal


def find_file(folders: Sequence[Path], name: str) -> Path | None:
    """The file in the first folder that has it."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def read_population(folders: Sequence[Path], people: Mapping[str, People], found: Problems) -> tuple[Payee, ...]:
    """The payees of the tables that the bases of people name, by code; none when the table comes with the run.

    Bases that name one file stand in it side by side; with more files a payee is the sum of its lines.
    """
    payees: dict[str, Payee] = {}
    for name in dict.fromkeys(base.file for base in people.values() if base.file):
        bases = {code: base for code, base in people.items() if base.file == name}
        path = find_file(folders, name)
        if path is None:
            found.add("schemes.population.missing", Where(file=shown_name(folders[0], name)))
            continue
        lines = _read_table(path, population_columns(bases), found)
        for payee in read_payees(lines, shown_name(path.parent, name), bases, found):
            before = payees.get(payee.org)
            payees[payee.org] = payee if before is None else _joined(before, payee, people)
    return tuple(payees[org] for org in sorted(payees))


def _joined(one: Payee, other: Payee, people: Mapping[str, People]) -> Payee:
    counts = {**one.people, **other.people}
    return replace(
        one,
        people={code: counts[code] for code in people if code in counts},
        attributes={**other.attributes, **one.attributes},
        account=one.account or other.account,
    )


def read_pots(folders: Sequence[Path], found: Problems) -> tuple[Pot, ...]:
    """The printed pots of pot.csv; a pack without the table has none."""
    path = find_file(folders, "pot.csv")
    if path is None:
        return ()
    pots = []
    for line in _read_table(path, (POT_COLUMNS, ("relation",)), found):
        try:
            rate, amount = (Decimal(text) if text else None for text in (line.cells[c] for c in POT_COLUMNS[1:]))
        except InvalidOperation:
            rate = amount = None
        if amount is None or amount < 0:
            found.add("schemes.pot.number", Where(file=shown_name(path.parent, path.name), line=line.number))
        else:
            pots.append(Pot(line.cells["component"], rate, amount))
    return tuple(pots)


def _read_table(path: Path, columns: tuple[tuple[str, ...], tuple[str, ...]], found: Problems) -> list[SheetLine]:
    """The lines of a table of a pack; what is wrong with its form is told under the place of the pack."""
    own = Problems()
    lines = read_sheet(path, *columns, own)
    shown = shown_name(path.parent, path.name)
    found.extend(replace(p, where=replace(p.where, file=shown)) for p in own)
    return lines
