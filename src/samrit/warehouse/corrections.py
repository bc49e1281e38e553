"""DATA_CORRECT: what a facility withdrew (DEFINITIONS S2.5).

Zips are taken by stamp and name, the corrections of a zip before its other rows. A correction erases a key when a row
with that key stands and every pair it names equals the row's text; every version received before its zip is then gone,
and rows of that zip or later ones stand again. Each correction leaves a line that tells what it did.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from samrit.f43 import Stands, Table, table, table_names, typed
from samrit.f43.reader import LINE
from samrit.warehouse.parsing import ENTRY, ParsedTables

PASSED_OVER = frozenset({"EDITOR_CID"})
# Half of a JSON \u pair: no text, so it equals no cell.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Correction:
    """One DATA_CORRECT row: where it stands, the order of its package, its table, its pairs, what it did.

    effect: erased | no_row | differs | unreadable | other_facility | key_missing | no_table
    """

    package: str
    entry: int
    line: int
    order: int
    table: str
    pairs: tuple[tuple[str, str | None], ...]
    effect: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Place and effect; the pairs stay in the package."""
        return {
            "package": self.package,
            "entry": self.entry,
            "line": self.line,
            "table": self.table,
            "effect": self.effect,
        }

    def without_row(self) -> "Correction":
        """The same with the effect of a key that does not stand, unless it failed before."""
        return self if self.effect else replace(self, effect="no_row")


def corrections_of(facility: str, packages: Sequence[ParsedTables]) -> list[Correction]:
    """The corrections of a facility in the order in which they apply; `packages` in the order of submissions."""
    found: list[Correction] = []
    for order, package in enumerate(packages):
        rows = package.rows("DATA_CORRECT")
        if rows is None:
            continue
        mine = rows.filter(pl.col("HOSPCODE") == facility).sort(ENTRY, LINE)
        for row in mine.iter_rows(named=True):
            entry = package.parsed.entries[row[ENTRY] - 1]["number"]
            made = Correction(package.parsed.receipt.name, entry, row[LINE], order, row["TABLENAME"].upper(), ())
            found.append(_read(made, row["DATA_CORRECT"], facility))
    return found


def _read(made: Correction, text: str, facility: str) -> Correction:
    if made.table not in table_names() or table(made.table).stands is Stands.EVERY:
        return replace(made, effect="no_table")
    pairs = _pairs(text)
    if pairs is None:
        return replace(made, effect="unreadable")
    pairs.setdefault("HOSPCODE", facility)
    if pairs["HOSPCODE"] != facility:
        return replace(made, effect="other_facility")
    if any(not pairs.get(name) for name in table(made.table).key):
        return replace(made, effect="key_missing")
    return replace(made, pairs=tuple(sorted(pairs.items())))


def _pairs(text: str) -> dict[str, str | None] | None:
    """Names (upper case) and trimmed texts of the JSON object; None when it is none. A nested value equals nothing."""
    for attempt in (text, text.replace("'", '"')):
        try:
            read = json.loads(attempt, parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            continue
        if not isinstance(read, dict):
            return None
        return {n.strip().upper(): _text(v) for n, v in read.items() if n.strip().upper() not in PASSED_OVER}
    return None


def _text(value: Any) -> str | None:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return None if LONE_SURROGATE.search(value) else value.strip()
        case _:
            return None


def erased_keys(
    of: Table, versions: pl.DataFrame, corrections: list[Correction]
) -> tuple[pl.DataFrame, list[Correction]]:
    """Keys erased: key columns and `_before` (versions of packages before it are gone); and what each correction did.

    Only the few rows whose key a correction names are looked at one by one.
    """
    key = list(of.key)
    nothing = pl.DataFrame(schema={**dict.fromkeys(key, pl.String), "_before": pl.Int32})
    usable = [c for c in corrections if not c.effect]
    failed = [c for c in corrections if c.effect]
    if not usable:
        return nothing, failed
    named = pl.DataFrame([dict(c.pairs) for c in usable], schema=dict.fromkeys(key, pl.String)).unique()
    updated = typed(of.column("D_UPDATE")).alias("_updated")
    candidates: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in versions.join(named, on=key, how="semi", maintain_order="left").with_columns(updated).to_dicts():
        candidates.setdefault(tuple(row[name] for name in key), []).append(row)
    before: dict[tuple[str, ...], int] = {}
    done: list[Correction] = []
    for correction in usable:
        pairs = dict(correction.pairs)
        at = tuple(str(pairs[name]) for name in key)
        since = before.get(at, 0)
        rows = [r for r in candidates.get(at, []) if since <= r["_order"] < correction.order]
        if not rows:
            done.append(replace(correction, effect="no_row"))
        elif of.stands is Stands.BLOCK or _equals(pairs, _standing(rows)):
            before[at] = correction.order
            done.append(replace(correction, effect="erased"))
        else:
            done.append(replace(correction, effect="differs"))
    made = [{**dict(zip(key, at, strict=True)), "_before": order} for at, order in before.items()]
    return (pl.DataFrame(made, schema=nothing.schema) if made else nothing), failed + done


def _standing(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The version that stands: the latest D_UPDATE, nulls oldest, the last of equals."""
    best = rows[0]
    for row in rows[1:]:
        if best["_updated"] is None or (row["_updated"] is not None and row["_updated"] >= best["_updated"]):
            best = row
    return best


def _equals(pairs: dict[str, str | None], row: dict[str, Any]) -> bool:
    """True when every pair equals the row's text; a nested value and a name that is no column equal nothing."""
    return all(
        value is not None and not name.startswith("_") and row.get(name) == value for name, value in pairs.items()
    )
