"""Small packages for tests: rows that are whole by the standard, texts of entries, zips, homes, a way to ask views.

A test names only the cells it is about; `row` fills in what the table's key needs.
"""

import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from samrit.f43 import ColumnType, PackageName, package_name, table
from samrit.warehouse import Home, Kind, Loaded, Snapshot, load, views
from samrit.warehouse.standing import open_standing

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
    """A zip: entry -> rows, text or bytes, in that order (pairs: a name may come twice); the same bytes every time."""
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
    """The standing rows of a table of a facility in order of their row ids, all columns of the table."""
    rows = open_standing(snapshot.home, facility, snapshot.facilities[facility]["standing"]).rows(snapshot.home, name)
    if not rows.height:
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        rows.write_parquet(path)
        return _duckdb().execute(f"SELECT {columns} FROM read_parquet('{path}') ORDER BY row_id").fetchall()


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


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


def random_packages(dice: Random, folder: Path, facilities: Sequence[str], days: int) -> list[Path]:
    """Packages of several facilities and days: few keys, so that versions, ties and corrections meet; some dirt."""
    return [
        write_zip(
            folder, name_of_zip(day, facility, dice.choice(["", "", "-1", "_x"])), _random_entries(dice, facility)
        )
        for facility in facilities
        for day in dice.sample(range(1, days + 1), dice.randint(2, days))
    ]


def _random_entries(dice: Random, facility: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    for name in dice.sample(RANDOM_TABLES, dice.randint(3, len(RANDOM_TABLES))):
        rows = [_random_row(dice, name, facility) for _ in range(dice.randint(1, 14))]
        text = text_of(rows)
        if dice.random() < 0.3:
            text += dice.choice(["\r\n", "x|y\r\n", "|" * 40 + "\r\n", " \r\n"]) * 2
        entries[dice.choice([name, name.lower(), f"f/{name}_{facility}.txt"])] = text
    return entries


RANDOM_TABLES = (
    "PERSON", "CARD", "CHRONIC", "CHRONICFU", "NCDSCREEN", "ANC", "LABOR", "ADMISSION", "DIAGNOSIS_IPD", "DRUG_IPD",
    "DATA_CORRECT",
)  # fmt: skip


def _random_row(dice: Random, name: str, facility: str) -> dict[str, str]:
    pid = f"P{dice.randint(1, 6)}"
    updated = dice.choice(["", "25560101", *(f"201310{day:02d}" for day in (1, 1, 2, 3))])
    made = row(name, HOSPCODE=facility, PID=pid, D_UPDATE=updated)
    if "PID" not in table(name).column_names:
        del made["PID"]
    match name:
        case "PERSON":
            home = {"TYPEAREA": dice.choice("1134"), "DISCHARGE": dice.choice("9991"), "NATION": "099"}
            made |= home | {"CID": citizen_id(int(pid[1:])), "SEX": dice.choice("12"), "BIRTH": "19600501"}
        case "CARD":
            made |= {"INSTYPE_NEW": dice.choice(["0100", "1100", "4200"]), "MAIN": facility}
            made |= {c: dice.choice(["", "20130101", "20130601", "20140101"]) for c in ("STARTDATE", "EXPIREDATE")}
        case "CHRONICFU" | "NCDSCREEN" | "ANC" | "CHRONIC":
            made["DATE_DIAG" if name == "CHRONIC" else "DATE_SERV"] = f"2013060{dice.randint(1, 4)}"
            made |= {"SBP": dice.choice(["120", "150", "x"]), "DBP": "80"} if name == "CHRONICFU" else {}
        case "LABOR":
            made |= {"BDATE": f"2013060{dice.randint(1, 4)}", "GRAVIDA": dice.choice(["1", "2", "G"])}
        case "ADMISSION" | "DRUG_IPD" | "DIAGNOSIS_IPD":
            made["AN"] = f"A{dice.randint(1, 4)}"
            made |= {"DIDSTD": dice.choice("abc")} if name == "DRUG_IPD" else {}
            made |= {"DIAGTYPE": "1", "DIAGCODE": dice.choice(["E119", "I10"])} if name == "DIAGNOSIS_IPD" else {}
            made |= {"DATETIME_ADMIT": "20130601", "DATETIME_DISCH": "20130603"} if name == "ADMISSION" else {}
        case "DATA_CORRECT":
            pairs = {"PID": pid} | dice.choice([{}, {"SEX": "1"}])
            made |= {"TABLENAME": dice.choice(["PERSON", "person"]), "DATA_CORRECT": json.dumps(pairs)}
            if dice.random() < 0.3:
                made |= {"TABLENAME": "DRUG_IPD", "DATA_CORRECT": json.dumps({"AN": f"A{dice.randint(1, 4)}"})}
    if dice.random() < 0.1:
        made[dice.choice(list(made))] = dice.choice(["", "99999", "25560101"])
    return made


def citizen_id(number: int) -> str:
    """A valid citizen number (DEFINITIONS S3.1), the same for the same number."""
    twelve = f"10{number:010d}"
    return twelve + str((11 - sum(int(c) * (13 - i) for i, c in enumerate(twelve)) % 11) % 10)
