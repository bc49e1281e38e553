"""The second opinion against the definition book alone: every worked case of its measures, and its own edges."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from second_opinion.cases_check import CASES, EDGES, Case, check_case, make_cid, read_cases
from second_opinion.cells import read_date, read_integer, read_number
from second_opinion.codes import normalise
from second_opinion.existence import standing
from second_opinion.measures import count
from second_opinion.persons import age_on, cid_is_valid, find_unit
from second_opinion.reading import find_table, reading

ALL_CASES = [
    (path.stem, case) for path in sorted([*CASES.glob("*.yaml"), *EDGES.glob("*.yaml")]) for case in read_cases(path)
]


@pytest.mark.parametrize(("book", "case"), ALL_CASES, ids=[f"{book}: {case.name}" for book, case in ALL_CASES])
def test_worked_case_is_counted_as_the_book_says(book: str, case: Case, tmp_path: Path) -> None:
    expected, counted = check_case(case, tmp_path)
    assert counted == expected


def test_every_case_file_was_found() -> None:
    # 8 of shared_semantics, 5 of P2, P4 and referrals out of the region, 4 each of R5, 1.1, 1.6, 2.6 and 4.1, 3 each of
    # the rest; 44 edges
    assert len(ALL_CASES) == 8 + 5 * 3 + 4 * 5 + 3 * 20 + 44


def test_citizen_number_of_the_cases_is_the_printed_one() -> None:
    assert make_cid("P1") == "1028644678572"  # README of the cases


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20120229", "2012-02-29T00:00:00"),
        ("20130229", None),
        ("20130401235959", "2013-04-01T23:59:59"),
        ("20130401240000", None),
        ("20130401006000", None),
        ("00000000", None),
        ("25560401", None),
        ("18491231", None),
        ("18500101", "1850-01-01T00:00:00"),
        ("21001231", "2100-12-31T00:00:00"),
        ("21010101", None),
        ("2013-04-01", None),
        ("201304011015", None),
        ("๒๐๑๓๐๔๐๑", None),
    ],
)
def test_date_is_8_or_14_ascii_digits_of_a_real_day(text: str, iso: str | None) -> None:
    value = read_date(text)
    assert (value.isoformat() if value else None) == iso


@pytest.mark.parametrize(
    ("text", "value"),
    [("08", 8), ("12+", None), ("+12", None), ("12.0", None), ("9" * 18, int("9" * 18)), ("0" * 18 + "1", None)],
)
def test_integer_is_digits_only(text: str, value: int | None) -> None:
    assert read_integer(text) == value


@pytest.mark.parametrize(
    ("text", "readable"),
    [("+120", True), ("-0.5", True), ("1,200", False), ("1e2", False), (".5", False), ("5.", False), ("١٢", False)],
)
def test_number_has_sign_digits_and_a_point_with_digits(text: str, readable: bool) -> None:
    assert (read_number(text) is not None) == readable


@pytest.mark.parametrize(
    ("cid", "valid"),
    [
        ("1100701234561", True),  # shared case: links
        ("1100701234560", False),  # shared case: wrong check digit
        ("1111111111119", False),  # right check digit (1 x 90 = 90; 11 - 90 mod 11 = 9), filler
        ("0100701234562", False),  # right check digit (152 mod 11 = 9), group 0
        ("9100701234566", False),  # right check digit (269 mod 11 = 5), group 9
        ("1-1007-01234-56-1", False),
        ("๑100701234561", False),
    ],
)
def test_citizen_number(cid: str, valid: bool) -> None:
    assert cid_is_valid(cid) == valid


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1976, 2, 29), date(2013, 2, 28), 36),
        (date(1976, 2, 29), date(2013, 3, 1), 37),
        (date(1976, 2, 29), date(2012, 2, 29), 36),
        (date(2013, 10, 2), date(2013, 10, 1), -1),
        (None, date(2013, 10, 1), None),
    ],
)
def test_age_in_completed_years(birth: date | None, day: date, age: int | None) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    ("entry", "table"),
    [
        ("F43_11053_x/person.TXT", "PERSON"),
        ("sub\\DRUG_OPD_11053_2014.txt", "DRUG_OPD"),
        ("REFER_HISTORY_1.txt", "REFER_HISTORY"),
        ("PERSONS.txt", None),
        ("export_stat.xml", None),
    ],
)
def test_entry_name_to_table(entry: str, table: str | None) -> None:
    found = find_table(entry)
    assert (found.name if found else None) == table


def test_codes_are_compared_without_signs_and_case() -> None:
    assert normalise("e11.1 ") == "E111"


def test_blank_unit_falls_to_the_first_hospital_of_a_known_district() -> None:
    organisations = [
        {"hospcode": "11054", "hostype": "07", "cup": "11054", "district_code": "4203"},
        {"hospcode": "11053", "hostype": "07", "cup": "11053", "district_code": "4203"},
        {"hospcode": "10705", "hostype": "06", "cup": "10705", "district_code": ""},
        {"hospcode": "04811", "hostype": "18", "cup": "", "district_code": "4203"},
        {"hospcode": "04899", "hostype": "18", "cup": "", "district_code": ""},
    ]
    assert find_unit(organisations, "04811") == "11053"
    assert find_unit(organisations, "04899") is None
    assert find_unit(organisations, "99999") is None


def pack(folder: Path, name: str, **entries: str | bytes) -> Path:
    """A zip with the given entries."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for entry, content in entries.items():
            archive.writestr(f"{entry}.txt", content)
    (folder / name).write_bytes(memory.getvalue())
    return folder / name


