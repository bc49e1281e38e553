"""Findings: problems of a scheme, each at the line of its place and under the name that people give the place."""

from collections.abc import Iterable, Mapping
from typing import Any

from samrit.authored import Marks, Place
from samrit.problems import Problem, Problems, Where, nearest
from samrit.schemes.authoring.changing import CODES
from samrit.schemes.authoring.scheme import Scheme


class Findings:
    """What is wrong with a scheme so far."""

    def __init__(self, scheme: Scheme, marks: Marks) -> None:
        self.scheme = scheme
        self._marks = marks
        self._found = Problems()

    def at(self, place: Place) -> Where:
        """Where a place was written; entries of lists are called by their code: items.2.6.score.by."""
        return self._marks.at(*place, field=_named(self.scheme, place))

    def add(self, code: str, place: Place, **facts: object) -> None:
        """Keep a problem at a place."""
        self._found.add(code, self.at(place), **facts)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep problems that have their place."""
        self._found.extend(problems)

    def check_name(self, code: str, place: Place, name: str, good: Iterable[str], **facts: object) -> bool:
        """True for a good name, or none at all; else the nearest good one is told."""
        names = list(good)
        if not name or name in names:
            return True
        self.add(code, place, name=name, near=nearest(name, names) or "-", good=" ".join(names), **facts)
        return False

    def check_once(self, code: str, list_name: Place, codes: Iterable[str]) -> None:
        """Every entry of a list has a code of its own: the second is told."""
        seen: set[str] = set()
        for n, one in enumerate(codes):
            if one in seen:
                self.add(code, (*list_name, n), name=one, item=one)
            seen.add(one)

    def __len__(self) -> int:
        return len(self._found)

    def sorted(self) -> list[Problem]:
        """The problems by place."""
        return self._found.sorted()


def _named(scheme: Scheme, place: Place) -> str:
    names: list[str] = []
    at: Any = scheme
    for part in place:
        if isinstance(part, int) and isinstance(at, tuple) and part < len(at):
            at = at[part]
            names.append(str(next((getattr(at, key) for key in CODES if hasattr(at, key)), part)))
            continue
        names.append(str(part))
        at = at.get(part) if isinstance(at, Mapping) else getattr(at, str(part), None)
    return ".".join(names)
