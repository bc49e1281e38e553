"""Evidence behind a missing person: which views count as looked at, over which time, and what a view leaves out."""

from collections.abc import Iterator
from datetime import date

import pytest

from builders import load_all, name_of_zip, person, row, write_zip
from measures.building import B_OF_ALL, compiled, made_up, standard_register
from samrit.measures import measure, measure_ids
from samrit.measures.compiling import Compiled
from samrit.measures.counting import When
from samrit.measures.engine import Engine
from samrit.measures.evidence import Seen, list_seen, views_looked_at
from samrit.reference import Period
from samrit.warehouse import Home

WHEN = When(Period(date(2013, 4, 1), date(2014, 3, 31)), date(2013, 10, 1))
BEFORE, FIRST, LAST, AFTER = "20130331", "20130401", "20140331", "20140401"
IN_PERIOD = (
    "SELECT s.person_id, s.person_id AS counted_id, s.row_id FROM screenings AS s WHERE s.day BETWEEN $start AND $end"
)
UP_TO_END = "SELECT s.person_id, s.person_id AS counted_id, s.row_id FROM screenings AS s WHERE s.day <= $end"
PRESSURES = IN_PERIOD.replace("screenings", "blood_pressures")
STAYS = "SELECT s.person_id, s.person_id AS counted_id, s.row_id FROM admissions AS s WHERE s.discharged_on >= $start"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """P1 was screened on four days and measured twice, once impossibly; P2 has no row but her own."""
    folder = tmp_path_factory.mktemp("evidence")
    stay = {"AN": "A1", "DATETIME_ADMIT": "20130330080000", "DATETIME_DISCH": "20130402080000"}
    entries = {
        "PERSON": [person("P1"), person("P2")],
        "NCDSCREEN": [row("NCDSCREEN", DATE_SERV=day) for day in (BEFORE, FIRST, LAST, AFTER)],
        "CHRONICFU": [
            row("CHRONICFU", DATE_SERV=day, SBP=sbp, DBP="80") for day, sbp in ((FIRST, "120"), (LAST, "400"))
        ],
        "ADMISSION": [row("ADMISSION", **stay)],
    }
    snapshot = load_all(Home(folder / "home"), write_zip(folder, name_of_zip(), entries)).snapshot
    with Engine(snapshot, standard_register()) as made:
        yield made


def people_of(engine: Engine) -> list[int]:
    """P1, P2."""
    return [person_id for (person_id,) in engine.rows("SELECT person_id FROM people ORDER BY row_id")]


def seen(engine: Engine, of: Compiled) -> list[list[Seen]]:
    found = list_seen(engine, of, WHEN, people_of(engine))
    return [found[person_id] for person_id in people_of(engine)]


def test_rows_with_a_day_in_the_period_are_listed_newest_first_and_a_person_without_any_has_none(
    engine: Engine,
) -> None:
    first, second = seen(engine, compiled(made_up(IN_PERIOD, B_OF_ALL, part_of="b")))
    assert [(s.view, s.day, s.passed_over) for s in first] == [
        ("screenings", date(2014, 3, 31), False),
        ("screenings", date(2013, 4, 1), False),
    ]
    assert second == []


def test_a_text_that_does_not_name_the_start_is_looked_up_from_the_beginning(engine: Engine) -> None:
    first, _ = seen(engine, compiled(made_up(UP_TO_END, B_OF_ALL, part_of="b")))
    assert [s.day for s in first] == [date(2014, 3, 31), date(2013, 4, 1), date(2013, 3, 31)]


def test_a_row_that_the_view_leaves_out_is_listed_as_passed_over(engine: Engine) -> None:
    first, _ = seen(engine, compiled(made_up(PRESSURES, B_OF_ALL, part_of="b")))
    assert [(s.view, s.day, s.passed_over) for s in first] == [
        ("blood_pressures", date(2014, 3, 31), True),
        ("blood_pressures", date(2013, 4, 1), False),
    ]


def test_any_day_of_a_row_may_lie_in_the_period(engine: Engine) -> None:
    """Admitted before the period, discharged in it."""
    first, _ = seen(engine, compiled(made_up(STAYS, B_OF_ALL, part_of="b")))
    assert [s.day for s in first] == [date(2013, 4, 2)]


def test_who_lives_where_is_no_evidence_and_nobody_is_asked_for_nobody(engine: Engine) -> None:
    of = compiled(made_up(B_OF_ALL, B_OF_ALL, part_of="b"))
    assert views_looked_at(of) == []
    assert seen(engine, of) == [[], []]
    assert list_seen(engine, of, WHEN, []) == {}


PARTS = {i: measure(i).definition for i in measure_ids() if measure(i).definition.a.part_of == "b"}


@pytest.mark.parametrize("measure_id", [i for i, of in PARTS.items() if of.b.counts != "hospitals"])
def test_every_measure_that_can_miss_somebody_looks_at_a_view(measure_id: str) -> None:
    assert views_looked_at(compiled(measure(measure_id)))


def test_views_are_found_through_named_sets() -> None:
    names = [view.name for view in views_looked_at(compiled(measure("cervical_screening_cumulative")))]
    assert names == ["cervical_screenings", "special_services", "visit_diagnoses"]