def test_rows_are_kept_voided_or_aside_with_their_place(tmp_path: Path) -> None:
    content = (
        "\ufeffpid|HOSPCODE| d_update |SBP|DATE_SERV|\r\n"
        "P1|11053|20140101|12O|20130501|x\r\n"  # letter O: voided number
        "\xa0P2\t|11053|25570101|120|20130501\n"  # short row lines up; Buddhist year: voided date
        "\n"
        "P3|11053|20140101|120|20130501|x|y\n"  # line 5: too many cells
        "|10705||120|20130231|"  # line 6: three reasons
    )
    counts, faults = reading([pack(tmp_path, "f43_11053_20140401000000-1.zip", CHRONICFU=content)])
    name = "F43_11053_20140401000000-1.ZIP"
    assert counts == {(name, "CHRONICFU"): (4, 2, 2)}
    assert faults == sorted(
        [
            (name, 1, 2, "SBP", "number"),
            (name, 1, 3, "D_UPDATE", "date"),
            (name, 1, 5, "", "cells"),
            (name, 1, 6, "HOSPCODE", "hospcode"),
            (name, 1, 6, "PID", "key_blank"),
            (name, 1, 6, "DATE_SERV", "key_date"),
        ]
    )


def test_first_of_two_names_and_the_exact_name_stand(tmp_path: Path) -> None:
    rows = "HOSPCODE|DATE_SERRV|PID|SEQ|ICF|DATE_SERV|PID\n11053|20130101|P1|S1|b117|20130501|P2\n"
    zips = [pack(tmp_path, "F43_11053_20140401000000.zip", ICF=rows)]
    # the key of ICF: HOSPCODE, PID, SEQ, ICF
    ((key, row),) = standing(zips)["ICF"].items()
    assert key == ("11053", "P1", "S1", "b117")
    assert row.text["DATE_SERV"] == "20130501"


def test_only_lf_ends_a_line_and_all_white_space_is_trimmed(tmp_path: Path) -> None:
    thai = "ก\u2028ข\rค"
    rows = f"HOSPCODE|PID|NAME\r\n11053|\u3000P1\t|{thai}\r\n \xa0\n11053|P2|".encode()
    zips = [pack(tmp_path, "F43_11053_20140401000000.zip", PERSON=rows)]
    people = standing(zips)["PERSON"]
    assert list(people) == [("11053", "P1"), ("11053", "P2")]
    assert people["11053", "P1"].text["NAME"] == thai


def test_thai_bytes_that_are_not_utf8_are_cp874(tmp_path: Path) -> None:
    rows = "HOSPCODE|PID|NAME\n11053|P1|สมมุติ\n".encode("cp874") + b"11053|\xa0P2|\xdb\n"
    zips = [pack(tmp_path, "F43_11053_20140401000000.zip", PERSON=rows)]
    people = standing(zips)["PERSON"]
    assert people["11053", "P1"].text["NAME"] == "สมมุติ"
    assert people["11053", "P2"].text["NAME"] == "\ufffd"


def test_entry_without_a_key_column_is_aside(tmp_path: Path) -> None:
    zips = [pack(tmp_path, "F43_11053_20140401000000.zip", ADMISSION="HOSPCODE|AN\n11053|A1\n11053|A2\n")]
    name = "F43_11053_20140401000000.ZIP"
    assert reading(zips) == ({(name, "ADMISSION"): (2, 2, 0)}, [(name, 1, 1, "PID", "header")])


def test_other_zip_names_are_refused_and_copies_read_once(tmp_path: Path) -> None:
    rows = "HOSPCODE|PID\n11053|P1\n"
    first = pack(tmp_path, "F43_11053_20140401000000.zip", PERSON=rows)
    copy = tmp_path / "f43_11053_20140401000000.ZIP"
    copy.write_bytes(first.read_bytes())
    refused = [
        pack(tmp_path, name, PERSON=rows) for name in ("F43_1105_20140401000000.zip", "F43_11053_20140401000000x.zip")
    ]
    assert reading([first, copy, *refused])[0] == {("F43_11053_20140401000000.ZIP", "PERSON"): (1, 0, 0)}


