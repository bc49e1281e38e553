"""Code blocks of a page, and a way to run them: `python` blocks as they are, `console` blocks as typed commands.

A console block holds lines that start with `$ ` and under each what it prints; a line `...` stands for any lines.
A command without printed lines need only succeed. All console blocks of a page run in one folder that holds `zips/`
with the small package of docs/walk.md, and the centre's file of docs/reconcile.md.
"""

import contextlib
import io
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders import write_zip
from samrit.cli import main
from samrit.cli.shown import out as console

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs").glob("measures/*.md")),
    *sorted((ROOT / "docs").glob("packs/*.md")),
]
FENCE = re.compile(r"^```(?P<kind>[a-z]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
KINDS = {"console", "python", "text", "sql", "yaml"}
WIDTH = "200"

PACKAGE = "F43_04701_20140410101500.zip"
ENTRIES = {
    "PERSON": "HOSPCODE|PID|SEX|BIRTH|NATION|TYPEAREA|DISCHARGE|D_UPDATE\n04701|P1|1|19480615|099|1|9|20140401080000\n",
    "CHRONIC": "HOSPCODE|PID|DATE_DIAG|CHRONIC|D_UPDATE\n04701|P1|20100301|I10|20140401080000\n",
    "CHRONICFU": "HOSPCODE|PID|DATE_SERV|SBP|DBP|D_UPDATE\n"
    "04701|P1|20130910|138|88|20130910103000\n"
    "04701|P1|20140115|128|78|20140115093000\n",
}


CENTRE = "hospcode,b_year,target,result,result09,result01\n04701,2557,2,0,0,0\n99999,2557,5,1,0,1\n"


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, the line of its fence, its kind and its text."""

    page: Path
    line: int
    kind: str
    text: str


@dataclass(frozen=True)
class Ran:
    """What a command gave: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


def blocks(page: Path, *kinds: str) -> list[Block]:
    """The fenced blocks of a page of these kinds (none: all), in order."""
    text = page.read_text(encoding="utf-8")
    found = [Block(page, text.count("\n", 0, m.start()) + 1, m["kind"], m["text"]) for m in FENCE.finditer(text)]
    return [block for block in found if not kinds or block.kind in kinds]


def commands(block: Block) -> list[tuple[list[str], list[str]]]:
    """The commands of a console block: its words, and the lines that it must print."""
    found: list[tuple[list[str], list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append((shlex.split(line[2:], comments=True), []))
        else:
            found[-1][1].append(line)
    return found


def run(words: list[str], monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Run `samrit ...` in this process, as its command line does."""
    assert words[0] == "samrit", words
    monkeypatch.setenv("SAMRIT_HOME", "samrit-home")
    monkeypatch.setenv("COLUMNS", WIDTH)
    monkeypatch.setattr(console, "_width", int(WIDTH))  # a console that was made in a narrower place keeps its width
    monkeypatch.setattr(sys, "argv", words)
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


def prints(wanted: list[str], found: str) -> bool:
    """True when the printed lines are the wanted ones; a wanted line `...` stands for any number of lines."""
    parts = [".*\n?" if line.strip() == "..." else re.escape(line.rstrip()) + "\n" for line in wanted]
    text = "".join(line.rstrip() + "\n" for line in found.splitlines())
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def prepare(folder: Path) -> Path:
    """The folder in which a page's commands run: `zips/` holds the package of docs/walk.md, centre.csv that of
    docs/reconcile.md."""
    write_zip(folder / "zips", PACKAGE, ENTRIES)
    (folder / "centre.csv").write_text(CENTRE, encoding="utf-8")
    return folder
