"""Dirt: what is wrong in real exports, kind by kind, at about the rates seen there.

Rates are those counted over 108 export zips of 2014-2015 (4.45 million rows) and told by loaders and provincial
offices. Kinds rarer than about 3 in 1,000 rows are raised to that, so that a small demo shows them too.
Every kind is something the reading rules decide (DEFINITIONS S1, S2): a cell voided, a row aside, or a row kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from samrit.demo.chance import Chance

Cells = dict[str, str]


class Fate(StrEnum):
    """What happens to the line beyond its cells."""

    WRITTEN = "written"
    TWICE = "twice"
    CONFLICT = "conflict"
    SHORT = "short"


Spoil = Callable[[Cells, Chance], Fate]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of dirt: its name, the table, how many rows of 1,000, and what it does to a row."""

    name: str
    table: str
    permille: int
    spoil: Spoil


class Spoiler:
    """The dirt of one facility: counts rows of each kind's table down to the next one to spoil."""

    def __init__(self, chance: Chance, kinds: "tuple[Kind, ...] | None" = None) -> None:
        self._chance = chance
        self._by_table: dict[str, list[list[int]]] = {}
        self._kinds = KINDS if kinds is None else kinds
        for number, kind in enumerate(self._kinds):
            # The less of two gaps: a facility starts in the middle of one, so small facilities get their share.
            first = min(self._gap(kind), self._gap(kind))
            self._by_table.setdefault(kind.table, []).append([first, number])

    def spoil(self, table: str, cells: Cells) -> Fate:
        """Spoil a row in place where its turn has come; the fate of its line."""
        fate = Fate.WRITTEN
        for counter in self._by_table.get(table, ()):
            counter[0] -= 1
            if counter[0] <= 0:
                kind = self._kinds[counter[1]]
                counter[0] = self._gap(kind)
                fate = max(fate, kind.spoil(cells, self._chance), key=tuple(Fate).index)
        return fate

    def _gap(self, kind: Kind) -> int:
        """Rows up to the next one to spoil, 1000 / permille on average."""
        if kind.permille > 500:
            return 1 + self._chance.permille(1_000_000 // kind.permille - 1000)
        return 1 + self._chance.below(max(2000 // kind.permille - 1, 1))


def put(column: str, *values: str) -> Spoil:
    """Writes one of the values into a column."""

    def spoil(cells: Cells, chance: Chance) -> Fate:
        cells[column] = chance.pick(values)
        return Fate.WRITTEN

    return spoil


def change(column: str, make: Callable[[str, Chance], str]) -> Spoil:
    """Changes a cell that is not empty."""

    def spoil(cells: Cells, chance: Chance) -> Fate:
        if cells.get(column):
            cells[column] = make(cells[column], chance)
        return Fate.WRITTEN

    return spoil


def line(fate: Fate) -> Spoil:
    """Leaves the cells and gives the line its fate."""
    return lambda cells, chance: fate


def _buddhist(text: str, _: Chance) -> str:
    return f"{int(text[:4]) + 543:04d}{text[4:]}" if text[:4].isdigit() else text


def _wrong_check_digit(text: str, chance: Chance) -> str:
    return text[:-1] + str((int(text[-1]) + chance.between(1, 9)) % 10)


def _made_locally(cells: Cells, chance: Chance) -> Fate:
    cells["CID"] = f"0{cells['HOSPCODE'][:5]}{chance.below(10_000_000):07d}"
    return Fate.WRITTEN


def _diastolic_above(systolic: str, diastolic: str) -> Spoil:
    def spoil(cells: Cells, _: Chance) -> Fate:
        cells[systolic], cells[diastolic] = cells.get(diastolic, ""), cells.get(systolic, "")
        return Fate.WRITTEN

    return spoil


def _discharged_before_admitted(cells: Cells, _: Chance) -> Fate:
    cells["DATETIME_DISCH"] = "2000" + cells["DATETIME_DISCH"][4:]
    return Fate.WRITTEN


def _letter_o(text: str, _: Chance) -> str:
    return text[:-1] + "O"


KINDS = (
    # identity: 19 % of PERSON rows fail the check digit, four fifths of them foreigners (people.py makes those)
    Kind("cid_check_digit", "PERSON", 40, change("CID", _wrong_check_digit)),
    Kind("cid_made_locally", "PERSON", 6, _made_locally),
    Kind("cid_blank", "PERSON", 10, put("CID", "")),
    Kind("required_blank", "PERSON", 10, put("LNAME", "")),
    Kind("typearea_wrong", "PERSON", 5, put("TYPEAREA", "", "0", "6")),
    Kind("nation_blank", "PERSON", 3, put("NATION", "")),
    Kind("year_buddhist", "PERSON", 8, change("MOVEIN", _buddhist)),
    Kind("date_zero", "PERSON", 5, put("DDISCHARGE", "00000000")),
    Kind("code_unknown", "PERSON", 5, put("RELIGION", "88")),
    Kind("year_buddhist", "CARD", 8, change("STARTDATE", _buddhist)),
    Kind("date_zero", "CARD", 15, put("EXPIREDATE", "00000000", "0000-00-00")),
    Kind("code_unknown", "CARD", 4, put("INSTYPE_NEW", "UCS")),
    Kind("key_blank", "CARD", 3, put("INSTYPE_NEW", "")),
    Kind("text_in_number", "HOME", 7, put("LATITUDE", "บ้านสมมุติ หมู่ 1")),
    Kind("required_blank", "PROVIDER", 840, put("BIRTH", "")),
    Kind("required_blank", "DEATH", 400, put("DDEATH", "")),
    Kind("required_blank", "DEATH", 330, put("CDEATH", "")),
    # visits
    Kind("padding", "SERVICE", 380, change("CHIEFCOMP", lambda text, chance: text + " " * chance.between(1, 9))),
    Kind("pipe_in_text", "SERVICE", 3, change("CHIEFCOMP", lambda text, _: text + " | นัดครั้งหน้า")),
    Kind("cells_missing", "SERVICE", 3, line(Fate.SHORT)),
    Kind("letters_in_number", "SERVICE", 4, change("SBP", _letter_o)),
    Kind("code_unknown", "SERVICE", 4, put("INSTYPE", "UCS", "99")),
    Kind("row_twice", "SERVICE", 3, line(Fate.TWICE)),
    Kind("key_twice", "SERVICE", 3, line(Fate.CONFLICT)),
    Kind("key_blank", "SERVICE", 3, put("SEQ", "")),
    Kind("key_date_bad", "SERVICE", 3, change("DATE_SERV", lambda text, _: text[:4] + "0231")),
    Kind("other_sender", "SERVICE", 3, put("HOSPCODE", "99999")),
    Kind("code_unknown", "DIAGNOSIS_OPD", 4, change("DIAGCODE", lambda text, _: f"{text:0<4.4}9X")),
    Kind("row_twice", "DIAGNOSIS_OPD", 3, line(Fate.TWICE)),
    Kind("amount_zero", "DRUG_OPD", 5, put("AMOUNT", "0")),
    Kind("padding", "DRUG_OPD", 40, put("UNIT_PACKING", "10 เม็ด   ")),
    # follow-ups and screening
    Kind("pressure_tenth", "CHRONICFU", 8, change("SBP", lambda text, _: text[:-1])),
    Kind("pressure_reversed", "CHRONICFU", 8, _diastolic_above("SBP", "DBP")),
    Kind("letters_in_number", "CHRONICFU", 5, change("DBP", _letter_o)),
    Kind("key_date_bad", "CHRONICFU", 3, put("DATE_SERV", "00000000")),
    Kind("pressure_tenth", "NCDSCREEN", 5, change("SBP_1", lambda text, _: text[:-1])),
    Kind("pressure_reversed", "NCDSCREEN", 5, _diastolic_above("SBP_1", "DBP_1")),
    Kind("required_blank", "NCDSCREEN", 12, put("WAIST_CM", "")),
    Kind("letters_in_number", "NCDSCREEN", 4, change("WEIGHT", lambda text, _: text + " กก.")),
    Kind("year_absurd", "NCDSCREEN", 3, change("DATE_SERV", lambda text, _: "1013" + text[4:])),
    Kind("date_zero", "CHRONIC", 6, put("DATE_DISCH", "00000000")),
    # mothers and children
    Kind("required_blank", "PRENATAL", 90, put("LMP", "")),
    Kind("letters_in_number", "ANC", 40, change("GA", lambda text, _: text + "+")),
    Kind("row_twice", "ANC", 6, line(Fate.TWICE)),
    Kind("zero_lost", "EPI", 250, change("VACCINETYPE", lambda text, _: text.lstrip("0"))),
    Kind("code_unknown", "SPECIALPP", 20, put("PPSPECIAL", "1B9999")),
    # stays and referrals
    Kind("discharge_early", "ADMISSION", 8, _discharged_before_admitted),
    Kind("required_blank", "ADMISSION", 12, put("DRG", "")),
    Kind("code_dotted", "DIAGNOSIS_IPD", 12, change("DIAGCODE", lambda text, _: f"{text[:3].lower()}.{text[3:]}")),
    Kind("time_16_digits", "DRUG_REFER", 330, change("DATETIME_DSTART", lambda text, _: text + "00")),
    Kind("time_16_digits", "PROCEDURE_REFER", 240, change("TIMESTART", lambda text, _: text + "00")),
)
"""All kinds, with the rows of 1,000 that they spoil."""
