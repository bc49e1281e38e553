"""Problem, its place, its words, and the collection that a command shows."""

import pytest

from samrit.problems import Level, Problem, Problems, SamritError, Where, nearest, problem

KNOWN = "f43.row.key_blank"


def test_problem_of_a_known_code_has_its_words_filled_with_the_facts() -> None:
    made = problem(KNOWN, Where("a.zip", "PERSON.txt", 3, "PID"), field="PID")
    assert made.level is Level.ERROR
    assert made.en == "The key column PID is blank; the row is set aside"
    assert made.hint.endswith("fill in PID and send again")
    assert "PID" in made.th


def test_problem_without_words_or_without_its_facts_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        problem("no.such.code")
    with pytest.raises(KeyError):
        problem(KNOWN)


def test_fact_with_braces_is_shown_as_it_is() -> None:
    assert "{x} {0} {" in problem(KNOWN, field="{x} {0} {").en


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Where(), ""),
        (Where("a.zip"), "a.zip"),
        (Where("a.zip", "b.txt"), "a.zip/b.txt"),
        (Where("a.zip", "b.txt", 3), "a.zip/b.txt:3"),
        (Where("a.yaml", line=3, field="x"), "a.yaml:3 x"),
        (Where(field="x"), "x"),
    ],
)
def test_place_is_file_entry_line_field(where: Where, shown: str) -> None:
    assert str(where) == shown


def test_problem_is_printed_with_place_level_code_words_and_hint() -> None:
    made = Problem("a.b", Level.WARNING, Where("x.yaml", line=12), "ผิด", "wrong", "แก้ / mend")
    assert str(made) == "x.yaml:12  warning  a.b\n  ผิด\n  wrong\n  -> แก้ / mend"
    assert str(Problem("a.b", Level.NOTE, Where(), "ผิด", "wrong")) == "note  a.b\n  ผิด\n  wrong"


def test_json_of_a_problem_is_the_contract() -> None:
    made = Problem("a.b", Level.ERROR, Where("z.zip", "e.txt", 2, "PID"), "ผิด", "wrong", "แก้ / mend")
    assert made.as_dict() == {
        "code": "a.b",
        "level": "error",
        "file": "z.zip",
        "entry": "e.txt",
        "line": 2,
        "field": "PID",
        "th": "ผิด",
        "en": "wrong",
        "hint": "แก้ / mend",
    }
    assert Problem("a.b", Level.ERROR, Where(), "", "").as_dict()["line"] is None


def test_collection_keeps_all_sorts_by_place_then_code_and_knows_errors() -> None:
    found = Problems()
    assert not found.has_errors
    found.extend(
        Problem(code, Level.WARNING, Where("f", line=line), "", "") for code, line in (("b", 2), ("a", 10), ("a", 2))
    )
    assert not found.has_errors
    assert [(p.code, p.where.line) for p in found.sorted()] == [("a", 2), ("b", 2), ("a", 10)]
    assert [(p.code, p.where.line) for p in found] == [("b", 2), ("a", 10), ("a", 2)]
    found.add(KNOWN, Where(file="e"), field="PID")
    assert found.has_errors
    assert len(found) == 4
    assert found.sorted()[0].code == KNOWN


def test_error_carries_its_problems_and_shows_them_all() -> None:
    two = [problem(KNOWN, Where(file=name), field="PID") for name in ("a", "b")]
    error = SamritError(*two)
    assert error.problems == tuple(two)
    assert str(error) == f"{two[0]}\n{two[1]}"


def test_nearest_name_is_a_likely_one_or_none() -> None:
    assert nearest("beter", ["title", "better", "best"]) == "better"
    assert nearest("xyz", ["title", "better"]) == ""
    assert nearest("x", []) == ""
