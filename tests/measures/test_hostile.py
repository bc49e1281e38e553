"""Hostile texts: every one is refused with a problem that has file and line, none is run, none stops the reader."""

from pathlib import Path

import pytest

from measures.building import A_OF_ALL, problems_of
from samrit.measures.compiling import DEEPEST_TREE, LONGEST_TEXT

STATEMENTS = [
    "COPY people TO '{file}'",
    "COPY (SELECT 1) TO '{file}' (FORMAT csv)",
    "EXPORT DATABASE '{file}'",
    "ATTACH '{file}' AS other",
    "DETACH other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA database_list",
    "PRAGMA enable_external_access = true",
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "CALL pragma_version()",
    "CREATE TABLE x AS SELECT 1",
    "CREATE MACRO age_on(a, b) AS 1",
    "DROP TABLE organisation",
    "INSERT INTO organisation VALUES (DATE '2013-01-01', '1', '1')",
    "UPDATE organisation SET facility = '1'",
    "DELETE FROM organisation",
    "EXPLAIN ANALYZE SELECT 1",
    "DESCRIBE people",
    "SUMMARIZE people",
    "SHOW TABLES",
    "VACUUM",
    "CHECKPOINT",
    "BEGIN; COMMIT",
    "VALUES (1, 1, 1)",
    "PREPARE x AS SELECT 1",
    "EXECUTE x",
    "USE other",
    "EXECUTE IMMEDIATE 'SELECT 1'",
]
SELECTS = [
    A_OF_ALL + "; DROP TABLE organisation",
    A_OF_ALL + ";\n" + A_OF_ALL,
    A_OF_ALL + " -- \n; COPY people TO '{file}'",
    A_OF_ALL + " /* ; */ ; ATTACH '{file}'",
    "SELECT person_id, person_id AS counted_id, row_id FROM read_parquet('{file}')",
    "SELECT person_id, person_id AS counted_id, row_id FROM read_csv('{file}')",
    "SELECT person_id, person_id AS counted_id, row_id FROM read_csv_auto('{file}')",
    "SELECT person_id, person_id AS counted_id, row_id FROM read_json('{file}')",
    "SELECT content AS person_id, 1 AS counted_id, 1 AS row_id FROM read_text('{file}')",
    "SELECT 1 AS person_id, 1 AS counted_id, 1 AS row_id FROM glob('/*')",
    "SELECT 1 AS person_id, 1 AS counted_id, 1 AS row_id FROM duckdb_settings()",
    "SELECT 1 AS person_id, 1 AS counted_id, 1 AS row_id FROM query('SELECT 1')",
    "SELECT 1 AS person_id, 1 AS counted_id, 1 AS row_id FROM query_table('people')",
    "SELECT person_id, person_id AS counted_id, row_id FROM '{file}'",
    'SELECT person_id, person_id AS counted_id, row_id FROM "{file}"',
    'SELECT person_id, person_id AS counted_id, row_id FROM "C:/x.parquet"',
    "SELECT person_id, person_id AS counted_id, row_id FROM main.people",
    "SELECT person_id, person_id AS counted_id, row_id FROM memory.main.people",
    "SELECT 1 AS person_id, 1 AS counted_id, 1 AS row_id FROM information_schema.tables",
    "SELECT 1 AS person_id, 1 AS counted_id, 1 AS row_id FROM sqlite_master",
    "SELECT 1 AS person_id, 1 AS counted_id, 1 AS row_id FROM pg_tables",
    "SELECT 1 AS person_id, 1 AS counted_id, 1 AS row_id FROM organisation",
    "SELECT getvariable('x') AS person_id, 1 AS counted_id FROM people",
    "SELECT (FROM people SELECT row_id) AS person_id, 1 AS counted_id FROM people",
    "SELECT $$x$$ AS person_id, 1 AS counted_id FROM people",
    "SELECT ? AS person_id, $1 AS counted_id FROM people",
    "FROM people",
    "TABLE people",
    "SELECT * FROM people",
    "SELECT p.* FROM people AS p",
    "",
    ";",
    "-- nothing",
    "SELECT 'open",
    "/* open",
    "SELECT \0 FROM people",
    "SELECT \ufeff\u200b FROM people",
    "(" * 3,
    ")",
    "ร้อยละ",
]
# Each would be right in every other way.
HIDDEN = [
    "WITH organisation AS (SELECT facility FROM organisation) SELECT p.person_id, p.person_id AS counted_id "
    "FROM people AS p JOIN organisation AS o ON o.facility = p.home_facility",
    "SELECT p.person_id, p.person_id AS counted_id FROM people AS p "
    "JOIN (WITH organisation AS (SELECT 1 AS x) SELECT x FROM organisation) AS t ON t.x = 1 "
    "JOIN organisation AS o ON o.facility = p.home_facility",
    "WITH t AS (SELECT facility FROM organisation), organisation AS (SELECT 1 AS x) "
    "SELECT p.person_id, p.person_id AS counted_id FROM people AS p JOIN t ON t.facility = p.home_facility",
    "WITH x AS (SELECT row_id AS n FROM people) SELECT p.person_id, p.person_id AS counted_id FROM people AS p "
    "JOIN X ON X.n = p.row_id",
]
NESTS = {
    "brackets": lambda n: "SELECT " + "(" * n + "1" + ")" * n + " AS person_id, 1 AS counted_id FROM people",
    "open brackets": lambda n: "SELECT " + "(" * n,
    "lists": lambda n: "SELECT " + "[" * n + "]" * n + " AS person_id, 1 AS counted_id FROM people",
    "subqueries": lambda n: (
        "SELECT 1 AS person_id, 1 AS counted_id FROM " + "(SELECT row_id FROM " * n + "people" + ") AS t" * n
    ),
    "not": lambda n: A_OF_ALL + " WHERE " + "NOT " * n + "TRUE",
    "minus": lambda n: A_OF_ALL + " WHERE p.row_id = " + "- " * n + "1",
    "sum": lambda n: A_OF_ALL + " WHERE p.row_id = 1" + "+1" * n,
    "and": lambda n: A_OF_ALL + " WHERE TRUE" + " AND TRUE" * n,
    "union": lambda n: A_OF_ALL + " UNION SELECT 1, 1, 1" * n,
    "case": lambda n: A_OF_ALL + " WHERE " + "CASE WHEN " * n + "TRUE" + " THEN TRUE END" * n,
    "calls": lambda n: A_OF_ALL + " WHERE 1 = " + "abs(" * n + "1" + ")" * n,
    "own calls": lambda n: A_OF_ALL + " WHERE $census > " + "years_before(" * n + "$start" + ", 1)" * n,
    "exists": lambda n: A_OF_ALL + " WHERE " + "EXISTS (SELECT 1 FROM people WHERE " * n + "TRUE" + ")" * n,
    "with": lambda n: "WITH t AS (" * n + "SELECT 1" + ") SELECT 1" * n,
    "comments": lambda n: "/*" * n + "*/" * n,
}


