"""The sixteen computed items of the framework of fiscal year 2557: what their worked cases cannot show."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from measures.building import CENSUS, PERIOD, a_case, compiled, load_rows, standard_register
from samrit.measures import CountedAt, Engine, MeasuresError, When, count, measure, measure_ids, value_of
from samrit.reference import FacilityRow, OrgLevel, Period, Register
from samrit.results import Cell, Line

WHEN = When(Period(*PERIOD), CENSUS)
# Items 3.x, 4.2 and 4.3 are typed in; the other sixteen are computed (definition book, Part 3).
COMPUTED = {
    "anc_five_visits": "domain 1 item 1",
    "anc_first_visit_12_weeks": "domain 1 item 2",
    "cervical_screening_cumulative": "domain 1 item 3",
    "measles_vaccine_age_1": "domain 1 item 4",
    "p1_oral_examination": "domain 1 item 5",
    "dm_ht_screening": "domain 1 item 6",
    "op_primary_to_hospital_ratio": "domain 2 item 1",
    "asthma_patient_admission_rate": "domain 2 item 2",
    "dm_patient_admission_rate": "domain 2 item 3",
    "ht_patient_admission_rate": "domain 2 item 4",
    "dm_retina_exam": "domain 2 item 5",
    "ht_controlled": "domain 2 item 6",
    "disability_icf": "domain 4 item 1",
    "p1_sealant": "domain 4 item 4",
    "chronic_home_visit": "domain 4 item 5",
    "depression_access": "domain 4 item 6",
}


def test_every_computed_item_of_the_framework_has_a_measure_that_names_it() -> None:
    cited = {
        of.id: source.at
        for of in map(measure, measure_ids())
        for source in of.definition.sources
        if source.document == "qof-2557"
    }
    assert cited == COMPUTED


def test_only_the_admission_rates_are_better_when_lower() -> None:
    lower = {name for name in COMPUTED if measure(name).definition.better == "lower"}
    assert lower == {name for name in COMPUTED if name.endswith("patient_admission_rate")}  # items 2.2 to 2.4


def test_only_the_ratio_is_counted_at_the_contracting_unit() -> None:
    elsewhere = {n for n in COMPUTED if measure(n).definition.counted_at is not CountedAt.HOME}
    assert elsewhere == {"op_primary_to_hospital_ratio"}
    assert measure("op_primary_to_hospital_ratio").definition.counted_at is CountedAt.CONTRACTING


LETTERS = {"18": "a", "07": "b"}  # a health centre counts as A, a community hospital as B


def changing(day: date, first: str, then: str) -> Register:
    """04811 is of one kind up to the day before `day` and of another from then on."""
    rest = [row for row in standard_register().rows if row.hospcode != "04811"]
    before = FacilityRow("04811", hostype=first, cup="11053", valid_to=date.fromordinal(day.toordinal() - 1))
    after = FacilityRow("04811", hostype=then, cup="11053", valid_from=day)
    return Register([*rest, before, after])


@pytest.mark.parametrize(("first", "then"), [("18", "07"), ("07", "18")])
@pytest.mark.parametrize(
    ("changed_on", "is_new"),
    [
        (date(2013, 10, 1), True),  # the census day is its first day as the new kind
        (date(2013, 10, 2), False),  # the census day is its last day as the old kind
        (date(2013, 4, 1), True),
        (date(2014, 4, 1), False),
    ],
)
def test_the_kind_of_a_facility_is_that_of_the_census_day(
    changed_on: date, is_new: bool, first: str, then: str, tmp_path: Path
) -> None:
    rows = [{"HOSPCODE": "04811", "PID": "P1", "DATE_SERV": "20130501"}]
    cells = cells_of("op_primary_to_hospital_ratio", tmp_path, changing(changed_on, first, then), SERVICE=rows)
    letter = LETTERS[then if is_new else first]
    assert [(cell.facility, cell.letter, cell.amount) for cell in cells] == [("11053", letter, 1)]


def test_the_ratio_needs_no_person_and_its_cells_have_neither_sex_nor_age(tmp_path: Path) -> None:
    [cell] = cells_of("op_primary_to_hospital_ratio", tmp_path, SERVICE=[{"HOSPCODE": "04801", "PID": "P9"}])
    assert (cell.facility, cell.contracting_unit, cell.sex, cell.age_band) == ("10705", "10705", "", "")


def cells_of(name: str, folder: Path, register: Register | None = None, **tables: list[dict[str, str]]) -> list[Cell]:
    """The cells of a measure over the rows given, for the whole period."""
    with Engine(load_rows(folder, a_case(**tables)), register or standard_register()) as engine:
        return count(engine, compiled(measure(name)), [WHEN])


def test_the_expected_patients_follow_the_prevalence() -> None:
    of = measure("depression_access")
    line = Line(of.id, WHEN.period, OrgLevel.FACILITY, "11053", a=27, b=10000)
    assert value_of(of, line) == 10  # 27 of 270
    assert value_of(of, line, of.with_parameters({"prevalence": "0.0135"})) == 20  # 27 of 135
    assert value_of(of, line, of.with_parameters({"prevalence": "1"})) == Decimal("0.27")
    assert value_of(of, line, of.with_parameters({"prevalence": "0"})) is None  # nobody is expected


def test_a_prevalence_in_words_is_refused() -> None:
    with pytest.raises(MeasuresError) as error:
        measure("depression_access").with_parameters({"prevalence": "high"})
    assert [p.code for p in error.value.problems] == ["measures.parameter.value"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A visit and a stay with a diagnosis and a procedure each, and one diagnosis of either kind without its event."""
    case = a_case(
        PERSON=[{"PID": "P1"}],
        SERVICE=[{"SEQ": "S1", "DATE_SERV": "20130501", "TYPEIN": "2", "TYPEOUT": "7", "SERVPLACE": "1"}],
        DIAGNOSIS_OPD=[
            {"SEQ": "S1", "DATE_SERV": "20130501", "DIAGTYPE": "4", "DIAGCODE": "j45.9 "},
            {"SEQ": "S9", "DATE_SERV": "20130501", "DIAGCODE": "J46"},
            {"SEQ": "S1", "DATE_SERV": "20130502", "DIAGCODE": "J47"},
        ],
        PROCEDURE_OPD=[{"SEQ": "S1", "DATE_SERV": "20130501", "PROCEDCODE": "238-7030"}],
        ADMISSION=[{"AN": "A1", "DATETIME_ADMIT": "20130601080000"}],
        DIAGNOSIS_IPD=[
            {"AN": "A1", "DATETIME_ADMIT": "20130601080000", "DIAGTYPE": "2", "DIAGCODE": "I10"},
            {"AN": "A9", "DATETIME_ADMIT": "20130701080000", "DIAGCODE": "I11"},
        ],
        PROCEDURE_IPD=[
            {"AN": "A1", "DATETIME_ADMIT": "20130601080000", "PROCEDCODE": "0331", "TIMESTART": "20130602093000"}
        ],
        EPI=[{"VACCINETYPE": t, "DATE_SERV": "20130501"} for t in ("61", "6", "0611", "d41", "-")],
    )
    with Engine(load_rows(tmp_path_factory.mktemp("views"), case), standard_register()) as opened:
        yield opened


