"""Who is paid: the units of a scheme with their people, read from a pack's table or from a table of a run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from samrit.problems import Problems, Where
from samrit.reference import SheetLine
from samrit.schemes.accounts import ACCOUNT_COLUMNS, BankAccount, read_account

ATTRIBUTES = ("service_level", "hostype", "size", "province_code")
"""What a payee may be compared within: columns of the table, else the organisation register has them."""
DISTRICT_DIGITS = 4


class Base(Protocol):
    """A base of people as a pack describes it: its column, and the base that stands in where the cell is blank."""

    @property
    def column(self) -> str: ...
    @property
    def otherwise(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Payee:
    """A unit that is paid: code, names, people by base (in the order of the scheme), attributes by name, account."""

    org: str
    district_code: str
    name_th: str
    name_en: str
    people: Mapping[str, int]
    attributes: Mapping[str, str] = field(default_factory=dict)
    account: BankAccount | None = field(default=None, repr=False)

    @property
    def population(self) -> int:
        """People of the scheme's first base; 0 when the unit has none."""
        return next(iter(self.people.values()), 0)

    def attribute(self, name: str) -> str:
        """One of ATTRIBUTES, '' when it is not known; the province follows from the district."""
        return self.attributes.get(name, "") or (self.district_code[:2] if name == "province_code" else "")


def population_columns(bases: Mapping[str, Base]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that a population table must have and may have: a base that another one stands in for may miss."""
    must = [base.column for base in bases.values() if not base.otherwise]
    may = [base.column for base in bases.values() if base.otherwise]
    return ("org", "district_code", *must), (*may, "name_th", "name_en", *ATTRIBUTES, *ACCOUNT_COLUMNS)


def read_payees(
    lines: Iterable[SheetLine], file: str, bases: Mapping[str, Base], problems: Problems
) -> tuple[Payee, ...]:
    """The payees of the lines of a population table, by code; what is wrong goes to `problems`, at file and line.

    Columns: org, district_code (4 digits: its first two are the province), people per base (whole numbers; with several
    bases a blank cell means that the unit has none), name_th, name_en, attributes, bank_code, account_no, account_name.
    """
    payees: dict[str, Payee] = {}
    seen: set[str] = set()
    for line in lines:
        cells = line.cells
        before = len(problems)
        if not cells["org"]:
            problems.add("schemes.population.org", Where(file=file, line=line.number, field="org"))
        people = _people(line, file, bases, problems)
        district = cells["district_code"]
        if not (district.isascii() and district.isdigit() and len(district) == DISTRICT_DIGITS):
            problems.add("schemes.population.district", Where(file=file, line=line.number, field="district_code"))
        if cells["org"] in seen:
            problems.add("schemes.input.repeated", Where(file=file, line=line.number, field="org"))
        seen.add(cells["org"])
        account = read_account(line, file, problems)
        if len(problems) == before:
            names = (cells.get("name_th", ""), cells.get("name_en", ""))
            attributes = {name: cells[name] for name in ATTRIBUTES if cells.get(name)}
            payees[cells["org"]] = Payee(cells["org"], district, *names, people, attributes, account)
    return tuple(payees[org] for org in sorted(payees))


def _people(line: SheetLine, file: str, bases: Mapping[str, Base], problems: Problems) -> dict[str, int]:
    """People by base, in the order of the bases; a base without a number is absent."""
    found: dict[str, int] = {}
    blank = [base for base in bases.values() if not line.cells.get(base.column)]
    alone = len(blank) == len(bases)  # somebody must be there
    for name, base in bases.items():
        text = line.cells.get(base.column, "").replace(",", "")
        if text.isascii() and text.isdigit():
            found[name] = int(text)
        elif text or (alone and base is blank[0]):
            where = Where(file=file, line=line.number, field=base.column)
            problems.add("schemes.population.number", where, column=base.column)
    for name, base in bases.items():
        if name not in found and base.otherwise in found:
            found[name] = found[base.otherwise]
    return {name: found[name] for name in bases if name in found}