def assert_refused(sql: str) -> None:
    found = problems_of(sql)
    assert found
    assert all(p.where.file == "measures/catalogue/made_up/a.sql" and p.where.line >= 1 and p.th for p in found)
    assert all(len(p.en) < 400 for p in found), "a problem must not repeat a whole text"


@pytest.mark.parametrize("sql", STATEMENTS)
def test_a_statement_that_is_no_select_is_refused(sql: str, tmp_path: Path) -> None:
    assert_refused(sql.replace("{file}", str(tmp_path / "x")))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sql", SELECTS)
def test_a_select_that_reads_beside_the_views_is_refused(sql: str, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("person_id,row_id\n1,1\n", encoding="utf-8")

    assert_refused(sql.replace("{file}", str(file)))


@pytest.mark.parametrize("sql", HIDDEN)
def test_a_with_name_reaches_no_table_of_the_engine(sql: str) -> None:
    """Neither its own name inside it, nor a later one, nor one of another query."""
    assert [p.code for p in problems_of(sql)] == ["measures.sql.view"]


@pytest.mark.parametrize("nest", NESTS)
@pytest.mark.parametrize("n", [DEEPEST_TREE + 20, 700, 10_000])
def test_a_text_beyond_all_measure_is_refused_and_does_not_crash(nest: str, n: int) -> None:
    assert_refused(NESTS[nest](n))


def test_a_very_long_text_is_refused_unread() -> None:
    [found] = problems_of(A_OF_ALL + " WHERE p.sex IN (" + "'1', " * LONGEST_TEXT + "'2')")

    assert found.code == "measures.sql.too_long"


def test_a_very_long_word_is_not_repeated() -> None:
    assert_refused(f"SELECT 1 AS person_id, 1 AS {'x' * 15_000} FROM people")
    assert_refused(f"SELECT 1 AS person_id, 1 AS counted_id FROM {'x' * 15_000}")
    assert_refused(f"SELECT {'9' * 15_000} FROM people")
    assert_refused(f"SELECT 1 AS person_id, {'x' * 15_000} AS counted_id FROM people")
    assert_refused(f"SELECT 1 AS person_id, {'x' * 15_000}(1) AS counted_id FROM people")
    assert_refused(f"SELECT 1 AS person_id, ${'x' * 15_000} AS counted_id FROM people")
    assert_refused(f"WITH {'x' * 15_000} AS (SELECT 1) SELECT 1 AS person_id, 1 AS counted_id FROM people LIMIT 1")


@pytest.mark.parametrize("nest", ["not", "sum", "and", "minus"])
def test_a_text_as_deep_as_is_allowed_is_bound(nest: str) -> None:
    assert problems_of(NESTS[nest](DEEPEST_TREE - 10)) == []


def test_many_codes_in_one_list_are_no_depth() -> None:
    assert problems_of(A_OF_ALL + " WHERE p.sex IN (" + "'1', " * 2_000 + "'2')") == []


def test_what_stands_in_a_comment_is_not_run(tmp_path: Path) -> None:
    assert problems_of(f"-- ; COPY people TO '{tmp_path / 'x'}'\n{A_OF_ALL} /* DROP TABLE organisation; */") == []

    assert list(tmp_path.iterdir()) == []
