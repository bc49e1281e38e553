"""`samrit report`: what it refuses before it counts anything, and what it hands on."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reports.building import RUN_ID, make_run
from samrit.cli import reports
from samrit.cli.app import app
from samrit.reference import shipped_register
from samrit.reports import ReportsError


def call(*words: str) -> Result:
    return CliRunner().invoke(app, ["report", *words])


def code_of(result: Result) -> str:
    assert isinstance(result.exception, ReportsError), result.output
    return result.exception.problems[0].code


def test_an_unknown_report_is_answered_with_the_nearest(tmp_path: Path) -> None:
    result = call("qof-2557-notice", "--out", str(tmp_path / "x.xlsx"))
    assert code_of(result) == "reports.unknown"
    assert "qof-2557-notices" in str(result.exception)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_format_that_does_not_exist_yet_is_refused(form: str, tmp_path: Path) -> None:
    assert code_of(call("qof-2557", "--format", form, "--out", str(tmp_path / "x"))) == "reports.form"


@pytest.mark.parametrize("period", ["2013-10-01..2014-03-31", "2013-04-01..2014-04-01"])
def test_another_period_than_the_schemes_is_refused(period: str, tmp_path: Path) -> None:
    assert code_of(call("qof-2557", "--period", period, "--out", str(tmp_path / "x"))) == "reports.period"


def test_a_period_and_a_day_together_are_refused(tmp_path: Path) -> None:
    words = ("--period", "2013-04-01..2014-02-28", "--as-of", "2014-02-28", "--out", str(tmp_path / "x"))
    assert code_of(call("qof-2557", *words)) == "reports.period_twice"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (("--period", "2013-04-01..2014-02-28"), "2014-02-28"),
        (("--period", "2013-04-01..2014-03-31"), ""),
        (("--as-of", "2014-01-31"), "2014-01-31"),
        ((), ""),
    ],
)
def test_the_end_of_the_period_is_the_day_up_to_which_care_counts(
    words: tuple[str, ...], day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []

    def made(
        _home: object, pack_id: str, org: str, as_of: str, *_: object, **__: object
    ) -> tuple[object, None, object]:
        asked.append((pack_id, org, as_of))
        return make_run(), None, shipped_register()

    monkeypatch.setattr(reports, "make_run", made)
    for name, ending in (("qof-2557", "a.xlsx"), ("qof-2557-notices", "b.xlsx")):
        result = call(name, "--org", "42", *words, "--format", "xlsx", "--out", str(tmp_path / ending))
        assert result.exit_code == 0, result.output
        assert RUN_ID in result.output
    assert asked == [("qof-2557", "42", day)] * 2
    assert {p.name for p in tmp_path.iterdir()} == {"a.xlsx", "b.xlsx"}
