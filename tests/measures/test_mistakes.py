"""Every mistake that a writer of measures is likely to make is told at its file and line, with what was meant.

A started measure is spoiled in one place; the lines are those of the starting files.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from samrit.measures import MeasuresError, at_site, measure
from samrit.measures.authoring.starting import start_measure
from samrit.measures.checking import check_files
from samrit.measures.definition import measure_ids
from samrit.measures.mistakes import case_files, mistakes_of, mistakes_of_site
from samrit.problems import Level, Problem


@dataclass(frozen=True)
class Slip:
    """What is written in the place of what, and what is told: line (of the same file), code, a word of it."""

    file: str
    right: str
    wrong: str
    line: int
    code: str
    word: str = ""
    told_in: str = ""


YAML, A, B, CASES, SET, LIST = "measure.yaml", "a.sql", "b.sql", "cases.yaml", "sets/own.sql", "codelists/own.csv"
SLIPS = [
    # measure.yaml
    Slip(YAML, "id: bp", "id: pb", 4, "measures.id", "'bp_measured'"),
    Slip(YAML, "better:", "beter:", 19, "authored.key.unknown", "'better'"),
    Slip(YAML, "  part_of: b ", "  partof: b ", 9, "authored.key.unknown", "'part_of'"),
    Slip(YAML, "part_of: b ", "part_of: c ", 9, "authored.value", "b"),
    Slip(YAML, "  unit: คน\n  th: คนไทย", "  th: คนไทย", 13, "authored.key.missing", "'unit'"),
    Slip(YAML, "better: higher", "better: hihger", 19, "authored.value", "higher"),
    Slip(YAML, "home_facility ", "home ", 20, "authored.value", "home_facility"),
    Slip(YAML, "why:", "better: higher\nwhy:", 20, "authored.key.repeated", "'better'"),
    Slip(YAML, "{age_min: 35}", "{age_min: 35", 22, "authored.yaml"),
    Slip(YAML, "formula: (A/B)x100 ", "formula: (A/B ", 18, "formula"),
    Slip(YAML, "formula: (A/B)x100 ", "formula: (A/C)x100 ", 18, "measures.formula.name", "'C'"),
    Slip(YAML, "parameters: {age_min: 35}", "parameters: {start: 35}", 21, "measures.parameter.value", "'start'"),
    Slip(YAML, "parameters: {age_min: 35}", "parameters: {Age: 35}", 21, "measures.parameter.value", "'Age'"),
    Slip(YAML, "{age_min: 35} ", "{age_min: 35, age_max: 60} ", 21, "measures.parameter.unused", "'age_max'"),
    Slip(YAML, "standing: {age_min", "standing: {agemin", 22, "measures.parameter.unknown", "'age_min'"),
    Slip(YAML, "assumed}", "asumed}", 22, "authored.value", "assumed"),
    Slip(YAML, "on: 2026-10-01", "on: 2569-13-01", 26, "authored.value", "on"),
    Slip(YAML, "  th: คนไทยในพื้นที่อายุ 35 ปีขึ้นไปในวันสำรวจ\n", "", 13, "authored.key.missing", "'th'"),
    # names in SQL
    Slip(A, "FROM screenings", "FROM screening", 7, "measures.sql.view", "'screenings'"),
    Slip(B, "thai_residents AS", "thai_resident AS", 4, "measures.sql.view", "'thai_residents'"),
    Slip(A, "s.sbp > 0", "s.spb > 0", 9, "measures.sql.column", "'sbp'"),
    Slip(B, "r.age >=", "r.ages >=", 5, "measures.sql.column", "'age'"),
    Slip(A, "s.day BETWEEN", "scr.day BETWEEN", 8, "measures.sql.alias", "'scr'"),
    Slip(A, "s.sbp > 0", "s.smoke > 3", 9, "measures.sql.binding", "VARCHAR"),
    Slip(B, "$age_min", "$age_mim", 5, "measures.sql.placeholder", "$age_min"),
    Slip(A, "BETWEEN $start", "BETWEEN $strat", 8, "measures.sql.placeholder", "$start"),
    Slip(A, "s.sbp > 0", "age_at(s.day, $end) > 0", 9, "measures.sql.refused", "age_on()"),
    Slip(A, "s.sbp > 0", "in_codelist(s.smoke, 'dmm')", 9, "measures.sql.codelist", "'dm'"),
    Slip(A, "s.sbp > 0", "age_on(s.day) > 0", 9, "measures.sql.function", "2 arguments"),
    Slip(A, "FROM screenings", "FROM 'people.parquet'", 7, "measures.sql.view", "'people'"),
    # what a part gives
    Slip(A, "AS counted_id", "AS counted", 6, "measures.sql.columns", "counted_id"),
    Slip(A, "s.row_id\n", "s.day\n", 6, "measures.sql.columns", "'day'"),
    Slip(A, "s.row_id\n", "s.row_id, s.facility\n", 6, "measures.sql.columns", "'facility'"),
    Slip(A, "s.person_id AS counted_id", "s.place AS counted_id", 6, "measures.sql.output_type", "BIGINT"),
    # syntax
    Slip(A, "FROM screenings", "FORM screenings", 7, "measures.sql.syntax", "'FROM'"),
    Slip(A, "\nWHERE", "\nWERE", 8, "measures.sql.syntax", "'WHERE'"),
    Slip(A, "s.day BETWEEN", "s.day, BETWEEN", 8, "measures.sql.syntax"),
    Slip(A, "BETWEEN $start AND $end", "BETWEEN $start", 8, "measures.sql.binding", "BETWEEN"),
    Slip(A, "s.sbp > 0 AND", "(s.sbp > 0 AND", 9, "measures.sql.syntax", "column"),
    Slip(A, "s.dbp > 0", "s.dbp > 0; DELETE FROM people", 9, "measures.sql.one_select"),
    # refused constructs, with what to write
    Slip(A, "s.sbp > 0", "s.sbp / 2 > 0", 9, "measures.sql.refused", "Decimal"),
    Slip(A, "s.sbp > 0", "s.day > current_date", 9, "measures.sql.refused", "today"),
    Slip(A, "s.sbp > 0", "s.day > $end - INTERVAL 1 MONTH", 9, "measures.sql.refused", "years_before"),
    Slip(A, "s.sbp > 0", "s.smoke ILIKE '1'", 9, "measures.sql.refused", "lower(x) LIKE"),
    Slip(A, "s.sbp > 0", "$end - s.day < 10", 9, "measures.sql.refused", "date_diff"),
    Slip(A, "s.sbp > 0", "strftime(s.day, '%m') = '01'", 9, "measures.sql.refused", "month(day)"),
    Slip(A, "s.dbp > 0", "s.dbp > 0\nORDER BY s.day", 10, "measures.sql.refused", "only inside OVER"),
    Slip(A, "s.dbp > 0", "s.dbp > 0\nLIMIT 10", 10, "measures.sql.refused", "order of rows"),
    Slip(A, "SELECT s.", "WITH people AS (SELECT 1 AS x)\nSELECT s.", 6, "measures.sql.cte_name", "'people'"),
    # cases
    Slip(CASES, "measure: bp_measured", "measure: bp_measure", 8, "measures.cases.measure", "'bp_measured'"),
    Slip(CASES, "NCDSCREEN: |\n    PID | HOSP", "NCDSCREN: |\n    PID | HOSP", 13, "measures.cases.table", "NCDSCREEN"),
    Slip(CASES, "SBP_1 | DBP_1\n    P1  | 11", "SBP1 | DBP_1\n    P1  | 11", 14, "measures.cases.column", "SBP_1"),
    Slip(CASES, "2013-04-01..2014-03-31 ", "2556-04-01..2557-03-31 ", 5, "measures.cases.period", "543"),
    Slip(CASES, "census_day: 2013-04-01", "census_day: 2013-04-31", 6, "measures.cases.date"),
    Slip(CASES, "{a: 2, b: 2, value: 100}", "{a: 2, b: 2}", 17, "measures.cases.expect", "value"),
    Slip(CASES, "{a: 2, b: 2, value: 100}", "{a: two, b: 2, value: 100}", 17, "measures.cases.number"),
    Slip(CASES, "params: {age_min", "params: {agemin", 51, "measures.parameter.unknown", "'age_min'"),
    Slip(CASES, "params: {age_min: 15}", "params: {age_min: young}", 51, "measures.parameter.value", "whole number"),
    Slip(CASES, "value: 100}}\n", "value: 100}}\n  expects: {}\n", 18, "authored.key", "'expect'"),
    # sets and code lists of the site
    Slip(SET, "FROM screenings", "FROM screenigs", 3, "measures.sql.view", "'screenings'"),
    Slip(SET, "in_codelist(smoke, 'own')", "in_codelist(smoke, 'owm')", 4, "measures.sql.codelist", "'own'"),
    Slip(SET, "SELECT person_id", "SELEC person_id", 2, "measures.sql", ""),
    Slip(LIST, "code_prefix", "code", 1, "measures.codelist.column", "'code_prefix'"),
    Slip(LIST, "E11,", "E11.9,", 3, "measures.codelist.prefix", "E119"),
    Slip(LIST, "E11,", "E10,", 3, "measures.codelist.repeated", "'E10'"),
    Slip(LIST, "E11,Type 2,ours", "E11,Type 2", 3, "measures.codelist.cells", "2"),
]  # fmt: skip


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """The packs of a site with one started measure, a set and a code list."""
    start_measure(tmp_path / "packs", "bp_measured")
    for name, text in (
        (SET, "-- Smokers\nSELECT person_id, row_id\nFROM screenings\nWHERE in_codelist(smoke, 'own')\n"),
        (LIST, "code_prefix,title_en,source\nE10,Type 1,ours\nE11,Type 2,ours\n"),
    ):
        file = tmp_path / "packs" / "site" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "packs"


def path_of(packs: Path, file: str) -> Path:
    return packs / "site" / ("" if "/" in file else "measures/bp_measured") / file


def told(packs: Path) -> list[Problem]:
    """All that reading and checking say."""
    with at_site(packs):
        found = mistakes_of_site()
        try:
            return [*found, *mistakes_of(measure("bp_measured"))]
        except MeasuresError as error:
            return [*found, *error.problems]


def test_what_is_spoiled_here_was_whole(packs: Path) -> None:
    assert told(packs) == []
    with at_site(packs):
        of = measure("bp_measured")
        assert [o.status for o in check_files(case_files(of))] == ["passed"] * 5


@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: f"{s.file}-{s.line}-{s.code}-{s.wrong}"[:70])
def test_a_mistake_is_told_at_its_file_and_line(packs: Path, slip: Slip) -> None:
    path = path_of(packs, slip.file)
    text = path.read_text(encoding="utf-8")
    assert slip.right in text
    path.write_text(text.replace(slip.right, slip.wrong, 1), encoding="utf-8")
    found = told(packs)
    place = f"packs/site/{slip.file if '/' in slip.file else f'measures/bp_measured/{slip.file}'}"
    fitting = [p for p in found if p.code.startswith(slip.code) and (p.where.file, p.where.line) == (place, slip.line)]
    assert fitting, [str(p) for p in found]
    assert any(slip.word in f"{p.th} {p.en} {p.hint}" for p in fitting), [str(p) for p in fitting]
    assert all(p.level is Level.ERROR and p.where.file and p.hint for p in found)


def test_many_different_mistakes_are_told() -> None:
    assert len(SLIPS) >= 40
    assert len({s.code for s in SLIPS}) >= 25


@pytest.mark.parametrize("part", ["a.sql", "b.sql"])
def test_a_missing_text_is_told(packs: Path, part: str) -> None:
    path_of(packs, part).unlink()
    [found] = told(packs)
    assert (found.code, found.where.file) == ("measures.sql.missing", f"packs/site/measures/bp_measured/{part}")


def test_a_measure_without_cases_is_a_warning(packs: Path) -> None:
    path_of(packs, CASES).unlink()
    assert [(p.code, p.level) for p in told(packs)] == [("measures.cases.none", Level.WARNING)]


def test_a_case_that_fails_says_the_part_and_the_rows_that_were_found(packs: Path) -> None:
    """Without the dbp every reading counts: P2 of the second case, whose diastolic is empty, is in A too."""
    path = path_of(packs, A)
    path.write_text(path.read_text(encoding="utf-8").replace(" AND s.dbp > 0", ""), encoding="utf-8")
    with at_site(packs):
        of = measure("bp_measured")
        failed = [o for o in check_files(case_files(of)) if o.status == "failed"]
    [outcome] = failed
    assert (outcome.case.line, outcome.why.splitlines()) == (
        18,
        [
            "11053: A ต้องได้ / expected 1, พบ / found 2",
            "11053: value ต้องได้ / expected 33.3333, พบ / found 66.6667",
            "11053: A ที่พบ / found: P1 (PERSON 1, NCDSCREEN 1); P2 (PERSON 2, NCDSCREEN 2)",
            "11053: B ที่พบ / found: P1 (PERSON 1); P2 (PERSON 2); P3 (PERSON 3)",
        ],
    )


def test_no_shipped_measure_has_a_mistake() -> None:
    assert [str(p) for measure_id in measure_ids() for p in mistakes_of(measure(measure_id))] == []
