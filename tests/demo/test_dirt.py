"""Every kind of dirt that real exports have is in a demo of 3,000 people, in files and in rows."""

import json
import re
from collections import Counter, defaultdict

import pytest

from samrit.demo.chance import Chance
from samrit.demo.dirt import SMALL_FLOOR, Fate, Kind, Spoiler, line, put
from samrit.demo.identity import check_digit
from samrit.demo.kinds import DECIDED, KINDS, VISITOR
from samrit.f43 import table


def some(name, condition):
    return lambda demo: any(condition(row) for row in demo.rows[name])


def entry(condition):
    return lambda demo: any(condition(raw) for raw in demo.entries)


def citizen(row):
    return len(row["CID"]) == 13 and row["CID"][0] != "0"


def right_digit(row):
    return check_digit(row["CID"][:12]) == row["CID"][12]


def thai(row):
    return row["NATION"] == "099"


def raw_cells(demo, name):
    return ((len(raw.names), len(text.split("|"))) for raw in demo.entries if raw.table == name for text in raw.lines)


def number(text):
    return int(text) if text.isdigit() else None


def reversed_pressure(row, systolic, diastolic):
    pair = number(row[systolic]), number(row[diastolic])
    return None not in pair and pair[1] > pair[0]


def repeats(demo, name, *, same):
    """True when one zip holds two lines of one key, equal (same) or not."""
    for raw in demo.entries:
        if raw.table == name:
            by_key = defaultdict(Counter)
            for row in raw.rows():
                by_key[tuple(row[c] for c in table(name).key)]["|".join(row.values())] += 1
            if any((max(lines.values()) > 1) if same else (len(lines) > 1) for lines in by_key.values()):
                return True
    return False


