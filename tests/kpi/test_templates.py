"""Templates: the shipped ones pass their own cases, and every mistake of a file is told with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from samrit.kpi import KpiError, Operator, Round, check_template, read_template, shipped_templates

PLAIN: dict[str, Any] = {
    "id": "t",
    "fiscal_year": 2561,
    "name_th": "ร้อยละ",
    "level": "country",
    "variables": {"A": ["แห่ง", "a"], "B": ["แห่ง", "b"]},
    "formula": {"text": "(A/B)x100", "provenance": "printed"},
    "operator": ">=",
    "targets": {"M6": 40, "M12": 60},
    "tests": [{"A": 46, "B": 116, "value": "39.66", "round": "M6", "passes": False}],
}


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "t.json"
    path.write_text(json.dumps({**PLAIN, **changes}, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", shipped_templates(), ids=lambda path: path.stem)
def test_the_shipped_templates_pass_their_own_cases(path: Path) -> None:
    template = read_template(path)
    checked = check_template(template)
    assert [one for case in checked for one in case.problems] == []
    assert len(checked) == len(json.loads(path.read_text(encoding="utf-8"))["tests"]) > 0


def test_all_fourteen_are_shipped() -> None:
    assert len(shipped_templates()) == 14


def test_targets_are_of_one_year_or_of_several(tmp_path: Path) -> None:
    one = read_template(written(tmp_path))
    final = one.targets.final(2561)
    assert (final.value if final else None, one.targets.of(2561, Round.M3)) == (60, None)
    several = read_template(written(tmp_path, targets={"2561": {"M12": 26}, "2562": {"M12": 28, "M6": None}}))
    assert [(t.value if (t := several.targets.final(year)) else None) for year in (2561, 2562, 2563)] == [26, 28, None]
    assert several.targets.of(2562, Round.M6) is None
    between = read_template(written(tmp_path, operator="between", targets={"M12": [10, 20]}, tests=[]))
    final = between.targets.final(2561)
    assert (between.written.operator, final and final.value, final and final.upper) == (Operator.BETWEEN, 10, 20)


@pytest.mark.parametrize(
    ("case", "what"),
    [
        ({"A": 46, "B": 116, "value": "39.65"}, "value should be 39.65 and is 39.66"),
        ({"A": 46, "B": 116, "value": None}, "value should be"),
        ({"A": 46, "B": 0, "value": "0.00"}, "value should be 0.00 and is"),
        ({"A": 46, "B": 116, "passes": True}, "passes should be true and is false"),
        ({"A": 46, "B": 116, "passes": True, "round": "M6"}, "passes should be true and is false"),
        ({"A": 46, "B": 116, "passes": False, "round": "M3"}, "passes should be false and is ไม่มี / none"),
        ({"A": 46, "B": 116, "score": 3}, "score should be 3 and is"),
        ({"A": 46, "C": 116, "value": "39.66"}, "'C' is not known"),
        ({"A": "x", "B": 116}, "A cannot be 'x'"),
        ({"A": 1, "B": 2, "round": "M7"}, "round cannot be 'M7'"),
        ({"A": 1, "B": 2, "passes": "maybe"}, "passes cannot be 'maybe'"),
    ],
)
def test_a_case_that_does_not_come_out_says_what_differs(tmp_path: Path, case: dict[str, Any], what: str) -> None:
    path = written(tmp_path, tests=[{"A": 1, "B": 2, "value": "50"}, case])
    good, bad = check_template(read_template(path))
    assert good.passed
    assert [what in one.en for one in bad.problems] == [True]
    assert bad.problems[0].where.line > 20  # the case stands near the end of the file


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"formula": {"text": "(A/B"}}, "formula.bracket.open"),
        ({"formula": {"text": "A/C"}}, "formula.name.undefined"),
        ({"variables": {"A": ["แห่ง", ""], "b": ["", ""]}}, "authored.value"),
        ({"variables": {"A": ["แห่ง", ""], "B": ["คน", ""]}, "formula": {"text": "A+B"}}, "formula.unit.differs"),
        ({"operator": "=>"}, "authored.value"),
        ({"targets": {"M7": 40}}, "kpi.round"),
        ({"targets": {"M6": "forty"}}, "kpi.target.form"),
        ({"targets": {"2561": 40}}, "kpi.targets.form"),
        ({"operator": "between"}, "kpi.target.form"),
        ({"operator": "between", "targets": {"M12": [20, 10]}}, "kpi.target.range"),
        ({"bands": [[None, 65, 1], [70, None, 2]]}, "kpi.bands.meet"),
        ({"bands": [[None, 65, 1], [65, 65, 2]]}, "kpi.bands.empty"),
        ({"taget": 1}, "authored.key.unknown"),
    ],
)
def test_a_mistake_of_a_file_is_told_with_its_line(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(KpiError) as caught:
        read_template(written(tmp_path, **changes))
    found = [one for one in caught.value.problems if one.level == "error"]
    assert {one.code for one in found} == {code}
    assert all(one.where.line > 0 and one.where.file.endswith("t.json") for one in found)


def test_a_value_that_is_defined_and_not_used_is_a_warning(tmp_path: Path) -> None:
    template = read_template(written(tmp_path, variables={**PLAIN["variables"], "C": ["คน", ""]}))
    assert [one.code for one in template.warnings] == ["formula.name.unused"]