def test_diagnoses_of_both_settings_keep_their_event_kind_and_day(engine: Engine) -> None:
    rows = engine.rows("SELECT setting, code, kind, day, event_id IS NOT NULL FROM diagnoses ORDER BY code")
    assert rows == [
        ("ipd", "I10", "2", date(2013, 6, 1), True),
        ("ipd", "I11", "1", date(2013, 7, 1), False),
        ("opd", "J459", "4", date(2013, 5, 1), True),
        ("opd", "J46", "1", date(2013, 5, 1), False),
        ("opd", "J47", "1", date(2013, 5, 2), False),  # the visit of another day is another visit
    ]


def test_a_diagnosis_finds_the_visit_or_stay_that_it_belongs_to(engine: Engine) -> None:
    [(visit,)] = engine.rows("SELECT d.code FROM visits AS v JOIN visit_diagnoses AS d USING (visit_id)")
    [(stay,)] = engine.rows("SELECT d.code FROM admissions AS s JOIN admission_diagnoses AS d USING (admission_id)")
    assert (visit, stay) == ("J459", "I10")


def test_procedures_of_both_settings_have_the_day_on_which_they_were_done(engine: Engine) -> None:
    rows = engine.rows("SELECT setting, code, day, event_id IS NOT NULL FROM procedures ORDER BY code")
    assert rows == [("ipd", "0331", date(2013, 6, 2), True), ("opd", "2387030", date(2013, 5, 1), True)]


def test_a_visit_keeps_how_the_patient_came_and_left(engine: Engine) -> None:
    assert engine.rows('SELECT day, insurance, place, arrived, "left" FROM visits') == [
        (date(2013, 5, 1), "0100", "1", "2", "7")
    ]


def test_vaccine_codes_of_digits_are_three_digits(engine: Engine) -> None:
    # S7.2: digits only are padded; other codes and longer ones stay; a hyphen is no code at all
    found = {code for (code,) in engine.rows("SELECT vaccine FROM vaccinations")}
    assert found == {"061", "006", "0611", "D41", ""}