SIGNS = {
    "a citizen number with a wrong check digit": some("PERSON", lambda r: citizen(r) and not right_digit(r)),
    "a foreigner with a number made up here": some(
        "PERSON", lambda r: not thai(r) and r["CID"][:6] == "0" + r["HOSPCODE"]),
    "a number that begins with 0 without a facility": some("PERSON", lambda r: r["CID"][:5] == "00000"),
    "a Thai with a number made up here": some("PERSON", lambda r: thai(r) and r["CID"][:6] == "0" + r["HOSPCODE"]),
    "no citizen number": some("PERSON", lambda r: thai(r) and not r["CID"]),
    "a foreigner": some("PERSON", lambda r: r["NATION"] in ("056", "048", "057")),
    "a Buddhist year": some("CARD", lambda r: "2500" < r["STARTDATE"][:4] < "2600"),
    "a Buddhist year in PERSON": some("PERSON", lambda r: "2500" < r["MOVEIN"][:4] < "2600"),
    "a date of zeros": some("PERSON", lambda r: r["DDISCHARGE"] == "00000000"),
    "a date of zeros with dashes": some("CARD", lambda r: r["EXPIREDATE"] == "0000-00-00"),
    "a key date of zeros": some("CHRONICFU", lambda r: r["DATE_SERV"] == "00000000"),
    "a day that no calendar has": some("SERVICE", lambda r: r["DATE_SERV"].endswith("0231")),
    "a year outside 1850-2100": some("NCDSCREEN", lambda r: r["DATE_SERV"].startswith("1013")),
    "a time of 16 digits": some("DRUG_REFER", lambda r: len(r["DATETIME_DSTART"]) == 16),
    "too many cells": lambda demo: any(found > wanted for wanted, found in raw_cells(demo, "SERVICE")),
    "too few cells": lambda demo: any(found < wanted for wanted, found in raw_cells(demo, "SERVICE")),
    "letters in a number": some("SERVICE", lambda r: re.fullmatch(r"\d+O", r["SBP"])),
    "units in a number": some("NCDSCREEN", lambda r: "กก." in r["WEIGHT"]),
    "an address in a latitude": some("HOME", lambda r: "หมู่" in r["LATITUDE"]),
    "weeks that are no whole number": some("ANC", lambda r: r["GA"].endswith("+")),
    "a tenth of a pressure": some("CHRONICFU", lambda r: (number(r["SBP"]) or 99) < 30),
    "diastolic above systolic": some("CHRONICFU", lambda r: reversed_pressure(r, "SBP", "DBP")),
    "diastolic above systolic in a screening": some("NCDSCREEN", lambda r: reversed_pressure(r, "SBP_1", "DBP_1")),
    "a death without its day": some("DEATH", lambda r: not r["DDEATH"]),
    "staff without a birthday": some("PROVIDER", lambda r: not r["BIRTH"]),
    "a person without a family name": some("PERSON", lambda r: not r["LNAME"]),
    "a pregnancy without last menstruation": some("PRENATAL", lambda r: not r["LMP"]),
    "a type of area that is none": some("PERSON", lambda r: r["TYPEAREA"] not in ("1", "2", "3", "4", "5")),
    "a right that is none": some("CARD", lambda r: r["INSTYPE_NEW"] == "UCS"),
    "a diagnosis that is none": some("DIAGNOSIS_OPD", lambda r: r["DIAGCODE"].endswith("9X")),
    "a diagnosis with a dot": some("DIAGNOSIS_IPD", lambda r: "." in r["DIAGCODE"]),
    "a special service that is none": some("SPECIALPP", lambda r: r["PPSPECIAL"] == "1B9999"),
    "a vaccine without its leading zero": some("EPI", lambda r: r["VACCINETYPE"] == "61"),
    "codes of an earlier edition": some("DENTAL", lambda r: r["GUM"] == "000000"),
    "an urgency of an earlier edition": some("ACCIDENT", lambda r: r["URGENCY"] == "6"),
    "a cause of an earlier edition": some("DEATH", lambda r: r["PREGDEATH"] in ("3", "4", "9")),
    "a right left blank": some("SERVICE", lambda r: not r["INSTYPE"]),
    "a text that is too long": some("SERVICE", lambda r: len(r["CHIEFCOMP"]) > 255),
    "blanks behind a text": some("SERVICE", lambda r: r["CHIEFCOMP"].endswith("  ")),
    "an amount of nothing": some("DRUG_OPD", lambda r: r["AMOUNT"] == "0"),
    "a blank key": some("SERVICE", lambda r: not r["SEQ"]),
    "a row of another sender": lambda demo: any(
        row["HOSPCODE"] != raw.sender for raw in demo.entries if raw.table == "SERVICE" for row in raw.rows()
    ),
    "a discharge before the admission": some("ADMISSION", lambda r: r["DATETIME_DISCH"] < r["DATETIME_ADMIT"]),
    "a stay without a group": some("ADMISSION", lambda r: not r["DRG"]),
    "the same row twice": lambda demo: repeats(demo, "SERVICE", same=True),
    "one key, two contents": lambda demo: repeats(demo, "SERVICE", same=False),
    "a drug twice in one stay": lambda demo: repeats(demo, "DRUG_IPD", same=False),
    "a code page among UTF-8": entry(lambda raw: raw.table == "PERSON" and not utf8(raw.content)),
    "a byte order mark": entry(lambda raw: raw.content.startswith(b"\xef\xbb\xbf")),
    "lines ended by LF": entry(lambda raw: b"\n" in raw.content and b"\r" not in raw.content),
    "lines ended by CRLF": entry(lambda raw: b"\r\n" in raw.content),
    "an entry at the root": entry(lambda raw: raw.entry == "person.txt"),
    "an entry in a folder": entry(lambda raw: raw.entry.endswith("/PERSON.txt")),
    "an entry with more in its name": entry(lambda raw: re.search(r"person_\d{5}_\d{14}\.txt$", raw.entry)),
    "a header in lower case": entry(lambda raw: raw.lines and raw.lines[0].startswith("hospcode|")),
    "a header without rows": entry(lambda raw: raw.table and len(raw.lines) == 1),
    "a misspelt column": entry(lambda raw: raw.lines and "bctrl" in raw.lines[0]),
    "a column without a name": entry(lambda raw: raw.table == "VILLAGE" and "" in raw.names and len(raw.lines) > 1),
    "a column that was forgotten": entry(lambda raw: raw.table == "REFER_HISTORY" and "AN" not in raw.names),
    "an entry without its header": entry(
        lambda raw: raw.table == "NUTRITION" and raw.lines and raw.lines[0][:5].isdigit()),
    "an export report": entry(lambda raw: raw.entry.endswith("export_stat.xml")),
    "a suffix of the zip": lambda demo: any(path.stem.endswith("-1") for path in demo.paths),
    "an edition with DRG": entry(lambda raw: raw.table == "ADMISSION" and "ADJRW" in raw.names),
    "an edition without CID behind": entry(lambda raw: raw.table == "SERVICE" and "CID" not in raw.names),
    "the edition of 2.4": entry(lambda raw: raw.table == "PRENATAL" and "HEIGHT" in raw.names),
}  # fmt: skip


