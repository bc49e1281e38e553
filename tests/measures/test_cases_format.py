"""The layout of worked cases: what a file may say, what it leaves out, and the zips that are made of it.

Expected values are those of the layout's own tables; the zips are read back with `zipfile` and `csv` only.
"""

import csv
import io
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from samrit.f43 import is_citizen_id, package_name, table
from samrit.measures.case_reading import read_cases
from samrit.measures.cases import (
    Case,
    CasesError,
    Expected,
    cid_of,
    resolve,
    shuffled,
    split_over_packages,
    write_packages,
)

CATALOGUE = Path(__file__).parents[2] / "src" / "samrit" / "measures" / "catalogue"
CASE_FILES = sorted(CATALOGUE.glob("*/cases.yaml")) + sorted(CATALOGUE.glob("*/shared_semantics.yaml"))
BROKEN = Path(__file__).parent / "broken"
HEAD = "measure: ht_controlled\nperiod: 2013-04-01..2014-03-31\ncases:\n- case: a sentence\n  expect: {}\n"


@pytest.fixture
def read(tmp_path):
    """Reads the one case whose keys below `expect` are given, two blanks before each."""

    def read_one(keys: str = "") -> Case:
        path = tmp_path / "cases.yaml"
        path.write_text(HEAD + keys, encoding="utf-8")
        (case,) = read_cases(path)
        return case

    return read_one


@pytest.fixture
def filed(tmp_path):
    """Writes a case and reads it back: name of the zip -> table -> rows as the bytes say."""

    def write_and_read(case: Case) -> dict[str, dict[str, list[dict[str, str]]]]:
        encoding = case.text["encoding"]
        read_back = {}
        for path in write_packages(case, tmp_path / "inbox"):
            with zipfile.ZipFile(path) as package:
                read_back[path.name] = {
                    name.removesuffix(".txt"): list(
                        csv.DictReader(
                            io.StringIO(package.read(name).decode(encoding), newline=""),
                            delimiter="|",
                            quoting=csv.QUOTE_NONE,
                            strict=True,
                        )
                    )
                    for name in package.namelist()
                }
        return read_back

    return write_and_read


def only(rows):
    """The one row of a list."""
    (row,) = rows
    return row


# A file


def test_the_first_case_of_blood_pressure_control_is_read_as_written():
    case = read_cases(CATALOGUE / "ht_controlled" / "cases.yaml")[0]
    assert case.name == "the last two readings are both below 140/90"
    assert (case.measure, case.by) == ("ht_controlled", "facility")
    assert case.period == (date(2013, 4, 1), date(2014, 3, 31))
    assert case.census_day == date(2013, 10, 1)
    assert case.tables["CHRONIC"] == [{"CHRONIC": "I10"}]
    assert case.tables["CHRONICFU"][2] == {"DATE_SERV": "20140331", "SBP": "120", "DBP": "80"}
    assert case.expect == {"11053": Expected(1, 1, Decimal(100))}


def test_line_of_a_case_is_the_line_of_its_sentence():
    lines = (CATALOGUE / "ht_controlled" / "cases.yaml").read_text(encoding="utf-8").splitlines()
    for case in read_cases(CATALOGUE / "ht_controlled" / "cases.yaml"):
        assert lines[case.line - 1] == f"- case: {case.name}"


@pytest.mark.parametrize(
    ("folder", "file", "count"),
    [
        ("anc_first_visit_12_weeks", "cases.yaml", 3),
        ("dm_patient_admission_rate", "cases.yaml", 3),
        ("ht_controlled", "cases.yaml", 4),
        ("health_risk_screening_coverage", "cases.yaml", 5),
        ("health_risk_screening_coverage", "shared_semantics.yaml", 8),
    ],
)
def test_case_files_of_the_definition_book_hold_all_their_cases(folder, file, count):
    assert len(read_cases(CATALOGUE / folder / file)) == count


def test_census_day_is_by_default_the_first_day_of_the_period(read):
    assert read().census_day == date(2013, 4, 1)


def test_census_day_follows_the_period_of_the_case(read):
    assert read("  period: 2008-10-01..2009-09-30\n").census_day == date(2008, 10, 1)


