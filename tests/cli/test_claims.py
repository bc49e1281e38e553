"""`samrit claims`, and what the other commands show of claims."""

import json
from pathlib import Path

import pytest

from builders import citizen_id, load_all, name_of_zip, person, row, write_zip
from claims.making import form, load_lines, stay, write
from cli.speaking import has_thai, samrit
from samrit.warehouse import Home, broken_at

WOMAN = citizen_id(1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A woman at home at 11053 with a complete screening, and a stay; a register of two."""
    cells = {"SMOKE": "1", "ALCOHOL": "1", "WEIGHT": "60", "HEIGHT": "160", "WAIST_CM": "80", "SBP_1": "120"}
    tables = {
        "PERSON": [person(CID=WOMAN, SEX="2")],
        "CARD": [row("CARD", INSTYPE_NEW="0100", STARTDATE="20070101", EXPIREDATE="")],
        "NCDSCREEN": [row("NCDSCREEN", DATE_SERV="20080601", DBP_1="80", **cells)],
        "ADMISSION": [row("ADMISSION", AN="A1", DATETIME_ADMIT="20130601", DATETIME_DISCH="20130603", INSTYPE="0100")],
    }
    place = tmp_path / "home"
    load_all(Home(place), write_zip(tmp_path, name_of_zip(), tables))
    org = tmp_path / "org.csv"
    org.write_text(
        "hospcode,hostype,service_level,size,cup,district_code,province_code,health_region\n"
        "11053,07,,,11053,4201,42,8\n10705,06,,,10705,4201,42,8\n"
    )
    assert samrit("org", "import", org, "--replace", "--home", place).code == 0
    return place


def test_layout_shows_the_columns_and_writes_the_header_of_an_empty_file(tmp_path: Path) -> None:
    said = samrit("claims", "layout", "risk-screening")
    assert said.code == 0
    assert "smoke*" in said.out
    assert "1 2 3 4" in said.out
    header = samrit("claims", "layout", "cervical", "--format", "csv")
    assert header.lines == ["hospital,person,pid,day,method,result,updated_at"]
    empty = tmp_path / "empty.csv"
    empty.write_text(header.out)
    assert samrit("claims", "load", "cervical", empty, "--home", tmp_path / "home").code == 0
    assert samrit("claims", "layout", "stays").code == 2


def test_load_says_what_became_of_every_file_and_row(tmp_path: Path, home: Path) -> None:
    file = write(tmp_path, "forms.csv", "risk-screening", [form(), form(day="2013-06-02", smoke=""), form(day="x")])
    said = samrit("claims", "load", "risk-screening", file, "--json", "--home", home)
    assert said.code == 0
    [told] = said.json["files"]
    assert (told["file"], told["kind"], told["status"]) == ("forms.csv", "risk-screening", "loaded")
    assert told["rows"] == {"read": 3, "kept": 1, "rejected": 2, "superseded": 0}
    assert {p["code"] for p in said.json["problems"]} == {"claims.row.form_blank", "claims.row.day"}
    again = samrit("claims", "load", "risk-screening", file, "--home", home)
    assert any(line.split()[-1:] == ["1"] for line in again.lines if "duplicate" in line)
    assert samrit("claims", "load", "inpatient", file, "--home", home).code == 1
    assert [s["claims"] for s in samrit("snapshots", "--json", "--home", home).json] == [0, 1]


def test_rejects_say_what_to_mend_hospital_by_hospital(tmp_path: Path, home: Path) -> None:
    lines = [form(smoke=""), form(hospital="10705", waist="0"), form(person=WOMAN, alcohol="9")]
    load_lines(Home(home), tmp_path, "risk-screening", lines, "forms.csv")
    said = samrit("claims", "rejects", "--home", home)
    assert said.code == 0
    assert has_thai(said.out)
    assert "the form bounces:" in " ".join(said.out.split())
    assert "forms.csv:2" in said.out
    csv = samrit("claims", "rejects", "--hospital", "10705", "--format", "csv", "--home", home).lines
    assert csv[0] == "hospital,kind,file,line,field,rule,state,th,en"
    assert [line.split(",")[:6] for line in csv[1:]] == [
        ["10705", "risk-screening", "forms.csv", "3", "waist", "form_number"]
    ]
    listed = samrit("claims", "rejects", "--kind", "risk-screening", "--format", "json", "--home", home).json["rejects"]
    assert [(r["hospital"], r["line"], r["field"], r["bounced"]) for r in listed] == [
        ("10705", 3, "waist", True), ("11053", 2, "smoke", True), ("11053", 4, "alcohol", True)
    ]  # fmt: skip
    whole = samrit("rejects", "--home", home)
    assert "none of its answers" in whole.out
    assert WOMAN not in said.out + whole.out


def test_only_one_source_shows_sums_and_stays_and_names_nobody(tmp_path: Path, home: Path) -> None:
    none_yet = samrit("claims", "only-one-source", "--home", home)
    assert none_yet.code == 0
    assert "no claims" in none_yet.err
    lines = [stay(person=WOMAN, insurance="1100"), stay("A2", person=WOMAN)]
    load_lines(Home(home), tmp_path, "inpatient", lines, "stays.csv")
    asked = ("claims", "only-one-source", "--home", home)
    sums = samrit(*asked, "--format", "csv").lines
    assert sums[0].startswith("hospital,both,only_f43,only_claims,agree,differ_admitted")
    assert sums[1].startswith("11053,1,0,1,0,")
    stays = samrit(*asked, "--stays", "--format", "csv").lines
    assert stays == [
        "hospital,found,differs,f43_file,f43_line,claims_file,claims_line",
        f"11053,both,principal_diagnosis insurance,{name_of_zip()} > ADMISSION.txt,2,stays.csv,2",
        "11053,claims,,,,stays.csv,3",
    ]
    told = samrit(*asked, "--format", "json").json
    assert [s["found"] for s in told["stays"]] == ["both", "claims"]
    assert samrit(*asked, "--period", "2014-01-01..2014-01-31", "--format", "json").json["stays"] == []
    for words in ([], ["--stays"]):
        said = samrit(*asked, *words)
        assert said.code == 0
        assert has_thai(said.out)
        assert WOMAN not in said.out
    assert "insurance=1" in samrit(*asked).out


def test_prefer_publishes_a_snapshot_and_the_older_one_can_still_be_asked(tmp_path: Path, home: Path) -> None:
    load_lines(Home(home), tmp_path, "inpatient", [stay(person=WOMAN)])
    assert samrit("claims", "prefer", "--json", "--home", home).json == {
        "admissions": ["f43", "claims"], "screenings": ["f43", "claims"]
    }  # fmt: skip
    before = samrit("snapshots", "--json", "--home", home).json
    said = samrit("claims", "prefer", "admissions", "claims", "--home", home)
    assert said.code == 0
    assert "claims > f43" in said.out
    after = samrit("snapshots", "--json", "--home", home).json
    assert len(after) == len(before) + 1
    asked = ("measures", "count", "asthma_admission_rate", "--period", "2013-04-01..2014-03-31", "--format", "csv")
    counted = [
        samrit(*asked, "--snapshot", shot, "--home", home).lines[1].split(",")[5]
        for shot in (before[-1]["snapshot"], after[-1]["snapshot"])
    ]
    assert counted == ["0", "1"]  # the 43 files know no diagnosis of the stay, the claim says asthma
    assert samrit("claims", "prefer", "people", "claims", "--home", home).code == 2
    assert samrit("claims", "prefer", "admissions", "pap", "--home", home).code == 2


def test_prefer_works_before_anything_is_loaded(tmp_path: Path) -> None:
    said = samrit("claims", "prefer", "screenings", "claims", "--json", "--home", tmp_path / "home")
    assert (said.code, said.json["screenings"]) == (0, ["claims", "f43"])


def test_people_behind_a_number_stand_on_lines_of_claims(tmp_path: Path, home: Path) -> None:
    load_lines(Home(home), tmp_path, "inpatient", [stay("A7", person=WOMAN)], "stays.csv")
    asked = ("measures", "people", "asthma_admission_rate", "--level", "facility", "--org", "11053", "--part", "a")
    said = samrit(*asked, "--period", "2013-04-01..2014-03-31", "--reason", "check", "--json", "--home", home)
    [shown] = said.json
    assert shown["person"] == "11053/P1"
    assert ("stays.csv", 2, "inpatient") in [(line["file"], line["line"], line["table"]) for line in shown["lines"]]
    assert WOMAN not in said.out


def test_paid_twice_lists_the_person_and_leaves_a_trace(tmp_path: Path, home: Path) -> None:
    item = {
        "hospital": "11053",
        "person": WOMAN,
        "day": "2008-06-01",
        "service": "risk-screening",
        "amount_baht": "12.5",
    }
    load_lines(Home(home), tmp_path, "paid-items", [item, {**item, "person": "other"}], "paid.csv")
    asked = ("claims", "paid-twice", "risk-screening", "--period", "2008-04-01..2009-03-31", "--home", home)
    said = samrit(*asked, "--reason", "review of payments", "--as", "tester", "--format", "json")
    assert said.code == 0
    [found] = said.json["persons"]
    assert (found["facility"], found["person"], found["amount_satang"]) == ("11053", "11053/P1", 1_250)
    assert [(line["file"], line["line"], line["amount_satang"]) for line in found["paid"]] == [("paid.csv", 2, 1_250)]
    assert "NCDSCREEN" in {line["table"] for line in found["counted"]}
    table = samrit(*asked, "--reason", "review")
    assert "12.50" in table.out
    csv = samrit(*asked, "--reason", "review", "--format", "csv").lines
    assert csv[1].startswith(
        "risk-screening,health_risk_screening_coverage,11053,11053,11053/P1,11053,2008-06-01,1250,"
    )
    assert WOMAN not in said.out + table.out + "".join(csv)
    log = Home(home).access_log.read_text().splitlines()
    last = json.loads(log[0])
    assert (last["user"], last["action"], last["shown"], last["reason"]) == (
        "tester", "claims paid-twice", 1, "review of payments"
    )  # fmt: skip
    assert len(log) == 3
    assert broken_at(Home(home)) is None


def test_paid_twice_needs_a_reason_and_a_service_that_is_declared(home: Path) -> None:
    asked = ("--period", "2008-04-01..2009-03-31", "--home", home)
    assert samrit("claims", "paid-twice", "cervical", *asked, "--reason", " ").code == 2
    unknown = samrit("claims", "paid-twice", "cervica", *asked, "--reason", "x")
    assert unknown.code == 2
    assert "claims.service.unknown" in unknown.err
    other = samrit("claims", "paid-twice", "pap", "--measure", "cervical_screening_coverage", *asked, "--reason", "x")
    assert other.code == 0
    assert not Home(home).access_log.read_text().count('"cervica"')
