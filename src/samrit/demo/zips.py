"""Zips: the lines of one submission, entry by entry, and the package that is made of them.

The same lines give the same bytes. Deflate may give other compressed bytes in another build of zlib; the text of the
entries is what is promised.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from samrit.demo.headers import MISSPELT, header, sent_tables
from samrit.demo.plan import Exporter, Submission

EPOCH = (1980, 1, 1, 0, 0, 0)
IN_MEMORY = 1 << 20
"""Bytes of an entry that stay in memory; the rest waits in a temporary file."""
LINES_AT_ONCE = 2_000
THAI_TABLES = ("PERSON", "HOME", "ADDRESS", "SERVICE", "PROVIDER")
MARKED_TABLES = ("PERSON", "CARD")
CORRECTIONS = "DATA_CORRECT"


def plain(exporter: Exporter) -> Exporter:
    """The exporter without its faults, of the same edition."""
    return replace(
        exporter, upper=True, folder=True, line_end="\r\n", thai_code_page=False, byte_order_mark=False,
        statistics=False, misspelt=False, nameless=False, entry_suffix=False, lacks=(), headerless="",
    )  # fmt: skip


class Entry:
    """The text of one entry while it grows: header and lines, encoded bit by bit."""

    def __init__(self, first: str, end: str, encoding: str, mark: bytes) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by close)
        self._file.write(mark)
        self._end = end
        self._encoding = encoding
        self._lines = [first] if first else []
        self.count = len(self._lines)

    def put(self, text: str) -> int:
        """Add a line; its number, 1 = first."""
        self._lines.append(text)
        self.count += 1
        if len(self._lines) >= LINES_AT_ONCE:
            self._encode()
        return self.count

    def copy_to(self, package: zipfile.ZipFile, name: str) -> None:
        """Write the text as an entry with every field fixed: date 1980, made by FAT, readable by its owner."""
        self._encode()
        self._file.seek(0)
        with package.open(_fixed(name), "w") as inside:
            shutil.copyfileobj(self._file, inside, 1 << 18)

    def close(self) -> None:
        """Let go of the temporary file."""
        self._file.close()

    def _encode(self) -> None:
        if self._lines:
            self._file.write((self._end.join(self._lines) + self._end).encode(self._encoding))
            self._lines.clear()


class Parcel:
    """One submission of a facility on its way into a zip.

    prefix: of the zip name where the exporter's own is not wanted (the twin is named like the real one).
    """

    def __init__(self, hospcode: str, exporter: Exporter, submission: Submission, prefix: str = "") -> None:
        self.submission = submission
        self._hospcode = hospcode
        self._exporter = exporter
        self._stem = f"{prefix or exporter.zip_prefix}_{hospcode}_{submission.stamp}"
        self.name = f"{self._stem}{submission.suffix}.zip"
        self._entries: dict[str, Entry] = {}

    def put(self, table: str, text: str) -> int:
        """Add a line to a table; its number in the entry."""
        entry = self._entries.get(table)
        if entry is None:
            entry = self._entries[table] = self._open(table)
        return entry.put(text)

    def entry_name(self, table: str) -> str:
        """The name of the table's entry inside the zip."""
        name = table if self._exporter.upper else table.lower()
        if self._exporter.entry_suffix:
            name = f"{name}_{self._hospcode}_{self.submission.stamp}"
        return self._inside(f"{name}.txt")

    def write(self, folder: Path) -> Path:
        """Write the zip: an entry for every table sent, with its header even when there is no row."""
        path = folder / self.name
        with zipfile.ZipFile(path, "w") as package:
            for table in self._tables():
                entry = self._entries.get(table) or self._open(table)
                entry.copy_to(package, self.entry_name(table))
                entry.close()
            if self._exporter.statistics:
                text = f'<?xml version="1.0" encoding="utf-8"?>\r\n<export hospcode="{self._hospcode}"/>\r\n'
                with package.open(_fixed(self._inside("export_stat.xml")), "w") as inside:
                    inside.write(text.encode())
        return path

    def faults(self) -> Iterator[tuple[str, str, str, int]]:
        """(kind, table, column, line) of everything wrong with whole entries; line 0 = the entry, 1 = its header."""
        exporter = self._exporter
        for table in self._tables():
            for wrong, kind in (
                (exporter.thai_code_page and table in THAI_TABLES, "code_page"),
                (self._marked(table), "byte_order_mark"),
                (not exporter.upper, "lower_case"),
                (not exporter.folder, "entry_at_root"),
                (exporter.entry_suffix, "entry_suffix"),
            ):
                if wrong:
                    yield kind, table, "", 0
            if self._headerless(table):
                yield "header_missing", table, "", 1
                continue
            if exporter.nameless and table == "VILLAGE":
                yield "header_nameless", table, "", 1
            names = header(table, exporter.edition, misspelt=False, nameless=False).split("|")
            yield from (
                ("header_misspelt", table, column, 1)
                for of, column in MISSPELT
                if exporter.misspelt and of == table and column in names
            )
            yield from (("column_missing", of, column, 1) for of, column in exporter.lacks if of == table)

    def close(self) -> None:
        """Let go of all temporary files."""
        for entry in self._entries.values():
            entry.close()

    def _tables(self) -> tuple[str, ...]:
        return tuple(
            table
            for table in (*sent_tables(), CORRECTIONS)
            if table in self._entries or (table != CORRECTIONS and (self._exporter.refers or "REFER" not in table))
        )

    def _headerless(self, table: str) -> bool:
        return table == self._exporter.headerless and self.submission.number == 0

    def _marked(self, table: str) -> bool:
        """A byte order mark belongs to UTF-8 alone."""
        in_code_page = self._exporter.thai_code_page and table in THAI_TABLES
        return self._exporter.byte_order_mark and table in MARKED_TABLES and not in_code_page

    def _inside(self, name: str) -> str:
        return f"{self._stem}/{name}" if self._exporter.folder else name

    def _open(self, table: str) -> Entry:
        exporter = self._exporter
        lacking = tuple(column for of, column in exporter.lacks if of == table)
        first = header(table, exporter.edition, misspelt=exporter.misspelt, nameless=exporter.nameless, lacking=lacking)
        if self._headerless(table):
            first = ""
        encoding = "cp874" if exporter.thai_code_page and table in THAI_TABLES else "utf-8"
        mark = b"\xef\xbb\xbf" if self._marked(table) else b""
        return Entry(first if exporter.upper else first.lower(), exporter.line_end, encoding, mark)


def _fixed(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0o600 << 16
    return entry
