"""A kept run explained from its folder alone: nothing is counted, and its own figures or none are explained."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from samrit.reference import shipped_register
from samrit.results import Run, read_run
from samrit.schemes import (
    Asked,
    SchemeRun,
    SchemesError,
    explain,
    read_inputs,
    read_pack,
    recall,
    run_scheme,
    running,
)
from schemes.building import write_csv
from schemes.small_home import UNITS, Small

REGISTER = shipped_register()
ORG = UNITS["4206"]


@pytest.fixture(scope="module")
def done(small: Small, tmp_path_factory: pytest.TempPathFactory) -> SchemeRun:
    columns = ("item", "org", "a", "b", "value", "author", "entered_on")
    rows = [("3.1", ORG, 55, 100, "", "สมชาย", "2014-04-15")]
    path = write_csv(tmp_path_factory.mktemp("inputs") / "entries.csv", columns, rows)
    inputs, pack = read_inputs({"entries": path}, lambda own: read_pack("qof-2557", own))
    return run_scheme(pack, small.late, REGISTER, Asked("42"), inputs)


@pytest.mark.parametrize("item", ["2.6", "2.4", "3.1", "3.3"])
def test_a_kept_run_is_explained_as_the_run_itself(
    small: Small, done: SchemeRun, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("counted")

    monkeypatch.setattr(running, "count_items", never)
    again = recall(read_run(done.run.folder))
    said = explain(again, small.late, REGISTER, ORG, item)
    assert said.sentences() == explain(done, small.late, REGISTER, ORG, item).sentences()
    assert json.dumps(said.as_dict()) == json.dumps(explain(done, small.late, REGISTER, ORG, item).as_dict())
    assert said.as_dict()["run"] == done.run.id


def changed(of: Run, folder: Path, file: str, old: str, new: str) -> Run:
    """A copy of a run with one figure changed, as another version of the code would have made it."""
    shutil.copytree(of.folder, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return replace(of, folder=folder)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("scores.csv", f"{ORG},3.1,55,100,55.0000,2,5,60,24,", f"{ORG},3.1,55,100,55.0000,2,5,60,24.001,"),
        ("payments.csv", f"{ORG},earned.3.1,8985,1168050,", f"{ORG},earned.3.1,8985,1168051,"),
    ],
)
def test_a_run_whose_figures_this_version_does_not_give_is_not_explained(
    done: SchemeRun, tmp_path: Path, file: str, old: str, new: str
) -> None:
    with pytest.raises(SchemesError) as refused:
        recall(changed(done.run, tmp_path / "other", file, old, new))
    (found,) = refused.value.problems
    assert (found.code, found.where.file) == ("schemes.explain.other_code", file)
    assert done.run.id in found.th


def test_more_places_of_the_same_number_are_no_other_figure(done: SchemeRun, tmp_path: Path) -> None:
    row = f"{ORG},3.1,55,100,55.0000,2,5,60,24"
    assert recall(changed(done.run, tmp_path / "other", "scores.csv", f"{row},", f"{row}.00000000000000001,"))


def test_what_was_typed_in_says_so_after_years_too(done: SchemeRun) -> None:
    said = explain(recall(read_run(done.run.folder)), None, REGISTER, ORG, "3.1")
    assert said.sentences()[-1] == "ค่า = 55.00 เมื่อ A = 55, B = 100 (คีย์เข้า)"
