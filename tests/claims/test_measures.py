"""What the measures make of claims and registries, without a word of theirs changed; and what was paid twice."""

from datetime import date
from pathlib import Path

import pytest

from builders import citizen_id, load_all, name_of_zip, person, row, write_zip
from claims.making import form, load_lines, smear, stay
from samrit.claims import Source
from samrit.measures import Engine, When, compile_measure, count, list_paid_twice, list_seen, measure
from samrit.reference import FacilityRow, OrgLevel, Period, Register
from samrit.warehouse import Home, Snapshot, load, open_snapshot, prefer_source, rebuild, trace

WHEN = When(Period(date(2008, 4, 1), date(2009, 3, 31)), date(2008, 4, 1))
REGISTER = Register([FacilityRow("11053"), FacilityRow("10705")])
WOMAN, MAN = citizen_id(1), citizen_id(2)


def home_of_two(tmp_path: Path, **tables: list[dict[str, str]]) -> Home:
    """A woman (P1) and a man (P2) at home at 11053, both UC, both 40 on the census day."""
    home = Home(tmp_path / "home")
    people = [person("P1", CID=WOMAN, SEX="2", BIRTH="19680401"), person("P2", CID=MAN, BIRTH="19680401")]
    cards = [row("CARD", PID=pid, INSTYPE_NEW="0100", STARTDATE="20070101", EXPIREDATE="") for pid in ("P1", "P2")]
    load_all(home, write_zip(tmp_path, name_of_zip(), {"PERSON": people, "CARD": cards, **tables}))
    return home


def a_and_b(shot: Snapshot, measure_id: str) -> tuple[int, int]:
    of = measure(measure_id)
    with Engine(shot, REGISTER) as engine:
        cells = count(engine, compile_measure(of, of.parameters), [WHEN])
    a, b = (sum(int(c.amount) for c in cells if c.letter == letter) for letter in "ab")
    return a, b


def in_2551(**cells: str) -> dict[str, str]:
    return {"day": "2008-06-01"} | cells


def test_stays_of_claims_count_at_home_and_at_the_hospital(tmp_path: Path) -> None:
    home = home_of_two(tmp_path)
    days = {"admitted_at": "2008-06-01", "discharged_at": "2008-06-03"}
    back = {"admitted_at": "2008-06-10", "discharged_at": "2008-06-12"}
    lines = [
        stay("A1", hospital="10705", person=MAN, **days),
        stay("A2", hospital="10705", person=MAN, principal_diagnosis="E110", **days),
        stay("A3", hospital="11053", person=MAN, principal_diagnosis="E119", **back),  # returns to another hospital
        stay("A4", hospital="10705", person=MAN, principal_diagnosis="I61", other_diagnoses="I10", **days),
        stay("A5", hospital="10705", person=MAN, principal_diagnosis="I61", other_diagnoses="I10 S06:5", **days),
        stay("A6", hospital="10705", person="stranger", **days),  # has no home here
    ]
    assert a_and_b(open_snapshot(home), "asthma_admission_rate") == (0, 2)
    shot = load_lines(home, tmp_path, "inpatient", lines).snapshot
    assert shot
    assert a_and_b(shot, "asthma_admission_rate") == (1, 2)
    assert a_and_b(shot, "dm_short_term_admission_rate") == (1, 2)
    assert a_and_b(shot, "ht_admission_rate") == (1, 2)
    assert a_and_b(shot, "dm_readmission_28_days") == (1, 2)
    assert a_and_b(shot, "ht_readmission_28_days") == (0, 1)


def test_a_complete_form_counts_and_one_that_bounced_does_not(tmp_path: Path) -> None:
    home = home_of_two(tmp_path)
    lines = [form(**in_2551(person=WOMAN)), form(**in_2551(person=MAN, waist=""))]
    shot = load_lines(home, tmp_path, "risk-screening", lines).snapshot
    assert shot
    assert a_and_b(shot, "health_risk_screening_coverage") == (1, 2)


@pytest.mark.parametrize(("first", "a"), [(Source.F43, 0), (Source.CLAIMS, 1)])
def test_the_source_that_stands_first_decides_where_the_43_files_are_not_complete(
    tmp_path: Path, first: Source, a: int
) -> None:
    home = home_of_two(tmp_path, NCDSCREEN=[row("NCDSCREEN", DATE_SERV="20080601", SMOKE="1")])
    load_lines(home, tmp_path, "risk-screening", [form(**in_2551(person=WOMAN))])
    prefer_source(home, "screenings", first, date(2026, 11, 24))
    assert a_and_b(rebuild(home), "health_risk_screening_coverage") == (a, 2)


@pytest.mark.parametrize(("day", "a"), [("2008-03-31", 0), ("2008-04-01", 1), ("2009-03-31", 1), ("2009-04-01", 0)])
def test_a_line_of_the_registry_is_evidence_on_its_day(tmp_path: Path, day: str, a: int) -> None:
    home = home_of_two(tmp_path)
    shot = load_lines(home, tmp_path, "cervical", [smear(person=WOMAN, hospital="10705", day=day)]).snapshot
    assert shot
    assert a_and_b(shot, "cervical_screening_coverage") == (a, 1)


