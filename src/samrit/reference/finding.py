"""Find the level that a bare organisation code means: `--org 4203`, `--org 11053`, `--org region:10`."""

import re
from datetime import date

from samrit.problems import nearest, problem
from samrit.reference.org import COUNTRY, OrgLevel, is_hospcode
from samrit.reference.refused import ReferenceRefused
from samrit.reference.register import Register

_FORMS = {
    OrgLevel.DISTRICT: re.compile(r"[0-9]{4}"),
    OrgLevel.PROVINCE: re.compile(r"[0-9]{2}"),
    OrgLevel.REGION: re.compile(r"[0-9]{1,2}"),
    OrgLevel.COUNTRY: re.compile(COUNTRY),
}


def find_level(text: str, wanted: OrgLevel | None, register: Register, day: date) -> tuple[OrgLevel, str]:
    """The level and code that a text means on a day.

    1. `level:code` means what it says. 2. The asked level, if the register has a unit of that code on the day
    or the area tables know it.
    3. By form: 5 or 9 characters a facility (a contracting unit if that was asked), 4 digits a district, 2 a province
    (regions 10-13 need `region:10`), 1 a region, TH the country. The unit need not be in the register: facilities that
    it does not know are counted too.
    Raises ReferenceRefused (reference.org.level, reference.org.form).

    >>> find_level("10", None, Register([]), date(2013, 10, 1))
    (<OrgLevel.PROVINCE: 'province'>, '10')
    """
    name, colon, code = text.partition(":")
    if colon:
        if name not in {level.value for level in OrgLevel}:
            near = nearest(name, [level.value for level in OrgLevel])
            raise ReferenceRefused(problem("reference.org.level", found=name, near=near or "-"))
        level = OrgLevel(name)
        if not _fits(level, code):
            raise ReferenceRefused(problem("reference.org.form", found=text))
        return level, code
    if wanted is not None and (text in register.areas.of(wanted) or register.unit(wanted, text, day) is not None):
        return wanted, text
    if wanted is OrgLevel.CONTRACTING_UNIT and is_hospcode(text):
        return wanted, text
    for level in OrgLevel:  # from the smallest up: a province before a region
        if _fits(level, text):
            return level, text
    raise ReferenceRefused(problem("reference.org.form", found=text))


def _fits(level: OrgLevel, code: str) -> bool:
    form = _FORMS.get(level)
    return is_hospcode(code) if form is None else form.fullmatch(code) is not None
