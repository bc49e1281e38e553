"""One facility's next month into a whole province: load, views, all measures with twelve months, against a full build.

    python benchmarks/monthly.py HOME [CODE ...] [--without-full]

HOME is copied, never changed. A new zip is made of what the facility sent last: the care of its last thirty days, a
month later; the register rows of those who came; and one person in a hundred of all it knows, moved or with the number
taken away. Without CODE the middle one by size of the health centres and of the community hospitals is taken. CPU
seconds are those of processes of their own, without the start of Python; the figures of both ways must be the same.
"""

import argparse
import hashlib
import io
import os
import shutil
import tempfile
import time
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

from measured import machine, measure

from samrit.f43 import ColumnType, package_name, table
from samrit.f43.package import package_of
from samrit.reference import FiscalYear, shipped_register
from samrit.warehouse import Home
from samrit.warehouse.receiving import receipts

PERIOD, CENSUS = FiscalYear(2557).assessment_year, date(2013, 10, 1)
MONTH = timedelta(days=30)
ONE_IN = 100
REGISTERS = ("PERSON", "CARD", "CHRONIC", "ADDRESS", "HOME")
KINDS = {"health centre": ("18",), "community hospital": ("07",)}
DATES = (ColumnType.DATE, ColumnType.DATETIME)


def count_all(folder: Path, remember: bool = True) -> dict[str, object]:
    """CPU of counting every measure for twelve months, and a hash of all cells."""
    from samrit.measures import Engine, When, compile_measure, count, measure, measure_ids  # noqa: PLC0415
    from samrit.warehouse import open_snapshot  # noqa: PLC0415

    whens = [When(month, CENSUS) for month in PERIOD.months()]
    before = time.process_time()
    cells: dict[str, list] = {}
    with Engine(open_snapshot(Home(folder)), shipped_register()) as engine:
        for name in measure_ids():
            of = measure(name)
            cells[name] = count(engine, compile_measure(of, of.parameters), whens, remember=remember)
    cpu = time.process_time() - before
    sums = {name: hashlib.sha256(repr(found).encode()).hexdigest() for name, found in cells.items()}
    return {"cpu": cpu, "cells": sum(map(len, cells.values())), "sums": sums}


def load_into(folder: Path, zips: list[Path]) -> dict[str, float]:
    """CPU by stage of loading zips; of bringing the home up to date when there are none."""
    from samrit.warehouse import load, rebuild  # noqa: PLC0415

    seconds: dict[str, float] = {}
    last = [time.process_time()]

    def note(stage: str, done: int, total: int) -> None:
        now = time.process_time()
        seconds[stage] = seconds.get(stage, 0.0) + now - last[0]
        last[0] = now

    if zips:
        load(Home(folder), zips, note)
    else:
        rebuild(Home(folder), note)
    seconds["publish"] = time.process_time() - last[0]
    return seconds


def next_month(home: Home, code: str, folder: Path) -> Path:
    """The zip that a facility sends next."""
    last = [receipt for receipt in receipts(home) if receipt.sender == code][-1]
    package = package_of(package_name(last.file), (home.packages / f"{last.sha256}.zip").read_bytes())
    tables: dict[str, list[dict[str, str]]] = {}
    for entry in package.entries:
        if entry.table:
            tables.setdefault(entry.table, []).extend(rows_of(package.read(entry)))
    stamp = datetime.strptime(last.stamp[:14], "%Y%m%d%H%M%S") + MONTH  # noqa: DTZ007
    made = {
        name: moved for name, rows in tables.items() if name not in REGISTERS and (moved := later(name, rows, stamp))
    }
    came = {row["PID"] for rows in made.values() for row in rows if row.get("PID")}
    for name in REGISTERS:
        rows = tables.get(name, [])
        some = [{**row, **changed(name, number)} for number, row in enumerate(rows) if number % ONE_IN == 0]
        made[name] = [row for row in rows if row.get("PID") in came] + some
        for row in made[name]:
            row["D_UPDATE"] = f"{stamp:%Y%m%d%H%M%S}"
    path = folder / f"F43_{code}_{stamp:%Y%m%d%H%M%S}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in made.items():
            if rows:
                columns = list(rows[0])
                lines = ["|".join(columns), *("|".join(row.get(c, "") for c in columns) for row in rows)]
                archive.writestr(f"{name}.txt", "\r\n".join(lines) + "\r\n")
    return path


def rows_of(content: bytes) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp874", errors="replace")
    lines = [line.split("|") for line in io.StringIO(text).read().splitlines() if line.strip()]
    names = [name.strip().upper() for name in lines[0]]
    return [dict(zip(names, cells, strict=True)) for cells in lines[1:] if len(cells) == len(names)]


