"""Two sources of one fact: which stands, what becomes of the other, and who is the same person."""

from datetime import date
from pathlib import Path

import pytest

from builders import ask, citizen_id, load_all, name_of_zip, person, row, write_zip
from claims.making import form, load_lines, smear, stay
from samrit.claims import Source
from samrit.warehouse import Home, Snapshot, open_snapshot, prefer_source, rebuild

DAY = date(2026, 11, 24)
WHO = citizen_id(12)


def admission(an: str = "A1", **cells: str) -> dict[str, str]:
    usual = {"AN": an, "INSTYPE": "0100", "DATETIME_ADMIT": "20130601080000", "DATETIME_DISCH": "20130603100000"}
    return row("ADMISSION", **usual | cells)


def diagnosis(an: str = "A1", **cells: str) -> dict[str, str]:
    usual = {"AN": an, "DIAGTYPE": "1", "DIAGCODE": "J450", "DATETIME_ADMIT": "20130601080000"}
    return row("DIAGNOSIS_IPD", **usual | cells)


def home_with(tmp_path: Path, **tables: list[dict[str, str]]) -> Home:
    """A home with a package of 11053, whose P1 is WHO."""
    home = Home(tmp_path / "home")
    load_all(home, write_zip(tmp_path, name_of_zip(), {"PERSON": [person(CID=WHO)], **tables}))
    return home


def preferring(home: Home, facts: str, source: Source) -> Snapshot:
    prefer_source(home, facts, source, DAY)
    return rebuild(home)


STAY = (
    "facility, person_id, stay_no, insurance, admitted_at, discharged_at, died, transferred, principal_diagnosis, drg"
)


def test_two_sources_that_agree_give_the_stays_of_one(tmp_path: Path) -> None:
    f43 = {"DRG": "452", "RW": "0.5", "ADJRW": "0.6", "DISCHTYPE": "1", "DISCHSTATUS": "2"}
    home = home_with(
        tmp_path,
        ADMISSION=[admission(**f43), admission("A2", **f43, INSTYPE="1100", DATETIME_DISCH="20130531")],
        DIAGNOSIS_IPD=[diagnosis(), diagnosis(DIAGTYPE="2", DIAGCODE="I10"), diagnosis("A2", DIAGCODE="E119")],
    )
    before = open_snapshot(home)
    same = {"person": WHO, "admitted_at": "2013-06-01 08:00", "discharged_at": "2013-06-03 10:00", "drg": "452",
            "rw": "0.5", "adjrw": "0.6", "discharge_type": "1", "discharge_status": "2"}  # fmt: skip
    other = {"insurance": "1100", "discharged_at": "2013-05-31", "principal_diagnosis": "e11.9"}
    load_lines(home, tmp_path, "inpatient", [stay(**same, other_diagnoses="I10"), stay("A2", **same | other)])
    asked = (f"SELECT {STAY}, rw, adjrw FROM admissions ORDER BY ALL",
             "SELECT facility, person_id, day, kind, code FROM admission_diagnoses ORDER BY ALL")  # fmt: skip
    right = [ask(before, sql) for sql in asked]
    assert len(right[0]) == 2
    assert [ask(open_snapshot(home), sql) for sql in asked] == right
    claimed = preferring(home, "admissions", Source.CLAIMS)
    assert [ask(claimed, sql) for sql in asked] == right
    assert ask(claimed, "SELECT DISTINCT source FROM admissions") == [("claims",)]


