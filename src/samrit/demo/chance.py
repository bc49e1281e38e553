"""Chance: a stream of choices that is the same for the same names on every machine and Python version.

Python promises that random() of a seeded generator stays the same for ever, and promises it for nothing else of that
module; so every choice here is made from random() alone, in whole numbers. It is the only float of the room.

>>> Chance(1, "people", "04665").below(6) == Chance(1, "people", "04665").below(6)
True
"""

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
MILLION = 1_000_000


class Chance:
    """One stream, named by what it decides (seed, topic, facility ...): other streams never disturb it."""

    __slots__ = ("_random",)

    def __init__(self, *names: object) -> None:
        digest = hashlib.sha256("|".join(str(name) for name in names).encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:8], "big")).random  # noqa: S311 (invented data, no secret)

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def percent(self, share: int) -> bool:
        """True in `share` of 100 cases."""
        return int(self._random() * 100) < share

    def permille(self, share: int) -> bool:
        """True in `share` of 1,000 cases."""
        return int(self._random() * 1000) < share

    def million(self, share: int) -> bool:
        """True in `share` of 1,000,000 cases."""
        return int(self._random() * MILLION) < share

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, each as likely."""
        return values[int(self._random() * len(values))]

    def weigh(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of the choices (value, weight), as likely as its weight says."""
        left = self.below(sum(weight for _, weight in choices))
        for value, weight in choices:
            if left < weight:
                return value
            left -= weight
        return choices[-1][0]

    def shuffle(self, values: Sequence[T]) -> list[T]:
        """The values in another order; the given sequence stays as it is."""
        mixed = list(values)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
