"""Which rows exist (S2.2 to S2.5): of all submissions one row per key stands, blocks stand whole, corrections erase."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from second_opinion.dictionary import BLOCKS, TABLES, Table
from second_opinion.reading import Package, Row, find_packages, read_package

OLDEST = datetime(1, 1, 1)  # noqa: DTZ001 - before every readable D_UPDATE

Key = tuple[str, ...]
Versions = dict[str, dict[Key, list[Row]]]


def updated(row: Row) -> tuple[bool, datetime]:
    """D_UPDATE so that it can be compared: null is the oldest (S2.3)."""
    stamp = row.value.get("D_UPDATE")
    return (True, stamp) if isinstance(stamp, datetime) else (False, OLDEST)


def precedence(row: Row) -> tuple[Any, ...]:
    """S2.3: D_UPDATE, stamp, zip name, digest of the zip, entry, line; the largest stands."""
    return (updated(row), *row.package.order, row.entry, row.line)


def choose_row(versions: list[Row]) -> Row:
    """S2.3: the version that stands."""
    return max(versions, key=precedence)


def choose_block(versions: list[Row]) -> list[Row]:
    """S2.4: all rows of the zip whose rows of this stay hold the latest D_UPDATE; tie -> later zip."""
    blocks: dict[Package, list[Row]] = {}
    for row in versions:
        blocks.setdefault(row.package, []).append(row)
    newest = max(blocks, key=lambda package: (max(updated(row) for row in blocks[package]), *package.order))
    return sorted(blocks[newest], key=lambda row: (row.entry, row.line))


def read_json(text: str) -> dict[str, Any] | None:
    """S2.5: the object, once more with ' read as "; names in upper case; numbers stay text; None when unreadable."""
    for attempt in (text, text.replace("'", '"')):
        try:
            document = json.loads(attempt, parse_int=str, parse_float=str)
        except ValueError:
            continue
        if not isinstance(document, dict):
            return None
        return {name.upper(): value for name, value in document.items()}
    return None


def read_pair(value: Any) -> str | None:
    """The text that a pair asks for; None for a nested value, which matches nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strip() if isinstance(value, str) else None


def matches(row: Row, pairs: dict[str, str | None]) -> bool:
    """S2.5: every pair equals the text of the row; a column the file did not have reads as empty."""
    return all(name in row.table.kinds and row.text.get(name, "") == wanted for name, wanted in pairs.items())


def read_correction(row: Row) -> tuple[Table, Key, dict[str, str | None]] | None:
    """S2.5: (table, key, pairs) that a DATA_CORRECT row asks to erase; None when it asks for nothing valid."""
    table = TABLES.get(row.text["TABLENAME"].upper())
    document = read_json(row.text["DATA_CORRECT"])
    if table is None or not table.key or document is None:
        return None
    pairs = {name: read_pair(value) for name, value in document.items() if name != "EDITOR_CID"}
    own = row.text["HOSPCODE"]
    if pairs.setdefault("HOSPCODE", own) != own:
        return None
    key = tuple(pairs.get(column) for column in table.key)
    if any(part is None for part in key):
        return None
    return table, tuple(part for part in key if part is not None), pairs


def erase(correction: Row, received: Versions) -> None:
    """S2.5: takes away all versions received before the zip of the correction, if the row that stands matches."""
    asked = read_correction(correction)
    if asked is None:
        return
    table, key, pairs = asked
    versions = received.get(table.name, {}).get(key)
    if versions and (table.name in BLOCKS or matches(choose_row(versions), pairs)):
        del received[table.name][key]


def receive(zips: Sequence[Path]) -> Versions:
    """Table -> key -> the versions that no correction erased; zips by stamp, then name (S2.5)."""
    received: Versions = {}
    for package in find_packages(zips):
        rows = read_package(package).rows
        for row in rows:
            if row.table.name == "DATA_CORRECT":
                erase(row, received)
        for row in rows:
            if row.table.name != "DATA_CORRECT":
                received.setdefault(row.table.name, {}).setdefault(row.key, []).append(row)
    return received


def standing(zips: Sequence[Path]) -> dict[str, dict[Key, Row]]:
    """Table -> key -> the row that stands. The rows of a block carry a running number behind their key: '1', '2' ..."""
    rows: dict[str, dict[Key, Row]] = {}
    for table, keys in receive(zips).items():
        rows[table] = {}
        for key, versions in keys.items():
            if table in BLOCKS:
                for number, row in enumerate(choose_block(versions), start=1):
                    rows[table][*key, str(number)] = row
            else:
                rows[table][key] = choose_row(versions)
    return rows
