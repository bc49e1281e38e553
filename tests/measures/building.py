"""Made-up measures and small snapshots for the tests of this folder."""

import random
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import yaml

from samrit.measures.binding import bind_check
from samrit.measures.case_defaults import standard_organisation
from samrit.measures.cases import Case, write_packages
from samrit.measures.compiling import Compiled, compile_measure
from samrit.measures.definition import Measure, read_measure
from samrit.measures.errors import MeasuresError
from samrit.problems import Problem
from samrit.reference import FacilityRow, Period, Register
from samrit.warehouse import Home, Snapshot, load

WORDS = {"th": "ทดลอง", "en": "made up"}
B_OF_ALL = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p"
A_OF_ALL = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p"


def write_measure(folder: Path, a_sql: str | None = A_OF_ALL, b_sql: str | None = B_OF_ALL, **changes: object) -> Path:
    """A folder with measure.yaml, a.sql and b.sql; `changes` are keys of measure.yaml, None leaves one out."""
    folder.mkdir(parents=True, exist_ok=True)
    part: dict[str, object] = {"counts": "people", "unit": "คน", **WORDS}
    keys: dict[str, object] = {
        "id": folder.name,
        "title": WORDS,
        "why": WORDS,
        "a": part,
        "b": part,
        "formula": "(A/B)x100",
        "better": "higher",
        "counted_at": "home_facility",
        "sources": [{"document": "none", "at": "made up"}],
    } | changes
    keys = {key: value for key, value in keys.items() if value is not None}
    text = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False)
    (folder / "measure.yaml").write_text(text, encoding="utf-8")
    for name, sql in (("a", a_sql), ("b", b_sql)):
        if sql is not None:
            (folder / f"{name}.sql").write_text(sql, encoding="utf-8")
    return folder


def made_up(a_sql: str = A_OF_ALL, b_sql: str = B_OF_ALL, *, part_of: str = "", **changes: object) -> Measure:
    """A measure read from a folder that is thrown away."""
    if part_of:
        changes["a"] = {"counts": "people", "unit": "คน", "part_of": part_of, **WORDS}
    with tempfile.TemporaryDirectory() as folder:
        return read_measure(write_measure(Path(folder) / "made_up", a_sql, b_sql, **changes))


def compiled(measure: Measure, **parameters: object) -> Compiled:
    """The measure compiled with its default parameters and those given."""
    return compile_measure(measure, measure.with_parameters(parameters))


def problems_of(sql: str, **changes: object) -> list[Problem]:
    """Everything that compiling and binding say against a text that stands as a.sql."""
    measure = made_up(sql, **changes)
    try:
        return bind_check(compiled(measure))
    except MeasuresError as error:
        return list(error.problems)


def standard_register(*, without: Iterable[str] = ()) -> Register:
    """The standard organisation table of the worked cases, some facilities left out."""
    return Register(FacilityRow(**dict(row)) for row in standard_organisation() if row["hospcode"] not in set(without))


def load_rows(folder: Path, case: Case) -> Snapshot:
    """The snapshot of a case's rows in a new home."""
    folder.mkdir(parents=True, exist_ok=True)
    write_packages(case, folder / "packages")
    return load(Home(folder / "home"), [folder / "packages"]).snapshot


PERIOD = (date(2013, 4, 1), date(2014, 3, 31))
CENSUS = date(2013, 10, 1)
FACILITIES = ("10705", "04801", "04802", "11053", "04811", "04812", "10671", "10670", "99999")
"""The facilities of the standard organisation table, and one that the table does not have."""


def a_case(**tables: list[dict[str, str]]) -> Case:
    """A case of the rows given, nobody added but the visitors; no card is made up."""
    return Case(
        file="made up",
        name="made up",
        line=1,
        measure="made_up",
        period=PERIOD,
        census_day=CENSUS,
        tables=tables,
        without=("person", "cards"),
    )


