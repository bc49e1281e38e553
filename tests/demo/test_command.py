"""The command `samrit demo`: zips with their truth, or counts of a region, and nothing in between."""

import csv

import pytest
from typer.testing import CliRunner

from samrit.cli.app import app
from samrit.demo import DemoError


def run(*words):
    return CliRunner().invoke(app, ["demo", *map(str, words)])


def test_zips_and_their_truth_are_written(tmp_path):
    done = run(tmp_path / "zips", "--province", "39", "--people", "20", "--truth", tmp_path / "truth")
    assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "truth").iterdir()}
    assert names == {"planted.csv", "kinds.csv", "expected.csv", "twin"}
    assert {p.name for p in (tmp_path / "zips").iterdir()} == {p.name for p in (tmp_path / "truth" / "twin").iterdir()}


def test_a_cube_is_written_without_zips(tmp_path):
    done = run(tmp_path / "cube", "--region", "8", "--level", "cube", "--seed", "3")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "cube").iterdir()} == {"cube.csv", "populations.csv", "nhso-2552"}
    with (tmp_path / "cube" / "cube.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["item", "org", "a", "b"]


@pytest.mark.parametrize(
    "words",
    [
        ("--level", "cube"),
        ("--region", "8"),
        ("--region", "8", "--level", "cube", "--people", "10"),
        ("--region", "8", "--level", "cube", "--province", "42"),
    ],
)
def test_words_that_do_not_go_together_are_refused(tmp_path, words):
    refused = run(tmp_path / "demo", *words)
    assert isinstance(refused.exception, DemoError)
    assert [p.code for p in refused.exception.problems] == ["demo.cube.level"]
    assert not (tmp_path / "demo").exists()
