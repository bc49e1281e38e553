"""Zips of a nasty little world: the same rows sent again and again, corrected, mixed up, and spoilt.

`make(seed, folder, ...)` is all that a test needs; the same seed gives the same bytes.
"""

import json
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from second_opinion.dictionary import TABLES
from second_opinion.random_lives import build_world
from second_opinion.random_text import write_entry
from second_opinion.random_world import Cells, Fact, World, make_stamps

NINE = "EA0011053"  # a sender of nine characters; its rows name their facility in HOSPCODE
SUFFIXES = ("", "-1", "-2", "_10", "-a")

Packages = dict[str, dict[str, list[Cells]]]


def make(
    seed: int, folder: Path, periods: Sequence[tuple[date, date, date]]
) -> tuple[list[Path], list[dict[str, str]]]:
    """(zips in folder, organisation table) around the given periods and census days, the same for the same seed."""
    world = build_world(seed, periods)
    dice = world.dice
    names = name_packages(world)
    packages: Packages = {name: {} for own in names.values() for name in own}
    for fact in world.facts:
        send(world, fact, names, packages)
    paths = []
    for name, tables in packages.items():
        path = folder / name
        write_zip(dice, path, tables)
        paths.append(path)
    paths += write_oddities(dice, folder, paths)
    dice.shuffle(paths)
    return paths, world.organisations


def name_packages(world: World) -> dict[str, list[str]]:
    """Sender -> file names of its submissions: few stamps, so that stamps tie and suffixes and bytes must decide."""
    stamps = make_stamps(world)
    names = {}
    for sender in [*world.facilities, NINE]:
        own: list[str] = []
        for _ in range(world.dice.choice([1, 2, 2, 3])):
            stamp, suffix = world.dice.choice([*stamps, stamps[1], stamps[1]]), world.dice.choice(SUFFIXES)
            for name in (f"F43_{sender}_{stamp}{suffix}.zip", f"f43_{sender}_{stamp}{suffix}.ZIP"):
                if name not in own:  # the second is the same name in upper case with other bytes
                    own.append(name)
                    break
        names[sender] = own
    return names


def send(world: World, fact: Fact, names: dict[str, list[str]], packages: Packages) -> None:
    """Puts one to four versions of a fact, and at times a correction of it, into submissions of its facility."""
    dice = world.dice
    by_nine = fact.cells["HOSPCODE"] in world.facilities[:2] and world.chance(0.15)
    own = names[NINE if by_nine else fact.cells["HOSPCODE"]]
    versions = [fact.cells]
    for _ in range(dice.choice([0, 0, 1, 1, 2])):
        versions.append(change(world, fact))
    for version in versions:
        for _ in range(2 if world.chance(0.08) else 1):
            row = {**version, "HOSPCODE9": NINE if by_nine or world.chance(0.5) else ""}
            put(packages, dice.choice(own), fact.table, spoil(world, fact.table, row, by_nine))
    if world.chance(0.25):
        correction = {"TABLENAME": fact.table, "DATA_CORRECT": write_correction(world, fact, dice.choice(versions))}
        row = {"HOSPCODE": fact.cells["HOSPCODE"], **correction, "D_UPDATE": world.stamp()}
        row["HOSPCODE9"] = NINE if by_nine else ""
        put(packages, dice.choice(own), "DATA_CORRECT", spoil(world, "DATA_CORRECT", row, by_nine))


def put(packages: Packages, name: str, table: str, row: Cells) -> None:
    """Adds a row to a table of a submission."""
    packages[name].setdefault(table, []).append(row)


def change(world: World, fact: Fact) -> Cells:
    """A later or earlier version: some cells outside the key as another row of the table has them, another D_UPDATE."""
    other = world.dice.choice([row for row in world.facts if row.table == fact.table])
    fixed = (*TABLES[fact.table].key, "PID", "BDATE", "BIRTH")
    changed = {
        name: other.cells[name]
        for name in fact.cells
        if name not in fixed and name in other.cells and world.chance(0.35)
    }
    return {**fact.cells, **changed} if world.chance(0.5) else {**fact.cells, **changed, "D_UPDATE": world.stamp()}


def spoil(world: World, table: str, row: Cells, by_nine: bool) -> Cells:
    """Now and then a row-fatal fault (S2.1), by itself or two at once."""
    row = dict(row)
    if world.chance(0.015):
        row["HOSPCODE9" if by_nine else "HOSPCODE"] = world.dice.choice(["10671", "", "1105"])
    if TABLES[table].key and world.chance(0.015):
        row[world.dice.choice([*TABLES[table].key, "PID"])] = ""
    dates = [column for column in TABLES[table].key if TABLES[table].kinds[column] == "date"]
    if dates and world.chance(0.02):
        row[world.dice.choice(dates)] = world.dice.choice(["25560401", "20130231", "0", "20130401250000"])
    return row


