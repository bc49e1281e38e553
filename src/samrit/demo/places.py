"""Places: the facilities of a province in the order in which they are written, and how many people live at each."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from samrit.demo.chance import Chance
from samrit.demo.days import Span
from samrit.demo.errors import DemoError
from samrit.problems import nearest, problem
from samrit.reference import FacilityRow, shipped_areas, shipped_register

PRIMARY = ("04", "08", "18", "21")
"""Facility types that look after an area without beds: health posts and subdistrict hospitals."""

HOSPITALS = ("05", "06", "07")
"""Regional, general and community hospitals of the ministry: they have people of their own too."""

VISITED = ("11", "12", "15")
"""Hospitals of other departments, other ministries and private owners: nobody's home, but people go there."""


@dataclass(frozen=True, slots=True)
class Facility:
    """One sender: where it is, the hospital it sends people to, and how many people have their home here.

    `number` counts facilities from 0 in writing order; `first_person` is the number of its first person.
    """

    hospcode: str
    hostype: str
    district: str
    subdistrict: str
    hospital: str
    people: int
    number: int
    first_person: int

    @property
    def is_hospital(self) -> bool:
        """True when it has beds."""
        return self.hostype not in PRIMARY


@dataclass(frozen=True)
class Province:
    """The facilities of a province in writing order, districts with their people, and where patients go beyond it.

    Writing order: district by district the primary units and then their community hospital, then the visited hospitals,
    then general and regional hospitals. A person is always sent to a facility written later, so one pass is enough, and
    what waits for a hospital is written down before the next district begins.
    """

    code: str
    region: str
    facilities: tuple[Facility, ...]
    districts: tuple[str, ...]
    referral: str
    visited: tuple[str, ...]
    same_region: tuple[str, ...]
    other_region: tuple[str, ...]

    def primary_after(self, facility: Facility) -> tuple[str, ...]:
        """Up to twelve primary units written after a facility: where a person may be registered a second time."""
        later = self.facilities[facility.number + 1 : facility.number + 13]
        return tuple(unit.hospcode for unit in later if unit.hostype in PRIMARY)

    def after(self, facility: Facility) -> tuple[str, ...]:
        """Up to forty primary units and hospitals of the ministry written after a facility: who goes elsewhere."""
        later = self.facilities[facility.number + 1 : facility.number + 41]
        return tuple(unit.hospcode for unit in later if unit.hostype not in VISITED)

    def hospitals_after(self, facility: Facility) -> tuple[str, ...]:
        """The hospitals among those."""
        later = self.facilities[facility.number + 1 : facility.number + 41]
        return tuple(unit.hospcode for unit in later if unit.hostype in HOSPITALS)


def lay_out(code: str, people: int, seed: int, span: Span) -> Province:
    """The province with its people shared out. Raises DemoError for an unknown code and for one without a hospital."""
    _refuse_unknown(code)
    on_day = shipped_register().on(span.census)
    units = [row for row in on_day.values() if row.province_code == code and row.district_code]
    hospitals = sorted((row for row in units if row.hostype in HOSPITALS), key=lambda r: (r.hostype, r.hospcode))
    if not hospitals:
        raise DemoError(problem("demo.province.empty", found=code))
    referral = hospitals[0].hospcode
    own = {row.hospcode: row for row in hospitals}
    hospital_of = {row.district_code: row.hospcode for row in reversed(hospitals)}

    def sent_to(row: FacilityRow) -> str:
        # The contracting unit of an area is the hospital of its district where the register names none here.
        named = row.cup if row.cup in own else hospital_of.get(row.district_code, referral)
        return row.hospcode if row.hospcode in own else named

    def turn(row: FacilityRow) -> tuple[object, ...]:
        late = {**dict.fromkeys(VISITED, 1), "06": 2, "05": 3}.get(row.hostype, 0)
        around = own.get(sent_to(row), row).district_code if late == 0 else ""
        return row.hospcode == referral, late, around, row.hostype == "07", row.hospcode

    senders = sorted((row for row in units if row.hostype in (*PRIMARY, *HOSPITALS, *VISITED)), key=turn)
    at = {row["hospcode"]: row for row in read_data("facility_places.csv")}
    homes = [row for row in senders if row.hostype not in VISITED]
    population = {row["district_code"]: int(row["population"]) for row in read_data("district_population.csv")}
    districts = tuple(sorted({row.district_code for row in homes}))
    by_district = share(people, {district: population.get(district, 0) for district in districts})
    living: dict[str, int] = {}
    for district in districts:
        inside = [row.hospcode for row in homes if row.district_code == district]
        known = [int(at[hospcode]["population"]) for hospcode in inside if hospcode in at]
        usual = sum(known) // len(known) if known else 1
        weights = {h: int(at[h]["population"]) if h in at else usual for h in inside}
        living |= share(by_district[district], weights)
    facilities = []
    first = 0
    for number, row in enumerate(senders):
        place = at.get(row.hospcode, {}).get("subdistrict_code", "") or f"{row.district_code}01"
        here = living.get(row.hospcode, 0)
        facilities.append(
            Facility(row.hospcode, row.hostype, row.district_code, place, sent_to(row), here, number, first)
        )
        first += here
    region = hospitals[0].health_region
    great = sorted(r.hospcode for r in on_day.values() if r.hostype == "05" and r.province_code != code)
    near = tuple(h for h in great if on_day[h].health_region == region)
    chance = Chance(seed, "destinations")
    return Province(
        code,
        region,
        tuple(facilities),
        districts,
        referral,
        tuple(row.hospcode for row in senders if row.hostype in VISITED),
        near[:2] or tuple(great[:1]),
        tuple(chance.shuffle([h for h in great if on_day[h].health_region != region])[:3]),
    )


def share(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole parts of a total by weight, largest remainder (ties: larger weight, then smaller code).

    >>> share(10, {"4201": 2, "4202": 1})
    {'4201': 7, '4202': 3}
    """
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    parts = {code: total * weight // whole for code, weight in weights.items()}
    order = sorted(weights, key=lambda code: (-(total * weights[code] % whole), -weights[code], code))
    for code in order[: total - sum(parts.values())]:
        parts[code] += 1
    return parts


def read_data(name: str) -> list[dict[str, str]]:
    """The rows of a CSV of `data/`, all text (sources and standing in `data/README.md`)."""
    text = resources.files("samrit.demo").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _refuse_unknown(code: str) -> None:
    provinces = shipped_areas().provinces
    if code in provinces:
        return
    names = {name: area.code for area in provinces.values() for name in (area.code, area.name_en, area.name_th)}
    near = names.get(nearest(code, names)) or min(provinces, key=lambda known: (_apart(known, code), known))
    raise DemoError(problem("demo.province.unknown", found=code, near=near))


def _apart(known: str, code: str) -> int:
    """How far two codes are apart as numbers; a text that is no number is equally far from all."""
    return abs(int(known) - int(code)) if code.isascii() and code.isdigit() else 0
