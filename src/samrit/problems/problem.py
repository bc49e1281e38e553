"""Problem, where it is, how bad it is, and the collection that a command shows.

The words (Thai, English, hint) of every code stand in `texts/<room>.yaml`; code only names the code and the facts.
A fact is never the value of a person's field: say where it is, not what it says.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

# " - did you mean '{near}'?" and its Thai; what follows the name in brackets stays
NEAR_CLAUSE = re.compile(r" - (?:หมายถึง|ใกล้เคียง|did you mean|nearest is|nearest) '?\$?\{near\}'?(?: หรือไม่|\?)?")


class Level(StrEnum):
    """How bad: an error fails the command (exit 1), a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Where:
    """The place: a file (or zip), an entry in it, a line (1 = first) and a field. Empty where it does not apply."""

    file: str = ""
    entry: str = ""
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        place = "/".join(part for part in (self.file, self.entry) if part)
        if self.line:
            place = f"{place}:{self.line}"
        return f"{place} {self.field}".strip()


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: stable code, level, place, Thai and English words, what to do."""

    code: str
    level: Level
    where: Where
    th: str
    en: str
    hint: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The JSON shape of the commands: code, level, file, entry, line, field, th, en, hint."""
        return {
            "code": self.code,
            "level": self.level.value,
            "file": self.where.file,
            "entry": self.where.entry,
            "line": self.where.line or None,
            "field": self.where.field,
            "th": self.th,
            "en": self.en,
            "hint": self.hint,
        }

    def __str__(self) -> str:
        place = str(self.where)
        head = f"{place}  {self.level.value}  {self.code}" if place else f"{self.level.value}  {self.code}"
        lines = [head, f"  {self.th}", f"  {self.en}"]
        if self.hint:
            lines.append(f"  -> {self.hint}")
        return "\n".join(lines)


class SamritError(Exception):
    """A caller's mistake or an input that cannot be used; carries the problems found.

    SamritError
    +-- every room's own base error (ReferenceError_, F43Error, ...) is a direct child
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))


@dataclass
class Problems:
    """A collection that grows: one bad file does not hide the next.

    >>> found = Problems()
    >>> found.add("problems.unknown", Where(file="x"), code="y").code
    'problems.unknown'
    >>> found.has_errors, len(found)
    (True, 1)
    """

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, where: Where | None = None, /, **facts: object) -> Problem:
        """Make a problem of a known code and keep it."""
        made = problem(code, where, **facts)
        self.found.append(made)
        return made

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep problems made elsewhere."""
        self.found.extend(problems)

    @property
    def has_errors(self) -> bool:
        """True when at least one is of level error: the command must exit with 1."""
        return any(p.level is Level.ERROR for p in self.found)

    def sorted(self) -> list[Problem]:
        """By place, then code: the order shown to people."""
        return sorted(self.found, key=lambda p: (p.where, p.code))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def problem(code: str, where: Where | None = None, /, **facts: object) -> Problem:
    """A problem of a known code, its words filled with the facts. Raises KeyError for a code without words."""
    words = codes()[code]
    return Problem(
        code,
        Level(words["level"]),
        where or Where(),
        _said(words["th"], facts),
        _said(words["en"], facts),
        words.get("hint", "").format(**facts),
    )


def _said(words: str, facts: dict[str, object]) -> str:
    """The words filled with the facts; without a near name the question for it is not asked."""
    if facts.get("near") in {"", "-"}:
        words = NEAR_CLAUSE.sub("", words)
    return words.format(**facts)


@cache
def codes() -> dict[str, dict[str, str]]:
    """Every problem code with its level and words, from `texts/*.yaml`, in order of code."""
    known: dict[str, dict[str, str]] = {}
    for text in sorted(resources.files("samrit.problems").joinpath("texts").iterdir(), key=lambda t: t.name):
        if text.name.endswith(".yaml"):
            known |= yaml.load(text.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}  # noqa: S506 (all text)
    return dict(sorted(known.items()))


def nearest(name: str, good: Iterable[str]) -> str:
    """The known name most like a mistaken one, or an empty text.

    >>> nearest("beter", ["better", "title"])
    'better'
    """
    return next(iter(difflib.get_close_matches(name, list(good), n=1, cutoff=0.6)), "")