def write_correction(world: World, fact: Fact, version: Cells) -> str:
    """JSON that asks to erase a row: right in most, else with something missing, wrong, foreign or unreadable."""
    dice, key = world.dice, TABLES[fact.table].key
    pairs: dict[str, Any] = {column: version[column] for column in key}
    for name in dice.sample(sorted(version), dice.choice([0, 0, 0, 1, 1, 2])):
        pairs.setdefault(name, version[name] if world.chance(0.7) else "1")
    if world.chance(0.4):
        del pairs["HOSPCODE"]
    if world.chance(0.08):
        pairs["HOSPCODE"] = dice.choice(world.facilities)
    if world.chance(0.1):
        pairs.pop(dice.choice(sorted(pairs)), None)
    if world.chance(0.3):
        pairs["EDITOR_CID"] = "1100701234561"
    if world.chance(0.05):
        pairs["NO_SUCH"] = ""
    if world.chance(0.1):
        pairs[dice.choice([name for name in TABLES[fact.table].kinds if name not in version])] = dice.choice(["", None])
    pairs = {name: write_pair(dice, value) for name, value in pairs.items()}
    if world.chance(0.3):
        pairs = {name.lower(): value for name, value in pairs.items()}
    text = json.dumps(pairs)
    if world.chance(0.3):
        text = text.replace('"', "'")
    return text if world.chance(0.96) else dice.choice([text[:-1], "[]", f"PID={text}", ""])


def write_pair(dice: Random, value: str | None) -> Any:
    """A value as JSON writers give it: text, at times padded, a number, null, or nested."""
    if value is None or (value == "" and dice.random() < 0.5):
        return None
    if value.isascii() and value.isdigit() and str(int(value)) == value and dice.random() < 0.3:
        return int(value)
    if dice.random() < 0.02:
        return [value]
    return f" {value} " if dice.random() < 0.1 else value


def name_entry(dice: Random, path: Path, table: str, first: bool) -> str:
    """The path of an entry in its zip; the second of a table has a suffix."""
    name = f"{table}{'' if first and dice.random() < 0.9 else f'_{path.name[4:9]}_{dice.randrange(10**6)}'}"
    name = dice.choice([name, name, name.lower(), name.title()]) + dice.choice([".txt", ".txt", ".TXT"])
    return dice.choice(["", "", f"{path.stem}/", f"{path.stem}\\", "a/b\\"]) + name


def write_zip(dice: Random, path: Path, tables: dict[str, list[Cells]]) -> None:
    """One zip: tables in any order, many of them split in two entries, with strangers between them."""
    parts: list[tuple[str, bool, Sequence[Cells]]] = []
    for table, rows in tables.items():
        shuffled = dice.sample(rows, len(rows))
        cut = dice.randint(1, len(rows)) if dice.random() < 0.25 else len(rows)
        parts.append((table, True, shuffled[:cut]))
        if cut < len(rows):
            parts.append((table, False, shuffled[cut:]))
    dice.shuffle(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if dice.random() < 0.3:  # a header and no rows is normal
            archive.writestr(zipfile.ZipInfo("DEATH.txt"), b"HOSPCODE|PID|D_UPDATE\r\n")
        for number, (table, first, part) in enumerate(parts):
            if number % 4 == 1:
                stranger = dice.choice(["export_stat.xml", "readme.txt", "PERSONS.txt", "PERSON.csv", "folder/"])
                content = b"" if stranger.endswith("/") else b"HOSPCODE|PID\n11053|P1\n"
                archive.writestr(zipfile.ZipInfo(f"{number}/{stranger}"), content)
            entry = zipfile.ZipInfo(name_entry(dice, path, table, first))
            archive.writestr(entry, write_entry(dice, table, part, nine=NINE in path.name or dice.random() < 0.2))


def write_oddities(dice: Random, folder: Path, paths: Sequence[Path]) -> list[Path]:
    """Zips under names that are refused, a copy under another name, and a copy of the same name in another case."""
    odd = []
    whole = dice.choice(paths)
    for name in (f"F43_1105_{dice.randrange(10**14):014d}.zip", "F43_11053_20140401.zip", whole.name[:-4] + "x.zip"):
        if not name.startswith("f43") and dice.random() < 0.4:
            odd.append(folder / name)
    again = dice.choice(paths)
    if dice.random() < 0.5:
        odd.append(folder / f"{again.stem}-z.zip")
    if dice.random() < 0.5 and not (folder / again.name.swapcase()).exists():
        odd.append(folder / again.name.swapcase())
    for path in odd:
        path.write_bytes((again if again.stem.upper() in path.name.upper() else whole).read_bytes())
    return odd
