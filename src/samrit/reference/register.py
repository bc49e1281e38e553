"""Register, the organisation table: dated facility rows, and every question about who belongs where on a day.

It is flat on purpose: a contracting unit, a district, a province or a region is a column of the facility, not a tree,
so a facility may have a contracting unit in another district. Nothing here depends on the order of the rows.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields, replace
from datetime import date, timedelta
from itertools import pairwise

from samrit.problems import problem
from samrit.reference.areas import Areas, shipped_areas
from samrit.reference.org import COUNTRY, HOSPITAL_TYPES, FacilityRow, OrgLevel, OrgUnit, Parent
from samrit.reference.refused import ReferenceRefused

COLUMNS = tuple(column.name for column in fields(FacilityRow))
"""The columns of a facility row in their fixed order: the columns of the canonical CSV."""

LEVELS = tuple(OrgLevel)


class Register:
    """The facility table with the areas that name and complete it.

    `rows`: facility rows in any order; a blank province is taken from the district and a blank region from the
    province where `areas` (the shipped ones by default) know them; what is written is never changed.
    Raises ReferenceRefused (reference.register.overlap) when two rows of a facility share a day.

    >>> loei = Register([FacilityRow("11053", "07", district_code="4203"), FacilityRow("04812", district_code="4203")])
    >>> loei.parents("04812", date(2013, 10, 1))[OrgLevel.CONTRACTING_UNIT]
    '11053'
    """

    def __init__(self, rows: Iterable[FacilityRow], areas: Areas | None = None) -> None:
        self.areas = shipped_areas() if areas is None else areas
        self.rows = tuple(sorted(fill_areas(row, self.areas) for row in rows))
        self._by_code: dict[str, list[FacilityRow]] = {}
        self._hospitals: dict[str, list[FacilityRow]] = {}
        self._held: dict[tuple[OrgLevel, date], dict[str, list[str]]] = {}
        for row in self.rows:
            self._by_code.setdefault(row.hospcode, []).append(row)
            if row.hostype in HOSPITAL_TYPES and row.district_code:
                self._hospitals.setdefault(row.district_code, []).append(row)
        for hospitals in self._hospitals.values():
            hospitals.sort(key=lambda r: (r.hostype, r.hospcode))
        self._refuse_overlaps()

    def on(self, day: date) -> dict[str, FacilityRow]:
        """The rows that hold on a day, by hospcode."""
        return {row.hospcode: row for row in self.rows if row.valid_on(day)}

    def contracting_unit(self, hospcode: str, day: date) -> str | None:
        """The contracting unit of a facility on a day, or None (also for a facility that is not in the table).

        It is the registered `cup`; if blank, the hospital of its district: hostype 05, 06 or 07, smallest hostype,
        then smallest hospcode.
        """
        row = self._row(hospcode, day)
        if row is None:
            return None
        if row.cup:
            return row.cup
        hospitals = self._hospitals.get(row.district_code, [])
        return next((hospital.hospcode for hospital in hospitals if hospital.valid_on(day)), None)

    def parents(self, hospcode: str, day: date) -> dict[OrgLevel, str]:
        """The code of each level above a facility on a day, from contracting unit to country.

        A level that is not known is absent; a facility that is not in the table on that day has no parents at all.
        """
        row = self._row(hospcode, day)
        if row is None:
            return {}
        found = {
            OrgLevel.CONTRACTING_UNIT: self.contracting_unit(hospcode, day),
            OrgLevel.DISTRICT: row.district_code,
            OrgLevel.PROVINCE: row.province_code,
            OrgLevel.REGION: row.health_region,
            OrgLevel.COUNTRY: COUNTRY,
        }
        return {level: code for level, code in found.items() if code}

    def hospital_class(self, hospcode: str, day: date) -> str:
        """The class of a facility on a day (service level and size); "" when it has none or is not in the table."""
        row = self._row(hospcode, day)
        return row.hospital_class if row else ""

    def placing(self, day: date) -> list[tuple[str, str, str, str, str]]:
        """Every facility of a day with its groupings, sorted: what a counting engine joins.

        (hospcode, contracting unit, district, province, region), "" where there is none.
        """
        levels = (OrgLevel.CONTRACTING_UNIT, OrgLevel.DISTRICT, OrgLevel.PROVINCE, OrgLevel.REGION)
        placed = []
        for hospcode in self.on(day):
            above = self.parents(hospcode, day)
            unit, district, province, region = (above.get(level, "") for level in levels)
            placed.append((hospcode, unit, district, province, region))
        return sorted(placed)

    def inside(self, level: OrgLevel, code: str, day: date) -> set[str]:
        """The hospcodes of the facilities in a unit on a day; a facility is inside itself."""
        return set(self._units_on(level, day).get(code, ()))

    def unit(self, level: OrgLevel, code: str, day: date) -> OrgUnit | None:
        """The unit of a level and code, or None when no facility of that day lies in it."""
        members = self._units_on(level, day).get(code)
        return self._unit(level, code, members[0], day) if members else None

    def units(self, level: OrgLevel, day: date) -> list[OrgUnit]:
        """The units of a level that hold a facility on a day, by code (health regions by number)."""
        held = self._units_on(level, day)
        in_order = sorted(held, key=lambda code: (len(code), code))
        return [self._unit(level, code, held[code][0], day) for code in in_order]

    def canonical_csv(self) -> bytes:
        """The table as bytes to hash and to read again: sorted rows, fixed columns, LF, UTF-8, 1/0, open days blank."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_shown(value) for value in astuple(row)] for row in self.rows)
        return text.getvalue().encode("utf-8")

    def _row(self, hospcode: str, day: date) -> FacilityRow | None:
        return next((row for row in self._by_code.get(hospcode, ()) if row.valid_on(day)), None)

    def _refuse_overlaps(self) -> None:
        found = [
            problem("reference.register.overlap", found=before.hospcode)
            for rows in self._by_code.values()
            for before, after in pairwise(sorted(rows, key=lambda r: r.valid_from))
            if after.valid_from <= before.valid_to
        ]
        if found:
            raise ReferenceRefused(*found)

    def _units_on(self, level: OrgLevel, day: date) -> dict[str, list[str]]:
        """Code of a unit -> the facilities in it on a day, sorted; looked up once, however often it is asked for."""
        if (level, day) not in self._held:
            held = self._held[level, day] = {}
            for hospcode, unit in self._members(level, day):
                held.setdefault(unit, []).append(hospcode)
        return self._held[level, day]

    def _members(self, level: OrgLevel, day: date) -> Iterator[tuple[str, str]]:
        """(hospcode, code of its unit of a level), sorted by hospcode, for the facilities that have one."""
        for hospcode in self.on(day):
            if level is OrgLevel.FACILITY:
                yield hospcode, hospcode
            elif unit := self.parents(hospcode, day).get(level):
                yield hospcode, unit

    def _unit(self, level: OrgLevel, code: str, first: str, day: date) -> OrgUnit:
        """The unit, when `first` is the first facility in it on the day."""
        if level in (OrgLevel.FACILITY, OrgLevel.CONTRACTING_UNIT):
            row = self._row(code, day) or next(iter(self._by_code.get(code, ())), None)
            names = (row.name_th, row.name_en) if row else ("", "")
            return OrgUnit(level, code, *names, self._history(code, level))
        if level is OrgLevel.COUNTRY:
            return OrgUnit(level, code, "ประเทศไทย", "Thailand")
        area = self.areas.of(level).get(code)
        names = (area.name_th, area.name_en) if area else ("", "")
        above = self.parents(first, day)
        parents = (Parent(upper, above[upper], date.min, date.max) for upper in _above(level) if upper in above)
        return OrgUnit(level, code, *names, tuple(parents))

    def _history(self, hospcode: str, level: OrgLevel) -> tuple[Parent, ...]:
        """What stood above a facility (or a contracting unit: the same facility) from when to when, level by level."""
        starts = self._changes(hospcode)
        ends = [start - timedelta(days=1) for start in starts[1:]] + [date.max]
        found: list[Parent] = []
        for upper in _above(level):
            last: Parent | None = None
            for start, end in zip(starts, ends, strict=True):
                code = self.parents(hospcode, start).get(upper)
                if last and last.code == code:
                    last = replace(last, valid_to=end)
                    found[-1] = last
                else:
                    last = Parent(upper, code, start, end) if code else None
                    found += [last] if last else []
        return tuple(found)

    def _changes(self, hospcode: str) -> list[date]:
        """The days on which the parents of a facility may change: its own dates and those of hospitals standing in."""
        own = self._by_code.get(hospcode, [])
        rows = own + [hospital for row in own if not row.cup for hospital in self._hospitals.get(row.district_code, [])]
        starts = {row.valid_from for row in rows}
        starts |= {row.valid_to + timedelta(days=1) for row in rows if row.valid_to < date.max}
        return sorted(starts | {date.min})


def fill_areas(row: FacilityRow, areas: Areas) -> FacilityRow:
    """The row with a blank province taken from its district and a blank region from its province, where known.

    >>> fill_areas(FacilityRow("11053", district_code="4203"), shipped_areas()).health_region
    '8'
    """
    district = areas.districts.get(row.district_code)
    province_code = row.province_code or (district.inside if district else "")
    province = areas.provinces.get(province_code)
    health_region = row.health_region or (province.inside if province else "")
    if (province_code, health_region) == (row.province_code, row.health_region):
        return row
    return replace(row, province_code=province_code, health_region=health_region)


def _above(level: OrgLevel) -> tuple[OrgLevel, ...]:
    return LEVELS[LEVELS.index(level) + 1 :]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return "" if value in (date.min, date.max) else value.isoformat()
    return str(value)
