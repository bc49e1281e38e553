"""Worlds: what the home would hold if only some packages had come, or if they had been read leniently.

A world is a home of its own inside the vault, for as long as it is needed: everything that is named by its content is
shared with the real home by hard links, so only what differs is made again. Nothing of the real home changes.
"""

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType

from samrit.quality.lenient import Cause, write_repaired
from samrit.warehouse import Home, Snapshot, load, rebuild
from samrit.warehouse.parsing import parse
from samrit.warehouse.receipt import Receipt
from samrit.warehouse.receiving import receipts

PREFIX = "world-"
OWN = frozenset({"receipts", "spill"})
"""Folders of a vault that a world does not share: it has receipts of its own packages only."""

Repairs = Counter[tuple[str, Cause]]
"""(sender, (table, field, rule)) -> how many faults a lenient reading repairs."""


class Worlds:
    """The worlds around a snapshot; a context, and what they hold is gone when it is left.

    as_of: the centre's cut day, its last day included; None: nothing is cut.
    """

    def __init__(self, snapshot: Snapshot, as_of: date | None) -> None:
        self.snapshot = snapshot
        cut = f"{as_of:%Y%m%d}" if as_of else ""
        named = {(p.name, p.sha256) for p in snapshot.packages}
        every = [receipt for receipt in receipts(snapshot.home) if (receipt.name, receipt.sha256) in named]
        self.in_time = [receipt for receipt in every if not cut or receipt.stamp[:8] <= cut]
        self.late = [receipt for receipt in every if cut and receipt.stamp[:8] > cut]
        self.repairs: Repairs = Counter()
        self._nearest = snapshot.home
        self._stack = ExitStack()

    def __enter__(self) -> "Worlds":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def in_time_only(self) -> Snapshot | None:
        """The snapshot of the packages that came in time; the real one when none came late, None when all did."""
        if not self.late:
            return self.snapshot
        if not self.in_time:
            return None
        made = rebuild(self._new_home(self.in_time))
        self._nearest = made.home
        return made

    def read_leniently(self, tables: Collection[str]) -> Snapshot | None:
        """The packages that came in time with faulty rows of these tables taken as a forgiving loader takes them.

        None when that changes nothing.
        """
        folder = self._folder()
        repaired: dict[Receipt, Path] = {}
        for number, receipt in enumerate(self.in_time):
            parsed = parse(self.snapshot.home, receipt)
            if not parsed.faults().height:
                continue
            package = receipt.open(self.snapshot.home)
            done = write_repaired(parsed, package, tables, folder / str(number))
            if done:
                repaired[receipt] = folder / str(number)
                self.repairs += Counter({(receipt.sender, cause): count for cause, count in done.items()})
        if not repaired:
            return None
        home = self._new_home(receipt for receipt in self.in_time if receipt not in repaired)
        return load(home, list(repaired.values())).snapshot

    def _folder(self) -> Path:
        """An empty folder in the vault, which only its owner may read."""
        return Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix=PREFIX, dir=self.snapshot.home.vault)))

    def _new_home(self, kept: Iterable[Receipt]) -> Home:
        """A home that has received these packages, and shares what is named by content with the nearest home so far."""
        near, home = self._nearest, Home(self._folder() / "home")
        papers = {(r.name, r.sha256) for r in kept}
        with near.writing():  # what nobody refers to any more is cleared under this lock
            for folder in near.vault.iterdir():
                if folder.is_dir() and folder.name not in OWN and not folder.name.startswith(PREFIX):
                    _share(folder, home.vault / folder.name)
            _share(near.views, home.views)
            for paper in near.receipts.glob("*.json"):
                receipt = _receipt_of(paper)
                if (receipt.name, receipt.sha256) in papers:
                    _link(paper, home.receipts / paper.name)
        return home


def _receipt_of(paper: Path) -> Receipt:
    return Receipt(**json.loads(paper.read_bytes()))


def _share(folder: Path, to: Path) -> None:
    shutil.copytree(folder, to, copy_function=_link, dirs_exist_ok=True)


def _link(file: str | Path, to: str | Path) -> None:
    """A second name for a file that is never changed in place; a copy where the disk knows no second names."""
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)