def random_case(seed: int, people: int = 80) -> Case:
    """Rows of every table that the shipped measures read most, of people all over the standard organisation."""
    chance = random.Random(seed)
    tables: dict[str, list[dict[str, str]]] = {}

    def add(table: str, **cells: str) -> None:
        tables.setdefault(table, []).append(cells)

    for n in range(people):
        pid, home, sex = f"P{n}", chance.choice(FACILITIES), chance.choice("12")
        birth = _day(chance, date(1925, 1, 1), date(2000, 12, 31))
        nation = chance.choice(["099", "099", "099", "098"])
        add("PERSON", HOSPCODE=home, PID=pid, SEX=sex, BIRTH=birth, NATION=nation, TYPEAREA=chance.choice("1134"))
        if chance.random() < 0.9:
            add(
                "CARD",
                HOSPCODE=home,
                PID=pid,
                INSTYPE_NEW=chance.choice(["0100", "0100", "0100", "1100", "4200"]),
                STARTDATE=_day(chance, date(2012, 1, 1), date(2013, 12, 31)),
                EXPIREDATE=chance.choice(["", _day(chance, date(2013, 6, 1), date(2015, 1, 1))]),
                MAIN=chance.choice([*FACILITIES, ""]),
            )
        for _ in range(chance.randint(0, 6)):
            at, on = chance.choice([home, *FACILITIES]), _day(chance, date(2012, 1, 1), date(2014, 6, 30))
            numbers = {"SBP": str(chance.randint(120, 145)), "DBP": str(chance.randint(70, 94))}
            add("CHRONICFU", HOSPCODE=at, PID=pid, DATE_SERV=on, SEQ=f"F{len(tables.get('CHRONICFU', []))}", **numbers)
            add("NCDSCREEN", HOSPCODE=at, PID=pid, DATE_SERV=on, SMOKE=chance.choice("1239"))
        for code in chance.sample(["E119", "I10", "I159", "J45", "E149"], chance.randint(0, 3)):
            add("CHRONIC", HOSPCODE=home, PID=pid, CHRONIC=code, DATE_DIAG=_day(chance, date(2005, 1, 1), CENSUS))
        for _ in range(chance.randint(0, 3)):
            at, number = chance.choice(FACILITIES), f"A{len(tables.get('ADMISSION', []))}"
            admitted = _day(chance, date(2013, 1, 1), date(2014, 5, 31))
            left = f"{admitted[:6]}28100000"
            add(
                "ADMISSION",
                HOSPCODE=at,
                PID=pid,
                AN=number,
                DATETIME_ADMIT=f"{admitted}080000",
                DATETIME_DISCH=left,
                INSTYPE=chance.choice(["0100", "0100", "1100"]),
            )
            code = chance.choice(["E101", "E110", "J45", "I10", "Z000"])
            add("DIAGNOSIS_IPD", HOSPCODE=at, PID=pid, AN=number, DIAGCODE=code)
        if sex == "2" and chance.random() < 0.8:
            ended = _day(chance, date(2013, 1, 1), date(2014, 6, 30))
            add("LABOR", HOSPCODE=home, PID=pid, GRAVIDA="1", BDATE=ended, BTYPE=chance.choice("1116"))
            for week in chance.sample([8, 12, 13, 20, 27, 33, 39], chance.randint(0, 5)):
                add("ANC", HOSPCODE=home, PID=pid, GRAVIDA="1", GA=str(week), DATE_SERV=ended, SEQ=f"N{n}{week}")
    return a_case(**tables)


def _day(chance: random.Random, first: date, last: date) -> str:
    return (first + timedelta(days=chance.randint(0, (last - first).days))).strftime("%Y%m%d")


def months() -> list[Period]:
    """The twelve months of the period."""
    firsts = [date(2013 + (m > 12), m - 12 * (m > 12), 1) for m in range(4, 17)]
    return [Period(a, b - timedelta(days=1)) for a, b in pairwise(firsts)]
