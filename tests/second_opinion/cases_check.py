"""The worked cases of the definition book, turned into real zips and counted by this second opinion.

The layout of `cases/*.yaml` and its defaults: README of the worked cases ("A file", "Cells", "Defaults").
"""

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from second_opinion.dictionary import TABLES
from second_opinion.exchange_logs import Log
from second_opinion.measures import Around, count, find_value
from second_opinion.persons import find_unit

CASES = Path(__file__).parent / "cases"  # copied from the definition book
EDGES = Path(__file__).parent / "edges"  # in the same layout, reasoned here
TOP = ("measure", "period", "census_day", "params", "text", "by", "without", "ORG", "ZONES", "AGREEMENTS")

# "Standard organisation table": hospcode, hostype, level, size, cup, district, province, region.
STANDARD_ORGANISATIONS = """
hospcode | hostype | service_level | size | cup | district_code | province_code | health_region
10705 | 06 | S | | 10705 | 4201 | 42 | 8
04801 | 18 | | | 10705 | 4201 | 42 | 8
04802 | 18 | | | 10705 | 4201 | 42 | 8
11053 | 07 | F2 | | 11053 | 4203 | 42 | 8
04811 | 18 | | | 11053 | 4203 | 42 | 8
04812 | 18 | | | | 4203 | 42 | 8
10671 | 05 | A | large | 10671 | 4101 | 41 | 8
10670 | 05 | A | large | 10670 | 4001 | 40 | 7
"""
# "Defaults": the constant ones; the rest is in `default_cells`.
CONSTANTS: dict[str, dict[str, str]] = {
    "PERSON": {"SEX": "1", "BIRTH": "19600501", "NATION": "099", "DISCHARGE": "9", "TYPEAREA": "1"},
    "CARD": {"INSTYPE_NEW": "0100", "STARTDATE": "20020401"},
    "CHRONIC": {"CHRONIC": "E119", "DATE_DIAG": "20050101", "TYPEDISCH": "03"},
    "SERVICE": {"INSTYPE": "0100", "SERVPLACE": "1", "TYPEIN": "1"},
    "DIAGNOSIS_OPD": {"DIAGTYPE": "1", "DIAGCODE": "Z000"},
    "PROCEDURE_OPD": {"PROCEDCODE": "2387030"},
    "ADMISSION": {"INSTYPE": "0100", "DISCHSTATUS": "2", "DISCHTYPE": "1", "DRG": "04520", "RW": "1", "ADJRW": "1"},
    "DIAGNOSIS_IPD": {"DIAGTYPE": "1", "DIAGCODE": "Z000"},
    "NCDSCREEN": {
        **{"SMOKE": "1", "ALCOHOL": "1", "WEIGHT": "60", "HEIGHT": "160", "WAIST_CM": "80"},
        **{"SBP_1": "120", "DBP_1": "80", "BSLEVEL": "95", "BSTEST": "3"},
    },
    "CHRONICFU": {
        **{"WEIGHT": "60", "HEIGHT": "160", "WAIST_CM": "80", "SBP": "130", "DBP": "80", "FOOT": "2", "RETINA": "8"},
    },
    "ANC": {"GRAVIDA": "1", "ANCNO": "1", "GA": "10"},
    "LABOR": {"GRAVIDA": "1", "BTYPE": "1"},
    "EPI": {"VACCINETYPE": "061"},
    "SPECIALPP": {"PPSPECIAL": "1B0044"},
    "DENTAL": {"DENTTYPE": "3"},
    "COMMUNITY_SERVICE": {"COMSERVICE": "1A000"},
    "DISABILITY": {"DISABID": "4200000000001", "DISABTYPE": "3", "DATE_DETECT": "20050101"},
    "ICF": {"ICF": "b117", "QUALIFIER": "1"},
    "REFER_HISTORY": {"HOSP_DESTINATION": "10671", "CAUSEOUT": "1", "AN": ""},
    "REFER_RESULT": {"REFER_RESULT": "1"},
    "DATA_CORRECT": {},
}
LOGS = {
    "DX_LOG": ("data-exchange", ("timestamp", "hospcode", "topic", "success")),
    "SHID_LOG": ("smart-health-id", ("timestamp", "hospcode", "action", "success")),
}
FILLED = {"PRENAME": "003", "NAME": "สมมุติ", "LNAME": "ทดสอบ"}  # no definition reads them

Cells = dict[str, str]


@dataclass(frozen=True)
class Case:
    """One case with the head of its file laid under it."""

    name: str
    head: dict[str, Any]
    tables: dict[str, list[Cells]]
    expect: dict[str, dict[str, str]]
    logs: dict[str, list[Cells]] = field(default_factory=dict)

    @property
    def period(self) -> tuple[date, date]:
        """First and last day."""
        first, last = self.head["period"].split("..")
        return date.fromisoformat(first), date.fromisoformat(last)


