"""Small claims and registry files for tests."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from samrit.claims import layout
from samrit.warehouse import Home, LoadedClaims, load_claims

INPATIENT, RISK, CERVICAL, PAID = (layout(k) for k in ("inpatient", "risk-screening", "cervical", "paid-items"))
WHO = "1100701234561"  # the text of a person column; whether it is a citizen number is asked where it matters
FORM = {"smoke": "1", "alcohol": "2", "weight": "60", "height": "165", "waist": "80", "sbp": "120", "dbp": "80"}

Line = Mapping[str, str]


def stay(an: str = "A1", **cells: str) -> dict[str, str]:
    """A UC stay for asthma of somebody at 11053 in June 2013."""
    usual = {"hospital": "11053", "an": an, "person": WHO, "insurance": "0100", "admitted_at": "2013-06-01"}
    return usual | {"discharged_at": "2013-06-03", "principal_diagnosis": "J450"} | cells


def form(**cells: str) -> dict[str, str]:
    """A complete form of the risk screening."""
    return {"hospital": "11053", "person": WHO, "day": "2013-06-01", **FORM} | cells


def smear(**cells: str) -> dict[str, str]:
    """A line of the cervical registry with a result."""
    return {"hospital": "11053", "person": WHO, "day": "2013-06-01", "result": "normal"} | cells


def text_of(kind: str, lines: Sequence[Line]) -> str:
    """A CSV with all columns of the kind."""
    names = layout(kind).column_names
    return "".join(",".join(cells) + "\n" for cells in (names, *([line.get(n, "") for n in names] for line in lines)))


def write(folder: Path, name: str, kind: str, lines: Sequence[Line]) -> Path:
    """A file of the kind with those lines."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text_of(kind, lines), encoding="utf-8")
    return path


def load(home: Home, kind: str, *paths: Path) -> LoadedClaims:
    """Files of a kind loaded; nothing may be refused."""
    loaded = load_claims(home, layout(kind), paths)
    assert {received.status for received in loaded.received} <= {"loaded", "duplicate"}, loaded.problems
    return loaded


def load_lines(home: Home, folder: Path, kind: str, lines: Iterable[Line], name: str = "a.csv") -> LoadedClaims:
    """Lines written to a file and loaded."""
    return load(home, kind, write(folder, name, kind, list(lines)))
