"""How the commands speak: help in Thai and English, the home everywhere, exit codes, stdout and stderr, `up`."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.conftest import Office
from cli.speaking import has_thai, samrit
from samrit import __version__
from samrit.cli import app as app_module
from samrit.cli import up as up_module
from schemes.building import write_csv
from schemes.small_home import write_zips

ORG = ("hospcode", "hostype", "service_level", "size", "cup", "district_code", "province_code", "health_region")
CONTRACT = {
    "demo", "load", "f43 check", "snapshots", "rejects", "measures list", "measures show", "measures check",
    "measures count", "measures people", "schemes list", "schemes check", "schemes show", "schemes run",
    "schemes explain", "org import", "population import", "entries import", "winners import", "changes import", "up",
}  # fmt: skip


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and group of the application with the words that call it."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


EVERY = list(commands(typer.main.get_command(app_module.app)))


def has_english(text: str) -> bool:
    return re.search(r"[a-z]{2}", text) is not None


def test_the_commands_of_the_contract_are_there() -> None:
    assert {" ".join(path) for path, command in EVERY if not hasattr(command, "commands")} >= CONTRACT


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) for path, _ in EVERY])
def test_help_of_every_command_is_thai_and_english(path: tuple[str, ...], command: Any) -> None:
    said = samrit(*path, "--help")
    assert said.code == 0
    assert has_thai(command.help)
    assert has_english(command.help.partition("/")[2])
    for parameter in command.params:
        if parameter.name != "help":
            assert has_english(parameter.help), f"{parameter.name}: {parameter.help}"
            assert has_thai(parameter.help) or " " not in parameter.help, f"{parameter.name}: {parameter.help}"
    assert "--help" in said.out


def test_help_of_the_whole_and_the_version() -> None:
    said = samrit("--help")
    assert has_thai(said.out)
    assert samrit("--version").out == f"samrit {__version__}\n"


@pytest.mark.parametrize(
    "words", [("nothing",), ("measures", "cuont"), ("load",), ("schemes", "run"), ("rejects", "--no")]
)
def test_wrong_usage_is_2_and_stdout_is_empty(words: tuple[str, ...]) -> None:
    said = samrit(*words)
    assert said.code == 2
    assert said.out == ""


def test_home_stands_before_or_after_the_command_or_in_the_environment(office: Office, tmp_path: Path) -> None:
    wanted = samrit("snapshots", "--json", "--home", office.home).json
    assert wanted
    assert samrit("--home", office.home, "snapshots", "--json").json == wanted
    assert samrit("snapshots", "--json", home=office.home).json == wanted
    assert samrit("snapshots", "--json", home=tmp_path / "other").json == []
    assert samrit("--home", office.home, "snapshots", "--json", home=tmp_path / "other").json == wanted
    assert samrit("--home", tmp_path / "other", "snapshots", "--json", "--home", office.home).json == wanted


def test_without_a_word_the_home_is_in_the_folder_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert samrit("snapshots", "--json").json == []
    assert (tmp_path / "samrit-home" / "vault").is_dir()


def test_a_home_that_cannot_be_is_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = samrit("snapshots", "--json", "--home", tmp_path / "file")
    assert (said.code, said.out) == (2, "")
    assert has_thai(said.err)


@pytest.mark.parametrize(
    ("words", "thai"),
    [
        (("schemes", "show", "qof-2558"), "ไม่มีกติกา 'qof-2558' - หมายถึง 'qof-2557' หรือไม่"),
        (("schemes", "run", "qof-2557"), "ยังไม่มีข้อมูลในเครื่องนี้"),
        (("schemes", "run", "qof-2557", "--set", "x=1", "--home", "{office}"), "ไม่มีตำแหน่ง 'x' ในกติกา"),
    ],
)
def test_errors_say_in_thai_what_is_wrong(office: Office, tmp_path: Path, words: tuple[str, ...], thai: str) -> None:
    said = samrit(*(w.format(office=office.home) for w in words), home=tmp_path / "home")
    assert said.code == 2
    assert thai in said.err


def process(*words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    call = "from samrit.cli import main; main()"
    env = {**os.environ, "SAMRIT_HOME": str(home), "PYTHONIOENCODING": "ascii"}
    return subprocess.run(
        [sys.executable, "-c", call, *map(str, words)], capture_output=True, encoding="utf-8", env=env, check=False
    )


def test_a_process_prints_one_json_document_on_stdout_and_progress_on_stderr(office: Office) -> None:
    done = process("schemes", "run", "qof-2557", "--org", "4206", "--json", home=office.home)
    assert done.returncode == 0
    assert json.loads(done.stdout)["scheme"] == "qof-2557"
    assert "count" in done.stderr


def test_a_process_ends_with_the_exit_code_and_speaks_utf_8_everywhere(office: Office, tmp_path: Path) -> None:
    done = process("schemes", "show", "qof-2558", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ไม่มีกติกา" in done.stderr
    (tmp_path / "F43_11053_20140101080000.zip").write_bytes(b"no zip")
    assert process("f43", "check", tmp_path, home=tmp_path).returncode == 1


def test_org_import_adds_to_the_register_or_replaces_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    row = ("98765", "18", "", "", "11033", "4206", "42", "8")
    merged = samrit("org", "import", write_csv(tmp_path / "one.csv", ORG, [row]), "--home", home)
    assert merged.code == 0
    rows = int(merged.out.split("register of ")[1].split()[0].replace(",", ""))
    assert rows > 1000
    alone = write_csv(tmp_path / "all.csv", ORG, [("11033", "07", "", "", "", "4206", "42", "8")])
    replaced = samrit("org", "import", alone, "--replace", "--home", home)
    assert "register of 1 rows" in replaced.out
    again = samrit("org", "import", write_csv(tmp_path / "one.csv", ORG, [row]), "--home", home)
    assert "register of 2 rows" in again.out


def test_org_import_refuses_a_file_with_a_mistake_as_a_whole(tmp_path: Path) -> None:
    rows = [("11033", "07", "", "", "", "4206", "42", "8"), ("4801", "18", "", "", "", "4206", "42", "8")]
    said = samrit("org", "import", write_csv(tmp_path / "org.csv", ORG, rows), "--home", tmp_path / "home")
    assert (said.code, said.out) == (1, "")
    assert "org.csv:3" in said.err
    assert has_thai(said.err)


def test_up_makes_demo_data_on_the_first_start_and_uses_what_is_there_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def few(folder: Path, *, people: int, **more: object) -> list[Path]:
        asked.append(people)
        return write_zips(folder, people, districts=("4206",))

    monkeypatch.setattr(up_module, "write_demo", few)
    first = samrit("up", "--people", "60", "--home", tmp_path / "home")
    assert first.code == 0
    assert asked == [60]
    assert "14,375,386.42" in first.out  # the advance of the province does not depend on the data
    assert f"--org {'10705'}" in first.out
    second = samrit("up", "--home", tmp_path / "home")
    assert second.code == 0
    assert asked == [60]
    assert len(samrit("snapshots", "--json", "--home", tmp_path / "home").json) == 1


def test_up_without_demo_data_on_an_empty_home_says_what_to_do(tmp_path: Path) -> None:
    said = samrit("up", "--no-demo", "--home", tmp_path / "home")
    assert said.code == 0
    assert "samrit load" in said.err
    assert list((tmp_path / "home" / "runs").iterdir()) == []
