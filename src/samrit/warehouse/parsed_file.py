"""A parsed file of one table, such as a log or a claims file: kept rows, faults and a summary in one zip of Arrow."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from samrit.warehouse.parsing import FAULTS_NAME, SUMMARY_NAME

ROWS_NAME = "rows"


@dataclass(frozen=True)
class ParsedFile:
    """The parsed rows of one received file. read, aside: numbers of rows; unknown: columns that are passed over."""

    path: Path
    read: int
    aside: int
    encoding: str
    unknown: tuple[str, ...]

    def rows(self) -> pl.DataFrame:
        """The kept rows, as the reader of the kind has them."""
        return self._table(ROWS_NAME)

    def faults(self) -> pl.DataFrame:
        """line, field, rule, state and what else the reader says of everything aside or voided."""
        return self._table(FAULTS_NAME)

    def _table(self, name: str) -> pl.DataFrame:
        with zipfile.ZipFile(self.path) as archive:
            return pl.read_ipc(archive.read(name))


def summary_of(path: Path) -> dict[str, Any]:
    """The summary of a parsed file: read, aside, encoding, unknown, and what else its kind keeps."""
    with zipfile.ZipFile(path) as archive:
        said: dict[str, Any] = json.loads(archive.read(SUMMARY_NAME))
    return said
