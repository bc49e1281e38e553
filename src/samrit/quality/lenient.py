"""Cells as forgiving loaders read them, and packages repaired in that way.

Samrit reads strictly (DEFINITIONS S1.6, S1.7, S2.1): a Buddhist year, a time of 16 digits or `12+` is blank, a row with
a cell too few is aside. Many loaders take what they can. Here a faulty line is written again as such a loader would
have taken it, so that counting it tells what strictness costs. Rows without a key, rows of another facility and entries
without a key column cannot be taken by anyone, and stay aside.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, time
from pathlib import Path

from samrit.f43 import ColumnType, Package, Table, table
from samrit.f43.reader import Rule
from samrit.f43.values import FIRST_YEAR, LAST_YEAR
from samrit.received import decode
from samrit.warehouse.catalogue import columns_read
from samrit.warehouse.parsing import UNPACKED_TIME, Parsed

LEAD, BUDDHIST = 543, range(2400, 2700)
PACKED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]*)", re.ASCII)
YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T]([0-9:]*))?.*", re.ASCII)
DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[ T]([0-9:]*))?.*", re.ASCII)
NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?).*", re.ASCII)
WHOLE = re.compile(r"([0-9]+).*", re.ASCII)
THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", re.ASCII)

BEYOND_REPAIR = frozenset({Rule.HEADER, Rule.HOSPCODE, Rule.KEY_BLANK, Rule.PID_BLANK})

Cause = tuple[str, str, str]
"""Table, field and rule of a fault that was repaired."""


def read_leniently(text: str, kind: ColumnType) -> str:
    """The cell as a forgiving loader takes it; the text itself when it says nothing to anyone.

    >>> read_leniently("25560601", ColumnType.DATE), read_leniently("12+", ColumnType.INTEGER)
    ('20130601', '12')
    """
    text = text.strip()
    match kind:
        case ColumnType.DATE | ColumnType.DATETIME:
            return _moment(text) or text
        case ColumnType.NUMBER | ColumnType.INTEGER:
            found = (NUMBER if kind is ColumnType.NUMBER else WHOLE).fullmatch(THOUSANDS.sub("", text))
            return found[1] if found else text
        case _:
            return text


def _moment(text: str) -> str:
    """YYYYMMDD or YYYYMMDDHHMMSS of the common era, or ''."""
    if found := PACKED.fullmatch(text) or YEAR_FIRST.fullmatch(text):
        year, month, day, rest = found.groups()
    elif found := DAY_FIRST.fullmatch(text):
        day, month, year, rest = found.groups()
    else:
        return ""
    number = int(year) - (LEAD if int(year) in BUDDHIST else 0)
    try:
        at = date(number, int(month), int(day))
    except ValueError:
        return ""
    return f"{at:%Y%m%d}{_time(rest or '')}" if FIRST_YEAR <= number <= LAST_YEAR else ""


def _time(text: str) -> str:
    digits = text.replace(":", "")[:6]
    try:
        return f"{time(int(digits[:2]), int(digits[2:4]), int(digits[4:])):%H%M%S}" if len(digits) == 6 else ""
    except ValueError:
        return ""


def deciding(name: str) -> set[str]:
    """The columns of a table that decide which row stands, or that a view reads."""
    return {*table(name).key, "D_UPDATE", *columns_read(name)}


def write_repaired(parsed: Parsed, package: Package, tables: Collection[str], folder: Path) -> Counter[Cause] | None:
    """Write the package with its faulty lines of these tables repaired, under its own name; what was repaired.

    None, and nothing is written, when no line can be repaired.
    """
    names = {entry["number"]: entry["table"] for entry in parsed.entries if entry["table"] in tables}
    faulty: dict[int, dict[int, list[tuple[str, str]]]] = {}
    for number, line, field, rule, _ in parsed.faults().iter_rows():
        if number in names and field in {"", *deciding(names[number])}:
            faulty.setdefault(number, {}).setdefault(line, []).append((field, rule))
    done: Counter[Cause] = Counter()
    contents = {}
    for number, lines in faulty.items():
        text = decode(package.read(package.entries[number - 1]))[0]
        contents[number], causes = _repaired(text, table(names[number]), lines)
        done += causes
    if not done:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / package.name.received, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in package.entries:
            repaired = contents.get(entry.number)
            content = package.read(entry) if repaired is None else repaired.encode()
            archive.writestr(zipfile.ZipInfo(entry.path, UNPACKED_TIME), content)
    return done


def _repaired(text: str, of: Table, faulty: Mapping[int, list[tuple[str, str]]]) -> tuple[str, Counter[Cause]]:
    """The text of an entry with its faulty lines as they would be taken, and which faults are gone with that."""
    lines = text.split("\n")
    head = next((line for line in lines if line.strip()), "")
    names = [cell.strip().upper() for cell in head.split("|")]
    kinds: dict[int, tuple[str, ColumnType]] = {}
    for column in of.columns:
        at = next((names.index(name) for name in (column.name, *column.aliases) if name in names), None)
        if at is not None:
            kinds[at] = (column.name, column.type)
    done: Counter[Cause] = Counter()
    for number, faults in faulty.items():
        if any(rule in BEYOND_REPAIR for _, rule in faults):
            continue
        before = lines[number - 1].rstrip("\r").split("|")
        cells = (before + [""] * len(names))[: len(names)]
        after = [read_leniently(cell, kinds[at][1]) if at in kinds else cell for at, cell in enumerate(cells)]
        changed = {kinds[at][0] for at in kinds if after[at] != cells[at].strip()}
        repaired = [(f, rule) for f, rule in faults if f in changed or (not f and len(before) != len(names))]
        if repaired:
            lines[number - 1] = "|".join(after)
            done.update((of.name, field, rule) for field, rule in repaired)
    return "\n".join(lines), done
