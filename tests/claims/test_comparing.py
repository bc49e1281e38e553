"""Stays found in one source only, and what differs for those in both: planted and counted by hand."""

from pathlib import Path

import pytest

from builders import citizen_id, load_all, name_of_zip, person, row, write_zip
from claims.making import load_lines, stay
from samrit.reference import Period
from samrit.warehouse import ComparedStay, Home, Snapshot, compare_stays, open_snapshot, summarise, trace

WHO = citizen_id(12)
F43 = {"DATETIME_ADMIT": "20130601080000", "DATETIME_DISCH": "20130603", "INSTYPE": "0100", "DRG": "4521", "RW": "0.5"}


def admission(an: str, **cells: str) -> dict[str, str]:
    return row("ADMISSION", **F43 | {"AN": an} | cells)


def claim(an: str, **cells: str) -> dict[str, str]:
    same = {"person": WHO, "admitted_at": "2013-06-01", "drg": "04521", "rw": "0.50"}
    return stay(an, **same | cells)


def compared(tmp_path: Path, admissions: list[dict[str, str]], claims: list[dict[str, str]]) -> Snapshot:
    """A home in which every stay of the 43 files is for asthma."""
    home = Home(tmp_path / "home")
    codes = [row("DIAGNOSIS_IPD", AN=a["AN"], DIAGTYPE="1", DIAGCODE="J45.0") for a in admissions]
    tables = {"PERSON": [person(CID=WHO)], "ADMISSION": admissions, "DIAGNOSIS_IPD": codes}
    load_all(home, write_zip(tmp_path, name_of_zip(), tables))
    if claims:
        load_lines(home, tmp_path, "inpatient", claims)
    return open_snapshot(home)


def test_every_stay_is_in_one_source_or_in_both(tmp_path: Path) -> None:
    shot = compared(
        tmp_path,
        [admission("A1"), admission("A2")],
        [claim("A2"), claim("A3"), claim("A1", hospital="10705")],
    )
    found = [(s.hospital, s.found, s.differs) for s in compare_stays(shot)]
    assert found == [("10705", "claims", ()), ("11053", "f43", ()), ("11053", "both", ()), ("11053", "claims", ())]
    assert [s.agrees for s in compare_stays(shot, "11053")] == [False, True, False]


@pytest.mark.parametrize(
    ("cells", "differs"),
    [
        ({}, ()),
        ({"admitted_at": "2013-06-01 23:59"}, ()),  # the day is compared, not the minute
        ({"admitted_at": "2013-06-02"}, ("admitted",)),
        ({"discharged_at": "2013-06-04"}, ("discharged",)),
        ({"discharged_at": ""}, ("discharged",)),
        ({"principal_diagnosis": "j450"}, ()),
        ({"principal_diagnosis": "J459"}, ("principal_diagnosis",)),
        ({"principal_diagnosis": ""}, ("principal_diagnosis",)),
        ({"insurance": "1100"}, ("insurance",)),
        ({"drg": "04530"}, ("weight",)),
        ({"rw": "0.6"}, ("weight",)),
        ({"drg": "", "rw": ""}, ()),  # a file that says no weight contradicts nothing
        ({"person": citizen_id(13)}, ("person",)),
        ({"person": "", "pid": "P1"}, ()),
        ({"insurance": "", "discharged_at": "2013-06-09", "rw": "2"}, ("discharged", "insurance", "weight")),
    ],
)
def test_what_differs_is_said_by_kind(tmp_path: Path, cells: dict[str, str], differs: tuple[str, ...]) -> None:
    [found] = compare_stays(compared(tmp_path, [admission("A1")], [claim("A1", **cells)]))
    assert (found.found, found.differs) == ("both", differs)


def test_each_side_leads_to_its_own_line_whichever_stands(tmp_path: Path) -> None:
    shot = compared(tmp_path, [admission("A0"), admission("A1")], [claim("A1", rw="9"), claim("A2")])
    [first, both, last] = compare_stays(shot)
    assert (first.claims_row, last.f43_row) == (None, None)
    assert both.f43_row is not None
    assert both.claims_row is not None
    places = trace(shot, [both.f43_row, both.claims_row])
    assert [(p.table, p.line) for p in places] == [("ADMISSION", 3), ("inpatient", 2)]


def test_a_period_takes_the_stays_that_a_source_lets_end_in_it(tmp_path: Path) -> None:
    shot = compared(
        tmp_path,
        [admission("A1"), admission("A2", DATETIME_DISCH="20130701"), admission("A3", DATETIME_DISCH="")],
        [claim(f"A{n}", discharged_at=day) for n, day in ((2, "2013-06-30"), (4, "2013-07-01"), (5, ""))],
    )
    june = compare_stays(shot, period=Period.parse("2013-06-01..2013-06-30"))
    assert [s.found for s in june] == ["f43", "both", "f43", "claims"]  # A1, A2, and A3, A5 that began in it
    assert [s.found for s in compare_stays(shot, period=Period.parse("2013-07-01..2013-07-31"))] == ["both", "claims"]


def test_sums_by_hospital_add_up(tmp_path: Path) -> None:
    shot = compared(
        tmp_path,
        [admission(f"A{n}") for n in range(5)],
        [
            claim("A0"),
            claim("A1", rw="9"),
            claim("A2", rw="9", insurance="1100"),
            claim("B1"),
            claim("B2", hospital="10705"),
        ],
    )
    assert [of.as_dict() for of in summarise(compare_stays(shot))] == [
        {"hospital": "10705", "both": 0, "only_f43": 0, "only_claims": 1, "agree": 0, "differ_admitted": 0,
         "differ_discharged": 0, "differ_principal_diagnosis": 0, "differ_insurance": 0, "differ_weight": 0,
         "differ_person": 0},
        {"hospital": "11053", "both": 3, "only_f43": 2, "only_claims": 1, "agree": 1, "differ_admitted": 0,
         "differ_discharged": 0, "differ_principal_diagnosis": 0, "differ_insurance": 1, "differ_weight": 2,
         "differ_person": 0},
    ]  # fmt: skip


def test_without_claims_every_stay_is_in_the_43_files_only(tmp_path: Path) -> None:
    shot = compared(tmp_path, [admission("A1")], [])
    [found] = compare_stays(shot)
    assert found == ComparedStay("11053", "f43", (), found.f43_row, None)