@pytest.mark.parametrize(("first", "principal"), [(Source.F43, "J450"), (Source.CLAIMS, "E110")])
def test_of_a_stay_told_twice_the_source_that_stands_first_tells_all_of_it(
    tmp_path: Path, first: Source, principal: str
) -> None:
    home = home_with(
        tmp_path,
        ADMISSION=[admission(), admission("A3")],
        DIAGNOSIS_IPD=[diagnosis(), diagnosis(DIAGTYPE="2", DIAGCODE="S09"), diagnosis("A3")],
    )
    claimed = stay(person=WHO, insurance="1100", principal_diagnosis="E11.0", other_diagnoses="I10 N18:3")
    load_lines(home, tmp_path, "inpatient", [claimed, stay("A2", person=WHO)])
    shot = preferring(home, "admissions", first)
    stays = ask(shot, "SELECT stay_no, principal_diagnosis, source FROM admissions ORDER BY ALL")
    assert stays == [(1, principal, first.value), (2, "J450", "claims"), (3, "J450", "f43")]
    codes = ask(
        shot,
        "SELECT d.kind, d.code, d.source FROM admission_diagnoses AS d "
        "JOIN admissions AS a USING (admission_id) WHERE a.stay_no = 1 AND a.source = d.source ORDER BY ALL",
    )
    right = {
        Source.F43: [("1", "J450", "f43"), ("2", "S09", "f43")],
        Source.CLAIMS: [("1", "E110", "claims"), ("2", "I10", "claims"), ("3", "N18", "claims")],
    }
    assert codes == right[first]
    assert ask(shot, "SELECT count(*) FROM admission_diagnoses") == [(len(codes) + 2,)]


def test_a_diagnosis_without_a_stay_in_the_43_files_stays_what_it_was(tmp_path: Path) -> None:
    home = home_with(tmp_path, DIAGNOSIS_IPD=[diagnosis(DIAGCODE="J46")])
    load_lines(home, tmp_path, "inpatient", [stay(person=WHO)])
    sql = "SELECT code, admission_id IS NULL, source FROM admission_diagnoses ORDER BY ALL"
    for first in Source:
        assert ask(preferring(home, "admissions", first), sql) == [("J450", False, "claims"), ("J46", True, "f43")]
    assert ask(open_snapshot(home), "SELECT count(*) FROM diagnoses") == [(2,)]


def test_the_same_an_at_two_hospitals_is_two_stays(tmp_path: Path) -> None:
    home = home_with(tmp_path, ADMISSION=[admission()])
    load_lines(home, tmp_path, "inpatient", [stay(hospital="10705", person=WHO)])
    assert ask(open_snapshot(home), "SELECT facility, source FROM admissions ORDER BY ALL") == [
        ("10705", "claims"), ("11053", "f43")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "ended"),
    [
        ({"discharged_at": "2013-05-31"}, None),
        ({"discharged_at": ""}, None),
        ({"discharged_at": "2013-06-01"}, date(2013, 6, 1)),
        ({"admitted_at": "", "discharged_at": "2013-05-31"}, date(2013, 5, 31)),
    ],
)
def test_a_claim_that_ends_before_it_begins_has_not_ended(
    tmp_path: Path, cells: dict[str, str], ended: date | None
) -> None:
    shot = load_lines(Home(tmp_path / "home"), tmp_path, "inpatient", [stay(**cells)]).snapshot
    assert shot
    assert ask(shot, "SELECT discharged_on FROM admissions") == [(ended,)]


@pytest.mark.parametrize(
    ("cells", "died", "transferred"),
    [
        ({}, False, False),
        ({"discharge_type": "4"}, False, True),
        ({"discharge_type": "8"}, True, False),
        ({"discharge_type": "1", "discharge_status": "9"}, True, False),
    ],
)
def test_a_claim_says_death_and_transfer_as_the_43_files_do(
    tmp_path: Path, cells: dict[str, str], died: bool, transferred: bool
) -> None:
    shot = load_lines(Home(tmp_path / "home"), tmp_path, "inpatient", [stay(**cells, drg="452")]).snapshot
    assert shot
    assert ask(shot, "SELECT died, transferred, drg FROM admissions") == [(died, transferred, "00452")]


# Persons


def same_person(shot: Snapshot, sql: str = "SELECT person_id FROM admissions") -> bool:
    people = {i for (i,) in ask(shot, "SELECT person_id FROM people")}
    return {i for (i,) in ask(shot, sql)} <= people


@pytest.mark.parametrize(
    ("who", "known"),
    [
        ({"person": WHO, "pid": ""}, True),
        ({"person": WHO, "pid": "other"}, True),  # the citizen number decides
        ({"person": "", "pid": "P1"}, True),  # the PERSON row says who P1 is
        ({"person": "no number", "pid": "P1"}, True),
        ({"person": "", "pid": "P9"}, False),
        ({"person": "no number", "pid": ""}, False),
        ({"person": WHO[:-1] + str((int(WHO[-1]) + 1) % 10), "pid": ""}, False),
    ],
)
def test_a_claim_finds_its_person_by_citizen_number_or_pid(tmp_path: Path, who: dict[str, str], known: bool) -> None:
    home = home_with(tmp_path)
    shot = load_lines(home, tmp_path, "inpatient", [stay(**who)]).snapshot
    assert shot
    assert same_person(shot) == known


