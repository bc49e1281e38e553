"""Sums of weights: exact, one amount per counted thing, and never of a part of another."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from measures.building import CENSUS, PERIOD, WORDS, a_case, compiled, load_rows, made_up, months, standard_register
from samrit.measures.binding import bind_check
from samrit.measures.counting import count
from samrit.measures.definition import Measure
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.people import list_hits
from samrit.measures.planning import Form, When
from samrit.problems import Problem
from samrit.reference import OrgLevel, Period
from samrit.results import Cell

YEAR = When(Period(*PERIOD), CENSUS)
MONTHS = [When(month, CENSUS) for month in months()]
STAYS = "FROM admissions AS s WHERE s.discharged_on BETWEEN $start AND $end"
B = f"SELECT s.person_id, s.admission_id AS counted_id, s.row_id, s.facility {STAYS}"
A = f"SELECT s.person_id, s.admission_id AS counted_id, s.adjrw AS amount, s.row_id, s.facility {STAYS}"
SUMS = {"counts": "weights", "unit": "x", "sums": True, **WORDS}
COUNTS = {"counts": "stays", "unit": "x", **WORDS}
# hospital, day of discharge, weight: no binary fraction is exact, and one is as small as the standard can say
ROWS = (
    ("11053", "20130405", "0.1"),
    ("11053", "20130420", "0.2"),
    ("11053", "20131105", "0.0001"),
    ("10671", "20140331", "123456.7891"),
)


def summing(a_sql: str = A, b_sql: str = B, **changes: object) -> Measure:
    return made_up(a_sql, b_sql, **({"a": SUMS, "b": COUNTS, "counted_at": "treating_facility"} | changes))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    stays = [
        {"HOSPCODE": at, "AN": f"A{n}", "PID": "P1", "DATETIME_ADMIT": day, "DATETIME_DISCH": day, "ADJRW": weight}
        for n, (at, day, weight) in enumerate(ROWS)
    ]
    persons = [{"PID": "P1", "HOSPCODE": "11053"}]
    case = a_case(ADMISSION=stays, PERSON=persons)
    with Engine(load_rows(tmp_path_factory.mktemp("amounts"), case), standard_register()) as made:
        yield made


def amounts(cells: list[Cell]) -> dict[tuple[str, str], object]:
    return {(cell.facility, cell.letter): cell.amount for cell in cells}


@pytest.mark.parametrize("form", list(Form))
def test_the_sum_is_exact_and_the_count_beside_it_whole(engine: Engine, form: Form) -> None:
    found = amounts(count(engine, compiled(summing()), [YEAR], form, remember=False))
    assert found == {
        ("11053", "a"): Decimal("0.3001"),
        ("11053", "b"): 3,
        ("10671", "a"): Decimal("123456.7891"),
        ("10671", "b"): 1,
    }
    assert isinstance(found["11053", "a"], Decimal)
    assert isinstance(found["11053", "b"], int)
    assert str(found["11053", "a"]) == "0.3001"


def test_months_add_up_to_the_year_and_are_remembered_as_they_are(engine: Engine) -> None:
    whole = amounts(count(engine, compiled(summing()), [YEAR], remember=False))
    for _ in range(2):  # the second time out of what was kept
        parts = count(engine, compiled(summing()), MONTHS)
        at = [cell.amount for cell in parts if (cell.facility, cell.letter) == ("11053", "a")]
        assert sorted(at) == [Decimal("0.0001"), Decimal("0.3")]
        assert sum(at) == whole["11053", "a"]


def test_weights_of_people_are_placed_at_home(engine: Engine) -> None:
    a = "SELECT s.person_id, s.admission_id AS counted_id, s.adjrw AS amount FROM admissions AS s"
    b = "SELECT p.person_id, p.person_id AS counted_id FROM people AS p"
    found = amounts(count(engine, compiled(summing(a, b, counted_at="home_facility")), [YEAR], remember=False))
    # P1 is one person wherever she is treated: 0.3001 + 123456.7891
    assert found == {("11053", "a"): Decimal("123457.0892"), ("11053", "b"): 1}


def test_both_parts_may_be_sums(engine: Engine) -> None:
    found = amounts(count(engine, compiled(summing(A, A, b=SUMS)), [YEAR], remember=False))
    assert found["11053", "a"] == found["11053", "b"] == Decimal("0.3001")


def test_the_people_behind_a_sum_are_its_things(engine: Engine) -> None:
    hits = list_hits(engine, compiled(summing()), YEAR, "a", OrgLevel.FACILITY, "11053")
    assert len(hits) == 3
    assert all(len(hit.row_ids) == 1 for hit in hits)


@pytest.mark.parametrize(
    ("a_sql", "code"),
    [
        (A.replace("s.adjrw AS amount", "nullif(s.adjrw, s.adjrw) AS amount"), "measures.count.no_amount"),
        (f"{A} UNION ALL {A.replace('s.adjrw AS', 's.adjrw + s.adjrw AS')}", "measures.count.two_places"),
    ],
)
def test_a_thing_has_one_amount(engine: Engine, a_sql: str, code: str) -> None:
    with pytest.raises(MeasuresError) as caught:
        count(engine, compiled(summing(a_sql)), [YEAR], remember=False)
    assert [p.code for p in caught.value.problems] == [code]


def test_the_same_row_twice_adds_once(engine: Engine) -> None:
    twice = amounts(count(engine, compiled(summing(f"{A} UNION ALL {A}")), [YEAR], remember=False))
    assert twice["11053", "a"] == Decimal("0.3001")


def problems(**changes: object) -> list[Problem]:
    with pytest.raises(MeasuresError) as caught:
        compiled(summing(**changes))  # type: ignore[arg-type]
    return list(caught.value.problems)


def test_amount_stands_where_measure_yaml_says_that_weights_are_summed() -> None:
    [unsaid] = problems(a=COUNTS)
    assert (unsaid.code, unsaid.where.field) == ("measures.sql.columns", "amount")
    [missing] = problems(a_sql=B)
    assert (missing.code, missing.where.field) == ("measures.sql.columns", "amount")


def test_a_part_of_b_has_no_sum() -> None:
    [found] = problems(a={**SUMS, "part_of": "b"})
    assert (found.code, found.where.field) == ("measures.sums.part", "part_of")
    assert found.where.line > 1


def test_an_amount_is_a_decimal() -> None:
    found = bind_check(compiled(summing(A.replace("s.adjrw AS amount", "s.stay_no AS amount"))))
    assert [(p.code, p.where.field) for p in found] == [("measures.sql.output_type", "amount")]
