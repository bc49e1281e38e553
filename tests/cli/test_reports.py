"""`samrit report`: what it refuses before it counts anything, what it hands on, and papers of a kept run."""

from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reports.building import RUN_ID, all_text, make_run
from reports.kept_runs import keep
from samrit.cli import reports
from samrit.cli.app import app
from samrit.problems import SamritError
from samrit.reference import shipped_register
from samrit.results import freeze
from samrit.schemes import SchemeRun


def call(*words: str) -> Result:
    return CliRunner().invoke(app, ["report", *words])


def code_of(result: Result) -> str:
    assert isinstance(result.exception, SamritError), result.output
    return result.exception.problems[0].code


def test_an_unknown_report_is_answered_with_the_nearest(tmp_path: Path) -> None:
    result = call("qof-2557-notice", "--out", str(tmp_path / "x.xlsx"), "--home", str(tmp_path))
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
    names = ("", "-notices", "-receivables", "-instalments")
    for ending in names:
        place = ("--out", str(tmp_path / f"x{ending}.xlsx"), "--home", str(tmp_path / "home"))
        result = call(f"qof-2557{ending}", "--org", "42", *words, "--format", "xlsx", *place)
        assert result.exit_code == 0, result.output
        assert RUN_ID in result.output
        assert "draft" in result.output
    assert asked == [("qof-2557", "42", day)] * 4
    assert {p.name for p in tmp_path.glob("*.xlsx")} == {f"x{ending}.xlsx" for ending in names}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one kept run and no snapshot: nothing can be counted there."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def kept(home: Path) -> SchemeRun:
    """The run of the home."""
    return keep("qof-2557", home)


def of_run(home: Path, name: str, out: Path, *words: str) -> Result:
    return call(name, "--home", str(home), "--out", str(out), *words)


def test_a_kept_run_is_a_draft_until_it_is_frozen(home: Path, kept: SchemeRun, tmp_path: Path) -> None:
    out, part = tmp_path / "x.xlsx", kept.run.id[:6]
    result = of_run(home, "qof-2557-notices", out, "--run", part)
    assert result.exit_code == 0, result.output
    assert "draft" in result.output
    assert "ร่าง ยังไม่รับรอง" in all_text(out)
    freeze(home / "runs", kept.run, "สมหญิง", "มติ 3/2557", datetime.fromisoformat("2014-06-02T09:00:00+07:00"))
    try:
        for name in ("qof-2557", "qof-2557-notices"):
            result = of_run(home, name, out, "--run", part)
            assert "frozen" in result.output
            assert "ร่าง" not in all_text(out)
        of_run(home, "qof-2557", out, "--run", part)
        assert "โดย สมหญิง   เหตุผล: มติ 3/2557" in all_text(out)
        other = keep("qof-2557", home, {"money.netting": "floor_zero"})
        moment = datetime.fromisoformat("2014-07-02T09:00:00+07:00")
        freeze(home / "runs", other.run, "สมหญิง", "มติ 4/2557", moment, kept.run.id)
        result = of_run(home, "qof-2557-notices", out, "--run", part)
        assert f"replaced by {other.run.id}" in result.output
        assert f"ยกเลิกแล้ว ใช้ผล {other.run.id} แทน" in all_text(out)
        of_run(home, "qof-2557-instalments", out, "--run", other.run.id)
        assert f"ผลนี้ใช้แทนผล {kept.run.id}" in all_text(out)
    finally:
        (home / "runs" / "history.jsonl").unlink()


def test_what_counts_anew_is_refused_beside_a_kept_run(home: Path, kept: SchemeRun, tmp_path: Path) -> None:
    result = of_run(home, "qof-2557", tmp_path / "x", "--run", kept.run.id, "--org", "42", "--trend")
    assert code_of(result) == "reports.run_alone"
    assert "--org, --trend" in str(result.exception)


def test_a_run_has_no_papers_of_another_pack(home: Path, kept: SchemeRun, tmp_path: Path) -> None:
    assert code_of(of_run(home, "nhso-2552", tmp_path / "x", "--run", kept.run.id)) == "reports.unknown"


def test_a_run_that_was_changed_gives_no_papers(home: Path, kept: SchemeRun, tmp_path: Path) -> None:
    table = kept.run.folder / "payments.csv"
    before = table.read_bytes()
    table.chmod(0o644)
    table.write_bytes(before.replace(b"earned", b"Earned", 1))
    try:
        assert code_of(of_run(home, "qof-2557", tmp_path / "x", "--run", kept.run.id)) == "results.run.damaged"
    finally:
        table.write_bytes(before)


@pytest.mark.parametrize(
    ("table", "column"),
    [("payments.csv", "amount_satang"), ("instalments.csv", "amount_satang"), ("ledger.csv", "closing")],
)
def test_other_money_by_this_version_is_refused(
    table: str, column: str, home: Path, kept: SchemeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A satang more in the folder than this code gives: as if another version had made the run."""
    monkeypatch.setattr(reports, "check_run", lambda *_: None)
    path = kept.run.folder / table
    before = path.read_bytes()
    path.chmod(0o644)
    lines = before.decode().splitlines()
    place, cells = lines[0].split(",").index(column), lines[1].split(",")
    cells[place] = str(int(cells[place]) + 1)
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    try:
        assert code_of(of_run(home, "qof-2557", tmp_path / "x", "--run", kept.run.id)) == "reports.other_code"
    finally:
        path.write_bytes(before)
    assert not (tmp_path / "x").exists()