def test_a_test_told_by_the_registry_and_the_43_files_is_one_woman(tmp_path: Path) -> None:
    home = home_of_two(tmp_path, SPECIALPP=[row("SPECIALPP", PPSPECIAL="1B30", DATE_SERV="20080601")])
    shot = load_lines(home, tmp_path, "cervical", [smear(**in_2551(person=WOMAN))]).snapshot
    assert shot
    assert a_and_b(shot, "cervical_screening_coverage") == (1, 1)


def test_a_line_of_the_registry_outside_the_period_is_among_what_was_looked_at(tmp_path: Path) -> None:
    """The cumulative measure looks back five years: a line that counted is evidence, a bounced one is nowhere."""
    home = home_of_two(tmp_path)
    shot = load_lines(home, tmp_path, "cervical", [smear(**in_2551(person=WOMAN))]).snapshot
    assert shot
    of = measure("cervical_screening_coverage")
    with Engine(shot, REGISTER) as engine:
        [(woman,)] = engine.rows("SELECT person_id FROM people WHERE sex = '2'")
        seen = list_seen(engine, compile_measure(of, of.parameters), WHEN, {woman})
    assert [(s.view, s.day) for s in seen[woman]] == [("cervical_screenings", date(2008, 6, 1))]


# Paid twice


def item(**cells: str) -> dict[str, str]:
    return in_2551(hospital="11053", person=WOMAN, service="risk-screening", amount_baht="12.50") | cells


def paid_twice(shot: Snapshot, service: str = "risk-screening", org: str = "TH") -> list[tuple[int, list[str]]]:
    """Satang, and the places of the items, of everybody found."""
    of = measure("health_risk_screening_coverage")
    level = OrgLevel.COUNTRY if org == "TH" else OrgLevel.FACILITY
    with Engine(shot, REGISTER) as engine:
        found = list_paid_twice(engine, compile_measure(of, of.parameters), WHEN, service, level, org)
    return [(f.amount_satang, [str(p) for p in trace(shot, [i.row_id for i in f.items])]) for f in found]


def screened_home(tmp_path: Path, items: list[dict[str, str]]) -> Snapshot:
    """The woman is in A of P2 by the 43 files; the man is not."""
    cells = {
        "SMOKE": "1",
        "ALCOHOL": "1",
        "WEIGHT": "60",
        "HEIGHT": "160",
        "WAIST_CM": "80",
        "SBP_1": "120",
        "DBP_1": "80",
    }
    home = home_of_two(tmp_path, NCDSCREEN=[row("NCDSCREEN", DATE_SERV="20080601", **cells)])
    shot = load_lines(home, tmp_path, "paid-items", items, "paid.csv").snapshot
    assert shot
    assert a_and_b(shot, "health_risk_screening_coverage") == (1, 2)
    return shot


def test_a_person_in_the_pool_whose_service_was_paid_is_listed_with_every_item(tmp_path: Path) -> None:
    items = [item(), item(reference="2", amount_baht=""), item(reference="3", day="2008-07-01", amount_baht="30")]
    assert paid_twice(screened_home(tmp_path, items)) == [(4_250, ["paid.csv : 2", "paid.csv : 3", "paid.csv : 4"])]


@pytest.mark.parametrize(
    "other",
    [{"person": MAN}, {"service": "cervical"}, {"day": "2008-03-31"}, {"day": "2009-04-01"}, {"person": "stranger"}],
)
def test_nobody_else_is_listed(tmp_path: Path, other: dict[str, str]) -> None:
    assert paid_twice(screened_home(tmp_path, [item(**other)])) == []


@pytest.mark.parametrize("day", ["2008-04-01", "2009-03-31"])
def test_both_ends_of_the_period_count(tmp_path: Path, day: str) -> None:
    assert len(paid_twice(screened_home(tmp_path, [item(day=day)]))) == 1


def test_one_organisation_lists_its_own(tmp_path: Path) -> None:
    shot = screened_home(tmp_path, [item(hospital="10705", person="", pid="x"), item(hospital="10705")])
    assert [len(paid_twice(shot, org=org)) for org in ("11053", "10705")] == [1, 0]


def test_an_item_repeated_in_another_file_is_one_item(tmp_path: Path) -> None:
    home = screened_home(tmp_path, [item()]).home
    again = load_lines(home, tmp_path, "paid-items", [item(), item(day="2008-05-01")], "again.csv").snapshot
    assert again
    [(satang, places)] = paid_twice(again)
    assert (satang, len(places)) == (2_500, 2)


def test_packages_that_come_later_change_nothing_of_the_claims(tmp_path: Path) -> None:
    home = home_of_two(tmp_path)
    load_lines(home, tmp_path, "inpatient", [stay(person=MAN, admitted_at="2008-06-01", discharged_at="2008-06-03")])
    load(home, [write_zip(tmp_path, name_of_zip(2), {"ADMISSION": [row("ADMISSION", AN="A9", PID="P2")]})])
    assert a_and_b(open_snapshot(home), "asthma_admission_rate") == (1, 2)
