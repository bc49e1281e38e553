"""Made-up measures and small snapshots for the tests of this folder."""

import random
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import yaml

from samrit.measures.binding import bind_check
from samrit.measures.case_defaults import standard_organisation
from samrit.measures.cases import Case, write_packages
from samrit.measures.compiling import Compiled, compile_measure
from samrit.measures.definition import Measure, read_measure
from samrit.measures.errors import MeasuresError
from samrit.problems import Problem
from samrit.reference import FacilityRow, Period, Register
from samrit.warehouse import Home, Snapshot, load

WORDS = {"th": "ทดลอง", "en": "made up"}
B_OF_ALL = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p"
A_OF_ALL = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p"


def write_measure(
    folder: Path, a_sql: str | None = A_OF_ALL, b_sql: str | None = B_OF_ALL, **changes: object
) -> Path:
    """A folder with measure.yaml, a.sql and b.sql; `changes` are keys of measure.yaml, None leaves one out."""
    folder.mkdir(parents=True, exist_ok=True)
    part: dict[str, object] = {"counts": "people", "unit": "คน", **WORDS}
    keys: dict[str, object] = {
        "id": folder.name,
        "title": WORDS,
        "why": WORDS,
        "a": part,
        "b": part,
        "formula": "(A/B)x100",
        "better": "higher",
        "counted_at": "home_facility",
        "sources": [{"document": "none", "at": "made up"}],
    } | changes
    keys = {key: value for key, value in keys.items() if value is not None}
    text = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False)
    (folder / "measure.yaml").write_text(text, encoding="utf-8")
    for name, sql in (("a", a_sql), ("b", b_sql)):
        if sql is not None:
            (folder / f"{name}.sql").write_text(sql, encoding="utf-8")
    return folder


def made_up(a_sql: str = A_OF_ALL, b_sql: str = B_OF_ALL, *, part_of: str = "", **changes: object) -> Measure:
    """A measure read from a folder that is thrown away."""
    if part_of:
        changes["a"] = {"counts": "people", "unit": "คน", "part_of": part_of, **WORDS}
    with tempfile.TemporaryDirectory() as folder:
        return read_measure(write_measure(Path(folder) / "made_up", a_sql, b_sql, **changes))


def compiled(measure: Measure, **parameters: object) -> Compiled:
    """The measure compiled with its default parameters and those given."""
    return compile_measure(measure, measure.with_parameters(parameters))


def problems_of(sql: str, **changes: object) -> list[Problem]:
    """Everything that compiling and binding say against a text that stands as a.sql."""
    measure = made_up(sql, **changes)
    try:
        return bind_check(compiled(measure))
    except MeasuresError as error:
        return list(error.problems)


def standard_register(*, without: Iterable[str] = ()) -> Register:
    """The standard organisation table of the worked cases, some facilities left out."""
    return Register(
        FacilityRow(**dict(row)) for row in standard_organisation() if row["hospcode"] not in set(without)
    )


def load_rows(folder: Path, case: Case) -> Snapshot:
    """The snapshot of a case's rows in a new home."""
    folder.mkdir(parents=True, exist_ok=True)
    write_packages(case, folder / "packages")
    return load(Home(folder / "home"), [folder / "packages"]).snapshot