def test_sender_of_nine_characters_is_compared_with_hospcode9(tmp_path: Path) -> None:
    rows = "HOSPCODE|PID|HOSPCODE9\n11053|P1|EA0011053\n11053|P2|11053\n"
    zips = [pack(tmp_path, "F43_EA0011053_20140401000000.zip", PERSON=rows)]
    assert list(standing(zips)["PERSON"]) == [("11053", "P1")]


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        ("20140101", "20140102", "second"),
        ("20140102", "20140101", "first"),
        ("20140101", "", "first"),
        ("20140101", "20140101000000", "second"),  # tie: the later stamp
    ],
)
def test_latest_update_stands_then_the_later_zip(tmp_path: Path, first: str, second: str, stands: str) -> None:
    def rows(update: str, name: str) -> str:
        return f"HOSPCODE|PID|D_UPDATE|NAME\n11053|P1|{update}|{name}\n"

    zips = [
        pack(tmp_path, "F43_11053_20140402000000.zip", PERSON=rows(second, "second")),
        pack(tmp_path, "F43_11053_20140401000000.zip", PERSON=rows(first, "first")),
    ]
    assert standing(zips)["PERSON"]["11053", "P1"].text["NAME"] == stands


def test_tie_goes_to_the_larger_zip_name_then_later_entry_then_later_line(tmp_path: Path) -> None:
    head = "HOSPCODE|PID|NAME\n"
    zips = [
        pack(tmp_path, "F43_11053_20140401000000-b.zip", PERSON=head + "11053|P1|b1\n11053|P1|b2\n", PERSON_2=head),
        pack(
            tmp_path,
            "f43_11053_20140401000000-A.zip",
            PERSON_2=head + "11053|P1|a1\n11053|P2|a2\n11053|P3|a3\n11053|P3|a4\n",
            PERSON=head + "11053|P2|a5\n",
        ),
    ]
    names = {key[1]: row.text["NAME"] for key, row in standing(zips)["PERSON"].items()}
    assert names == {"P1": "b2", "P2": "a5", "P3": "a4"}


@pytest.mark.parametrize(
    ("correction", "left"),
    [
        ('{"PID":"P1"}', 0),
        ("{'pid':' P1 '}", 0),
        ('{"PID":"P1","EDITOR_CID":"1","SEX":1}', 0),
        ('{"PID":"P1","SEX":1.0}', 1),
        ('{"PID":"P1","MOBILE":null}', 0),
        ('{"PID":"P1","SEX":null}', 1),
        ('{"PID":"P1","NO_SUCH":""}', 1),
        ('{"PID":"P1","SEX":["1"]}', 1),
        ('{"HOSPCODE":"10705","PID":"P1"}', 1),
        ('{"SEX":"1"}', 1),
        ("PID=P1", 1),
    ],
)
def test_correction_erases_what_matches_whole(tmp_path: Path, correction: str, left: int) -> None:
    zips = [
        pack(tmp_path, "F43_11053_20140401000000.zip", PERSON="HOSPCODE|PID|SEX\n11053|P1|1\n"),
        pack(
            tmp_path,
            "F43_11053_20140402000000.zip",
            DATA_CORRECT=f"HOSPCODE|TABLENAME|DATA_CORRECT\n11053|PERSON|{correction}\n",
        ),
    ]
    assert len(standing(zips)["PERSON"]) == left


def test_row_sent_with_its_correction_stands_whatever_its_update(tmp_path: Path) -> None:
    zips = [
        pack(tmp_path, "F43_11053_20140401000000.zip", PERSON="HOSPCODE|PID|D_UPDATE|SEX\n11053|P1|20140101|1\n"),
        pack(
            tmp_path,
            "F43_11053_20140402000000.zip",
            PERSON="HOSPCODE|PID|D_UPDATE|SEX\n11053|P1|20100101|2\n",
            DATA_CORRECT='HOSPCODE|TABLENAME|DATA_CORRECT\n11053|PERSON|{"PID":"P1"}\n',
        ),
    ]
    assert standing(zips)["PERSON"]["11053", "P1"].text["SEX"] == "2"


def test_charges_of_a_stay_are_replaced_whole_and_repeats_stand(tmp_path: Path) -> None:
    head = "HOSPCODE|PID|AN|PRICE|D_UPDATE\n"
    first = head + "11053|P1|A1|10|20140105\n" + "11053|P1|A1|10|20140101\n"
    second = head + "11053|P1|A1|99|20140103\n" + "11053|P1|A2|5|20140103\n"
    zips = [
        pack(tmp_path, "F43_11053_20140401000000.zip", CHARGE_IPD=first),
        pack(tmp_path, "F43_11053_20140402000000.zip", CHARGE_IPD=second),
    ]
    prices = {key: row.text["PRICE"] for key, row in standing(zips)["CHARGE_IPD"].items()}
    assert prices == {("11053", "A1", "1"): "10", ("11053", "A1", "2"): "10", ("11053", "A2", "1"): "5"}


def test_missing_card_parameter_turns_residents_without_card_into_uc(tmp_path: Path) -> None:
    rows = "HOSPCODE|PID|BIRTH|TYPEAREA|DISCHARGE\n11053|P1|19600101|1|9\n"
    zips = [pack(tmp_path, "F43_11053_20140401000000.zip", PERSON=rows)]
    days = (date(2008, 4, 1), date(2009, 3, 31), date(2008, 4, 1))
    measure = "health_risk_screening_coverage"
    assert count(zips, [], measure, *days) == {}
    assert count(zips, [], measure, *days, {"missing_card": "uc"}) == {"11053": (0, 1)}
    assert count(zips, [], measure, *days, {"missing_card": "uc"}, by="contracting_unit") == {}
