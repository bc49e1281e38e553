"""Kinds: everything that goes wrong in the rows of real exports, with its rate.

Counted rates are those of 108 export zips of 2014-2015 (4,229 entries, 4.45 million rows); the others are told by
loaders and provincial offices without a number and stand at what we assume. Every kind is something that the reading
rules decide (DEFINITIONS S1, S2): a cell voided, a row aside, or a row kept.
"""

from samrit.demo.chance import MILLION, Chance
from samrit.demo.dirt import Cells, Fate, Kind, Spoil, change, line, put
from samrit.demo.identity import OFFICE

VISITOR = "4"
"""TYPEAREA of somebody who lives elsewhere and is only seen here."""

LONG = "ผู้ป่วยเล่าอาการโดยละเอียด " * 12


def thai(cells: Cells) -> bool:
    """A row of a Thai."""
    return cells.get("NATION") == "099"


def foreign(cells: Cells) -> bool:
    """A row of somebody without Thai nationality."""
    return not thai(cells)


def thai_visitor(cells: Cells) -> bool:
    """A row of a Thai who lives elsewhere."""
    return thai(cells) and cells.get("TYPEAREA") == VISITOR


def _buddhist(text: str, _: Chance) -> str:
    return f"{int(text[:4]) + 543:04d}{text[4:]}" if text[:4].isdigit() else text


def _wrong_check_digit(text: str, chance: Chance) -> str:
    return text[:-1] + str((int(text[-1]) + chance.between(1, 9)) % 10)


def _made_locally(cells: Cells, chance: Chance) -> Fate:
    cells["CID"] = f"0{cells['HOSPCODE'][:5]}{chance.below(10_000_000):07d}"
    return Fate.WRITTEN


def _begins_with_zero(text: str, chance: Chance) -> str:
    return f"0{OFFICE}{chance.below(100_000_000):08d}"


def _diastolic_above(systolic: str, diastolic: str) -> Spoil:
    def spoil(cells: Cells, _: Chance) -> Fate:
        upper, lower = cells.get(systolic, ""), cells.get(diastolic, "")
        if not upper or not lower:
            return Fate.UNTOUCHED
        cells[systolic], cells[diastolic] = lower, upper
        return Fate.WRITTEN

    return spoil


def _discharged_before_admitted(text: str, _: Chance) -> str:
    return "2000" + text[4:]


def _letter_o(text: str, _: Chance) -> str:
    return text[:-1] + "O"


def _without_last(text: str, _: Chance) -> str:
    return text[:-1]


def _left_by(taken: int, rate: int) -> int:
    """A rate of all rows as a rate of those that an earlier kind has left."""
    return rate * MILLION // (MILLION - taken)


def _row(name: str, table: str, rate: int, column: str, spoil: Spoil, *, counted: bool = False) -> Kind:
    return Kind(name, table, (column,), rate, spoil, counted=counted)


def _whole(name: str, table: str, rate: int, fate: Fate, *, counted: bool = False) -> Kind:
    return Kind(name, table, (), rate, line(fate), counted=counted)


# Of 461,469 rows of PERSON 87,682 fail the check digit: 68,941 are not Thai (14.9 %), 18,741 are (4.1 %). 57,215 begin
# with 0, 32,277 of them with the facility code; 38,030 have no number (8.2 %). 17 of 100 rows here are foreigners'
# (strangers.py), so of a hundred of theirs 41 hold the facility code, 32 begin with 0, 15 fail otherwise, 6 are blank.
LOCAL, ZERO, FAILING, BLANK = 411_000, 318_000, 149_000, 60_000

