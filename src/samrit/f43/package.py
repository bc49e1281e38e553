"""A package: one zip that one facility sent, with its name, its entries and their bytes (DEFINITIONS S1.1, S1.2).

Nothing is unpacked to disk, so paths inside a zip can do no harm; sizes are bounded against zip bombs.
"""

import hashlib
import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from samrit.f43.errors import F43Error
from samrit.f43.tables import table_of_entry
from samrit.problems import Where, problem

# Case is folded for ASCII letters only; a name with lone surrogates is no text and could not be written down.
NAME_FORM = re.compile(
    r"F43_([0-9]{5}|[0-9A-Z]{9})_([0-9]{14})(?:[-_][^\ud800-\udfff]*)?\.ZIP", re.ASCII | re.DOTALL | re.IGNORECASE
)
MOST_ENTRIES = 1_000
MOST_ENTRY_BYTES = 4 * 2**30
MOST_PACKAGE_BYTES = 16 * 2**30
# A line number must fit into the 26 bits that a row id has for it.
MOST_LINES = 2**26 - 1
# What zipfile raises for damaged bytes, whichever byte it is (a test flips them all).
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError, ValueError)


@dataclass(frozen=True, order=True)
class PackageName:
    """Name of a package: in upper case its identity; sender (5 or 9 characters), stamp (14 digits); as it was received.

    Two names that differ in case only are one name.
    """

    stamp: str
    text: str
    sender: str
    received: str = field(default="", compare=False)


@dataclass(frozen=True)
class Entry:
    """One file in the zip: number (1 = first in the zip's directory), path, table (None: ignored)."""

    number: int
    path: str
    table: str | None


@dataclass(frozen=True)
class Package:
    """A received zip: its name, the SHA-256 of its bytes, its entries."""

    name: PackageName
    sha256: str
    entries: tuple[Entry, ...]
    content: bytes

    @property
    def order(self) -> tuple[str, str, str]:
        """The order of submissions: stamp, then name, then bytes (DEFINITIONS S2.3)."""
        return (self.name.stamp, self.name.text, self.sha256)

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        """The open zip; its directory is read once."""
        return zipfile.ZipFile(io.BytesIO(self.content))

    def read(self, entry: Entry) -> bytes:
        """The bytes of an entry. Raises F43Error when they are damaged, locked by a password or too many."""
        where = Where(file=self.name.received, entry=entry.path)
        try:
            info = self._archive.infolist()[entry.number - 1]
            if info.flag_bits & 0x1:
                raise F43Error(problem("f43.package.password", where))
            with self._archive.open(info) as stream:
                content = stream.read(MOST_ENTRY_BYTES + 1)
        except DAMAGE as error:
            raise F43Error(problem("f43.package.damaged", where)) from error
        if len(content) > MOST_ENTRY_BYTES or content.count(b"\n") >= MOST_LINES:
            raise F43Error(problem("f43.package.too_large", where))
        return content


def package_name(name: str) -> PackageName:
    """The parts of a package's file name. Raises F43Error for any other name: the whole zip is refused.

    >>> package_name("f43_11053_20140410101500-1.zip").sender
    '11053'
    """
    match = NAME_FORM.fullmatch(name)
    if not match:
        raise F43Error(problem("f43.package.name", Where(file=shown(name))))
    return PackageName(stamp=match[2], text=name.upper(), sender=match[1].upper(), received=name)


def shown(name: str) -> str:
    """A file name as it can be printed and written: bytes that are no text become '?'."""
    return name.encode(errors="replace").decode()


def open_package(path: Path) -> Package:
    """The package at `path`, its directory checked. Raises F43Error: wrong name, no zip, too much in it."""
    name = package_name(path.name)
    where = Where(file=path.name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise F43Error(problem("f43.package.unreadable", where, reason=type(error).__name__)) from error
    return package_of(name, content)


def package_of(name: PackageName, content: bytes) -> Package:
    """The package with that name and those bytes. Raises F43Error."""
    where = Where(file=name.received)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except DAMAGE as error:
        raise F43Error(problem("f43.package.not_a_zip", where)) from error
    if not _is_whole(content, len(infos)):
        raise F43Error(problem("f43.package.not_a_zip", where))
    if len(infos) > MOST_ENTRIES or sum(info.file_size for info in infos) > MOST_PACKAGE_BYTES:
        raise F43Error(problem("f43.package.too_large", where))
    entries = tuple(
        Entry(number, info.filename, None if info.is_dir() else table_of_entry(info.filename))
        for number, info in enumerate(infos, start=1)
    )
    return Package(name, hashlib.sha256(content).hexdigest(), entries, content)


def _is_whole(content: bytes, entries: int) -> bool:
    """True when the directory holds as many entries as its end promises.

    zipfile does not compare them: one damaged length in the directory would hide the entries after it.
    """
    end = content.rfind(b"PK\x05\x06")
    promised = int.from_bytes(content[end + 10 : end + 12], "little")
    return promised in {entries, 0xFFFF}  # 0xFFFF: the number stands elsewhere (zip64)
