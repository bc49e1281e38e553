"""docs/walk.md is a walk that really happens: its commands run, its functions are called, its figures are right."""

import csv
import functools
import importlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import duckdb
import pytest

from docs.blocks import PACKAGE, ROOT, Ran, blocks, commands, prepare, prints, run
from samrit.warehouse import Home, open_snapshot, trace

WALK = ROOT / "docs" / "walk.md"
NAME = re.compile(r"`(samrit(?:\.\w+)+)`")
ROW_ID = 330_803_466_580_525_059
UC_PEOPLE = 34_400  # qof-2557, population of Pak Chom (11032), October 2556
RATE_SATANG = 325  # item 2.6 pays 3.25 baht per head at full marks


@dataclass(frozen=True)
class Walked:
    """What the commands of the page gave, which code they ran, and the home they left."""

    ran: list[tuple[list[str], list[str], Ran]]
    called: set[CodeType]
    home: Path


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    folder = prepare(tmp_path_factory.mktemp("walk"))
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            called.add(frame.f_code)

    _forget()
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setattr("os.fsync", lambda descriptor: None)
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            ran = [
                (words, wanted, run(words, patched)) for b in blocks(WALK, "console") for words, wanted in commands(b)
            ]
        finally:
            sys.setprofile(before)
    return Walked(ran, called, folder / "samrit-home")


def _forget() -> None:
    """Empty the caches of the product: what another test asked for before must be asked for again on the way."""
    for name, module in list(sys.modules.items()):
        if name.startswith("samrit"):
            for thing in list(vars(module).values()):
                getattr(thing, "cache_clear", int)()


def _names() -> list[str]:
    return list(dict.fromkeys(NAME.findall(WALK.read_text(encoding="utf-8"))))


def _found(name: str) -> object:
    """The module, class or function of a dotted name."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return functools.reduce(getattr, parts[length:], thing)
    raise ModuleNotFoundError(name)


def _code_of(thing: object) -> CodeType:
    function = thing.__init__ if isinstance(thing, type) else thing  # type: ignore[misc]
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return getattr(function, "__func__", function).__code__  # type: ignore[attr-defined,no-any-return]


def test_the_commands_print_what_the_page_shows(walked: Walked) -> None:
    for words, wanted, ran in walked.ran:
        assert ran.code == 0, f"{words}\n{ran.err}"
        assert not wanted or prints(wanted, ran.out), f"{words}\n{ran.out}"


def test_the_page_names_the_functions_of_the_way(walked: Walked) -> None:
    names = _names()
    assert len(names) >= 15
    assert [name for name in names if _code_of(_found(name)) not in walked.called] == []


def test_a_function_that_is_not_on_the_way_would_be_noticed(walked: Walked) -> None:
    assert _code_of(_found("samrit.demo.write.write_demo")) not in walked.called


def test_the_page_shows_the_package_that_the_commands_load() -> None:
    text = WALK.read_text(encoding="utf-8")
    assert PACKAGE in text
    assert "04701|P1|20140115|128|78|20140115093000" in text


def test_the_row_id_of_the_page_is_the_line_of_the_reading(walked: Walked) -> None:
    assert f"{ROW_ID}" in WALK.read_text(encoding="utf-8").replace(",", "").replace(" ", "")
    assert ROW_ID == 4701 * 2**46 + 3 * 2**26 + 3  # facility 04701, third entry of its only package, third line
    [line] = trace(open_snapshot(Home(walked.home)), [ROW_ID])
    assert (line.package, line.path, line.line) == (PACKAGE.upper(), "CHRONICFU.txt", 3)


def test_the_reading_is_in_the_curated_view_under_its_row_id(walked: Walked) -> None:
    [file] = open_snapshot(Home(walked.home)).files("follow_ups")
    rows = duckdb.connect().execute(f"SELECT sbp, dbp FROM read_parquet('{file}') WHERE row_id = {ROW_ID}").fetchall()
    assert rows == [(128, 78)]


def test_one_person_under_control_earns_the_whole_rate_of_the_item(walked: Walked) -> None:
    # A = 1, B = 1: 100 percent, score 5 of 5, the whole 3.25 baht for each of the 34,400 people.
    [run_folder] = (walked.home / "runs").iterdir()
    with (run_folder / "payments.csv").open(encoding="utf-8", newline="") as stream:
        paid = {
            (row["org"], row["component"]): int(row["amount_satang"])
            for row in csv.DictReader(stream)
            if row["org"] == "11032"
        }
    assert paid["11032", "earned.2.6"] == RATE_SATANG * UC_PEOPLE == 11_180_000
    # 4.6 sees the same resident, nobody with depression: value 0, lowest score 1 of 5, a fifth of 1.08 baht.
    assert paid["11032", "earned.4.6"] == 108 * UC_PEOPLE // 5 == 743_040
    assert paid["11032", "earned"] == 11_923_040
    assert paid["11032", "advance"] == 2813 * UC_PEOPLE == 96_767_200
    assert paid["11032", "net"] == 11_923_040 - 96_767_200


def test_the_amounts_of_the_page_are_those_of_the_run() -> None:
    text = WALK.read_text(encoding="utf-8")
    for satang in (11_180_000, 743_040, 11_923_040, 96_767_200, -84_844_160):
        baht = f"{abs(satang) // 100:,}.{abs(satang) % 100:02d}"
        assert ("-" if satang < 0 else "") + baht in text


def test_the_run_says_from_which_snapshot_it_was_made(walked: Walked) -> None:
    [run_folder] = (walked.home / "runs").iterdir()
    manifest = json.loads((run_folder / "manifest.json").read_bytes())
    [number] = (walked.home / "warehouse" / "snapshots").glob("*.json")
    assert manifest["snapshot"] == json.loads(number.read_bytes())["snapshot"]