IDENTITY = (
    Kind("cid_made_locally", "PERSON", ("CID",), LOCAL, _made_locally, foreign, True),
    Kind("cid_zero", "PERSON", ("CID",), _left_by(LOCAL, ZERO), change("CID", _begins_with_zero), foreign, True),
    Kind("cid_check_digit", "PERSON", ("CID",), _left_by(LOCAL + ZERO, FAILING), change("CID", _wrong_check_digit),
         foreign, True),
    Kind("cid_blank", "PERSON", ("CID",), _left_by(LOCAL + ZERO + FAILING, BLANK), put("CID", ""), foreign, True),
    Kind("cid_check_digit", "PERSON", ("CID",), 46_000, change("CID", _wrong_check_digit), thai, True),
    Kind("cid_made_locally", "PERSON", ("CID",), 3_000, _made_locally, thai, True),
    # Blank mostly where somebody is only seen: residents are entered from the house register.
    Kind("cid_blank", "PERSON", ("CID",), 20_000, put("CID", ""), thai, True),
    Kind("cid_blank", "PERSON", ("CID",), 230_000, put("CID", ""), thai_visitor, True),
    _row("required_blank", "PERSON", 10_000, "LNAME", put("LNAME", ""), counted=True),
    _row("typearea_wrong", "PERSON", 2_000, "TYPEAREA", put("TYPEAREA", "", "0", "6")),
    _row("nation_blank", "PERSON", 1_000, "NATION", put("NATION", "")),
    _row("year_buddhist", "PERSON", 4, "MOVEIN", change("MOVEIN", _buddhist), counted=True),
    _row("date_zero", "PERSON", 500, "DDISCHARGE", put("DDISCHARGE", "00000000")),
    _row("code_unknown", "PERSON", 500, "RELIGION", put("RELIGION", "88")),
    _row("year_buddhist", "CARD", 4, "STARTDATE", change("STARTDATE", _buddhist), counted=True),
    _row("date_zero", "CARD", 2_000, "EXPIREDATE", put("EXPIREDATE", "00000000", "0000-00-00")),
    _row("code_unknown", "CARD", 1_000, "INSTYPE_NEW", put("INSTYPE_NEW", "UCS")),
    _row("key_blank", "CARD", 300, "INSTYPE_NEW", put("INSTYPE_NEW", "")),
    _row("text_in_number", "HOME", 200, "LATITUDE", put("LATITUDE", "บ้านสมมุติ หมู่ 1"), counted=True),
    _row("required_blank", "PROVIDER", 840_000, "BIRTH", put("BIRTH", ""), counted=True),
    _row("required_blank", "DEATH", 400_000, "DDEATH", put("DDEATH", ""), counted=True),
    _row("required_blank", "DEATH", 330_000, "CDEATH", put("CDEATH", ""), counted=True),
    _row("code_old", "DEATH", 970_000, "PREGDEATH", put("PREGDEATH", "3", "4", "9"), counted=True),
)  # fmt: skip

VISITS = (
    _row("padding", "SERVICE", 380_000, "CHIEFCOMP",
         change("CHIEFCOMP", lambda text, chance: text + " " * chance.between(1, 9)), counted=True),
    _row("pipe_in_text", "SERVICE", 200, "CHIEFCOMP", change("CHIEFCOMP", lambda text, _: text + " | นัดครั้งหน้า")),
    _row("too_long", "SERVICE", 500, "CHIEFCOMP", change("CHIEFCOMP", lambda text, _: LONG + text)),
    _row("letters_in_number", "SERVICE", 300, "SBP", change("SBP", _letter_o)),
    _row("code_unknown", "SERVICE", 2_000, "INSTYPE", put("INSTYPE", "UCS", "99")),
    _row("required_blank", "SERVICE", 1_000, "INSTYPE", put("INSTYPE", "")),
    _row("key_blank", "SERVICE", 50, "SEQ", put("SEQ", "")),
    _row("key_date_bad", "SERVICE", 10, "DATE_SERV", change("DATE_SERV", lambda text, _: text[:4] + "0231")),
    _row("other_sender", "SERVICE", 20, "HOSPCODE", put("HOSPCODE", "99999")),
    _whole("cells_missing", "SERVICE", 100, Fate.SHORT),
    _whole("row_twice", "SERVICE", 300, Fate.TWICE),
    _whole("key_twice", "SERVICE", 200, Fate.CONFLICT),
    _row("code_unknown", "DIAGNOSIS_OPD", 2_000, "DIAGCODE", change("DIAGCODE", lambda text, _: f"{text:0<4.4}9X")),
    _whole("row_twice", "DIAGNOSIS_OPD", 300, Fate.TWICE),
    _row("amount_zero", "DRUG_OPD", 5_000, "AMOUNT", put("AMOUNT", "0")),
    _row("padding", "DRUG_OPD", 40_000, "UNIT_PACKING", put("UNIT_PACKING", "10 เม็ด   "), counted=True),
    _whole("row_twice", "DRUG_OPD", 400, Fate.TWICE, counted=True),
    _whole("row_twice", "CHARGE_OPD", 400, Fate.TWICE, counted=True),
    _row("code_old", "ACCIDENT", 700_000, "URGENCY", put("URGENCY", "6"), counted=True),
    _row("code_old", "DENTAL", 999_999, "GUM", put("GUM", "000000"), counted=True),
)  # fmt: skip

