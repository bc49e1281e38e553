"""Cube: counts of a whole health region without any zip, for trying rules of money that need every contracting unit.

Files of qof-2557 stand in the folder itself, those of nhso-2552 in a folder of that name (cube_2552.py).
cube.csv          item, org, a, b: the computed items of qof-2557
populations.csv   org, district_code, name_th, name_en, uc_population: the columns of the pack's population table
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from samrit.demo.chance import Chance
from samrit.demo.cube_2552 import write_cube_2552
from samrit.demo.days import Span
from samrit.demo.errors import DemoError
from samrit.demo.places import HOSPITALS, read_data, share
from samrit.demo.write import prepare
from samrit.problems import Problem, problem
from samrit.reference import shipped_areas, shipped_register

REGION = "8"
YEAR = 2557
"""The region and the year whose UC populations are printed."""

FIRST_VISIT, ALL_VISITS = "1.2", "1.1"


@dataclass(frozen=True, slots=True)
class Unit:
    """One contracting unit: its district (the first, if it cares for several), names, and UC population."""

    org: str
    district: str
    name_th: str
    name_en: str
    people: int

    @property
    def province(self) -> str:
        """Two-digit code."""
        return self.district[:2]


@dataclass(frozen=True, slots=True)
class Item:
    """How an item is invented: denominator per 10,000 UC persons, A = B x value / of, range of provinces, spread."""

    item: str
    heads: int
    of: int
    low: int
    high: int
    spread: int


def write_cube(folder: Path, *, region: str = REGION, seed: int = 1, year: int = YEAR) -> list[Path]:
    """Write `cube.csv` and `populations.csv` into an empty or new folder, and what nhso-2552 needs below; the paths.

    UC populations: Loei as printed, the other provinces share the rest of the printed total by registered population.
    Every province has a level of its own in each item, its units lie around it; the same seed gives the same bytes.
    Raises DemoError for a folder that is not empty, and for a region or year whose populations are not printed.
    """
    _refuse(region, year)
    prepare(folder)
    found = contracting_units(region, Span.of(year))
    counts = [row for item in _items() for row in _counts(item, found, seed)]
    populations = [(u.org, u.district, u.name_th, u.name_en, u.people) for u in found]
    return [
        _write(folder / "cube.csv", ("item", "org", "a", "b"), counts),
        _write(
            folder / "populations.csv", ("org", "district_code", "name_th", "name_en", "uc_population"), populations
        ),
        *write_cube_2552(folder, found, Span.of(year).census, seed),
    ]


def contracting_units(region: str, span: Span) -> list[Unit]:
    """The contracting units of a region by district, with UC populations that add up to the printed total.

    A district has the unit that the register gives it (DEFINITIONS S5.2); people of a district without a hospital
    belong to the first hospital of the province.
    """
    areas, register = shipped_areas(), shipped_register()
    provinces = {code for code, area in areas.provinces.items() if area.inside == region}
    hospitals = sorted(
        (
            row
            for row in register.on(span.census).values()
            if row.hostype in HOSPITALS and row.province_code in provinces
        ),
        key=lambda row: (row.hostype, row.hospcode),
    )
    first = {row.province_code: row.hospcode for row in reversed(hospitals)}
    by_district = {row.district_code: register.contracting_unit(row.hospcode, span.census) for row in hospitals}
    printed = {row["org"]: int(row["uc_population"]) for row in read_data("region8_uc_population.csv")}
    rest = printed.pop("") - sum(printed.values())
    registered: dict[str, int] = {}
    districts: dict[str, str] = {}
    for row in read_data("district_population.csv"):
        district = row["district_code"]
        if district[:2] not in provinces:
            continue
        org = by_district.get(district) or first[district[:2]]
        if district in by_district:
            districts[org] = district
        if org not in printed:
            registered[org] = registered.get(org, 0) + int(row["population"])
    people = printed | share(rest, registered)
    return [
        Unit(org, district, areas.districts[district].name_th, areas.districts[district].name_en, people[org])
        for org, district in sorted(districts.items(), key=lambda pair: pair[1])
    ]


def _counts(item: Item, units: Iterable[Unit], seed: int) -> Iterator[tuple[object, ...]]:
    for unit in units:
        value = _value(item, unit, seed)
        if item.item == ALL_VISITS:
            # Who came five times on schedule came early too: never more than the first visits of the unit.
            value = min(value, _value(next(i for i in _items() if i.item == FIRST_VISIT), unit, seed))
        # The same people stand behind items of the same size (pregnancies, pupils), so these share one B.
        size = Chance(seed, "cube", "size", item.heads, unit.org).between(88, 112)
        b = unit.people * item.heads * size // 1_000_000
        yield item.item, unit.org, (b * value + item.of // 2) // item.of, b


def _value(item: Item, unit: Unit, seed: int) -> int:
    """The value of a unit: its province's level, and its own distance from that, near more often than far."""
    width = item.high - item.low
    level = item.low + width * Chance(seed, "cube", item.item, unit.province).between(15, 85) // 100
    own = Chance(seed, "cube", item.item, unit.org)
    value = level + own.between(-item.spread, item.spread) // 2 + own.between(-item.spread, item.spread) // 2
    return min(max(value, item.low), item.high)


def _items() -> tuple[Item, ...]:
    return tuple(
        Item(row["item"], *(int(row[n]) for n in ("heads_per_10000", "of", "low", "high", "spread")))
        for row in read_data("cube_items.csv")
    )


def _refuse(region: str, year: int) -> None:
    found: list[Problem] = []
    if region != REGION:
        found.append(problem("demo.cube.region", found=region, known=REGION))
    if year != YEAR:
        found.append(problem("demo.cube.year", found=year, known=YEAR))
    if found:
        raise DemoError(*found)


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path
