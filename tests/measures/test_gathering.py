"""Gathering: things that stand in many rows count once, and where they stand may differ from period to period."""

from collections.abc import Iterator
from datetime import date

import pytest

from measures.building import CENSUS, a_case, compiled, load_rows, made_up, months, standard_register
from samrit.measures.compiling import Compiled
from samrit.measures.counting import count
from samrit.measures.definition import Measure
from samrit.measures.engine import Engine
from samrit.measures.gathering import gather
from samrit.measures.planning import Form, Plan, Way, When
from samrit.reference import Period

YEAR = When(Period(date(2013, 4, 1), date(2014, 3, 31)), CENSUS)
MONTHS = [When(month, CENSUS) for month in months()]
# each period ends with its month and begins with the year, so a stay of April counts in all twelve
SO_FAR = [When(Period(YEAR.period.start, month.end), CENSUS) for month in months()]
STAYS = "SELECT s.person_id, s.admission_id AS counted_id, s.row_id, s.facility FROM admissions AS s "
IN_PERIOD = "WHERE s.discharged_on BETWEEN $start AND $end"
DAYS = ("20130405", "20130420", "20131105", "20140331")
AT = ("11053", "10671", "11053", "10670")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    stays = [
        {"HOSPCODE": at, "AN": f"A{n}", "PID": "P1", "DATETIME_ADMIT": day + "080000", "DATETIME_DISCH": day + "180000"}
        for n, (at, day) in enumerate(zip(AT, DAYS, strict=True))
    ]
    with Engine(load_rows(tmp_path_factory.mktemp("gathering"), a_case(ADMISSION=stays)), standard_register()) as made:
        yield made


def treating(a_sql: str, b_sql: str, part_of: str = "") -> Measure:
    return made_up(a_sql, b_sql, part_of=part_of, counted_at="treating_facility")


def twice(sql: str) -> str:
    """Every row two times, as a JOIN with several rows would give them."""
    return f"{sql} UNION ALL {sql.replace('s.row_id', 's.row_id + 1')}"


@pytest.mark.parametrize("part_of", ["", "b"])
@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("whens", [[YEAR], MONTHS, SO_FAR], ids=["one year", "months", "so far"])
def test_events_that_stand_in_two_rows_count_once(engine: Engine, whens: list[When], form: Form, part_of: str) -> None:
    sql = STAYS + IN_PERIOD
    cells = count(engine, compiled(treating(twice(sql), twice(sql), part_of)), whens, form, remember=False)
    in_b = {when.period: sum(c.amount for c in cells if c.period == when.period and c.letter == "b") for when in whens}

    assert cells == count(engine, compiled(treating(sql, sql, part_of)), whens, form, remember=False)
    discharged = [date(int(day[:4]), int(day[4:6]), int(day[6:])) for day in DAYS]
    assert in_b == {when.period: sum(when.period.start <= d <= when.period.end for d in discharged) for when in whens}
    assert sum(c.amount for c in cells if c.letter == "a") == sum(in_b.values())


@pytest.mark.parametrize("part_of", ["", "b"])
@pytest.mark.parametrize("form", list(Form))
def test_a_thing_may_stand_elsewhere_in_another_period(engine: Engine, form: Form, part_of: str) -> None:
    """In one period it has one place; that of B counts where A is a part of B."""
    moving = STAYS.replace(
        "s.facility", "CASE WHEN $end < DATE '2013-07-01' THEN '10705' ELSE s.facility END AS facility"
    )
    made = compiled(treating(moving + IN_PERIOD, moving + IN_PERIOD, part_of))
    cells = count(engine, made, SO_FAR, form, remember=False)

    for letter in "ab":
        placed = {
            when.period.end.month: {
                c.facility: c.amount for c in cells if c.period == when.period and c.letter == letter
            }
            for when in SO_FAR
        }
        assert placed[4] == placed[6] == {"10705": 2}
        assert placed[7] == placed[10] == {"11053": 1, "10671": 1}
        assert placed[11] == {"11053": 2, "10671": 1}
        assert placed[3] == {"11053": 2, "10671": 1, "10670": 1}


def rows_of(engine: Engine, made: Compiled, whens: list[When]) -> list[tuple[int, ...]]:
    gather(engine, Plan(made, whens, Form.LATERAL), lines=False)
    return engine.rows("SELECT bits FROM counted_b ORDER BY ALL")


def test_a_thing_carries_a_bit_for_every_key_in_which_it_counts(engine: Engine) -> None:
    made = compiled(treating(twice(STAYS + IN_PERIOD), twice(STAYS + IN_PERIOD)))

    # April twice: all twelve months that follow; November: from the eighth; March: the last
    assert rows_of(engine, made, SO_FAR) == [(0b100000000000,), (0b111110000000,), (0b111111111111,), (0b111111111111,)]


def test_months_under_one_census_day_have_one_denominator() -> None:
    people = "SELECT p.person_id, p.person_id AS counted_id FROM people AS p WHERE p.birth_date < $census"
    stays = "SELECT s.person_id, s.person_id AS counted_id FROM admissions AS s " + IN_PERIOD
    plan = Plan(compiled(made_up(stays, people, part_of="b")), MONTHS[:3], Form.LATERAL)

    assert plan.b_ways == [Way("b", 0, CENSUS, 0, 1)]
    assert plan.a_ways == [Way("a", n, CENSUS, 1 << n, 1) for n in range(3)]
    assert (plan.a_of, plan.b_of) == ([0, 1, 2], [0, 0, 0])


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT p.person_id, p.person_id AS counted_id FROM people AS p", True),
        ("SELECT p.person_id AS counted_id, p.person_id FROM people AS p GROUP BY p.person_id", True),
        ("SELECT p.person_id, p.row_id AS counted_id FROM people AS p", False),
        ("SELECT p.person_id, q.person_id AS counted_id FROM people AS p JOIN people AS q ON q.sex = p.sex", False),
        ("SELECT person_id, person_id AS counted_id FROM people UNION ALL SELECT person_id, row_id FROM people", False),
        ("SELECT person_id, person_id AS counted_id FROM people UNION ALL SELECT row_id, row_id FROM people", True),
    ],
)
def test_people_are_counted_where_the_thing_is_the_person(sql: str, *, expected: bool) -> None:
    assert compiled(made_up(sql)).a.counts_people is expected
