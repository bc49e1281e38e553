"""Placing: the measure says who, the engine says where - home, contracting unit person by person, treating facility."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from measures.building import (
    CENSUS,
    a_case,
    compiled,
    load_rows,
    made_up,
    problems_of,
    standard_register,
)
from samrit.measures.counting import count
from samrit.measures.definition import Measure
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.planning import Form, When
from samrit.reference import OrgLevel, Period, Register
from samrit.results import Cell, roll_up

REGISTER = standard_register()
WHEN = When(Period(date(2013, 4, 1), date(2014, 3, 31)), CENSUS)

# Home facility and cards of each person, and the contracting unit that S5.3 of the definition book gives her.
PEOPLE: dict[str, tuple[str, list[dict[str, str]], str]] = {
    "uc card at another unit": ("04801", [{"MAIN": "11053"}], "11053"),
    "uc card at the unit of her home": ("04801", [{"MAIN": "10705"}], "10705"),
    "MAIN is not in the table": ("04801", [{"MAIN": "99999"}], "10705"),
    "MAIN is a health centre of the table": ("10670", [{"MAIN": "04811"}], "04811"),
    "card is not UC": ("04801", [{"MAIN": "11053", "INSTYPE_NEW": "1100"}], "10705"),
    "card has ended": ("04801", [{"MAIN": "11053", "EXPIREDATE": "20130930"}], "10705"),
    "card ends on the census day": ("04801", [{"MAIN": "11053", "EXPIREDATE": "20131001"}], "11053"),
    "card starts after the census day": ("04801", [{"MAIN": "11053", "STARTDATE": "20131002"}], "10705"),
    "the newer card wins": (
        "04801",
        [{"MAIN": "11053"}, {"MAIN": "10670", "STARTDATE": "20130101"}],
        "10670",
    ),
    "the newer card is not UC": (
        "04801",
        [{"MAIN": "11053"}, {"MAIN": "10670", "STARTDATE": "20130101", "INSTYPE_NEW": "1100"}],
        "10705",
    ),
    "MAIN is blank": ("04801", [{"MAIN": ""}], "10705"),
    "no card": ("04801", [], "10705"),
    "no card, home without cup": ("04812", [], "11053"),
    "home not in the table, no card": ("99999", [], ""),
    "home not in the table, uc card": ("99999", [{"MAIN": "10671"}], "10671"),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    persons, cards = [], []
    for n, (home, held, _) in enumerate(PEOPLE.values()):
        # the sex tells the persons of a facility apart in the cells: S0, S1, ...
        persons.append({"PID": f"P{n}", "HOSPCODE": home, "SEX": f"S{n}"})
        for card in held:
            cards.append({"PID": f"P{n}", "HOSPCODE": home, "INSTYPE_NEW": "0100", "STARTDATE": "20120101", **card})
    persons.append({"PID": "gone", "TYPEAREA": "4"})
    with Engine(load_rows(tmp_path_factory.mktemp("placing"), a_case(PERSON=persons, CARD=cards)), REGISTER) as made:
        yield made


def test_the_contracting_unit_is_found_person_by_person(engine: Engine) -> None:
    cells = count(engine, compiled(made_up()), [WHEN])
    found = {cell.sex: (cell.facility, cell.contracting_unit) for cell in cells if cell.letter == "b"}
    names = dict(enumerate(PEOPLE))

    assert {names[int(sex[1:])]: place for sex, place in found.items()} == {
        name: (home, unit) for name, (home, _, unit) in PEOPLE.items()
    }
    assert all(cell.amount == 1 for cell in cells)


def test_who_has_no_home_is_dropped(engine: Engine) -> None:
    [country] = roll_up(count(engine, compiled(made_up()), [WHEN]), OrgLevel.COUNTRY, REGISTER, CENSUS)

    assert (country.a, country.b) == (len(PEOPLE), len(PEOPLE))


def test_contracting_units_and_districts_both_sum_to_the_country(engine: Engine) -> None:
    cells = count(engine, compiled(made_up()), [WHEN])
    by_unit = {line.org: line.b for line in roll_up(cells, OrgLevel.CONTRACTING_UNIT, REGISTER, CENSUS)}
    expected: dict[str, int] = {}
    for *_, unit in PEOPLE.values():
        expected[unit] = expected.get(unit, 0) + 1

    assert by_unit == expected
    assert sum(by_unit.values()) == len(PEOPLE)


def test_another_census_day_finds_another_card(engine: Engine) -> None:
    later = When(WHEN.period, date(2013, 10, 2))
    cells = count(engine, compiled(made_up()), [later])
    unit = {cell.sex: cell.contracting_unit for cell in cells}
    number = {name: f"S{n}" for n, name in enumerate(PEOPLE)}

    assert unit[number["card ends on the census day"]] == "10705"
    assert unit[number["card starts after the census day"]] == "11053"


def test_the_age_band_is_that_of_the_census_day(tmp_path: Path) -> None:
    bands = {
        "20131001": "00-04",
        "20131002": "",
        "20081002": "00-04",
        "20081001": "05-09",
        "20031002": "05-09",
        "20031001": "10-14",
        "19331002": "75-79",
        "19331001": "80+",
        "19000101": "80+",
        "00000000": "",
    }
    persons = [{"PID": f"P{n}", "BIRTH": birth, "SEX": f"S{n}"} for n, birth in enumerate(bands)]
    with Engine(load_rows(tmp_path, a_case(PERSON=persons)), REGISTER) as made:
        cells = count(made, compiled(made_up()), [WHEN])

    assert {int(c.sex[1:]): c.age_band for c in cells if c.letter == "a"} == dict(enumerate(bands.values()))


# Treating-counted: A of two hospitals, B of all stays. The rows say where.
STAYS = "SELECT s.person_id, s.admission_id AS counted_id, s.row_id, s.facility FROM admissions AS s "
A_DIED = STAYS + "WHERE s.died AND s.discharged_on BETWEEN $start AND $end"
B_STAYS = STAYS + "WHERE s.discharged_on BETWEEN $start AND $end"


@pytest.fixture(scope="module")
def hospitals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    stays = [
        {"HOSPCODE": at, "AN": f"A{n}", "PID": "P1", "DATETIME_ADMIT": day + "080000", "DATETIME_DISCH": day + "180000"}
        | {"DISCHTYPE": kind}
        for n, (at, day, kind) in enumerate(
            [
                ("11053", "20130501", "9"),
                ("11053", "20130502", "1"),
                ("10671", "20140331", "9"),
                ("10671", "20130601", "8"),
                ("99999", "20130701", "1"),
                ("10670", "20140401", "9"),
            ]
        )
    ]
    # The patient is one person in all hospitals and has no home: only where she was treated matters.
    person = [{"PID": "P1", "TYPEAREA": "4"}]
    folder = tmp_path_factory.mktemp("hospitals")
    with Engine(load_rows(folder, a_case(PERSON=person, ADMISSION=stays)), REGISTER) as made:
        yield made


def treating(a_sql: str = A_DIED, b_sql: str = B_STAYS, *, part_of: str = "b", **changes: str) -> Measure:
    return made_up(a_sql, b_sql, part_of=part_of, **{"counted_at": "treating_facility", **changes})


@pytest.mark.parametrize("form", list(Form))
def test_stays_count_where_they_were_treated(hospitals: Engine, form: Form) -> None:
    cells = count(hospitals, compiled(treating()), [WHEN], form)

    assert [(c.facility, c.contracting_unit, c.sex, c.age_band, c.letter, c.amount) for c in cells] == [
        ("10671", "10671", "", "", "a", 2),
        ("10671", "10671", "", "", "b", 2),
        ("11053", "11053", "", "", "a", 1),
        ("11053", "11053", "", "", "b", 2),
        ("99999", "", "", "", "b", 1),
    ]


def test_a_text_of_a_treating_measure_must_name_the_facility() -> None:
    found = problems_of(A_DIED.replace(", s.facility", ""), b_sql=B_STAYS, counted_at="treating_facility")

    assert {(p.code, p.where.field) for p in found} == {("measures.sql.columns", "facility")}


def test_a_part_of_b_counts_at_the_facility_of_b(hospitals: Engine) -> None:
    """Else A could exceed B at a facility: a.sql says only which stays, and here names a wrong facility."""
    elsewhere = A_DIED.replace("s.facility", "'10705' AS facility")
    right = count(hospitals, compiled(treating()), [WHEN])

    assert count(hospitals, compiled(treating(elsewhere)), [WHEN]) == right
    # Where A is no part of B its own facility counts.
    free = count(hospitals, compiled(treating(elsewhere, part_of="")), [WHEN])
    assert {c.facility for c in free if c.letter == "a"} == {"10705"}


def refusal(engine: Engine, of: Measure) -> str:
    with pytest.raises(MeasuresError) as error:
        count(engine, compiled(of), [WHEN])
    [found] = error.value.problems
    assert found.where.file == "measures/catalogue/made_up"
    return f"{found.code} {found.en}"


def test_one_thing_at_two_facilities_is_refused(hospitals: Engine) -> None:
    also = B_STAYS.replace("s.facility", "'10705' AS facility")
    both = f"{B_STAYS} UNION ALL {also}"

    # all five stays of the period
    assert "(5 of them)" in refusal(hospitals, treating(b_sql=both, part_of=""))
    assert "(5 of them)" in refusal(hospitals, treating(a_sql=both, part_of=""))
    assert "(5 of them)" in refusal(hospitals, treating(a_sql=both))


def test_people_counted_where_they_were_treated_are_refused(hospitals: Engine) -> None:
    """One person in three hospitals would count three times: a treating-counted measure counts events."""
    people = B_STAYS.replace("s.admission_id", "s.person_id")

    assert "(1 of them)" in refusal(hospitals, treating(b_sql=people, part_of=""))
    assert "(1 of them)" in refusal(hospitals, treating(a_sql=people, part_of=""))


def test_one_thing_of_two_persons_is_refused(engine: Engine) -> None:
    same = "SELECT p.person_id, CAST(1 AS BIGINT) AS counted_id FROM people AS p"

    assert refusal(engine, made_up(b_sql=same)).startswith("measures.count.two_places")
    assert refusal(engine, made_up(a_sql=same)).startswith("measures.count.two_places")


def test_one_thing_shown_by_many_rows_counts_once(engine: Engine) -> None:
    twice = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p UNION ALL "
    twice += "SELECT p.person_id, p.person_id, p.row_id + 1 FROM people AS p"

    assert count(engine, compiled(made_up(twice, twice)), [WHEN]) == count(engine, compiled(made_up()), [WHEN])


def test_a_row_that_does_not_say_what_it_counts_is_refused(engine: Engine, hospitals: Engine) -> None:
    nothing = "SELECT p.person_id, nullif(p.person_id, p.person_id) AS counted_id FROM people AS p WHERE p.sex = 'S1'"
    nowhere = B_STAYS.replace("s.facility", "nullif(s.facility, '10671') AS facility")

    assert refusal(engine, made_up(b_sql=nothing)).startswith("measures.count.no_id")
    assert refusal(hospitals, treating(b_sql=nowhere)).startswith("measures.count.no_id")


def test_a_thing_without_person_is_dropped_at_home_and_kept_where_treated(hospitals: Engine) -> None:
    nobody = A_DIED.replace("s.person_id", "CAST(NULL AS BIGINT) AS person_id")

    assert count(hospitals, compiled(treating(nobody, nobody)), [WHEN]) != []
    at_home = made_up(nobody.replace(", s.facility", ""), nobody.replace(", s.facility", ""))
    assert count(hospitals, compiled(at_home), [WHEN]) == []


def test_measured_at_the_contracting_unit_things_without_one_are_dropped(hospitals: Engine) -> None:
    cells = count(hospitals, compiled(treating(counted_at="contracting_unit")), [WHEN])

    assert {(c.facility, c.contracting_unit) for c in cells} == {("10671", "10671"), ("11053", "11053")}


def test_a_cell_counts_and_names_its_measure_and_period(engine: Engine) -> None:
    cells = count(engine, compiled(made_up()), [WHEN])

    assert {(c.measure, c.period) for c in cells} == {("made_up", WHEN.period)}
    assert cells == sorted(cells)
    assert all(isinstance(c, Cell) and c.facility for c in cells)


def test_without_a_register_everything_still_counts_at_facilities(engine: Engine) -> None:
    with Engine(engine.snapshot, Register([])) as made:
        cells = count(made, compiled(made_up()), [WHEN])

    assert sum(c.amount for c in cells if c.letter == "b") == len(PEOPLE)
    assert {c.contracting_unit for c in cells} == {""}
