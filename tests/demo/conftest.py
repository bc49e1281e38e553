"""Demo zips read back without the reader of the product: a second pair of eyes on what was written."""

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from samrit.demo import write_demo
from samrit.f43 import table, table_of_entry

Row = dict[str, str]


@dataclass(frozen=True)
class Raw:
    """One entry as received: zip name, sender, entry name, table ("" = ignored), bytes."""

    zip: str
    sender: str
    entry: str
    table: str
    content: bytes

    @property
    def text(self) -> str:
        """The text, without a byte order mark; not UTF-8 means cp874."""
        content = self.content.removeprefix(b"\xef\xbb\xbf")
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("cp874")

    @property
    def lines(self) -> list[str]:
        """The lines without their ends, header first."""
        return [line.removesuffix("\r") for line in self.text.split("\n") if line]

    @property
    def names(self) -> list[str]:
        """Column names of the header as the standard spells them ("" stays)."""
        known = {alias: c.name for c in table(self.table).columns for alias in c.aliases}
        return [known.get(name.upper(), name.upper()) for name in self.lines[0].split("|")]

    @property
    def headerless(self) -> bool:
        """True when the exporter forgot the header: the first line is a row (or there is none)."""
        return not self.lines or self.lines[0][:5].isdigit()

    def rows(self) -> Iterator[Row]:
        """The rows that have a cell for every column, cells as received; none without a header."""
        if self.headerless:
            return
        names = self.names
        for line in self.lines[1:]:
            cells = line.split("|")
            if len(cells) == len([name for name in names if name]):
                yield dict(zip([name for name in names if name], cells, strict=True))
            elif len(cells) == len(names):
                yield dict(zip(names, cells, strict=True))


@dataclass(frozen=True)
class Demo:
    """A written demo: its paths and entries, and every row of every zip by table."""

    paths: list[Path]
    entries: list[Raw]
    rows: dict[str, list[Row]]

    def standing(self, name: str) -> list[Row]:
        """One row per key, the newest; rows of another sender or without a key left out."""
        newest: dict[tuple[str, ...], Row] = {}
        for row in self.rows[name]:
            key = tuple(row[column].strip() for column in table(name).key)
            if all(key) and row["HOSPCODE"] != "99999":
                held = newest.get(key)
                if held is None or held["D_UPDATE"] <= row["D_UPDATE"]:
                    newest[key] = row
        return list(newest.values())


def read_back(paths: list[Path]) -> Demo:
    entries = []
    rows = defaultdict(list)
    for path in paths:
        with zipfile.ZipFile(path) as package:
            for info in package.infolist():
                raw = Raw(
                    path.name,
                    path.name.split("_")[1],
                    info.filename,
                    table_of_entry(info.filename) or "",
                    package.read(info),
                )
                entries.append(raw)
                if raw.table:
                    rows[raw.table].extend(raw.rows())
    return Demo(paths, entries, rows)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """3,000 people of Loei in fiscal year 2557."""
    return read_back(write_demo(tmp_path_factory.mktemp("demo") / "new", people=3000))
