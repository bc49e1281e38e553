"""Organisations and time: the facility register with its levels, periods, Buddhist-Era fiscal years, ages.

>>> from datetime import date
>>> from samrit.reference import FiscalYear, OrgLevel, shipped_register
>>> len(shipped_register().units(OrgLevel.PROVINCE, FiscalYear(2557).start))
77
"""

from samrit.reference.areas import Area, Areas, shipped_areas
from samrit.reference.calendar import MILESTONES, FiscalYear, Period, format_period_th
from samrit.reference.day import age_on, format_day_long_th, format_day_th, parse_day, years_before
from samrit.reference.finding import find_level
from samrit.reference.floors import case_mix_floor, case_mix_floors
from samrit.reference.importing import read_org_file
from samrit.reference.network import (
    DISEASE_GROUPS,
    ReferralNetwork,
    Zone,
    agreements_csv,
    agreements_of,
    read_agreements_file,
    read_zones_file,
    zones_csv,
    zones_of,
)
from samrit.reference.org import (
    COUNTRY,
    HOSPITAL_TYPES,
    HOSTYPES,
    FacilityRow,
    Grouping,
    OrgLevel,
    OrgUnit,
    Parent,
    is_hospcode,
)
from samrit.reference.refused import ReferenceRefused
from samrit.reference.register import COLUMNS, Register, fill_areas
from samrit.reference.rows import facility_row
from samrit.reference.sheet import Line as SheetLine
from samrit.reference.sheet import read_sheet
from samrit.reference.shipped import shipped_register
from samrit.reference.spans import Span, spans_of

__all__ = [
    "COLUMNS",
    "COUNTRY",
    "DISEASE_GROUPS",
    "HOSPITAL_TYPES",
    "HOSTYPES",
    "MILESTONES",
    "Area",
    "Areas",
    "FacilityRow",
    "FiscalYear",
    "Grouping",
    "OrgLevel",
    "OrgUnit",
    "Parent",
    "Period",
    "ReferenceRefused",
    "ReferralNetwork",
    "Register",
    "SheetLine",
    "Span",
    "Zone",
    "age_on",
    "agreements_csv",
    "agreements_of",
    "case_mix_floor",
    "case_mix_floors",
    "facility_row",
    "fill_areas",
    "find_level",
    "format_day_long_th",
    "format_day_th",
    "format_period_th",
    "is_hospcode",
    "parse_day",
    "read_agreements_file",
    "read_org_file",
    "read_sheet",
    "read_zones_file",
    "shipped_areas",
    "shipped_register",
    "spans_of",
    "years_before",
    "zones_csv",
    "zones_of",
]
