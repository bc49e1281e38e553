"""The product seen through the two functions that the second opinion has: count and reading."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from samrit.measures import Engine, When, compile_measure, count, measure
from samrit.reference import FacilityRow, OrgLevel, Period, Register
from samrit.results import roll_up
from samrit.warehouse import Home, Snapshot, load
from samrit.warehouse.parsing import parse

KEPT: list[tempfile.TemporaryDirectory] = []


@cache
def _snapshot(zips: tuple[Path, ...]) -> Snapshot:
    folder = tempfile.TemporaryDirectory(prefix="samrit-second-")
    KEPT.append(folder)
    return load(Home(Path(folder.name) / "home"), list(zips)).snapshot


def product_count(
    zips: Sequence[Path],
    organisations: Sequence[Mapping[str, str]],
    measure_id: str,
    start: date,
    end: date,
    census: date,
    params: Mapping[str, object] | None = None,
    by: str = "facility",
) -> dict[str, tuple[int, int]]:
    """org -> (A, B) as the product counts them; things without a contracting unit are left out."""
    register = Register(
        FacilityRow(
            row["hospcode"],
            hostype=row.get("hostype", ""),
            service_level=row.get("service_level", ""),
            size=row.get("size", ""),
            cup=row.get("cup", ""),
            district_code=row.get("district_code", ""),
            province_code=row.get("province_code", ""),
            health_region=row.get("health_region", ""),
        )
        for row in organisations
    )
    of = measure(measure_id)
    compiled = compile_measure(of, of.with_parameters({k: v for k, v in (params or {}).items()}))
    with Engine(_snapshot(tuple(zips)), register) as engine:
        cells = count(engine, compiled, [When(Period(start, end), census)])
    return {line.org: (line.a, line.b) for line in roll_up(cells, OrgLevel(by), register, census) if line.org}


def product_reading(
    zips: Sequence[Path],
) -> tuple[dict[tuple[str, str], tuple[int, int, int]], list[tuple[str, int, int, str, str]]]:
    """(zip, table) -> read, aside, rows with a voided cell; and every fault: zip, entry, line, field, rule."""
    snapshot = _snapshot(tuple(zips))
    counts: dict[tuple[str, str], tuple[int, int, int]] = {}
    faults: list[tuple[str, int, int, str, str]] = []
    for receipt in snapshot.packages:
        parsed = parse(snapshot.home, receipt)
        tables = {e["number"]: e["table"] for e in parsed.entries}
        voided: dict[str, set[tuple[int, int]]] = {}
        first_lines = dict(parsed.faults().group_by("entry").agg(pl.col("line").min()).iter_rows())
        for entry, line, field, rule, state in parsed.faults().iter_rows():
            if rule != "header" or line == first_lines[entry]:  # one fault for the whole entry is enough to compare
                faults.append((receipt.name, entry, line, field, rule))
            if state == "voided":
                voided.setdefault(tables[entry], set()).add((entry, line))
        for entry in parsed.entries:
            at = (receipt.name, entry["table"])
            read, aside, void = counts.get(at, (0, 0, 0))
            void += len(voided.pop(entry["table"], ()))
            counts[at] = (read + entry["read"], aside + entry["aside"], void)
    return counts, sorted(faults)
