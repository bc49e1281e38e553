"""What a worked case leaves out: defaults of every column, the person, visitors and cards that need not be written.

Source: layout of the worked cases, "Defaults" and "Automatic rows". Cells here are texts as they stand in a 43-file
entry (dates `20080615`, times `20080615103000`); a column absent from a row asks for its default, "" is an empty cell.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from types import MappingProxyType

from samrit.f43 import table, table_names

Row = dict[str, str]
Tables = dict[str, list[Row]]

FACILITY = "11053"
PERSON = "P1"
INSTRUCTIONS = ("zip", "sender")
AUTOMATIC = ("person", "visitors", "cards")
ORGANISATION_COLUMNS = (
    "hospcode",
    "hostype",
    "service_level",
    "size",
    "cup",
    "district_code",
    "province_code",
    "health_region",
)
# Columns that an ORG table may leave out: no default, so that "not said" is not mistaken for "0 = not on the list".
ORGANISATION_OPTIONAL = ("sends_43", "smart_health_id_target", "valid_from", "valid_to")

# hospcode, hostype, level, size, cup, district, province, region: "Standard organisation table" of the layout.
_STANDARD = """
10705 | 06 | S  |       | 10705 | 4201 | 42 | 8
04801 | 18 |    |       | 10705 | 4201 | 42 | 8
04802 | 18 |    |       | 10705 | 4201 | 42 | 8
11053 | 07 | F2 |       | 11053 | 4203 | 42 | 8
04811 | 18 |    |       | 11053 | 4203 | 42 | 8
04812 | 18 |    |       |       | 4203 | 42 | 8
10671 | 05 | A  | large | 10671 | 4101 | 41 | 8
10670 | 05 | A  | large | 10670 | 4001 | 40 | 7
"""

_CONSTANTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        # NAME and LNAME are required and read by no definition: "example" and "supposed" in Thai, nobody's name, so
        # that the entry holds Thai letters and an encoding is really tried.
        "PERSON": {
            "SEX": "1",
            "BIRTH": "19600501",
            "NATION": "099",
            "DISCHARGE": "9",
            "TYPEAREA": "1",
            "NAME": "ตัวอย่าง",
            "LNAME": "สมมติ",
        },
        "CARD": {"INSTYPE_NEW": "0100", "STARTDATE": "20020401"},
        "CHRONIC": {"CHRONIC": "E119", "DATE_DIAG": "20050101", "TYPEDISCH": "03"},
        "SERVICE": {"INSTYPE": "0100", "SERVPLACE": "1", "TYPEIN": "1"},
        "DIAGNOSIS_OPD": {"DIAGTYPE": "1", "DIAGCODE": "Z000"},
        "PROCEDURE_OPD": {"PROCEDCODE": "2387030"},
        "ADMISSION": {
            "INSTYPE": "0100",
            "DISCHSTATUS": "2",
            "DISCHTYPE": "1",
            "DRG": "04520",
            "RW": "1",
            "ADJRW": "1",
        },
        "DIAGNOSIS_IPD": {"DIAGTYPE": "1", "DIAGCODE": "Z000"},
        "NCDSCREEN": {
            "SMOKE": "1",
            "ALCOHOL": "1",
            "WEIGHT": "60",
            "HEIGHT": "160",
            "WAIST_CM": "80",
            "SBP_1": "120",
            "DBP_1": "80",
            "BSLEVEL": "95",
            "BSTEST": "3",
        },
        "CHRONICFU": {
            "WEIGHT": "60",
            "HEIGHT": "160",
            "WAIST_CM": "80",
            "SBP": "130",
            "DBP": "80",
            "FOOT": "2",
            "RETINA": "8",
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
    }
)

# child table -> (parent table, column of the child, column of the parent, {child column: parent column})
_INHERITED: Mapping[str, tuple[str, str, str, Mapping[str, str]]] = MappingProxyType(
    {
        "DIAGNOSIS_OPD": ("SERVICE", "SEQ", "SEQ", {"HOSPCODE": "HOSPCODE", "PID": "PID", "DATE_SERV": "DATE_SERV"}),
        "PROCEDURE_OPD": ("SERVICE", "SEQ", "SEQ", {"HOSPCODE": "HOSPCODE", "PID": "PID", "DATE_SERV": "DATE_SERV"}),
        "DIAGNOSIS_IPD": (
            "ADMISSION",
            "AN",
            "AN",
            {"HOSPCODE": "HOSPCODE", "PID": "PID", "DATETIME_ADMIT": "DATETIME_ADMIT"},
        ),
        # The answer is sent by the hospital that received the patient and names the one that sent her.
        "REFER_RESULT": (
            "REFER_HISTORY",
            "REFERID_SOURCE",
            "REFERID",
            {"HOSPCODE": "HOSP_DESTINATION", "HOSP_SOURCE": "HOSPCODE"},
        ),
    }
)


@cache
def columns_by_table() -> Mapping[str, tuple[str, ...]]:
    """Names of the columns of every 43-file table, tables and columns in the order of the standard."""
    return MappingProxyType({name: table(name).column_names for name in table_names()})


def standard_organisation() -> list[Row]:
    """Rows of the organisation table that every case has unless it brings its own; a fresh list each time."""
    lines = [[cell.strip() for cell in line.split("|")] for line in _STANDARD.strip().splitlines()]
    return [dict(zip(ORGANISATION_COLUMNS, cells, strict=True)) for cells in lines]


def cid_of(pid: str) -> str:
    """Citizen number made from a PID: `10`, CRC-32 of the PID as ten digits, check digit; 13 digits.

    The same PID at two facilities is thereby the same person.

    >>> cid_of("P1")
    '1028644678572'
    """
    twelve = f"10{zlib.crc32(pid.encode()):010d}"
    total = sum(int(digit) * weight for digit, weight in zip(twelve, range(13, 1, -1), strict=True))
    return f"{twelve}{(11 - total % 11) % 10}"


def contracting_unit_of(hospcode: str, organisation: Sequence[Row]) -> str:
    """Contracting unit of a facility, "" when it has none. Source: definition book S5.2.

    Its `cup`; if blank the hospital of its district (hostype 05, 06, 07; smallest hostype, then smallest hospcode).
    """
    known = next((row for row in organisation if row["hospcode"] == hospcode), None)
    if known is None:
        return ""
    if known["cup"]:
        return known["cup"]
    hospitals = [
        (row["hostype"], row["hospcode"])
        for row in organisation
        if row["hostype"] in {"05", "06", "07"} and row["district_code"] == known["district_code"] != ""
    ]
    return min(hospitals)[1] if hospitals else ""


def complete(
    tables: Tables, period: tuple[date, date], organisation: Sequence[Row], without: Sequence[str] = ()
) -> Tables:
    """Tables with nothing left to default: automatic rows added, every column of the standard and instruction set.

    `without` names automatic rows that are not made: person, visitors, cards. Completing twice changes nothing if the
    second time is without all three.
    """
    work = _Completion(period, organisation, {name: [] for name in tables})
    for name in sorted(tables, key=lambda name: name in _INHERITED):  # parents first
        work.made[name] = [work.row(name, n, row) for n, row in enumerate(tables[name], 1)]
    if "PERSON" not in work.made and "person" not in without:
        work.made["PERSON"] = [work.row("PERSON", 1, {})]
    if "visitors" not in without and (visitors := work.visitors()):
        work.made["PERSON"] = [*work.made["PERSON"], *visitors]
    if "cards" not in without and (cards := work.cards()):
        work.made["CARD"] = [*work.made.get("CARD", []), *cards]
    return work.made


def stamp_of_update(period: tuple[date, date]) -> str:
    """Default D_UPDATE: ten days after the end of the period at noon, 14 digits."""
    return _stamp(period[1] + timedelta(days=10), time(12))


def stamp_of_package(period: tuple[date, date], number: int) -> str:
    """Stamp of submission `number` (1 = first): period end + 10 + `number` days, 10:15:00, 14 digits."""
    return _stamp(period[1] + timedelta(days=10 + number), time(10, 15))


@dataclass(frozen=True)
class _Completion:
    """Tables of one case being completed: `made` grows, parents before children."""

    period: tuple[date, date]
    organisation: Sequence[Row]
    made: Tables

    def row(self, name: str, n: int, row: Row) -> Row:
        """Row number `n` (1 = first) of a table with every column and instruction set."""
        given = self.everywhere(n) | self.dated(name, n) | dict(_CONSTANTS.get(name, {})) | row
        if name in _INHERITED:
            parent, own_key, parent_key, taken = _INHERITED[name]
            first = next((r for r in self.made.get(parent, []) if r[parent_key] == given[own_key] != ""), None)
            if first is not None:
                given |= {mine: first[theirs] for mine, theirs in taken.items() if mine not in row}
        if name == "PERSON":
            given.setdefault("CID", cid_of(given["PID"]))
        if name == "CARD":
            given.setdefault("MAIN", contracting_unit_of(given["HOSPCODE"], self.organisation))
        if name == "ADMISSION":
            given.setdefault("DATETIME_DISCH", _two_days_after(given["DATETIME_ADMIT"]))
        whole = {column: given.get(column, "") for column in columns_by_table()[name]}
        whole["zip"] = row.get("zip", "") or "1"
        whole["sender"] = row.get("sender", "") or whole["HOSPCODE"] or FACILITY
        return whole

    def everywhere(self, n: int) -> Row:
        """Defaults of row `n` that hold in all tables that have the column."""
        day = f"{self.period[0] + timedelta(days=n - 1):%Y%m%d}"
        return {
            "HOSPCODE": FACILITY,
            "PID": PERSON,
            "SEQ": f"S{n}",
            "AN": f"A{n}",
            "REFERID": f"R{n}",
            "REFERID_SOURCE": f"R{n}",
            "DATE_SERV": day,
            "BDATE": day,
            "D_UPDATE": stamp_of_update(self.period),
        }

    def dated(self, name: str, n: int) -> Row:
        """Times of row `n` that follow from the period."""
        day = self.period[0] + timedelta(days=n - 1)
        if name == "ADMISSION":
            return {"DATETIME_ADMIT": _stamp(day, time(8))}
        if name == "REFER_HISTORY":
            return {"DATETIME_REFER": _stamp(day, time(9))}
        return {}

    def visitors(self) -> list[Row]:
        """PERSON rows of people who were seen at a facility that did not register them, in order of appearance."""
        people = self.made.get("PERSON", [])
        first = {person["PID"]: person for person in reversed(people)}
        known = {(person["HOSPCODE"], person["PID"]) for person in people}
        # A visitor's row is a new row of the facility: its own package, the default D_UPDATE.
        changed = {"TYPEAREA": "4", "DISCHARGE": "9", "D_UPDATE": stamp_of_update(self.period), "zip": "1"}
        found = []
        for name, rows in self.made.items():
            if name == "CARD" or not table(name).has_person:
                continue
            for row in rows:
                seen = (row["HOSPCODE"], row["PID"])
                if all(seen) and seen not in known and row["PID"] in first:
                    known.add(seen)
                    found.append(first[row["PID"]] | changed | {"HOSPCODE": seen[0], "sender": seen[0]})
        return found

    def cards(self) -> list[Row]:
        """A default card for every PERSON row that lives here and whose PID has no card."""
        carded = {card["PID"] for card in self.made.get("CARD", [])}
        return [
            self.row("CARD", 1, {"HOSPCODE": person["HOSPCODE"], "PID": person["PID"]})
            for person in self.made.get("PERSON", [])
            if person["TYPEAREA"] in {"1", "3"} and person["PID"] not in carded
        ]


def _two_days_after(admitted: str) -> str:
    """Default DATETIME_DISCH of a DATETIME_ADMIT (8 or 14 digits), 10:00; "" when that holds no day."""
    try:
        day = date(int(admitted[:4]), int(admitted[4:6]), int(admitted[6:8]))
        return _stamp(day + timedelta(days=2), time(10))
    except (ValueError, OverflowError):
        return ""


def _stamp(day: date, clock: time) -> str:
    return f"{day:%Y%m%d}{clock:%H%M%S}"