def read_grid(text: str) -> list[Cells]:
    """Rows of a table whose first line names the columns; blank cells are left out."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    return [{name: cell for name, cell in zip(lines[0], line, strict=False) if cell} for line in lines[1:]]


def read_cases(path: Path) -> list[Case]:
    """The cases of one file. Every scalar is text."""
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    head = {name: value for name, value in document.items() if name in TOP}
    cases = []
    for written in document["cases"]:
        own = {name: value for name, value in written.items() if name in TOP}
        params = {**head.get("params", {}), **own.get("params", {})}
        tables = {name: read_grid(grid) for name, grid in written.items() if name in TABLES}
        logs = {name: read_grid(grid) for name, grid in written.items() if name in LOGS}
        left = set(written) - set(own) - set(tables) - set(logs) - {"case", "expect"}
        assert not left, f"{path.name}: {left}"
        cases.append(Case(written["case"], {**head, **own, "params": params}, tables, written["expect"], logs))
    return cases


def make_cid(pid: str) -> str:
    """`10` + CRC-32 of the PID as ten digits + the check digit."""
    first = f"10{zlib.crc32(pid.encode()):010d}"
    total = sum(int(digit) * weight for digit, weight in zip(first, range(13, 1, -1), strict=True))
    return first + str((11 - total % 11) % 10)


def write_cell(cell: str) -> str:
    """Dates of the cases to digits, `-` to empty, anything else as it is."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", cell):
        return re.sub("[^0-9]", "", cell) + ("00" if " " in cell else "")
    return "" if cell == "-" else cell


def default_cells(table: str, number: int, row: Cells, case: Case, units: Mapping[str, str]) -> Cells:
    """The defaults of row `number` (from 1) of a table."""
    start, end = case.period
    day = f"{start + timedelta(days=number - 1):%Y%m%d}"
    cells = {
        **{"HOSPCODE": "11053", "PID": "P1", "SEQ": f"S{number}", "AN": f"A{number}"},
        **{"REFERID": f"R{number}", "REFERID_SOURCE": f"R{number}", "DATETIME_REFER": f"{day}090000"},
        **{"DATE_SERV": day, "BDATE": day, "D_UPDATE": f"{end + timedelta(days=10):%Y%m%d}120000"},
        **FILLED,
        **CONSTANTS[table],
    }
    if table == "PERSON":
        cells["CID"] = make_cid(row.get("PID", "P1"))
    if table == "CARD":
        cells["MAIN"] = units.get(row.get("HOSPCODE", "11053"), "")
    if table == "ADMISSION":
        cells["DATETIME_ADMIT"] = f"{day}080000"
        admitted = write_cell(row.get("DATETIME_ADMIT", cells["DATETIME_ADMIT"]))
        if re.fullmatch(r"\d{8}(\d{6})?", admitted):
            left = datetime.strptime(admitted[:8], "%Y%m%d") + timedelta(days=2)  # noqa: DTZ007
            cells["DATETIME_DISCH"] = f"{left:%Y%m%d}100000"
    of_visit = {name: name for name in ("HOSPCODE", "PID", "DATE_SERV")}
    of_stay = {name: name for name in ("HOSPCODE", "PID", "DATETIME_ADMIT")}
    of_referral = {"HOSPCODE": "HOSP_DESTINATION", "HOSP_SOURCE": "HOSPCODE"}  # the one that receives answers
    parent, link, own_link, shared = {
        "DIAGNOSIS_IPD": ("ADMISSION", "AN", "AN", of_stay),
        "DIAGNOSIS_OPD": ("SERVICE", "SEQ", "SEQ", of_visit),
        "PROCEDURE_OPD": ("SERVICE", "SEQ", "SEQ", of_visit),
        "REFER_RESULT": ("REFER_HISTORY", "REFERID", "REFERID_SOURCE", of_referral),
    }.get(table, ("", "", "", {}))
    for other_number, other in enumerate(case.tables.get(parent, []), start=1):
        whole = {**default_cells(parent, other_number, other, case, units), **other}
        if whole[link] == row.get(own_link, cells[own_link]):
            return {**cells, **{name: whole[of_parent] for name, of_parent in shared.items()}}
    return cells


