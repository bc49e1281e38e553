"""Remembered counts: pieces of a measure, each under the hash of everything it is made from; no person is in them.

A piece is one letter on the days that decide it: twelve months under one census day are twelve A and one B. Its name
holds the checked texts (parameters, codelists and sets are written into them), those days, the files and the SQL of the
views that they read, the register of the census day, the versions of code and engine. All else decides nothing.
"""

from collections.abc import Sequence

import duckdb

from samrit.measures.compiling import Compiled
from samrit.measures.engine import Engine
from samrit.measures.planning import When
from samrit.objects import name_of
from samrit.objects.remembered import Rows
from samrit.results import code_hash

PLACING = "registrations"
"""The view that says where people live, for things that are placed at home."""


class Memory:
    """The pieces of one measure in the home of an engine. Without a snapshot nothing is remembered between two."""

    def __init__(self, engine: Engine, compiled: Compiled) -> None:
        self._engine = engine
        self._store = engine.snapshot.home.counted if engine.snapshot else None
        self._at_hand: dict[str, Rows] = {}
        definition = compiled.measure.definition
        self._frame = [code_hash(), duckdb.__version__, definition.counted_at.value, definition.a.part_of]
        self._by_row = definition.counted_at.is_by_row
        self._parts = {"a": compiled.a, "b": compiled.b}
        self._texts = {letter: part.text for letter, part in self._parts.items()}
        # A as a part of B is told by both texts
        self._letters = {"a": "ab" if definition.a.part_of == "b" else "a", "b": "b"}
        self._names: dict[tuple[str, When], str] = {}

    def knows(self, whens: Sequence[When]) -> list[bool]:
        """For each period, whether both its pieces are at hand now."""
        return [all(self.recall(letter, when) is not None for letter in "ab") for when in whens]

    def recall(self, letter: str, when: When) -> Rows | None:
        """The rows of a piece, or None: facility, contracting unit, sex, first year of the age band, amount."""
        name = self.name(letter, when)
        if name not in self._at_hand and self._store:
            found = self._store.recall(name)
            if found is not None:
                self._at_hand[name] = found
        return self._at_hand.get(name)

    def keep(self, letter: str, when: When, rows: Rows) -> None:
        """Keep the rows of a piece that was counted."""
        name = self.name(letter, when)
        if name not in self._at_hand:
            self._at_hand[name] = rows
            if self._store:
                self._store.keep(name, rows)

    def name(self, letter: str, when: When) -> str:
        """The hash of all that a piece is made from."""
        if (letter, when) not in self._names:
            parts = [self._parts[of] for of in self._letters[letter]]
            texts = [self._texts[of] for of in self._letters[letter]]
            days = [[when.days[name].isoformat() for name in part.period_names] for part in parts]
            reads = frozenset().union(*(part.reads for part in parts)) | ({PLACING} if not self._by_row else set())
            state = self._engine.state_of(reads, when.census_day)
            self._names[letter, when] = name_of(
                "count", self._frame, letter, texts, days, when.census_day.isoformat(), state
            )
        return self._names[letter, when]
