"""Every worked case of every shipped measure, from 43-file text to the value; and laws on the same cases.

The laws are run on one case of each measure, which keeps the tests short.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from samrit.measures import checking
from samrit.measures.case_reading import read_cases
from samrit.measures.cases import Case, Expected, shuffled, split_over_packages
from samrit.measures.checking import Outcome, case_files, check, check_files
from samrit.measures.compiling import Compiled
from samrit.measures.definition import measure_ids
from samrit.measures.engine import Engine
from samrit.measures.planning import Form, When
from samrit.results import Cell

CASES = {name: [case for file in case_files(name) for case in read_cases(file)] for name in measure_ids()}


def every_case() -> Iterator[object]:
    for name, cases in CASES.items():
        for case in cases:
            yield pytest.param(case, id=f"{name}: {case.name}")


def one_case_each() -> Iterator[object]:
    """A case of every measure, with a seed: the first of the first measure, the second of the second, ..."""
    for seed, (name, cases) in enumerate(CASES.items()):
        if cases:
            case = cases[seed % len(cases)]
            yield pytest.param(case, seed, id=f"{name}: {case.name}")


@pytest.mark.parametrize("case", list(every_case()))
def test_a_worked_case_gives_what_it_must(case: Case) -> None:
    outcome = check(case)

    assert outcome.status in {"passed", "skipped"}, outcome.why
    # Only a case of shared semantics may name a measure that is not shipped.
    assert outcome.status == "passed" or "shared_semantics" in case.file


@pytest.mark.parametrize(("case", "seed"), list(one_case_each()))
def test_the_order_and_the_packages_of_rows_do_not_matter(case: Case, seed: int) -> None:
    assert check(split_over_packages(shuffled(case, seed), seed)).why in {"", case.measure}


def test_every_shipped_measure_has_cases() -> None:
    assert [name for name, cases in CASES.items() if not cases] == []


def test_a_case_that_expects_something_else_fails_and_says_what_was_found() -> None:
    case = CASES["ht_controlled"][0]
    [(org, right)] = case.expect.items()
    wrong = replace(case, expect={org: Expected(right.a, right.b + 1, right.value)})
    elsewhere = replace(case, expect={"04811": right})

    assert check(wrong).status == "failed"
    assert f"{org}: B ต้องได้ / expected {right.b + 1}, พบ / found {right.b}" in check(wrong).why
    assert f"{org}: ไม่ควรมีผล / expected nothing" in check(elsewhere).why
    assert "04811: ต้องได้ / expected A 1 B 1 value 100, ไม่พบเลย / found nothing" in check(elsewhere).why


def test_a_case_of_an_unknown_measure_is_skipped_and_of_a_wrong_parameter_fails() -> None:
    case = CASES["ht_controlled"][0]

    assert check(replace(case, measure="no_such")) == Outcome(replace(case, measure="no_such"), "skipped", "no_such")
    assert check(replace(case, params={"reading": "1"})).status == "failed"


def test_case_files_are_checked_one_after_the_other() -> None:
    files = case_files("ht_controlled")

    assert [outcome.case for outcome in check_files(files)] == CASES["ht_controlled"]


def test_a_case_whose_two_period_forms_differ_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    right = checking.count

    def count(engine: Engine, compiled: Compiled, whens: Sequence[When], form: Form | None = None) -> list[Cell]:
        cells = right(engine, compiled, whens, form)
        return cells[1:] if form is Form.LATERAL else cells

    monkeypatch.setattr(checking, "count", count)
    outcome = check(CASES["ht_controlled"][0])

    assert (outcome.status, outcome.why) == ("failed", "literal form and key tables differ")
