"""What became of the rows of a received file; no row has any other state than kept, kept with a cell voided, aside."""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

FAULTS = {"line": pl.Int32, "field": pl.String, "rule": pl.String, "state": pl.String}


class Aside(StrEnum):
    """The two states that `samrit rejects` lists."""

    ASIDE = "aside"
    VOIDED = "voided"


@dataclass(frozen=True)
class ReadRows:
    """What a file holds.

    rows: kept rows, with `_line`. faults: columns of FAULTS; an aside row has one line per fault. read: number of rows
    received; encoding: utf-8 or cp874; unknown: names of columns that mean nothing here.
    """

    rows: pl.DataFrame
    faults: pl.DataFrame
    read: int
    encoding: str
    unknown: tuple[str, ...]

    @property
    def aside(self) -> int:
        """Number of rows set aside."""
        return self.read - self.rows.height
