"""Small packages for tests: rows that are whole by the standard, texts of entries, zips, homes, a way to ask views.

A test names only the cells it is about; `row` fills in what the table's key needs.
"""

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from samrit.f43 import ColumnType, PackageName, package_name, table
from samrit.warehouse import Home, Kind, Loaded, Snapshot, load, views

HOSPCODE = "11053"
HOSPCODE9 = "EA0011053"
DATES = (ColumnType.DATE, ColumnType.DATETIME)

Row = Mapping[str, str]


def row(name: str, **cells: str) -> dict[str, str]:
    """A row of table `name` with every key column, PID, HOSPCODE9 and D_UPDATE filled in, then the given cells."""
    of = table(name)
    made = {column: _usual(name, column) for column in dict.fromkeys((*of.needed_in_header, "HOSPCODE9", "D_UPDATE"))}
    return made | cells


def _usual(name: str, column: str) -> str:
    usual = {"HOSPCODE": HOSPCODE, "HOSPCODE9": HOSPCODE9, "PID": "P1", "D_UPDATE": "20131001120000", "GRAVIDA": "1"}
    if column in usual:
        return usual[column]
    return "20130601" if table(name).column(column).type in DATES else f"{column[:4]}1"


def person(pid: str = "P1", **cells: str) -> dict[str, str]:
    """A PERSON row: a Thai man born on 1 May 1960 who lives there and has no citizen number."""
    usual = {"PID": pid, "SEX": "1", "BIRTH": "19600501", "NATION": "099", "DISCHARGE": "9", "TYPEAREA": "1"}
    return row("PERSON", **usual | {"CID": ""} | cells)


def correction(of: str, pairs: Mapping[str, Any] | str, **cells: str) -> dict[str, str]:
    """A DATA_CORRECT row: the table and the pairs, as a mapping or as the very text of the cell."""
    text = pairs if isinstance(pairs, str) else json.dumps(pairs, ensure_ascii=False)
    return row("DATA_CORRECT", TABLENAME=of, DATA_CORRECT=text, **cells)


def text_of(rows: Sequence[Row], ending: str = "\r\n") -> str:
    """The text of an entry: a header of all columns that any row names, then the rows."""
    names = list(dict.fromkeys(column for cells in rows for column in cells))
    lines = ["|".join(names), *("|".join(cells.get(name, "") for name in names) for cells in rows)]
    return "".join(line + ending for line in lines)


def name_of_zip(day: int = 1, sender: str = HOSPCODE, suffix: str = "") -> str:
    """The name of the package that `sender` sent on that day of January 2014."""
    return f"F43_{sender}_201401{day:02d}080000{suffix}.zip"


def parsed_name(day: int = 1, sender: str = HOSPCODE) -> PackageName:
    """The same, taken apart."""
    return package_name(name_of_zip(day, sender))


def write_zip(
    folder: Path, name: str, entries: Mapping[str, Sequence[Row] | str | bytes] | Sequence[tuple[str, str]]
) -> Path:
    """A zip: entry -> rows, text or bytes, in that order (pairs: an entry name may come twice); same bytes every time."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    pairs = entries.items() if isinstance(entries, Mapping) else entries
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in pairs:
            text = content if isinstance(content, str | bytes) else text_of(content)
            info = zipfile.ZipInfo(f"{entry}.txt" if entry.isidentifier() else entry, (2014, 1, 1, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return path


def load_all(home: Home, *paths: Path) -> Loaded:
    """Load and insist that nothing was refused."""
    loaded = load(home, list(paths))
    assert not loaded.problems
    assert {r.status for r in loaded.received} <= {"loaded", "duplicate"}, loaded.received
    return loaded


def standing(snapshot: Snapshot, name: str, columns: str = "*", facility: str = HOSPCODE) -> list[tuple[Any, ...]]:
    """The standing rows of a table of a facility in order of their row ids."""
    path = snapshot.home.standing / snapshot.facilities[facility]["standing"] / f"{name}.parquet"
    if not path.exists():
        return []
    return duckdb.connect().execute(f"SELECT {columns} FROM read_parquet('{path}') ORDER BY row_id").fetchall()


def effects(snapshot: Snapshot, facility: str = HOSPCODE) -> list[str]:
    """What the corrections of a facility did, in the order of their places."""
    text = (snapshot.home.standing / snapshot.facilities[facility]["standing"] / "summary.json").read_text()
    made = sorted(json.loads(text)["corrections"], key=lambda c: (c["package"], c["entry"], c["line"]))
    return [c["effect"] for c in made]


def ask(snapshot: Snapshot, sql: str) -> list[tuple[Any, ...]]:
    """The answer to SQL over the curated views of a snapshot."""
    return open_views(snapshot).execute(sql).fetchall()


def open_views(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """A connection that sees the curated views of a snapshot (those that come from a run's inputs are empty)."""
    connection = duckdb.connect()
    for name, view in views().items():
        sql = view.sql if view.kind is Kind.PLAIN else view.empty_select
        if files := snapshot.files(name):
            sql = f"SELECT * FROM read_parquet({[str(f) for f in files]})"
        connection.execute(f"CREATE VIEW {name} AS {sql}")
    return connection
