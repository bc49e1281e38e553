"""Choosing: which payees `--org` means, told before anything is counted when it means none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from samrit.problems import Problem, Where, nearest, problem
from samrit.reference import Register
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.errors import SchemesError
from samrit.schemes.payees import ATTRIBUTES, Payee


def choose_payees(pack: Pack, every: Sequence[Payee], org: str, register: Register, day: date) -> tuple[Payee, ...]:
    """The payees of a payee's code, a district, a province ("42", "province:42"), a region ("region:8", the pack's own
    by its digit), or all for ''. Raises SchemesError with the nearest code, for a district with its units."""
    if not every:
        columns = ", ".join(base.column for base in pack.scheme.people.values())
        raise SchemesError(problem("schemes.run.no_payees", Where(file=pack.id), scheme=pack.id, columns=columns))
    region = pack.scheme.region.code
    if org in {"", f"region:{region}"} or (org == region and len(region) == 1):  # two digits are a province
        return tuple(every)
    if org.startswith("region:"):
        provinces = {code for code, area in register.areas.provinces.items() if f"region:{area.inside}" == org}
        meant = tuple(p for p in every if p.district_code[:2] in provinces)
    else:
        code = org.removeprefix("province:")
        meant = tuple(p for p in every if code in {p.org, p.district_code, p.district_code[:2]})
    if not meant:
        raise SchemesError(_unknown("schemes.run.org", pack, every, org, register, day))
    return meant


def find_payee(pack: Pack, payees: Sequence[Payee], org: str, register: Register, day: date) -> Payee:
    """The payee of that code. Raises SchemesError with the nearest code, for a district with its units."""
    found = next((payee for payee in payees if payee.org == org), None)
    if found is None:
        raise SchemesError(_unknown("schemes.payee.unknown", pack, payees, org, register, day))
    return found


def with_attributes(payees: Sequence[Payee], register: Register, day: date) -> tuple[Payee, ...]:
    """The payees with what the table does not say of them (service level, type, size) from the register of a day."""
    rows = register.on(day)
    made = []
    for payee in payees:
        row = rows.get(payee.org)
        known = {name: str(getattr(row, name)) for name in ATTRIBUTES if row and getattr(row, name)}
        made.append(replace(payee, attributes={**known, **payee.attributes}))
    return tuple(made)


def _unknown(code: str, pack: Pack, payees: Sequence[Payee], org: str, register: Register, day: date) -> Problem:
    units = _units_of_district(payees, org, register, day)
    if units:
        return problem("schemes.payee.district", Where(file=pack.id), org=org, units=", ".join(units))
    near = nearest(org, [p.org for p in payees]) or "-"
    return problem(code, Where(file=pack.id), org=org, scheme=pack.id, near=near)


def _units_of_district(payees: Sequence[Payee], district: str, register: Register, day: date) -> list[str]:
    """The payees that care for a district: theirs by the table, or contracting units of its facilities."""
    if district not in register.areas.districts:
        return []
    caring = {unit for _, unit, at, _, _ in register.placing(day) if at == district}
    return [p.org for p in payees if p.district_code == district or p.org in caring]
