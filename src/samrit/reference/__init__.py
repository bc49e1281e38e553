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
from samrit.reference.importing import read_org_file
from samrit.reference.org import (
    COUNTRY,
    HOSPITAL_TYPES,
    HOSTYPES,
    FacilityRow,
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

__all__ = [
    "COLUMNS",
    "COUNTRY",
    "HOSPITAL_TYPES",
    "HOSTYPES",
    "MILESTONES",
    "Area",
    "Areas",
    "FacilityRow",
    "FiscalYear",
    "OrgLevel",
    "OrgUnit",
    "Parent",
    "Period",
    "ReferenceRefused",
    "Register",
    "SheetLine",
    "age_on",
    "facility_row",
    "fill_areas",
    "find_level",
    "format_day_long_th",
    "format_day_th",
    "format_period_th",
    "is_hospcode",
    "parse_day",
    "read_org_file",
    "read_sheet",
    "shipped_areas",
    "shipped_register",
    "years_before",
]
