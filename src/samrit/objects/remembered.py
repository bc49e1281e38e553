"""What was worked out before, under the hash of everything that it was made from. It may be lost at any moment.

Whoever does not find a thing works it out again, so nobody waits for a lock or the disk, and damage costs only time.

>>> import tempfile
>>> memory = Remembered(Path(tempfile.mkdtemp()))
>>> memory.keep("a name", [("11053", None, Decimal("1.50"))])
>>> memory.recall("a name"), memory.recall("another name")
([('11053', None, Decimal('1.50'))], None)
"""

import json
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from samrit.objects.files import UNFINISHED, canonical

Rows = list[tuple[Any, ...]]
"""Rows of whole numbers, decimals, texts and None."""
ENDING = ".rows"
FASTEST = 1
DECIMAL = "decimal"


class Remembered:
    """Rows in a folder, each list of rows in a file of its own: its name inside, packed, with a check sum."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def recall(self, name: str) -> Rows | None:
        """The rows kept under a name; None when there are none, or when their file is damaged."""
        path = self._path(name)
        try:
            told, rows = json.loads(zlib.decompress(path.read_bytes()), object_hook=_decimal)
            if told != name:
                return None
            os.utime(path)  # what is asked for is forgotten last
        except (OSError, ValueError, KeyError, zlib.error):
            return None
        return [tuple(row) for row in rows]

    def keep(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Keep rows under a name, whole or not at all; a home that cannot be written to is no fault."""
        plain = [[{DECIMAL: str(v)} if isinstance(v, Decimal) else v for v in row] for row in rows]
        aside = self.folder / f"{UNFINISHED}{uuid4().hex}"
        with suppress(OSError):
            aside.write_bytes(zlib.compress(canonical([name, plain]), FASTEST))
            aside.replace(self._path(name))

    def forget(self, most_bytes: int) -> None:
        """Forget what was asked for longest ago, as `forget_oldest` does."""
        forget_oldest(self.folder, ENDING, most_bytes)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{ENDING}"


def forget_oldest(folder: Path, ending: str, most_bytes: int) -> None:
    """Remove what was asked for longest ago, until no more than so many bytes are left; and what is half written.

    Whoever is just writing or reading loses nothing but time.
    """
    with suppress(OSError):
        files = [(entry.stat().st_mtime_ns, entry.name, entry) for entry in os.scandir(folder)]
        left = most_bytes
        for _, name, entry in sorted(files, reverse=True, key=lambda file: file[:2]):
            left -= entry.stat().st_size
            if left < 0 or not name.endswith(ending):
                with suppress(OSError):
                    os.unlink(entry)


def _decimal(found: dict[str, str]) -> Decimal:
    return Decimal(found[DECIMAL])
