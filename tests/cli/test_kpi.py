"""`samrit kpi check`: last line, exit codes and JSON."""

import json
from pathlib import Path

from typer.testing import CliRunner

from samrit.cli.app import app
from samrit.kpi import shipped_templates

WRONG = {
    "id": "w", "fiscal_year": 2561, "name_th": "ก", "level": "country", "variables": {"A": ["", ""], "B": ["", ""]},
    "formula": {"text": "A/B"}, "operator": ">=",
    "tests": [{"A": 1, "B": 2, "value": "0.5"}, {"A": 1, "B": 2, "value": "2"}],
}  # fmt: skip


def test_the_shipped_templates_pass() -> None:
    cases = sum(len(json.loads(path.read_text(encoding="utf-8"))["tests"]) for path in shipped_templates())
    done = CliRunner().invoke(app, ["kpi", "check"])
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == f"{cases} passed, 0 failed"
    assert "A หารด้วย B แล้วคูณด้วย 100" in done.stdout


def test_a_mismatch_is_exit_1_with_the_case_and_its_line(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text(json.dumps(WRONG, indent=1), encoding="utf-8")
    done = CliRunner().invoke(app, ["kpi", "check", str(path)])
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "1 passed, 1 failed"
    assert "value should be 2 and is 1" in done.stderr
    told = json.loads(CliRunner().invoke(app, ["kpi", "check", str(path), "--json"]).stdout)
    assert [case["passed"] for case in told["templates"][0]["cases"]] == [True, False]
    assert (told["passed"], told["failed"]) == (1, 1)


def test_a_file_that_cannot_be_read_is_told_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text("{", encoding="utf-8")
    done = CliRunner().invoke(app, ["kpi", "check", str(path)])
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "0 passed, 1 failed"
