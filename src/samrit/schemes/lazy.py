"""Lines that are made when somebody reads them, and that read as a sequence all the same."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeVar, overload

T = TypeVar("T")


class LazyLines(Sequence[T]):
    """A sequence whose lines are made once, at the first look; two are equal when their lines are."""

    @abstractmethod
    def _make(self) -> tuple[T, ...]:
        """The lines."""

    @cached_property
    def _lines(self) -> tuple[T, ...]:
        return self._make()

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self._lines[place]

    def __iter__(self) -> Iterator[T]:
        return iter(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self._lines == other._lines

    def __hash__(self) -> int:
        return hash(self._lines)