def test_a_case_overrides_what_the_file_says(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(
        "measure: one\nperiod: 2013-04-01..2014-03-31\ncensus_day: 2013-10-01\nby: level\n"
        "params: {readings: 2, limits: [140, {low: [90, 0800], high: null}]}\ntext: {encoding: cp874}\n"
        "ZONES: |\n  group | hospcode | zone\n  heart | 10705 | Z1\n"
        "AGREEMENTS: |\n  from | to\n  10705 | 10670\n"
        "ORG: |\n  hospcode | hostype | sends_43\n  00001 | 06 | 0\n  00002 | - | \n"
        "cases:\n"
        "- case: as the file\n  expect: {}\n"
        "- case: own\n  measure: two\n  period: 2020-10-01..2021-03-31\n  census_day: 2020-11-01\n"
        "  by: contracting_unit\n  params: {readings: 3}\n  text: {header: lower}\n"
        "  ZONES: |\n    group | hospcode | zone\n    cancer | 11053 | Z2\n"
        "  AGREEMENTS: |\n    hospital | other\n    11053 | 10671\n"
        "  ORG: |\n    hospcode\n    00003\n"
        "  expect: {}\n",
        encoding="utf-8",
    )
    same, own = read_cases(path)
    assert (same.measure, same.census_day, same.by) == ("one", date(2013, 10, 1), "level")
    assert same.params == {"readings": "2", "limits": ["140", {"low": ["90", "0800"], "high": None}]}
    assert same.text == {"encoding": "cp874", "header": "upper"}
    assert same.zones == [{"group": "heart", "hospcode": "10705", "zone": "Z1"}]
    assert same.agreements == [{"from": "10705", "to": "10670"}]
    blank = dict.fromkeys(
        ("hostype", "service_level", "size", "cup", "district_code", "province_code", "health_region"), ""
    )
    assert same.organisation == [
        blank | {"hospcode": "00001", "hostype": "06", "sends_43": "0"},
        blank | {"hospcode": "00002"},
    ]
    assert (own.measure, own.census_day, own.by) == ("two", date(2020, 11, 1), "contracting_unit")
    assert own.params == {"readings": "3", "limits": ["140", {"low": ["90", "0800"], "high": None}]}
    assert own.text == {"encoding": "utf-8", "header": "lower"}
    assert own.zones == [{"group": "cancer", "hospcode": "11053", "zone": "Z2"}]
    assert own.agreements == [{"from": "11053", "to": "10671"}]
    assert own.organisation == [blank | {"hospcode": "00003"}]


def test_logs_are_rows_of_their_own_and_no_table(read):
    case = read(
        "  DX_LOG: |\n    timestamp | hospcode | topic | success\n    2017-10-02T09:00:00+07:00 | 00001 | DX01 | 1\n"
        "  SHID_LOG: |\n    timestamp | hospcode | action | success\n    2017-10-02 | 10705 | read | -\n"
    )
    assert case.tables == {}
    assert case.logs["DX_LOG"] == [
        {"timestamp": "2017-10-02T09:00:00+07:00", "hospcode": "00001", "topic": "DX01", "success": "1"}
    ]
    # A log is no 43-file text: its day stays as written.
    assert case.logs["SHID_LOG"] == [{"timestamp": "2017-10-02", "hospcode": "10705", "action": "read", "success": ""}]


def test_expected_counts_are_whole_or_exact_and_a_missing_value_is_none(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(
        "measure: m\nperiod: 2013-04-01..2014-03-31\ncases:\n- case: c\n"
        '  expect: {"10705": {a: 0.6, b: 3, value: 66.6667}, "04811": {a: 1, b: 0, value: null}}\n',
        encoding="utf-8",
    )
    (case,) = read_cases(path)
    assert case.expect == {
        "10705": Expected(Decimal("0.6"), 3, Decimal("66.6667")),
        "04811": Expected(1, 0, None),
    }
    assert isinstance(case.expect["04811"].a, int)


def test_the_standard_organisation_table_is_the_one_of_the_layout(read):
    known = {row["hospcode"]: row for row in read().organisation}
    assert list(known) == ["10705", "04801", "04802", "11053", "04811", "04812", "10671", "10670"]
    assert known["11053"] == {
        "hospcode": "11053",
        "hostype": "07",
        "service_level": "F2",
        "size": "",
        "cup": "11053",
        "district_code": "4203",
        "province_code": "42",
        "health_region": "8",
    }
    assert (known["10670"]["size"], known["10670"]["health_region"]) == ("large", "7")
    assert (known["04812"]["cup"], known["04802"]["cup"]) == ("", "10705")


def test_a_table_in_quotes_is_a_table_too(read):
    assert read('  PERSON: "PID | SEX\\nP1 | 2\\n"\n').tables["PERSON"] == [{"PID": "P1", "SEX": "2"}]


# Cells


def test_days_and_minutes_lose_their_marks_and_all_else_stays(read):
    case = read(
        "  ADMISSION: |\n    DATETIME_ADMIT | DATETIME_DISCH | DRG\n"
        "    2013-06-15 10:30 | 2013-06-17 | 2013-6-17\n"
        "    2013-06-15 10:30:59 | 00000000 | 4-5\n"
        "    2013-02-30 | 25560615 | --\n"
    )
    first, second, third = case.tables["ADMISSION"]
    assert first == {"DATETIME_ADMIT": "20130615103000", "DATETIME_DISCH": "20130617", "DRG": "2013-6-17"}
    assert second == {"DATETIME_ADMIT": "2013-06-15 10:30:59", "DATETIME_DISCH": "00000000", "DRG": "4-5"}
    assert third == {"DATETIME_ADMIT": "20130230", "DATETIME_DISCH": "25560615", "DRG": "--"}


def test_a_dash_is_empty_and_a_blank_or_absent_cell_is_the_default(read):
    case = read("  PERSON: |\n    PID | NATION | SEX\n    P1 | - | 2\n    P2 |   | 2\n    P3\n")
    dash, blank, absent = resolve(case).tables["PERSON"]
    assert [row["NATION"] for row in (dash, blank, absent)] == ["", "099", "099"]
    assert [row["SEX"] for row in (dash, blank, absent)] == ["2", "2", "1"]
    assert [row["TYPEAREA"] for row in (dash, blank, absent)] == ["1", "1", "1"]


def test_a_row_of_blanks_between_marks_is_a_row_of_defaults_and_an_empty_line_is_none(read):
    case = read("  PERSON: |\n    PID | SEX\n\n        |\n\n")
    assert [row["PID"] for row in resolve(case).tables["PERSON"]] == ["P1"]


# Defaults


def test_citizen_number_of_p1_is_the_one_of_the_layout():
    assert cid_of("P1") == "1028644678572"


@pytest.mark.parametrize("pid", ["P1", "P2", "H55", "ป1", ""])
def test_citizen_numbers_are_thirteen_digits_beginning_with_ten_with_a_right_check_digit(pid):
    cid = cid_of(pid)
    assert cid.startswith("10")
    assert pl.select(is_citizen_id(pl.lit(cid))).item()


def test_rows_of_every_table_default_to_the_number_of_the_row(read):
    tables = resolve(read("  NCDSCREEN: |\n    WEIGHT\n    61\n    62\n")).tables
    second = tables["NCDSCREEN"][1]
    assert (second["HOSPCODE"], second["PID"], second["SEQ"]) == ("11053", "P1", "S2")
    assert second["DATE_SERV"] == "20130402"
    assert second["D_UPDATE"] == "20140410120000"
    assert (second["zip"], second["sender"]) == ("1", "11053")


# Table, row of the layout, and for dates the period 2013-04-01..2014-03-31.
DEFAULTS = {
    "PERSON": {"CID": "1028644678572", "SEX": "1", "BIRTH": "19600501", "NATION": "099", "DISCHARGE": "9"}
    | {"TYPEAREA": "1"},
    "CARD": {"INSTYPE_NEW": "0100", "STARTDATE": "20020401", "EXPIREDATE": "", "MAIN": "11053"},
    "CHRONIC": {"CHRONIC": "E119", "DATE_DIAG": "20050101", "TYPEDISCH": "03"},
    "SERVICE": {"INSTYPE": "0100", "SERVPLACE": "1", "TYPEIN": "1", "SEQ": "S1", "DATE_SERV": "20130401"},
    "DIAGNOSIS_OPD": {"DIAGTYPE": "1", "DIAGCODE": "Z000", "SEQ": "S1", "DATE_SERV": "20130401"},
    "PROCEDURE_OPD": {"PROCEDCODE": "2387030", "SEQ": "S1", "DATE_SERV": "20130401"},
    "ADMISSION": {"AN": "A1", "DATETIME_ADMIT": "20130401080000", "DATETIME_DISCH": "20130403100000"}
    | {"INSTYPE": "0100", "DISCHSTATUS": "2", "DISCHTYPE": "1", "DRG": "04520", "RW": "1", "ADJRW": "1"},
    "DIAGNOSIS_IPD": {"AN": "A1", "DIAGTYPE": "1", "DIAGCODE": "Z000", "DATETIME_ADMIT": ""},
    "NCDSCREEN": {"SMOKE": "1", "ALCOHOL": "1", "WEIGHT": "60", "HEIGHT": "160", "WAIST_CM": "80"}
    | {"SBP_1": "120", "DBP_1": "80", "BSLEVEL": "95", "BSTEST": "3", "SBP_2": "", "SEQ": "S1"},
    "CHRONICFU": {"WEIGHT": "60", "HEIGHT": "160", "WAIST_CM": "80", "SBP": "130", "DBP": "80"}
    | {"FOOT": "2", "RETINA": "8"},
    "ANC": {"GRAVIDA": "1", "ANCNO": "1", "GA": "10", "DATE_SERV": "20130401"},
    "LABOR": {"GRAVIDA": "1", "BTYPE": "1", "BDATE": "20130401", "LMP": ""},
    "EPI": {"VACCINETYPE": "061"},
    "SPECIALPP": {"PPSPECIAL": "1B0044"},
    "DENTAL": {"DENTTYPE": "3"},
    "COMMUNITY_SERVICE": {"COMSERVICE": "1A000"},
    "DISABILITY": {"DISABID": "4200000000001", "DISABTYPE": "3", "DATE_DETECT": "20050101"},
    "ICF": {"ICF": "b117", "QUALIFIER": "1", "DISABID": ""},
    "REFER_HISTORY": {"REFERID": "R1", "HOSP_DESTINATION": "10671", "CAUSEOUT": "1", "AN": "", "SEQ": "S1"}
    | {"DATETIME_REFER": "20130401090000"},
    "REFER_RESULT": {"HOSPCODE": "11053", "REFERID_SOURCE": "R1", "HOSP_SOURCE": "", "REFER_RESULT": "1"},
}


@pytest.mark.parametrize("name", DEFAULTS)
def test_defaults_of_a_table_are_those_of_the_layout(name, read):
    case = read(f"  {name}: |\n    D_UPDATE\n    -\n")
    row = resolve(case).tables[name][0]
    assert {column: row[column] for column in DEFAULTS[name]} == DEFAULTS[name]
    assert row["D_UPDATE"] == ""
    assert list(row) == [*(column.name for column in table(name).columns), "zip", "sender"]


def test_an_outpatient_diagnosis_takes_its_person_place_and_day_from_the_visit_with_its_number(read):
    tables = resolve(
        read(
            "  SERVICE: |\n    HOSPCODE | PID | DATE_SERV\n    10705 | P2 | 2013-05-01\n    04811 | P3 | -\n"
            "  DIAGNOSIS_OPD: |\n    SEQ | PID\n    S2 |\n    S1 | P7\n    S9 |\n"
        )
    ).tables
    taken = [(r["HOSPCODE"], r["PID"], r["DATE_SERV"]) for r in tables["DIAGNOSIS_OPD"]]
    assert taken == [("04811", "P3", ""), ("10705", "P7", "20130501"), ("11053", "P1", "20130403")]


def test_an_empty_number_has_no_parent(read):
    case = read("  SERVICE: |\n    HOSPCODE | SEQ\n    10705 | -\n  DIAGNOSIS_OPD: |\n    SEQ\n    -\n")
    assert only(resolve(case).tables["DIAGNOSIS_OPD"])["HOSPCODE"] == "11053"


def test_parents_are_found_although_they_are_written_after_their_children(read):
    tables = resolve(read("  PROCEDURE_OPD: |\n    SEQ\n    S1\n  SERVICE: |\n    HOSPCODE\n    10705\n")).tables
    assert only(tables["PROCEDURE_OPD"])["HOSPCODE"] == "10705"


def test_an_inpatient_diagnosis_takes_from_the_first_admission_with_its_number(read):
    tables = resolve(
        read(
            "  ADMISSION: |\n    HOSPCODE | PID | AN | DATETIME_ADMIT\n"
            "    10705 | P2 | A7 | 2013-06-15 10:30\n    11053 | P3 | A7 | 2013-07-15 10:30\n"
            "  DIAGNOSIS_IPD: |\n    AN\n    A7\n    A8\n"
        )
    ).tables
    taken = [(r["HOSPCODE"], r["PID"], r["DATETIME_ADMIT"]) for r in tables["DIAGNOSIS_IPD"]]
    assert taken == [("10705", "P2", "20130615103000"), ("11053", "P1", "")]


@pytest.mark.parametrize(
    ("admitted", "discharged"),
    [("2013-06-15 23:59", "20130617100000"), ("2014-02-27", "20140301100000"), ("-", ""), ("25560231", "")],
)
def test_discharge_is_by_default_two_days_after_admission_at_ten(admitted, discharged, read):
    tables = resolve(read(f"  ADMISSION: |\n    DATETIME_ADMIT\n    {admitted}\n")).tables
    assert only(tables["ADMISSION"])["DATETIME_DISCH"] == discharged


def test_an_answer_comes_from_the_destination_and_names_the_hospital_that_referred(read):
    tables = resolve(
        read(
            "  REFER_HISTORY: |\n    HOSPCODE | HOSP_DESTINATION\n    10705 | 10670\n    11053 | 10671\n"
            "  REFER_RESULT: |\n    REFERID_SOURCE | REFER_RESULT\n    R2 | 2\n"
        )
    ).tables
    answer = only(tables["REFER_RESULT"])
    assert (answer["HOSPCODE"], answer["HOSP_SOURCE"], answer["REFER_RESULT"]) == ("10671", "11053", "2")


@pytest.mark.parametrize(
    ("hospcode", "main"),
    [
        ("04801", "10705"),  # its registered unit
        ("04811", "11053"),
        ("04812", "11053"),  # none registered: the hospital of its district
        ("99999", ""),  # not in the table
    ],
)
def test_main_unit_of_a_card_is_the_contracting_unit_of_the_facility(hospcode, main, read):
    tables = resolve(read(f"  CARD: |\n    HOSPCODE\n    {hospcode}\n")).tables
    assert only(tables["CARD"])["MAIN"] == main


def test_of_two_hospitals_of_a_district_the_smaller_hospital_type_then_code_is_the_contracting_unit(read):
    org = (
        "  ORG: |\n    hospcode | hostype | district_code\n    00001 | 18 | 4203\n    00002 | 07 | 4203\n"
        "    00004 | 06 | 4203\n    00003 | 06 | 4203\n    00005 | 05 | 4201\n    00006 | 18 |\n    00007 | 05 |\n"
    )
    tables = resolve(read(org + "  CARD: |\n    HOSPCODE\n    00001\n    00006\n")).tables
    assert [card["MAIN"] for card in tables["CARD"]] == ["00003", ""]


# Automatic rows


def test_without_a_person_table_there_is_one_person_with_a_card(read):
    tables = resolve(read()).tables
    assert only(tables["PERSON"])["CID"] == "1028644678572"
    assert (only(tables["CARD"])["PID"], only(tables["CARD"])["INSTYPE_NEW"]) == ("P1", "0100")


def test_a_person_table_leaves_no_other_person(read):
    tables = resolve(read("  PERSON: |\n    PID\n    P2\n")).tables
    assert only(tables["PERSON"])["PID"] == "P2"


def test_a_visitor_is_a_copy_of_the_first_person_row_with_type_area_4(read):
    tables = resolve(
        read(
            "  PERSON: |\n    HOSPCODE | PID | SEX | TYPEAREA | DISCHARGE | D_UPDATE | CID | zip\n"
            "    04811 | P1 | 2 | 1 | 2 | 20130101 | 1100701234561 | 2\n    11053 | P1 | 1 | 3 | 9 | - | | \n"
            "  NCDSCREEN: |\n    HOSPCODE | zip\n    10705 | 3\n    10705 | 3\n    11053 | 1\n"
        )
    ).tables
    visitor = only(tables["PERSON"][2:])
    assert (visitor["HOSPCODE"], visitor["PID"]) == ("10705", "P1")
    assert (visitor["TYPEAREA"], visitor["DISCHARGE"]) == ("4", "9")
    assert visitor["D_UPDATE"] == "20140410120000"
    assert (visitor["SEX"], visitor["CID"]) == ("2", "1100701234561")
    assert (visitor["zip"], visitor["sender"]) == ("1", "10705")


def test_a_card_a_stranger_or_an_empty_facility_makes_no_visitor(read):
    tables = resolve(
        read(
            "  CARD: |\n    HOSPCODE | PID\n    10705 | P1\n"
            "  NCDSCREEN: |\n    HOSPCODE | PID\n    10705 | P9\n    - | P1\n"
        )
    ).tables
    assert [(r["HOSPCODE"], r["PID"]) for r in tables["PERSON"]] == [("11053", "P1")]


def test_everyone_who_lives_here_and_has_no_card_gets_one(read):
    tables = resolve(
        read(
            "  PERSON: |\n    HOSPCODE | PID | TYPEAREA\n    04801 | P1 | 1\n    11053 | P2 | 3\n    11053 | P3 | 2\n"
            "    11053 | P4 | 4\n    11053 | P5 | 1\n  CARD: |\n    HOSPCODE | PID | INSTYPE_NEW\n"
            "    10670 | P5 | 1100\n"
        )
    ).tables
    given, *automatic = tables["CARD"]
    assert (given["PID"], given["INSTYPE_NEW"]) == ("P5", "1100")
    assert [(c["HOSPCODE"], c["PID"], c["MAIN"]) for c in automatic] == [
        ("04801", "P1", "10705"),
        ("11053", "P2", "11053"),
    ]


@pytest.mark.parametrize(
    ("without", "people", "cards"),
    [
        ("[]", 2, 1),
        ("[person]", 0, 0),
        ("[visitors]", 1, 1),
        ("[cards]", 2, 0),
        ("[person, visitors, cards]", 0, 0),
    ],
)
def test_automatic_rows_can_be_switched_off_one_by_one(without, people, cards, read):
    tables = resolve(read(f"  without: {without}\n  NCDSCREEN: |\n    HOSPCODE\n    10705\n")).tables
    assert (len(tables.get("PERSON", [])), len(tables.get("CARD", []))) == (people, cards)


# Packages


def test_packages_carry_the_columns_of_the_standard_in_order_with_crlf(read, tmp_path):
    (path,) = write_packages(read("  NCDSCREEN: |\n    SMOKE\n    9\n"), tmp_path / "new" / "inbox")
    assert path == tmp_path / "new" / "inbox" / "F43_11053_20140411101500.zip"
    with zipfile.ZipFile(path) as package:
        assert package.namelist() == ["PERSON.txt", "CARD.txt", "NCDSCREEN.txt"]
        header, row, end = package.read("NCDSCREEN.txt").decode().split("\r\n")
    assert header == (
        "HOSPCODE|PID|SEQ|DATE_SERV|SERVPLACE|SMOKE|ALCOHOL|DMFAMILY|HTFAMILY|WEIGHT|HEIGHT|WAIST_CM|SBP_1|DBP_1|"
        "SBP_2|DBP_2|BSLEVEL|BSTEST|SCREENPLACE|PROVIDER|D_UPDATE|CID|HOSPCODE9|SCREENPLACE9"
    )
    assert row == "11053|P1|S1|20130401||9|1|||60|160|80|120|80|||95|3|||20140410120000|||"
    assert end == ""


def test_every_sender_and_submission_has_a_zip_of_its_own(read, filed):
    packages = filed(
        read(
            "  without: [person, visitors, cards]\n"
            "  NCDSCREEN: |\n    HOSPCODE | SMOKE | zip | sender\n"
            "    11053 | 1 | | \n    10705 | 2 | 1 |\n    11053 | 3 | 2 |\n    10705 | 4 | 2 | 11053\n"
            "    11053 | 5 | 12 |\n    - | 6 | |\n"
        )
    )
    smoke = {name: [row["SMOKE"] for row in tables["NCDSCREEN"]] for name, tables in packages.items()}
    # Submission n is stamped period end + 10 + n days, 10:15:00.
    assert smoke == {
        "F43_10705_20140411101500.zip": ["2"],
        "F43_11053_20140411101500.zip": ["1", "6"],
        "F43_11053_20140412101500.zip": ["3", "4"],
        "F43_11053_20140422101500.zip": ["5"],
    }
    assert packages["F43_11053_20140412101500.zip"]["NCDSCREEN"][1]["HOSPCODE"] == "10705"
    assert packages["F43_11053_20140411101500.zip"]["NCDSCREEN"][1]["HOSPCODE"] == ""


def test_a_correction_stands_in_the_second_submission_with_its_braces_and_quotes(filed):
    case = read_cases(CATALOGUE / "health_risk_screening_coverage" / "shared_semantics.yaml")[5]
    packages = filed(case)
    assert set(packages) == {"F43_11053_20090411101500.zip", "F43_11053_20090412101500.zip"}
    assert only(packages["F43_11053_20090411101500.zip"]["NCDSCREEN"])["DATE_SERV"] == "20080501"
    correction = only(packages["F43_11053_20090412101500.zip"]["DATA_CORRECT"])
    assert correction["TABLENAME"] == "NCDSCREEN"
    assert correction["DATA_CORRECT"] == '{"HOSPCODE":"11053","PID":"P1","DATE_SERV":"20080501"}'


def test_a_case_in_cp874_with_a_lower_case_header_is_so_written_and_holds_thai_letters(filed, tmp_path):
    case = read_cases(CATALOGUE / "health_risk_screening_coverage" / "shared_semantics.yaml")[6]
    tables = only(filed(case).values())
    person = only(tables["PERSON"])
    assert (person["hospcode"], person["pid"], person["name"]) == ("11053", "P1", "ตัวอย่าง")
    assert "HOSPCODE" not in person
    with zipfile.ZipFile(tmp_path / "inbox" / "F43_11053_20090411101500.zip") as package:
        raw = package.read("PERSON.txt")
    assert "ตัวอย่าง".encode("cp874") in raw
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_the_same_case_gives_the_same_bytes(read, tmp_path):
    case = read("  NCDSCREEN: |\n    HOSPCODE\n    10705\n    11053\n")
    first = [path.read_bytes() for path in write_packages(case, tmp_path / "one")]
    second = [path.read_bytes() for path in write_packages(case, tmp_path / "two")]
    assert len(first) == 2
    assert first == second
    with zipfile.ZipFile(tmp_path / "one" / "F43_11053_20140411101500.zip") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}  # no clock in the bytes


def test_a_case_without_rows_writes_no_zip(read, tmp_path):
    assert write_packages(read("  without: [person]\n  PERSON: |\n    PID\n"), tmp_path) == []


def test_a_sender_that_leaves_the_folder_is_refused(tmp_path):
    day = date(2013, 4, 1)
    case = Case("c.yaml", "x", 7, "m", (day, day), day, tables={"EPI": [{"sender": "../x"}]})
    with pytest.raises(CasesError) as refused:
        write_packages(case, tmp_path / "inbox")
    assert only(refused.value.problems).where.line == 7
    assert list(tmp_path.rglob("*.zip")) == []


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_zips_of_the_catalogue_say_what_its_cases_say(path, filed, tmp_path):
    for n, case in enumerate(read_cases(path)):
        folder = tmp_path / str(n)
        for written in write_packages(case, folder):
            package_name(written.name)  # a good name: raises otherwise
        found: Counter[tuple[str, ...]] = Counter()
        for written in folder.iterdir():
            with zipfile.ZipFile(written) as package:
                for entry in package.namelist():
                    lines = package.read(entry).decode(case.text["encoding"]).removesuffix("\r\n").split("\r\n")
                    header = lines[0].upper().split("|")
                    for line in lines[1:]:
                        cells = dict(zip(header, line.split("|"), strict=True))
                        found.update((entry, column, value) for column, value in cells.items())
        said = Counter(
            (f"{name}.txt", column, value)
            for name, rows in case.tables.items()
            for row in rows
            for column, value in row.items()
            if column.isupper()
        )
        assert said <= found


# Other orders and other packages


def test_resolving_twice_changes_nothing():
    for path in CASE_FILES:
        for case in read_cases(path):
            assert resolve(resolve(case)) == resolve(case)


def test_what_was_switched_off_stays_off_when_resolved_again(read):
    whole = resolve(read("  without: [visitors, cards]\n  EPI: |\n    HOSPCODE\n    10705\n"))
    assert resolve(whole) == whole
    assert (len(whole.tables["PERSON"]), "CARD" in whole.tables) == (1, False)


MANY = (
    "  NCDSCREEN: |\n    PID\n" + "".join(f"    P{n}\n" for n in range(1, 13)) + "  SHID_LOG: |\n    hospcode\n"
    "    10705\n    10671\n    10670\n    11053\n"
)


def as_sets(case, drop=()):
    """Rows of every table without order and without some columns."""
    return {
        name: Counter(tuple((k, v) for k, v in row.items() if k not in drop) for row in rows)
        for name, rows in (case.tables | case.logs).items()
    }


def test_shuffled_rows_keep_the_defaults_of_the_place_where_they_were_written(read):
    case = read(MANY)
    whole, mixed = resolve(case), shuffled(case, 1)
    assert as_sets(mixed) == as_sets(whole)
    assert mixed.tables["NCDSCREEN"] != whole.tables["NCDSCREEN"]
    assert mixed.logs != whole.logs
    assert resolve(mixed) == mixed
    assert mixed == shuffled(case, 1) != shuffled(case, 2)


def test_rows_split_over_packages_differ_in_nothing_but_the_submission(read, filed):
    case = read(MANY)
    spread = split_over_packages(case, 1)
    assert as_sets(spread, drop={"zip"}) == as_sets(resolve(case), drop={"zip"})
    assert {row["zip"] for row in spread.tables["NCDSCREEN"]} == {"1", "2", "3"}
    assert spread == split_over_packages(case, 1) != split_over_packages(case, 2)
    assert set(filed(spread)) == {f"F43_11053_2014041{n}101500.zip" for n in (1, 2, 3)}


def test_cases_whose_submissions_matter_are_not_split(read):
    several = read("  NCDSCREEN: |\n    zip\n    1\n    2\n")
    corrected = read("  DATA_CORRECT: |\n    TABLENAME\n    EPI\n  EPI: |\n    PID\n" + "    P1\n" * 9)
    for case in (several, corrected):
        assert split_over_packages(case, 1) == resolve(case)


def test_charges_and_drugs_of_one_stay_stay_in_one_package(read):
    case = read("  DRUG_IPD: |\n    AN | DIDSTD\n" + "".join(f"    A{n % 5} | {n}\n" for n in range(40)))
    spread = split_over_packages(case, 1).tables["DRUG_IPD"]
    assert len({(row["AN"], row["zip"]) for row in spread}) == 5
    assert len({row["zip"] for row in spread}) > 1


# Mistakes

MISTAKES = {
    "unknown-key": ("authored.key.unknown", 5, "expect"),
    "unknown-file-key": ("authored.key.unknown", 3, "census_day"),
    "repeated-key": ("authored.key.repeated", 6, "by"),
    "unknown-table": ("measures.cases.table.unknown", 5, "CHRONICFU"),
    "unknown-column": ("measures.cases.column.unknown", 6, "SBP"),
    "lower-case-column": ("measures.cases.column.unknown", 6, "sbp"),
    "repeated-column": ("measures.cases.column.repeated", 7, "SBP"),
    "too-many-cells": ("measures.cases.cells", 9, "3"),
    "table-without-header": ("measures.cases.table.header", 5, "CHRONICFU"),
    "table-as-list": ("measures.cases.shape", 6, "CHRONICFU"),
    "unknown-log-column": ("measures.cases.column.unknown", 6, "topic"),
    "period-backwards": ("measures.cases.period", 2, "period"),
    "period-of-one-day": ("measures.cases.period", 5, "period"),
    "buddhist-census-day": ("measures.cases.date", 5, "census_day"),
    "no-such-day": ("measures.cases.date", 5, "census_day"),
    "without-period": ("authored.key.missing", 3, "period"),
    "without-measure": ("authored.key.missing", 3, "measure"),
    "without-expect": ("authored.key.missing", 4, "expect"),
    "without-sentence": ("authored.key.missing", 6, "case"),
    "without-cases": ("authored.key.missing", 1, "cases"),
    "expect-without-value": ("measures.cases.expect.missing", 7, "10705"),
    "expect-unknown-letter": ("authored.key.unknown", 5, "c"),
    "expect-not-a-number": ("measures.cases.number", 6, "11053"),
    "expect-null-count": ("measures.cases.number", 6, "11053"),
    "unknown-by": ("measures.cases.choice", 5, "contracting_unit"),
    "unknown-automatic-row": ("measures.cases.choice", 5, "cards"),
    "unknown-encoding": ("measures.cases.choice", 5, "cp874"),
    "unknown-header": ("measures.cases.choice", 6, "lower"),
    "submission-zero": ("measures.cases.zip", 8, "CHRONICFU"),
    "sender-is-a-path": ("measures.cases.sender", 7, "sender"),
    "hospcode-is-no-sender": ("measures.cases.sender", 7, "HOSPCODE"),
    "letters-outside-the-encoding": ("measures.cases.encoding", 9, "PERSON"),
    "organisation-without-code": ("measures.cases.code.missing", 8, "hospcode"),
    "agreement-of-three": ("measures.cases.agreements", 7, "AGREEMENTS"),
    "not-yaml": ("authored.yaml", 4, ""),
}


def mistakes_of(name):
    path = BROKEN / f"case-{name}.yaml"
    with pytest.raises(CasesError) as refused:
        read_cases(path)
    assert all(found.where.file == str(path) for found in refused.value.problems)
    return refused.value.problems


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_problem_with_its_line_and_words_that_help(name):
    code, line, word = MISTAKES[name]
    found = only(mistakes_of(name))
    assert (found.code, found.where.line) == (code, line)
    assert word in found.en or word == found.where.field
    assert found.th
    assert found.hint


def test_mistakes_of_one_file_are_all_shown_by_line():
    found = [(p.where.line, p.code) for p in mistakes_of("five-mistakes")]
    assert found == [
        (6, "measures.cases.column.unknown"),
        (8, "measures.cases.table.unknown"),
        (11, "measures.cases.expect.missing"),
        (13, "measures.cases.date"),
        (16, "measures.cases.cells"),
    ]


def test_every_broken_file_is_asked_for():
    named = {path.stem.removeprefix("case-") for path in BROKEN.glob("case-*.yaml")}
    assert named == {*MISTAKES, "five-mistakes"}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "measures.cases.shape", 1),
        ("- case: x\n", "measures.cases.shape", 1),
        ("measure: m\nperiod: 2013-04-01..2014-03-31\ncases: none\n", "measures.cases.shape", 3),
        ("measure: m\nperiod: 2013-04-01..2014-03-31\ncases:\n- one\n", "measures.cases.shape", 4),
        (HEAD + "  measure: [a]\n", "measures.cases.shape", 6),
        (HEAD + "  period: {}\n", "measures.cases.shape", 6),
        (HEAD + "  params: 3\n", "measures.cases.shape", 6),
        (HEAD + "  text: cp874\n", "measures.cases.shape", 6),
        (HEAD + "  without: cards\n", "measures.cases.shape", 6),
        (HEAD.replace("{}", "[]"), "measures.cases.shape", 5),
        (HEAD.replace("{}", "{x: 1}"), "measures.cases.shape", 5),
        (HEAD + "  ZONES: |\n    group | hospcode | zone\n    heart | | Z1\n", "measures.cases.code.missing", 8),
    ],
)
def test_a_value_of_the_wrong_form_is_a_problem_at_its_line(text, code, line, tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CasesError) as refused:
        read_cases(path)
    found = only(refused.value.problems)
    assert (found.code, found.where.line) == (code, line)


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(CasesError) as refused:
        read_cases(tmp_path / "cases.yaml")
    assert only(refused.value.problems).code == "authored.unreadable"
