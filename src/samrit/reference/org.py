"""Organisations: the levels, one unit of any level with its dated parents, and one row of the facility table.

An organisation code is unique only with its level: 11053 is a facility and a contracting unit.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samrit.problems import problem
from samrit.reference.refused import ReferenceRefused

COUNTRY = "TH"
"""The code of the one country."""

HOSPITAL_TYPES = ("05", "06", "07")
"""Regional, general and community hospitals of the ministry: the types that can stand in for a blank `cup`."""

HOSTYPES = {
    "01": "สำนักงานสาธารณสุขจังหวัด",
    "02": "สำนักงานสาธารณสุขอำเภอ",
    "03": "สถานีอนามัย",
    "04": "สถานบริการสาธารณสุขชุมชน",
    "05": "โรงพยาบาลศูนย์",
    "06": "โรงพยาบาลทั่วไป",
    "07": "โรงพยาบาลชุมชน",
    "08": "ศูนย์สุขภาพชุมชนของโรงพยาบาล",
    "09": "ศูนย์สุขภาพชุมชนของกระทรวงสาธารณสุข",
    "10": "ศูนย์วิชาการ",
    "11": "โรงพยาบาลในกรมอื่นของกระทรวงสาธารณสุข",
    "12": "โรงพยาบาลรัฐนอกกระทรวงสาธารณสุข",
    "13": "ศูนย์บริการสาธารณสุข",
    "14": "ศูนย์สุขภาพชุมชนนอกกระทรวงสาธารณสุข",
    "15": "โรงพยาบาลเอกชน",
    "16": "คลินิกเอกชน",
    "17": "สาขาของโรงพยาบาลหรือศูนย์บริการสาธารณสุข",
    "18": "โรงพยาบาลส่งเสริมสุขภาพตำบล",
    "21": "โรงพยาบาลส่งเสริมสุขภาพตำบลที่ถ่ายโอนไปยังองค์กรปกครองส่วนท้องถิ่น",
}
"""The facility types known (`data/README.md` says from where), code -> Thai name."""

_HOSPCODE = re.compile(r"[0-9]{5}|[0-9A-Z]{9}")


class OrgLevel(StrEnum):
    """The levels of organisation, from the smallest up."""

    FACILITY = "facility"
    CONTRACTING_UNIT = "contracting_unit"
    DISTRICT = "district"
    PROVINCE = "province"
    REGION = "region"
    COUNTRY = "country"


class Grouping(StrEnum):
    """Groupings that are no area: service_level puts the hospitals of one class together, wherever they are."""

    SERVICE_LEVEL = "service_level"


@dataclass(frozen=True)
class Parent:
    """A unit above another, and the first and last day of that (date.min and date.max when open)."""

    level: OrgLevel
    code: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class OrgUnit:
    """One organisation of any level: its code, names ("" when not known), and all units above it with their days."""

    level: OrgLevel
    code: str
    name_th: str
    name_en: str
    parents: tuple[Parent, ...] = ()


@dataclass(frozen=True, order=True)
class FacilityRow:
    """One row of the facility table: what a facility was from one day to another, one column per grouping.

    Codes are text, "" = not known. `cup` is the contracting unit as registered. `sends_43`: on the list of senders of
    the 43 files; `smart_health_id_target`: on the list of hospitals that must use the Smart Health ID. Both ends of
    valid_from..valid_to belong to it; date.min and date.max = open.

    Raises ReferenceRefused for a malformed hospcode and for valid_to before valid_from.

    >>> FacilityRow("11053", hostype="07", district_code="4203").sends_43
    True
    """

    hospcode: str
    hostype: str = ""
    service_level: str = ""
    size: str = ""
    cup: str = ""
    district_code: str = ""
    province_code: str = ""
    health_region: str = ""
    sends_43: bool = True
    smart_health_id_target: bool = True
    name_th: str = ""
    name_en: str = ""
    valid_from: date = date.min
    valid_to: date = date.max

    def __post_init__(self) -> None:
        if not is_hospcode(self.hospcode):
            raise ReferenceRefused(problem("reference.hospcode.form", found=self.hospcode))
        if self.valid_to < self.valid_from:
            raise ReferenceRefused(problem("reference.dates.backwards", start=self.valid_from, end=self.valid_to))

    @property
    def hospital_class(self) -> str:
        """Service level and size as one code; "" when no service level is known.

        >>> FacilityRow("10670", service_level="A", size="large").hospital_class
        'A-large'
        """
        return "-".join(part for part in (self.service_level, self.size) if part) if self.service_level else ""

    def valid_on(self, day: date) -> bool:
        """True when the row holds on a day."""
        return self.valid_from <= day <= self.valid_to


def is_hospcode(text: str) -> bool:
    """True for 5 digits (the old code) or 9 capital letters and digits (the new one).

    >>> is_hospcode("04801"), is_hospcode("EA0010705"), is_hospcode("4801")
    (True, True, False)
    """
    return _HOSPCODE.fullmatch(text) is not None
