"""What counting asks of an engine, whichever it is: tables made and asked by SQL written for DuckDB."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from samrit.warehouse import Snapshot


class CountingEngine(Protocol):
    """DuckDB (`Engine`) or Spark (`SparkEngine`): the curated views of a snapshot and `organisation`."""

    @property
    def snapshot(self) -> Snapshot | None:
        """The snapshot whose views they are."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of one SELECT."""

    def takes(self, sql: str) -> bool:
        """False when the engine refuses this form of a SELECT; nothing is read."""

    def make_table(self, name: str, sql: str) -> str:
        """A table with the rows of SQL; a table of that name goes. Gives the name back."""

    def share(self, sql: str) -> str:
        """The name of a table with the rows of SQL; made once, however often it is asked for."""

    def place_facilities(self, census_days: Iterable[date]) -> None:
        """Have the register of these days in `organisation`."""