def utf8(content):
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("sign", SIGNS)
def test_the_demo_has(demo, sign):
    assert SIGNS[sign](demo)


def test_a_clean_row_is_the_usual_row(demo):
    good = sum(re.fullmatch(r"\d{2,3}", row["SBP"]) is not None for row in demo.rows["SERVICE"])
    assert good / len(demo.rows["SERVICE"]) > 0.98


def test_citizen_numbers_are_wrong_or_missing_as_often_as_in_real_exports(demo):
    # Of 461,469 rows: 87,682 fail the check digit (19.0 %), 68,941 of them not Thai (14.9 %); 57,215 begin with 0
    # (12.4 %), 32,277 of these hold the facility code (7.0 %); 38,030 are blank (8.2 %).
    rows = demo.rows["PERSON"]
    share = {
        "fails": sum(bool(r["CID"]) and not (citizen(r) and right_digit(r)) for r in rows) / len(rows),
        "fails, not Thai": sum(bool(r["CID"]) and not thai(r) and not (citizen(r) and right_digit(r)) for r in rows)
        / len(rows),
        "zero": sum(r["CID"][:1] == "0" for r in rows) / len(rows),
        "local": sum(r["CID"][:6] == "0" + r["HOSPCODE"] for r in rows) / len(rows),
        "blank": sum(not r["CID"] for r in rows) / len(rows),
    }
    assert share == {
        "fails": pytest.approx(0.190, abs=0.03),
        "fails, not Thai": pytest.approx(0.149, abs=0.02),
        "zero": pytest.approx(0.124, abs=0.02),
        "local": pytest.approx(0.070, abs=0.02),
        "blank": pytest.approx(0.082, abs=0.03),
    }


@pytest.mark.parametrize(("name", "share", "off"), [
    ("DIAGNOSIS_OPD", 0.17, 0.06), ("DRUG_OPD", 0.23, 0.08), ("LABFU", 0.40, 0.12), ("ANC", 0.51, 0.12),
    ("COMMUNITY_SERVICE", 0.42, 0.12),
])  # fmt: skip
def test_children_come_without_their_visit_as_often_as_in_real_exports(demo, name, share, off):
    visits = {(raw.zip, r["PID"], r["SEQ"]) for raw in demo.entries if raw.table == "SERVICE" for r in raw.rows()}
    rows = [(raw.zip, r["PID"], r["SEQ"]) for raw in demo.entries if raw.table == name for r in raw.rows()]
    assert sum(row not in visits for row in rows) / len(rows) == pytest.approx(share, abs=off)


def test_half_of_the_rows_of_a_stay_repeat_their_key(demo):
    # CHARGE_IPD 46 %, DRUG_IPD 54 % of the rows.
    for name, item, share in (("CHARGE_IPD", "CHARGEITEM", 0.46), ("DRUG_IPD", "DIDSTD", 0.54)):
        rows = repeated = 0
        for raw in demo.entries:
            if raw.table == name:
                keys = Counter((r["AN"], r["WARDSTAY"], r[item]) for r in raw.rows())
                rows += sum(keys.values())
                repeated += sum(keys.values()) - len(keys)
        assert repeated / rows == pytest.approx(share, abs=0.08)


def test_a_row_sent_again_is_newer_and_the_older_one_was_sent_before(demo):
    versions = defaultdict(set)
    for row in demo.rows["ADMISSION"] + demo.rows["CHRONICFU"]:
        versions[row["HOSPCODE"], row.get("AN", row["PID"] + row["DATE_SERV"] if "DATE_SERV" in row else "")].add(
            row["D_UPDATE"]
        )
    assert any(len(found) > 1 for found in versions.values())


