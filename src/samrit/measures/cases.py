"""A worked case of a measure: a handful of 43-file rows and the result they must give; varied, written as zips.

>>> from pathlib import Path
>>> from samrit.measures.case_reading import read_cases
>>> from samrit.measures.cases import write_packages
>>> cases = read_cases(Path("src/samrit/measures/catalogue/ht_controlled/cases.yaml"))  # doctest: +SKIP
>>> write_packages(cases[0], Path("inbox"))  # doctest: +SKIP
[PosixPath('inbox/F43_11053_20140411101500.zip')]

Source: layout of the worked cases of the definition book; what a case leaves out stands in `case_defaults`.
"""

import csv
import random
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from samrit.logs import log_kind
from samrit.measures.case_defaults import (
    AUTOMATIC,
    Row,
    Tables,
    cid_of,
    columns_by_table,
    complete,
    stamp_of_package,
    standard_organisation,
)
from samrit.measures.errors import MeasuresError
from samrit.problems import Where, problem

__all__ = [
    "SENDER",
    "Case",
    "CasesError",
    "Expected",
    "cid_of",
    "resolve",
    "shuffled",
    "split_over_packages",
    "write_logs",
    "write_packages",
]

SENDER = re.compile(r"[0-9A-Za-z]+", re.ASCII)
"""What can stand as the sender in the name of a zip."""
LOG_KINDS = {"DX_LOG": "data-exchange", "SHID_LOG": "smart-health-id"}
# A zip needs a time for its entries; a fixed one makes equal cases equal bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class CasesError(MeasuresError):
    """Cases that cannot be used; carries one problem per mistake, with file and line.

    MeasuresError
    +-- CasesError
    """


@dataclass(frozen=True)
class Expected:
    """The result that a group (facility, contracting unit or level) must have; `value` None = no value.

    A count is an int; where weights are summed it is a Decimal. `value` is compared half up to 4 decimals.
    """

    a: Decimal | int
    b: Decimal | int
    value: Decimal | None


@dataclass(frozen=True)
class Case:
    """One worked case: rows, the measure and period they are counted for, the result they must give.

    `tables` holds rows of 43-file texts (column -> cell); a column that a row lacks gets its default from `resolve`.
    `without` names the automatic rows that are not made (person, visitors, cards); `text` holds `encoding` (a Python
    codec) and `header` (upper or lower). `logs` may hold DX_LOG and SHID_LOG. `expect` is keyed by what `by` names;
    a group that is not named has neither A nor B. `file` and `line` say where the case was written.
    """

    file: str
    name: str
    line: int
    measure: str
    period: tuple[date, date]
    census_day: date
    params: dict[str, object] = field(default_factory=dict)
    by: str = "facility"
    tables: Tables = field(default_factory=dict)
    organisation: list[Row] = field(default_factory=standard_organisation)
    zones: list[Row] = field(default_factory=list)
    agreements: list[Row] = field(default_factory=list)
    logs: dict[str, list[Row]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    text: dict[str, str] = field(default_factory=lambda: {"encoding": "utf-8", "header": "upper"})
    expect: dict[str, Expected] = field(default_factory=dict)


def resolve(case: Case) -> Case:
    """The case with all defaults and automatic rows written out: every row has every column, `zip` and `sender`."""
    tables = complete(case.tables, case.period, case.organisation, case.without)
    return replace(case, tables=tables, without=AUTOMATIC)


def shuffled(case: Case, seed: int) -> Case:
    """The resolved case with the rows of every table and log in a random order; the same seed, the same order.

    Two rows that share a key and D_UPDATE in one submission are a tie that the later line wins: do not shuffle those.
    """
    chance = random.Random(seed)  # noqa: S311 (an order of test rows, no secret)
    whole = resolve(case)
    return replace(
        whole,
        tables={name: chance.sample(rows, len(rows)) for name, rows in whole.tables.items()},
        logs={name: chance.sample(rows, len(rows)) for name, rows in whole.logs.items()},
    )


def split_over_packages(case: Case, seed: int) -> Case:
    """The resolved case with its rows spread at random over submissions 1 to 3; the same seed, the same spread.

    Only where all rows stand in one submission and nothing is corrected (DATA_CORRECT): else the order of the
    submissions is part of the case and it comes back resolved but unsplit. Rows of CHARGE_IPD and DRUG_IPD of one stay
    remain together, because a stay is replaced as a whole (definition book S2.4).
    """
    chance = random.Random(seed)  # noqa: S311 (a spread of test rows, no secret)
    whole = resolve(case)
    numbers = {row["zip"] for rows in whole.tables.values() for row in rows}
    if len(numbers) != 1 or whole.tables.get("DATA_CORRECT"):
        return whole
    stays: dict[tuple[str, str, str], str] = {}
    tables: Tables = {}
    for name, rows in whole.tables.items():
        tables[name] = []
        for row in rows:
            number = str(chance.randint(1, 3))
            if name in {"CHARGE_IPD", "DRUG_IPD"}:
                number = stays.setdefault((name, row["HOSPCODE"], row["AN"]), number)
            tables[name].append(row | {"zip": number})
    return replace(whole, tables=tables)


def write_packages(case: Case, folder: Path) -> list[Path]:
    """Write the case as 43-file zips, one per sender and submission; the paths by name. Same case, same bytes.

    F43_<sender>_<stamp>.zip holds one `<TABLE>.txt` per table with rows: `|` between cells, CRLF, the encoding and
    header of `case.text`. Raises CasesError when a sender cannot be part of a file name.
    """
    whole = resolve(case)
    encoding, header = whole.text.get("encoding", "utf-8"), whole.text.get("header", "upper")
    packages: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for table, columns in columns_by_table().items():
        for row in whole.tables.get(table, []):
            if not SENDER.fullmatch(row["sender"]):
                where = Where(case.file, line=case.line, field="sender")
                raise CasesError(problem("measures.cases.sender", where, column="sender", table=table))
            entries = packages.setdefault((row["sender"], row["zip"]), {})
            entries.setdefault(table, [dict(zip(columns, columns, strict=True))]).append(row)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for (sender, number), entries in packages.items():
        path = folder / f"F43_{sender}_{stamp_of_package(whole.period, int(number))}.zip"
        with zipfile.ZipFile(path, "w") as package:
            for table, rows in entries.items():
                columns = columns_by_table()[table]
                lines = ["|".join(row[column] for column in columns) for row in rows]
                lines[0] = lines[0].lower() if header == "lower" else lines[0]
                entry = zipfile.ZipInfo(f"{table}.txt", _ZIP_TIME)
                entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
                package.writestr(entry, "".join(f"{line}\r\n" for line in lines).encode(encoding))
        written.append(path)
    return sorted(written)


def write_logs(case: Case, folder: Path) -> list[tuple[str, Path]]:
    """The logs of the case as CSV, each with its kind (`samrit.logs`); none when the case has none."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in sorted(case.logs.items()):
        kind = log_kind(LOG_KINDS[name])
        path = folder / f"{kind.id}.csv"
        columns = list(dict.fromkeys((*kind.required, *(column for row in rows for column in row))))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        written.append((kind.id, path))
    return written
