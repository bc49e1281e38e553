"""What a page shows is what the program does: console and python blocks run, links and names lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from docs.blocks import KINDS, PAGES, ROOT, Block, blocks, commands, prepare, prints, run
from samrit import __version__

LINK = re.compile(r"\[[^\]]*\]\((?P<to>[^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.*)$", re.MULTILINE)
WALKED = "walk.md"  # its commands run in test_walk.py
CONSOLE = [page for page in PAGES if blocks(page, "console") and page.name != WALKED]
PYTHON = [block for page in PAGES for block in blocks(page, "python")]


@pytest.mark.parametrize("page", CONSOLE, ids=lambda page: page.name)
def test_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(prepare(tmp_path))
    for block in blocks(page, "console"):
        for words, wanted in commands(block):
            ran = run(words, monkeypatch)
            assert ran.code == 0, f"{page.name}:{block.line} {words}\n{ran.err}"
            assert not wanted or prints(wanted, ran.out), f"{page.name}:{block.line} {words}\n{ran.out}"


@pytest.mark.parametrize("block", PYTHON, ids=lambda block: f"{block.page.name}:{block.line}")
def test_python_of_a_page_runs(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(prepare(tmp_path))
    exec(compile(block.text, f"{block.page.name}:{block.line}", "exec"), {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_says_its_kind(page: Path) -> None:
    assert [(b.line, b.kind) for b in blocks(page) if b.kind not in KINDS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings_that_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = []
    for match in LINK.finditer(text):
        path, _, anchor = match["to"].partition("#")
        if "://" in path:
            continue
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(match["to"])
    assert broken == []


def _anchors(page: Path) -> set[str]:
    """Anchors as code hosts make them: lower case, spaces to hyphens, other signs dropped."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_two_commands_of_the_readme_do_their_own_set_up() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/samrit up\n" in readme
    assert "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest\n" in readme
    assert "samrit" in project["project"]["scripts"]
    assert "test" in project["project"]["optional-dependencies"]
    assert project["project"]["requires-python"].removeprefix(">=") in readme


def test_the_newest_version_of_the_changelog_is_the_version_of_the_program() -> None:
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == __version__


def test_a_console_block_that_prints_something_else_is_noticed() -> None:
    assert prints(["a", "...", "c"], "a\nb\nb\nc\n")
    assert prints(["a  "], "a\n")
    assert not prints(["a", "c"], "a\nb\nc\n")
    assert not prints(["a"], "a\nb\n")
