"""Areas: districts in provinces in health regions, with their names, as shipped.

>>> shipped_areas().provinces["42"].name_en, shipped_areas().districts["4201"].inside
('Loei', '42')
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from samrit.reference.org import OrgLevel


@dataclass(frozen=True)
class Area:
    """One district, province or health region: code, names, and the code of the area one step up ("" at the top)."""

    code: str
    name_th: str
    name_en: str
    inside: str


@dataclass(frozen=True)
class Areas:
    """The area tables, each from code to area: districts (4 digits), provinces (2), health regions (1-13)."""

    districts: dict[str, Area]
    provinces: dict[str, Area]
    regions: dict[str, Area]

    def of(self, level: OrgLevel) -> dict[str, Area]:
        """The table of a level; empty for the levels that are not areas."""
        tables = {
            OrgLevel.DISTRICT: self.districts,
            OrgLevel.PROVINCE: self.provinces,
            OrgLevel.REGION: self.regions,
        }
        return tables.get(level, {})


@cache
def shipped_areas() -> Areas:
    """The 928 districts, 77 provinces and 13 health regions of `data/` (sources in `data/README.md`)."""
    return Areas(
        _table("districts.csv", "district_code", "province_code"),
        _table("provinces.csv", "province_code", "health_region"),
        _table("health_regions.csv", "health_region", ""),
    )


def read_shipped(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped CSV of `data/`, all text."""
    text = resources.files("samrit.reference").joinpath("data", name).read_text(encoding="utf-8")
    return iter(csv.DictReader(io.StringIO(text)))


def _table(name: str, code: str, inside: str) -> dict[str, Area]:
    return {
        row[code]: Area(row[code], row["name_th"], row["name_en"], row[inside] if inside else "")
        for row in read_shipped(name)
    }