def later(name: str, rows: list[dict[str, str]], stamp: datetime) -> list[dict[str, str]]:
    """The rows of the last thirty days that a table tells of, a month later."""
    days = [c.name for c in table(name).columns if c.type in DATES and c.name not in {"D_UPDATE", "BIRTH"}]
    key = next((c for c in ("DATE_SERV", "DATETIME_ADMIT", "DATETIME_SERV", *days) if c in days), "")
    told = [row for row in rows if row.get(key, "")[:8].isdigit() and len(row[key]) >= 8]
    newest = max((row[key][:8] for row in told if row[key][:8] <= f"{stamp:%Y%m%d}"), default="")
    if not newest:
        return []
    since = f"{datetime.strptime(newest, '%Y%m%d') - MONTH:%Y%m%d}"  # noqa: DTZ007
    made = []
    for row in told:
        if since < row[key][:8] <= newest:
            moved = {c: a_month_on(row[c]) if c in days else cell for c, cell in row.items()}
            moved |= {c: f"{row[c]}9" for c in ("SEQ", "AN") if row.get(c)}
            made.append({**moved, "D_UPDATE": f"{stamp:%Y%m%d%H%M%S}"})
    return made


def a_month_on(cell: str) -> str:
    try:
        return f"{datetime.strptime(cell[:8], '%Y%m%d') + MONTH:%Y%m%d}{cell[8:]}"  # noqa: DTZ007
    except ValueError:
        return cell


def changed(name: str, number: int) -> dict[str, str]:
    if name != "PERSON":
        return {}
    return {"TYPEAREA": "4"} if number % (2 * ONE_IN) else {"CID": ""}


def middle_of(home: Home, kind: str) -> str:
    """The middle facility of a kind by the size of what it sent."""
    types = {row.hospcode for row in shipped_register().rows if row.hostype in KINDS[kind]}
    sizes: dict[str, int] = {}
    for receipt in receipts(home):
        size = (home.packages / f"{receipt.sha256}.zip").stat().st_size
        if receipt.sender in types:
            sizes[receipt.sender] = sizes.get(receipt.sender, 0) + size
    return sorted(sizes, key=lambda code: sizes[code])[len(sizes) // 2]


def copied(home: Path, folder: Path) -> Path:
    """The home in another place: objects never change, so a second name for their bytes will do."""
    copy = shutil.copytree(home, folder, copy_function=os.link)
    shutil.rmtree(folder / "warehouse" / "counted")
    return Path(copy)


def main() -> None:
    parser = argparse.ArgumentParser(description="One facility's month against a full build.")
    parser.add_argument("home", type=Path)
    parser.add_argument("codes", nargs="*")
    parser.add_argument("--without-full", action="store_true")
    asked = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(dir=asked.home.resolve().parent, prefix="monthly-") as aside:
        home = Home(copied(asked.home, Path(aside) / "home"))
        print(f"brought up to date in {measure(load_into, home.path, []).cpu:.1f} CPU s")
        measure(count_all, home.path)
        full = 0.0
        for code in asked.codes or [middle_of(home, kind) for kind in KINDS]:
            path = next_month(home, code, Path(aside))
            loaded, counted = measure(load_into, home.path, [path]), measure(count_all, home.path)
            cpu = sum(loaded.result.values()) + counted.result["cpu"]
            load = sum(loaded.result.values())
            print(
                f"{code}: zip of {path.stat().st_size / 1e6:.2f} MB; load {load:.2f}, "
                f"count {counted.result['cpu']:.2f} ({counted.result['cells']:,} cells), together {cpu:.2f} CPU s"
            )
            print("  stages:", {stage: round(seconds, 2) for stage, seconds in loaded.result.items()})
            if not asked.without_full:
                whole = full_build(home, Path(aside) / f"full-{code}", Path(aside) / f"zips-{code}")
                full = whole["cpu"]
                same = whole["sums"] == counted.result["sums"]
                print(f"  full build: load {whole['load']:.1f}, count {whole['count']:.1f}, together {full:.1f} CPU s; "
                      f"figures {'the same' if same else 'DIFFERENT'}; ratio 1/{full / cpu:.1f}")  # fmt: skip


def full_build(home: Home, folder: Path, zips: Path) -> dict:
    """Everything that a home received into a new one, and all measures counted."""
    zips.mkdir()
    for receipt in receipts(home):
        os.link(home.packages / f"{receipt.sha256}.zip", zips / receipt.file)
    loaded, counted = measure(load_into, folder, [zips]), measure(count_all, folder)
    shutil.rmtree(folder)
    shutil.rmtree(zips)
    load, count = sum(loaded.result.values()), counted.result["cpu"]
    return {"cpu": load + count, "load": load, "count": count, "sums": counted.result["sums"]}


if __name__ == "__main__":
    main()
