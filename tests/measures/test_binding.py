"""Binding: a compiled text must fit the curated views in both period forms, and give the types that are counted."""

import pytest

from measures.building import A_OF_ALL, compiled, made_up, problems_of
from samrit.measures import binding
from samrit.measures.binding import bind_check
from samrit.measures.compiling import compile_measure
from samrit.measures.definition import measure, measure_ids
from samrit.measures.errors import MeasuresError
from samrit.measures.planning import Form


@pytest.mark.parametrize("name", measure_ids())
def test_a_shipped_measure_fits_the_views(name: str) -> None:
    of = measure(name)

    assert [str(p) for p in bind_check(compiled(of))] == []


@pytest.mark.parametrize(
    ("sql", "line", "name", "near"),
    [
        ("SELECT person_id, person_id AS counted_id, row_ids\nFROM people", 1, "row_ids", "row_id"),
        ("SELECT p.person_id, p.person_id AS counted_id\nFROM people AS p\nWHERE p.sexx = '1'", 3, "sexx", "sex"),
        ("SELECT person_id, person_id AS counted_id\nFROM residents\nWHERE ages > 1", 3, "ages", "age"),
        (
            "SELECT t.person_id, t.person_id AS counted_id\nFROM (\n  SELECT person_id, dayy FROM screenings\n) AS t",
            3,
            "dayy",
            "day",
        ),
        (
            "WITH last AS (SELECT person_id, max(day) AS latest FROM screenings GROUP BY person_id)\n"
            "SELECT person_id, person_id AS counted_id FROM last\nWHERE last.lates > $start",
            3,
            "lates",
            "latest",
        ),
    ],
)
def test_an_unknown_column_is_told_with_its_line_and_the_nearest_one(sql: str, line: int, name: str, near: str) -> None:
    [found] = problems_of(sql)

    assert (found.code, found.where.line, found.where.field) == ("measures.sql.column", line, name)
    assert f"'{near}'" in found.en


def test_the_lines_stay_right_behind_a_name_of_the_period() -> None:
    [found] = problems_of(
        "SELECT person_id, person_id AS counted_id\nFROM screenings\n"
        "WHERE day > $start\n  AND day < $end\n  AND dayy > $end"
    )

    assert (found.code, found.where.line) == ("measures.sql.column", 5)


def test_a_mistake_of_syntax_behind_a_name_of_the_period_keeps_its_line() -> None:
    [found] = problems_of("SELECT person_id\nFROM screenings\nWHERE day > $start\n  AND day <\nAND day > $end\n")

    assert (found.code, found.where.line) == ("measures.sql.syntax", 5)


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        (A_OF_ALL + " WHERE p.sex = 1 AND p.birth_date > 1", "compare"),
        (A_OF_ALL + " WHERE p.sex + 1 = 2", "No function matches"),
        (A_OF_ALL + " WHERE year(p.sex) = 2", "No function matches"),
        (A_OF_ALL + " JOIN people AS q ON q.person_id = p.person_id WHERE sex = '1'", "mbiguous"),
        (A_OF_ALL + " UNION ALL SELECT 1, 1", "columns"),
        ("SELECT person_id, person_id AS counted_id, max(row_id) AS row_id FROM people", "GROUP BY"),
    ],
)
def test_what_an_engine_refuses_is_told_in_its_words(sql: str, word: str) -> None:
    found = problems_of(sql)

    assert [p.code for p in found] == ["measures.sql.binding"]
    assert word in found[0].en
    assert found[0].where.file == "measures/catalogue/made_up/a.sql"
    assert found[0].where.line >= 1


def test_a_short_name_that_no_table_has_is_told_with_the_nearest() -> None:
    [found] = problems_of(A_OF_ALL + "\nWHERE pp.sex = '1'")

    assert (found.code, found.where.line) == ("measures.sql.alias", 2)
    assert "'p'" in found.en


def test_the_engine_points_at_a_line() -> None:
    [found] = problems_of(A_OF_ALL + "\nWHERE p.row_id > 1\n  AND p.birth_date > 1")

    assert (found.code, found.where.line) == ("measures.sql.binding", 3)


@pytest.mark.parametrize(
    ("sql", "column", "expected"),
    [
        ("SELECT facility AS person_id, person_id AS counted_id FROM screenings", "person_id", "BIGINT"),
        ("SELECT person_id, facility AS counted_id FROM screenings", "counted_id", "BIGINT"),
        ("SELECT person_id, 1 AS counted_id FROM screenings", "counted_id", "BIGINT"),
        ("SELECT NULL AS person_id, row_id AS counted_id FROM screenings", "person_id", "BIGINT"),
        ("SELECT person_id, person_id AS counted_id, facility AS row_id FROM screenings", "row_id", "BIGINT"),
        ("SELECT person_id, person_id AS counted_id, row_id AS row_ids FROM screenings", "row_ids", "BIGINT[]"),
    ],
)
def test_a_column_that_comes_out_with_another_type_is_told(sql: str, column: str, expected: str) -> None:
    found = problems_of(sql)

    assert [(p.code, p.where.field, p.where.line) for p in found] == [("measures.sql.output_type", column, 1)]
    assert found[0].en.endswith(f"must be {expected}")