FOLLOW_UPS = (
    _row("pressure_tenth", "CHRONICFU", 1_000, "SBP", change("SBP", _without_last)),
    Kind("pressure_reversed", "CHRONICFU", ("SBP", "DBP"), 1_000, _diastolic_above("SBP", "DBP")),
    _row("letters_in_number", "CHRONICFU", 300, "DBP", change("DBP", _letter_o)),
    _row("key_date_bad", "CHRONICFU", 10, "DATE_SERV", put("DATE_SERV", "00000000")),
    _row("pressure_tenth", "NCDSCREEN", 1_000, "SBP_1", change("SBP_1", _without_last)),
    Kind("pressure_reversed", "NCDSCREEN", ("SBP_1", "DBP_1"), 1_000, _diastolic_above("SBP_1", "DBP_1")),
    _row("required_blank", "NCDSCREEN", 12_000, "WAIST_CM", put("WAIST_CM", "")),
    _row("letters_in_number", "NCDSCREEN", 300, "WEIGHT", change("WEIGHT", lambda text, _: text + " กก.")),
    # 125 years out of range in 4.45 million rows; screening rows are about 2 in 100, so all of them fall here.
    _row("year_absurd", "NCDSCREEN", 1_200, "DATE_SERV", change("DATE_SERV", lambda text, _: "1013" + text[4:]),
         counted=True),
    _row("date_zero", "CHRONIC", 2_000, "DATE_DISCH", put("DATE_DISCH", "00000000")),
)  # fmt: skip

MOTHERS_AND_CHILDREN = (
    _row("required_blank", "PRENATAL", 90_000, "LMP", put("LMP", ""), counted=True),
    _row("letters_in_number", "ANC", 30_000, "GA", change("GA", lambda text, _: text + "+")),
    _whole("row_twice", "ANC", 400, Fate.TWICE, counted=True),
    _row("zero_lost", "EPI", 250_000, "VACCINETYPE", change("VACCINETYPE", lambda text, _: text.lstrip("0"))),
    # 34 of the 377 special services are withdrawn.
    _row("code_unknown", "SPECIALPP", 20_000, "PPSPECIAL", put("PPSPECIAL", "1B9999")),
)  # fmt: skip

STAYS = (
    _row("discharge_early", "ADMISSION", 8_000, "DATETIME_DISCH",
         change("DATETIME_DISCH", _discharged_before_admitted)),
    _row("required_blank", "ADMISSION", 12_000, "DRG", put("DRG", "")),
    _row("code_dotted", "DIAGNOSIS_IPD", 12_000, "DIAGCODE",
         change("DIAGCODE", lambda text, _: f"{text[:3].lower()}.{text[3:]}")),
    _row("time_16_digits", "DRUG_REFER", 330_000, "DATETIME_DSTART",
         change("DATETIME_DSTART", lambda text, _: text + "00"), counted=True),
    _row("time_16_digits", "PROCEDURE_REFER", 240_000, "TIMESTART",
         change("TIMESTART", lambda text, _: text + "00"), counted=True),
)  # fmt: skip

KINDS = (*IDENTITY, *VISITS, *FOLLOW_UPS, *MOTHERS_AND_CHILDREN, *STAYS)
"""All kinds that a row can be spoilt by; those of whole entries and of whole events stand in DECIDED."""

DECIDED = {
    "code_page": "entry in Thai code page 874 among UTF-8",
    "byte_order_mark": "entry with a byte order mark",
    "lower_case": "entry and header in lower case",
    "entry_at_root": "entries without the folder that others have",
    "entry_suffix": "entry name with facility and moment behind the table",
    "header_misspelt": "column name spelt wrong",
    "header_nameless": "column without a name, rows one cell short",
    "header_missing": "entry without a header line",
    "column_missing": "column that the exporter forgot",
    "parent_missing": "visit that is not sent, its diagnoses and services are (line 0)",
    "death_not_discharged": "in DEATH, but still DISCHARGE 9 in PERSON",
    "home_twice": "resident of two facilities, TYPEAREA 1 or 3 in both",
    "birth_differs": "one citizen number with two birth dates",
    "mended_later": "reading typed wrong, sent again right and newer",
    "withdrawn": "reading that never was, taken back with DATA_CORRECT",
    "correction": "DATA_CORRECT row that takes it back",
    "discharge_mended": "stay sent with a wrong discharge, then right and newer",
    "charged_again": "charges and drugs of a stay sent twice, the newer block stands",
}
"""Kinds that are no matter of a single row's chance: name -> what it is."""
