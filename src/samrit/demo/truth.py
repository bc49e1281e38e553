"""Truth: what the generator knows beside the zips - every planted fault with its place, a clean twin, counts expected.

planted.csv    kind, table, column, package, entry, line: one row per fault and zip (line 0: the entry as a whole)
kinds.csv      kind, table, column, places
expected.csv   item, org, a, b: by contracting unit, right for the clean twin
twin/          the same people and events, packages of the same names, no fault in them
"""

import csv
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samrit.demo.expected import Expected  # which counts from events, and these know the desk

PLACES = ("kind", "table", "column", "package", "entry", "line")
KINDS = ("kind", "table", "column", "places")


class Truth:
    """The folder of the truth, filled while the zips are written; a context, complete when it is left."""

    def __init__(self, folder: Path, expected: "Expected") -> None:
        self.twin = folder / "twin"
        self.twin.mkdir()
        self.expected = expected
        self._folder = folder
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._file = (folder / "planted.csv").open("w", encoding="utf-8", newline="")
        self._planted = csv.writer(self._file, lineterminator="\n")
        self._planted.writerow(PLACES)

    def plant(self, kind: str, table: str, column: str, package: str, entry: str, line: int) -> None:
        """Note one fault: where it stands in the zips (line 1 is the header)."""
        self._counts[kind, table, column] += 1
        self._planted.writerow((kind, table, column, package, entry, line))

    def __enter__(self) -> "Truth":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if error is None:
            _write(self._folder / "kinds.csv", KINDS, [(*key, n) for key, n in sorted(self._counts.items())])
            _write(self._folder / "expected.csv", ("item", "org", "a", "b"), self.expected.rows())


def _write(path: Path, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