def test_a_facility_must_be_a_code() -> None:
    sql = "SELECT person_id, row_id AS counted_id, row_id AS facility FROM screenings"
    good = sql.replace("row_id AS facility", "facility")

    assert problems_of(good, b_sql=good, counted_at="treating_facility") == []
    assert {p.code for p in problems_of(sql, b_sql=good, counted_at="treating_facility")} == {
        "measures.sql.output_type"
    }


def test_a_log_has_no_person() -> None:
    sql = "SELECT CAST(NULL AS BIGINT) AS person_id, row_id AS counted_id, facility FROM screenings"

    assert problems_of(sql, b_sql=sql, counted_at="treating_facility") == []


@pytest.mark.parametrize(
    ("sql", "counted_at", "column"),
    [
        ("SELECT person_id, row_id FROM people", "home_facility", "counted_id"),
        ("SELECT person_id AS counted_id, row_id FROM people", "home_facility", "person_id"),
        ("SELECT person_id, person_id AS counted_id, sex FROM people", "home_facility", "sex"),
        ("SELECT person_id, person_id AS counted_id, facility FROM screenings", "home_facility", "facility"),
        ("SELECT person_id, row_id AS counted_id FROM screenings", "treating_facility", "facility"),
        ("SELECT person_id, row_id AS counted_id, person_id FROM people", "home_facility", "person_id"),
        ("SELECT * FROM people", "home_facility", "*"),
    ],
)
def test_a_column_too_many_or_too_few_is_told(sql: str, counted_at: str, column: str) -> None:
    found = problems_of(sql, b_sql=sql, counted_at=counted_at)

    assert {p.code for p in found} == {"measures.sql.columns"}
    assert {p.where.file[-5:] for p in found} == {"a.sql", "b.sql"}
    assert column in {p.where.field for p in found}


def test_the_literal_form_must_bind_too() -> None:
    [found] = problems_of("SELECT person_id, person_id AS counted_id\nFROM people\nWHERE birth_date < census_day")

    assert (found.code, found.where.line, found.where.field) == ("measures.sql.column", 3, "census_day")


@pytest.mark.parametrize("broken", list(Form))
def test_both_forms_are_run(broken: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    right = binding.rows_sql

    def rows_sql(part: object, keys: object, form: Form, **more: bool) -> str:
        return "SELECT nothing" if form is broken else right(part, keys, form, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(binding, "rows_sql", rows_sql)

    assert len(bind_check(compiled(made_up()))) == 2


def test_both_parts_are_bound_and_sorted() -> None:
    bad = "SELECT person_id, person_id AS counted_id FROM people\nWHERE sexx = '1'"

    assert [(p.where.file[-5:], p.where.line) for p in bind_check(compiled(made_up(bad, bad)))] == [
        ("a.sql", 2),
        ("b.sql", 2),
    ]


def test_a_table_parameter_may_not_take_the_name_of_a_view_or_set() -> None:
    for name in ("people", "residents"):
        found = problems_of(A_OF_ALL, parameters={name: {"columns": ["no"], "rows": [["1"]]}})

        assert [(p.code, p.where.field) for p in found] == [("measures.parameter.name", name)]


def test_a_table_parameter_is_typed_by_its_cells() -> None:
    table = {"columns": ["no", "code"], "rows": [["1", "061"], ["2", "x"]]}
    sql = A_OF_ALL + " JOIN windows AS w ON w.code = p.sex AND w.no = p.row_id"

    assert problems_of(sql, parameters={"windows": table}) == []
    assert problems_of(sql + " WHERE w.code || w.no = ''", parameters={"windows": table})


def test_named_sets_that_name_each_other_are_refused() -> None:
    made = made_up("SELECT person_id, person_id AS counted_id FROM residents")
    circle = {
        "residents": "SELECT person_id FROM thai_residents",
        "thai_residents": "SELECT person_id FROM residents",
    }

    with pytest.raises(MeasuresError) as error:
        compile_measure(made, {}, circle)
    assert [p.code for p in error.value.problems] == ["measures.sql.set_circle"]


def test_the_mistakes_of_both_parts_are_told_at_once() -> None:
    with pytest.raises(MeasuresError) as error:
        compiled(made_up("SELECT 1", A_OF_ALL + " LIMIT 1"))

    assert {(p.where.file[-5:], p.code) for p in error.value.problems} == {
        ("a.sql", "measures.sql.columns"),
        ("b.sql", "measures.sql.refused"),
    }
