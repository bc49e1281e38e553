"""Packages as received: kept byte for byte in the vault, with a receipt. A package with a receipt is never lost.

Two packages are the same when name (upper case) and bytes are the same; the same bytes under another name are another
submission, because the stamp in the name decides ties.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from samrit.f43 import F43Error, open_package
from samrit.f43.package import shown
from samrit.objects import canonical, name_of, put_file
from samrit.problems import Problem, Where, problem
from samrit.warehouse.home import Home
from samrit.warehouse.parsing import parse
from samrit.warehouse.receipt import Receipt


@dataclass(frozen=True)
class Received:
    """What became of one file: loaded, duplicate or rejected (then with the problems)."""

    file: str
    status: str
    receipt: Receipt | None
    problems: tuple[Problem, ...] = ()


def find_packages(paths: list[Path]) -> tuple[list[Path], list[Problem]]:
    """Zips among files and (recursively) folders, sorted; a path that is not there is a problem."""
    found: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(f for f in path.rglob("*") if f.suffix.lower() == ".zip" and f.is_file())
            if not inside:
                problems.append(problem("warehouse.load.empty_folder", Where(file=str(path))))
            found += inside
        elif path.exists():
            found.append(path)
        else:
            problems.append(problem("warehouse.load.no_path", Where(file=str(path))))
    return found, problems


def receive(home: Home, path: Path) -> Received:
    """Keep a package and write its receipt. Call under the writers' lock."""
    try:
        package = open_package(path)
        name = package.name
        receipt = Receipt(name.stamp, name.text, package.sha256, name.sender, name.received)
        paper = _paper(home, receipt.name, receipt.sha256)
        if paper.exists():
            return Received(path.name, "duplicate", receipt)
        # A damaged zip is refused at the door, not in the middle of a load. Entries without a table are read too:
        # one damaged letter in its name would make a table an entry that is ignored.
        for entry in package.entries:
            if entry.table is None:
                package.read(entry)
        parse(home, receipt, package)
    except F43Error as error:
        return Received(shown(path.name), "rejected", None, error.problems)
    kept = home.packages / f"{package.sha256}.zip"
    if not kept.exists():
        put_file(kept, package.content, mode=0o600)
    put_file(paper, canonical({**receipt.identity, "received": receipt.received}), mode=0o600)
    return Received(path.name, "loaded", receipt)


def receipt_of(home: Home, name: str, sha256: str) -> Receipt:
    """The receipt of a package by what it is known by: its upper-case name and its bytes."""
    return Receipt(**json.loads(_paper(home, name, sha256).read_bytes()))


def receipts(home: Home) -> list[Receipt]:
    """Everything received so far, in the order of submissions."""
    return sorted(Receipt(**json.loads(paper.read_bytes())) for paper in home.receipts.glob("*.json"))


def _paper(home: Home, name: str, sha256: str) -> Path:
    """Where the receipt of a package is kept."""
    return home.receipts / f"{name_of(name, sha256)}.json"