def fill_tables(case: Case, units: Mapping[str, str]) -> dict[str, list[Cells]]:
    """All rows with defaults and the automatic rows 1 to 3."""
    without = case.head.get("without", [])
    tables = dict(case.tables)
    if "PERSON" not in tables and "person" not in without:
        tables["PERSON"] = [{}]
    full = {
        table: [{**default_cells(table, number, row, case, units), **row} for number, row in enumerate(rows, start=1)]
        for table, rows in tables.items()
    }
    persons = full.get("PERSON", [])
    if "visitors" not in without:
        known = {(row["HOSPCODE"], row["PID"]) for row in persons}
        for table, rows in full.items():
            if table in ("CARD", "DATA_CORRECT", "PERSON") or "PID" not in TABLES[table].kinds:
                continue
            for row in rows:
                first = next((person for person in persons if person["PID"] == row["PID"]), None)
                if first is not None and (row["HOSPCODE"], row["PID"]) not in known:
                    known.add((row["HOSPCODE"], row["PID"]))
                    visitor = {"HOSPCODE": row["HOSPCODE"], "TYPEAREA": "4", "DISCHARGE": "9"}
                    persons.append(
                        {**first, **visitor, "D_UPDATE": default_cells("PERSON", 1, {}, case, {})["D_UPDATE"]}
                    )
    if "cards" not in without:
        given = {row["PID"] for row in full.get("CARD", [])}
        for person in persons:
            if person["TYPEAREA"] in ("1", "3") and person["PID"] not in given:
                place = {"HOSPCODE": person["HOSPCODE"], "PID": person["PID"]}
                full.setdefault("CARD", []).append({**default_cells("CARD", 1, place, case, units), **place})
    return full


def write_case(case: Case, folder: Path, units: Mapping[str, str]) -> list[Path]:
    """The zips of a case: one per sender and submission, one entry per table."""
    text = {"encoding": "utf-8", "header": "upper", **case.head.get("text", {})}
    packages: dict[tuple[str, int], dict[str, list[Cells]]] = {}
    for table, rows in fill_tables(case, units).items():
        for row in rows:
            sender = row.get("sender", row["HOSPCODE"])
            packages.setdefault((sender, int(row.get("zip", "1"))), {}).setdefault(table, []).append(row)
    paths = []
    for (sender, number), entries in packages.items():
        stamp = f"{case.period[1] + timedelta(days=10 + number):%Y%m%d}101500"
        path = folder / f"F43_{sender}_{stamp}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for table, rows in entries.items():
                names = list(TABLES[table].kinds)
                header = "|".join(names)
                lines = ["|".join(write_cell(row.get(name, "")) for name in names) for row in rows]
                content = "\r\n".join([header.lower() if text["header"] == "lower" else header, *lines, ""])
                archive.writestr(f"{table}.txt", content.encode(text["encoding"]))
        paths.append(path)
    return paths


def write_logs(case: Case, folder: Path) -> list[Log]:
    """The logs of a case as CSV."""
    written = []
    for name, rows in case.logs.items():
        kind, columns = LOGS[name]
        path = folder / f"{kind}.csv"
        lines = [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in rows)]
        path.write_text("\n".join(lines), encoding="utf-8")
        written.append((kind, path))
    return written


def read_organisations(case: Case) -> list[Cells]:
    """The ORG table of the case or the standard one; every column filled, empty where unknown."""
    columns = read_grid(STANDARD_ORGANISATIONS)[0].keys() | {"size", "cup"}
    rows = read_grid(case.head.get("ORG", STANDARD_ORGANISATIONS))
    return [{**dict.fromkeys(columns, ""), **row} for row in rows]


def show_value(value: Decimal | None) -> str:
    """As the cases write it: no zeros behind, null for no value."""
    return "null" if value is None else f"{value:f}".rstrip("0").rstrip(".")


def show_amount(amount: Decimal | int) -> str:
    """As the cases write it: a sum of weights has no zeros behind its last digit."""
    text = str(amount)
    return text.rstrip("0").rstrip(".") if "." in text else text


def check_case(case: Case, folder: Path) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """(expected, counted): organisation -> a, b, value as text."""
    organisations: Sequence[Cells] = read_organisations(case)
    units = {row["hospcode"]: find_unit(organisations, row["hospcode"]) or "" for row in organisations}
    zips = write_case(case, folder, units)
    start, end = case.period
    measure = case.head["measure"]
    census = date.fromisoformat(case.head.get("census_day", start.isoformat()))
    by = case.head.get("by", "facility")
    logs = write_logs(case, folder)
    agreements = [tuple(row.values()) for row in read_grid(case.head.get("AGREEMENTS", ""))]
    around = Around(zones=read_grid(case.head.get("ZONES", "")), agreements=agreements)
    counted = count(zips, organisations, measure, start, end, census, case.head["params"], by, logs, around)
    shown = {
        place: {"a": show_amount(a), "b": str(b), "value": show_value(find_value(measure, a, b, case.head["params"]))}
        for place, (a, b) in counted.items()
    }
    return dict(case.expect), shown