def test_nothing_is_sent_before_it_was_written_down(demo):
    for raw in demo.entries:
        stamp = raw.zip.split("_")[2][:14]
        if raw.table in ("PERSON", "SERVICE", "ADMISSION", "DATA_CORRECT"):
            assert all(row["D_UPDATE"] <= stamp for row in raw.rows()), raw.entry


def test_withdrawn_rows_were_sent_in_an_earlier_zip_and_never_again(demo):
    wishes = [(raw.zip, row) for raw in demo.entries if raw.table == "DATA_CORRECT" for row in raw.rows()]
    assert {"'" in row["DATA_CORRECT"] for _, row in wishes} == {True, False}
    for sent_in, row in wishes:
        key = json.loads(row["DATA_CORRECT"].replace("'", '"'))
        key.pop("EDITOR_CID", None)
        assert set(key) == {"HOSPCODE", "PID", "DATE_SERV"}
        held_by = {
            raw.zip
            for raw in demo.entries
            if raw.table == row["TABLENAME"] and raw.sender == key["HOSPCODE"]
            for found in raw.rows()
            if all(found[name] == value for name, value in key.items()) and found["SBP"] == "222"
        }
        assert len(held_by) == 1
        assert held_by.pop().upper() < sent_in.upper()


def test_overlapping_zips_repeat_rows(demo):
    zips = defaultdict(set)
    for raw in demo.entries:
        if raw.table == "SERVICE":
            for text in raw.lines[1:]:
                zips[raw.sender, text].add(raw.zip)
    assert any(len(found) > 1 for found in zips.values())


@pytest.mark.parametrize("rate", [300, 3_000, 90_000, 380_000, 840_000])
def test_dirt_comes_at_its_rate(rate):
    # Small facilities, one after the other: the first turn must not come too early or too late.
    spoiled = 0
    for facility in range(40):
        spoiler = Spoiler(Chance("rate", rate, facility), (Kind("x", "T", (), rate, line(Fate.TWICE)),))
        spoiled += sum(spoiler.spoil("T", {}).fate is Fate.TWICE for _ in range(2_500))
    assert spoiled / 100_000 == pytest.approx(rate / 1_000_000, rel=0.3 if rate < 1_000 else 0.12)


def test_rare_dirt_is_raised_in_a_small_demo_alone():
    rare = (Kind("x", "T", (), 10, line(Fate.TWICE)),)
    counted = {
        small: sum(Spoiler(Chance(n), rare, small=small).spoil("T", {}).fate is Fate.TWICE for n in range(2_000))
        for small in (True, False)
    }
    assert counted[False] <= 2
    assert counted[True] / 2_000 == pytest.approx(2 * SMALL_FLOOR / 1_000_000, rel=0.5)


def test_a_kind_waits_for_a_row_that_it_can_spoil_and_two_kinds_never_share_a_column():
    kinds = (
        Kind("blank", "T", ("CID",), 999_999, put("CID", ""), lambda cells: cells["AREA"] == VISITOR),
        Kind("nine", "T", ("CID",), 999_999, put("CID", "9")),
    )
    spoiler = Spoiler(Chance("wait"), kinds)
    assert spoiler.spoil("T", {"CID": "1", "AREA": VISITOR}).kinds == (("blank", "CID"),)
    assert spoiler.spoil("T", {"CID": "1", "AREA": "1"}).kinds == (("nine", "CID"),)
    assert spoiler.spoil("T", {"CID": "9", "AREA": "1"}).kinds == ()


def test_every_kind_of_dirt_names_columns_of_its_table_and_leaves_the_others():
    for kind in KINDS:
        columns = set(table(kind.table).column_names)
        cells = {name: f"0130{place:04d}" for place, name in enumerate(sorted(columns))}
        before = dict(cells)
        fate = kind.spoil(cells, Chance(kind.name))
        assert set(cells) == columns, kind
        changed = {name for name in columns if cells[name] != before[name]}
        assert changed == set(kind.columns), kind
        assert changed or fate not in (Fate.WRITTEN, Fate.UNTOUCHED), kind


def test_no_name_means_both_a_row_by_chance_and_something_decided():
    assert not {kind.name for kind in KINDS} & set(DECIDED)
