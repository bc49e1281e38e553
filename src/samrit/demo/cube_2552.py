"""The same invented region under nhso-2552: everything that its two pools need, in a folder of the pack's name.

populations.csv   people of contracting units, and of the networks that refer to a regional or general hospital
cube.csv          A and B of the counted items: P2-P6 at contracting units, R5 and R6 at referral hospitals
entries.csv       chart reviews and self-assessed levels; facts.csv: nurses of primary units, quality work of hospitals
activities.csv    hospitals, beds and units, for the development support
The people are those of the fiscal year 2557; nobody and nothing here is real.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from samrit.demo.chance import Chance
from samrit.demo.places import read_data
from samrit.reference import shipped_register

PACK = "nhso-2552"
REFERRAL = ("05", "06")
SIGNED = ("ข้อมูลสาธิต", "2009-04-20")
PRIMARY = ("P2", "P3", "P4", "P5", "P6")
REVIEWED, LEVELS = {"P7": 40, "R2": 60, "R7": 30}, ("R3", "R4")
CERTIFICATES = (
    (("ha", "2010-06-30"), 2), (("ha", "2008-05-31"), 1), (("ha_step_2", "2009-12-31"), 4),
    (("ha_step_2", "2008-08-31"), 1), (("ha_step_1", "2009-06-30"), 3), (("none", ""), 2),
)  # fmt: skip
PLACE_TYPES = ("03", "08", "09", "13", "18")


class Unit(Protocol):
    """A contracting unit as the cube of the region has it."""

    @property
    def org(self) -> str: ...
    @property
    def district(self) -> str: ...
    @property
    def province(self) -> str: ...
    @property
    def name_th(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def people(self) -> int: ...


def write_cube_2552(folder: Path, units: Sequence[Unit], day: date, seed: int) -> list[Path]:
    """Write the five files into `folder`/nhso-2552; the paths, sorted. The same seed gives the same bytes."""
    into = folder / PACK
    into.mkdir()
    networks = _networks(units, day)
    hospitals = [unit for unit in units if networks[unit.org]]
    people = [(u.org, u.district, u.name_th, u.name_en, u.people, networks[u.org]) for u in units]
    tables: dict[str, tuple[tuple[str, ...], Iterable[tuple[object, ...]]]] = {
        "activities": (("org", "hospitals", "beds", "units"), _activities(units, networks, seed)),
        "cube": (("item", "org", "a", "b"), _counts(units, hospitals, networks, seed)),
        "entries": (("item", "org", "a", "b", "value", "author", "entered_on"), _entries(units, hospitals, seed)),
        "facts": (
            ("item", "org", "unit", "fact", "value", "author", "entered_on"),
            [*_primary_units(units, day, seed), *_quality(hospitals, seed)],
        ),
        "populations": (
            ("org", "district_code", "name_th", "name_en", "uc_population", "referral_population"),
            people,
        ),
    }
    return [_write(into / f"{name}.csv", *table) for name, table in tables.items()]


def _networks(units: Sequence[Unit], day: date) -> dict[str, int]:
    """People that each hospital is the referral unit of: a province's own, over its regional and general hospitals."""
    rows = shipped_register().on(day)
    types = {unit.org: rows[unit.org].hostype for unit in units}
    networks = dict.fromkeys(types, 0)
    for province in sorted({unit.province for unit in units}):
        inside = [unit for unit in units if unit.province == province]
        referral = [u.org for u in inside if types[u.org] in REFERRAL] or [min(inside, key=lambda u: u.org).org]
        for place, unit in enumerate(inside):
            networks[unit.org if unit.org in referral else referral[place % len(referral)]] += unit.people
    return networks


def _counts(
    units: Sequence[Unit], hospitals: Sequence[Unit], networks: dict[str, int], seed: int
) -> Iterator[tuple[object, ...]]:
    for row in read_data("cube_items_2552.csv"):
        item = row["item"]
        heads, of, low, high, spread = (int(row[n]) for n in ("heads_per_10000", "of", "low", "high", "spread"))
        for unit in units if item in PRIMARY else hospitals:
            people = unit.people if item in PRIMARY else networks[unit.org]
            own = Chance(seed, PACK, item, unit.org)
            level = low + (high - low) * Chance(seed, PACK, item, unit.province).between(15, 85) // 100
            value = min(max(level + own.between(-spread, spread), low), high)
            b = people * heads * own.between(88, 112) // 1_000_000
            yield item, unit.org, (b * value + of // 2) // of, b


def _entries(units: Sequence[Unit], hospitals: Sequence[Unit], seed: int) -> Iterator[tuple[object, ...]]:
    for item, charts in REVIEWED.items():
        for unit in units if item == "P7" else hospitals:
            kept = charts * Chance(seed, PACK, item, unit.org).between(45, 98) // 100
            yield item, unit.org, kept, charts, "", *SIGNED
    for item in LEVELS:
        for unit in hospitals:
            yield item, unit.org, "", "", Chance(seed, PACK, item, unit.org).between(1, 5), *SIGNED


def _primary_units(units: Sequence[Unit], day: date, seed: int) -> Iterator[tuple[object, ...]]:
    """Facts of P1: people, nurses and nurse practitioners of every primary unit; most of the units are made up."""
    register = shipped_register()
    known: dict[str, list[str]] = {}
    for row in register.on(day).values():
        if row.hostype in PLACE_TYPES:
            known.setdefault(register.contracting_unit(row.hospcode, day) or "", []).append(row.hospcode)
    for unit in units:
        own = Chance(seed, PACK, "P1", unit.org)
        places = sorted(known.get(unit.org, [])) or [f"{unit.org}-{n}" for n in range(1, 3 + unit.people // 9_000)]
        for place in places:
            nurses = own.weigh(((0, 1), (1, 6), (2, 3)))
            facts = {
                "people": unit.people // len(places),
                "nurses": nurses,
                "nurse_practitioners": own.between(0, nurses),
            }
            for fact, value in facts.items():
                yield "P1", unit.org, place, fact, value, *SIGNED


def _quality(hospitals: Sequence[Unit], seed: int) -> Iterator[tuple[object, ...]]:
    """Facts of R1: the certificate with its last day, the HAI score, the quality centre."""
    for unit in hospitals:
        own = Chance(seed, PACK, "R1", unit.org)
        certificate, until = own.weigh(CERTIFICATES)
        facts = {
            "certificate": certificate,
            "certificate_until": until,
            "hai_score": f"{own.between(220, 390) // 100}.{own.between(0, 99):02d}",
            "quality_centre": "yes",
        }
        for fact, value in facts.items():
            if value:
                yield "R1", unit.org, "", fact, value, *SIGNED


def _activities(units: Sequence[Unit], networks: dict[str, int], seed: int) -> Iterator[tuple[object, ...]]:
    for unit in units:
        own = Chance(seed, PACK, "activities", unit.org)
        beds = (300 if networks[unit.org] else 30) + 10 * own.between(0, 9 if not networks[unit.org] else 30)
        yield unit.org, 1, beds, 3 + unit.people // 9_000


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path