def test_a_pid_is_of_one_hospital_and_a_stranger_of_the_claims_alone(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    lines = [stay(hospital="10705", person="", pid="P1"), stay("A2", hospital="10705", person="P1"),
             stay("A3", person="P1"), stay("A4", person="P1")]  # fmt: skip
    shot = load_lines(home, tmp_path, "inpatient", lines).snapshot
    assert shot
    ids = [i for (i,) in ask(shot, "SELECT person_id FROM admissions ORDER BY facility, stay_no")]
    assert len(set(ids)) == 3
    assert ids[2] == ids[3]  # the same words at the same hospital
    assert not same_person(shot)


def test_a_person_row_that_comes_later_says_who_a_pid_is(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = load_lines(home, tmp_path, "inpatient", [stay(person="", pid="P1")]).snapshot
    assert first
    assert not same_person(first)
    load_all(home, write_zip(tmp_path, name_of_zip(), {"PERSON": [person(CID=WHO)]}))
    assert same_person(open_snapshot(home))


# Forms and the registry


@pytest.mark.parametrize(("first", "smoke"), [(Source.F43, "2"), (Source.CLAIMS, "1")])
def test_of_a_screening_told_twice_the_source_that_stands_first_tells_it(
    tmp_path: Path, first: Source, smoke: str
) -> None:
    told = [
        row("NCDSCREEN", DATE_SERV="20130601", SMOKE="2"),
        row("NCDSCREEN", DATE_SERV="20130601", SMOKE="3", PID="P2"),  # somebody else
        row("NCDSCREEN", DATE_SERV="20130603", SMOKE="3"),  # another day
    ]
    home = home_with(tmp_path, NCDSCREEN=told)
    load_lines(home, tmp_path, "risk-screening", [form(person=WHO), form(person=WHO, day="2013-06-02", smoke="4")])
    shot = preferring(home, "screenings", first)
    rows = ask(shot, "SELECT day, smoke, source FROM screenings ORDER BY ALL")
    days = [date(2013, 6, day) for day in (1, 2, 3)]
    others = [(days[0], "3", "f43"), (days[1], "4", "claims"), (days[2], "3", "f43")]
    assert rows == sorted([(days[0], smoke, first.value), *others])
    assert same_person(shot, "SELECT person_id FROM screenings WHERE source = 'claims'")


def test_two_rows_of_one_source_on_one_day_both_stand(tmp_path: Path) -> None:
    """One person under two PIDs: the 43 files alone would have both rows."""
    home = Home(tmp_path / "home")
    rows = {"PERSON": [person(CID=WHO), person("P2", CID=WHO)],
            "NCDSCREEN": [row("NCDSCREEN", PID=pid, DATE_SERV="20130601") for pid in ("P1", "P2")]}  # fmt: skip
    load_all(home, write_zip(tmp_path, name_of_zip(), rows))
    load_lines(home, tmp_path, "risk-screening", [form(person=WHO)])
    assert ask(open_snapshot(home), "SELECT count(*), min(source) FROM screenings") == [(2, "f43")]
    claimed = preferring(home, "screenings", Source.CLAIMS)
    assert ask(claimed, "SELECT count(*), min(source) FROM screenings") == [(1, "claims")]


def test_a_form_that_bounced_and_a_smear_without_a_result_are_in_no_view(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    load_lines(home, tmp_path, "risk-screening", [form(waist="")])
    load_lines(home, tmp_path, "cervical", [smear(result=""), smear(day="2013-06-02")], "b.csv")
    shot = open_snapshot(home)
    assert ask(shot, "SELECT count(*) FROM screenings") == [(0,)]
    assert ask(shot, "SELECT day, result FROM cervical_screenings") == [(date(2013, 6, 2), "normal")]
