"""upper and lower change A to Z and nothing else, in whatever they stand."""

import duckdb
import sqlglot

from samrit.measures.letters import write_letters


def run(sql: str) -> str:
    written = write_letters(sqlglot.parse_one(sql, dialect="duckdb")).sql(dialect="duckdb")
    [(found,)] = duckdb.connect().execute(written).fetchall()
    return str(found)


def test_letters_of_codes_change() -> None:
    assert run("SELECT upper('e11.9z')") == "E11.9Z"
    assert run("SELECT lower('E11.9Z')") == "e11.9z"


def test_other_letters_stay_as_they_are() -> None:
    assert run("SELECT upper('ßñกa')") == "ßñกA"
    assert run("SELECT lower('İÑกA')") == "İÑกa"


def test_a_call_inside_a_call_changes_too() -> None:
    assert run("SELECT lower('A' || upper('b')) || upper(lower('C'))") == "abC"
