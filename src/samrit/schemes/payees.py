"""Who is paid: the units of a scheme with their people, read from a pack's table or from a table of a run."""

from collections.abc import Iterable
from dataclasses import dataclass

from samrit.problems import Problems, Where
from samrit.reference import SheetLine

REQUIRED = ("org", "district_code", "uc_population")
OPTIONAL = ("name_th", "name_en")
DISTRICT_DIGITS = 4


@dataclass(frozen=True)
class Payee:
    """A unit that is paid: its code, names and people."""

    org: str
    district_code: str
    name_th: str
    name_en: str
    population: int


def payees_of(lines: Iterable[SheetLine], file: str, problems: Problems) -> tuple[Payee, ...]:
    """The payees of the lines of a population table, by code; what is wrong goes to `problems`, at file and line.

    Columns: org, district_code (4 digits: its first two are the province), uc_population (people), name_th, name_en.
    """
    payees: dict[str, Payee] = {}
    for line in lines:
        cells = line.cells
        before = len(problems)
        people = cells["uc_population"].replace(",", "")
        if not cells["org"]:
            problems.add("schemes.population.org", Where(file=file, line=line.number, field="org"))
        if not (people.isascii() and people.isdigit()):
            problems.add("schemes.population.number", Where(file=file, line=line.number, field="uc_population"))
        district = cells["district_code"]
        if not (district.isascii() and district.isdigit() and len(district) == DISTRICT_DIGITS):
            problems.add("schemes.population.district", Where(file=file, line=line.number, field="district_code"))
        if cells["org"] in payees:
            problems.add("schemes.input.repeated", Where(file=file, line=line.number, field="org"))
        if len(problems) == before:
            names = (cells.get("name_th", ""), cells.get("name_en", ""))
            payees[cells["org"]] = Payee(cells["org"], district, *names, int(people))
    return tuple(payees[org] for org in sorted(payees))
