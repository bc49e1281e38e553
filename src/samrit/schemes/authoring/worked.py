"""Worked examples of a pack: worked/*.yaml says what units have and what they must get, with the source of the figure.

The scheme is proved by them (`samrit schemes check`); expected figures come from the source, never from a result.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from samrit.authored import AuthoredError, Marked, Model, Place, read_marked
from samrit.problems import Problem, Problems, nearest, problem
from samrit.schemes.authoring.figures import Standing, Words
from samrit.schemes.authoring.judging import ATTRIBUTES, fact_of
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.authoring.site import shown_name
from samrit.schemes.authoring.sources import read_sources

EVERY = "every"
"""The name that stands for every item of the scheme in `scores`."""
FactsText = dict[str, str]


class Cited(Model):
    """A place of a document of sources.yaml."""

    document: str
    at: str


class CountedOf(Model):
    """A and B of an item; without B the item has no value."""

    a: Decimal
    b: Decimal


class ActivityOf(Model):
    """What support is shared by."""

    hospitals: int = 0
    beds: int = 0
    units: int = 0


class UnitOf(Model):
    """A unit of an example: its people by base, its words (service_level ...) and what is known of it, item by item.

    scores: given directly instead of a value (`every`: of every item). counted: A and B. values: of items that have no
    A and B. facts: of the unit itself; parts: of its primary units, by a name. last: last year's value. last_paid: last
    year's payment in baht. indices: of the unit; item_indices: item -> index -> value.
    """

    people: dict[str, int]
    words: dict[str, str] = Field(default_factory=dict)
    scores: dict[str, Decimal] = Field(default_factory=dict)
    counted: dict[str, CountedOf] = Field(default_factory=dict)
    values: dict[str, Decimal] = Field(default_factory=dict)
    facts: dict[str, FactsText] = Field(default_factory=dict)
    parts: dict[str, dict[str, FactsText]] = Field(default_factory=dict)
    last: dict[str, Decimal] = Field(default_factory=dict)
    last_paid: Decimal | None = None
    indices: dict[str, Decimal] = Field(default_factory=dict)
    item_indices: dict[str, dict[str, Decimal]] = Field(default_factory=dict)
    activities: ActivityOf | None = None


class Expected(Model):
    """One figure that must come out: score, points or judgement of an item, or baht of a component; of a unit, or of
    all units together when no unit is named."""

    unit: str = ""
    item: str = ""
    score: Decimal | None = None
    points: Decimal | None = None
    judged: Literal["", "scored", "no_data", "too_few", "unmatched", "unscored"] = ""
    component: str = ""
    baht: Decimal | None = None
    standing: Standing


class Worked(Model):
    """One example. `set`: changes laid over the pack for it, as --set."""

    title: Words
    source: Cited
    set: dict[str, Any] = Field(default_factory=dict)
    units: dict[str, UnitOf]
    expect: tuple[Expected, ...]


class WorkedFile(Model):
    """worked/<name>.yaml."""

    worked: tuple[Worked, ...]


@dataclass(frozen=True)
class WorkedIn:
    """A file of examples, as read, with the marks of its places; `name` is what problems call it."""

    name: str
    file: Marked[WorkedFile]


def read_worked(pack: Pack) -> tuple[list[WorkedIn], list[Problem]]:
    """The files of examples of a pack's own folder, by name, and what is wrong with them: form, names, facts."""
    found = Problems()
    sources, mistakes = read_sources(pack)
    found.extend(mistakes)
    files, folder = [], _own_folder(pack)
    for path in sorted(folder.glob("worked/*.yaml")):
        name = shown_name(folder, f"worked/{path.name}")
        try:
            read = WorkedIn(name, read_marked(path, WorkedFile, name))
        except AuthoredError as error:
            found.extend(error.problems)
            continue
        files.append(read)
        _check_file(read, pack, sources.documents, found)
    return files, found.sorted()


def given_scores(worked: Worked, pack: Pack) -> dict[tuple[str, str], Decimal]:
    """(item, unit) -> the score that is given directly; `every` worked out, an item's own score before it."""
    given: dict[tuple[str, str], Decimal] = {}
    for unit, of in worked.units.items():
        for item in pack.scheme.items:
            score = of.scores.get(item.item, of.scores.get(EVERY))
            if score is not None:
                given[item.item, unit] = score
    return given


def _own_folder(pack: Pack) -> Path:
    return next(iter(pack.folders.values()))


def _check_file(read: WorkedIn, pack: Pack, documents: Mapping[str, str], found: Problems) -> None:
    marks = read.file.marks
    items = {item.item: item for item in pack.scheme.items}
    for n, worked in enumerate(read.file.model.worked):
        at: Place = ("worked", n)
        cited: Place = ("source", "document")
        names = [(cited, "document", worked.source.document, list(documents)), *_names(worked, pack)]
        for place, kind, name, good in names:
            if name not in good:
                where = marks.at(*at, *place)
                found.add("schemes.worked.name", where, kind=kind, name=name, near=nearest(name, good) or "-")
        for place, item, fact, text in _facts(worked, items):
            kinds = {name: of.type for name, of in item.facts.items()}
            if fact not in kinds:
                where, near = marks.at(*at, *place), nearest(fact, kinds) or "-"
                found.add("schemes.condition.fact", where, fact=fact, item=item.item, near=near)
            elif fact_of(text, kinds[fact]) is None or (item.facts[fact].words and text not in item.facts[fact].words):
                where = marks.at(*at, *place)
                found.add("schemes.condition.value", where, fact=fact, type=kinds[fact], found=text)
        for m, expected in enumerate(worked.expect):
            if not _is_whole(expected):
                found.add("schemes.worked.expect", marks.at(*at, "expect", m))


def _is_whole(expected: Expected) -> bool:
    """Either an item with score, points or judgement, or a component with baht."""
    of_item = expected.score is not None or expected.points is not None or bool(expected.judged)
    if expected.item:
        return of_item and not expected.component and expected.baht is None and bool(expected.unit)
    return bool(expected.component) and expected.baht is not None and not of_item


def _names(worked: Worked, pack: Pack) -> Iterator[tuple[Place, str, str, Sequence[str]]]:
    """Every name that an example uses: its place, what it is a name of, itself, the good ones."""
    items = [item.item for item in pack.scheme.items]
    indices = [index.name for pool in pack.scheme.pools for index in getattr(pool, "indices", ())]
    for unit, of in worked.units.items():
        at: Place = ("units", unit)
        yield from (((*at, "people", name), "people", name, list(pack.scheme.people)) for name in of.people)
        yield from (((*at, "words", name), "words", name, ATTRIBUTES) for name in of.words)
        yield from (((*at, "scores", name), "item", name, [*items, EVERY]) for name in of.scores)
        yield from (((*at, "indices", name), "index", name, indices) for name in of.indices)
        by_item: tuple[tuple[str, Mapping[str, object]], ...] = (
            ("counted", of.counted),
            ("values", of.values),
            ("facts", of.facts),
            ("parts", of.parts),
            ("last", of.last),
            ("item_indices", of.item_indices),
        )
        for key, names in by_item:
            yield from (((*at, key, name), "item", name, items) for name in names)
        for item, names in of.item_indices.items():
            yield from (((*at, "item_indices", item, name), "index", name, indices) for name in names)
    for m, expected in enumerate(worked.expect):
        if expected.unit:
            yield ("expect", m, "unit"), "unit", expected.unit, list(worked.units)
        if expected.item:
            yield ("expect", m, "item"), "item", expected.item, items


def _facts(worked: Worked, items: Mapping[str, Item]) -> Iterator[tuple[Place, Item, str, str]]:
    for unit, of in worked.units.items():
        for code, facts in of.facts.items():
            for name, text in facts.items() if code in items else ():
                yield ("units", unit, "facts", code, name), items[code], name, text
        for code, parts in of.parts.items():
            for part, facts in parts.items() if code in items else ():
                for name, text in facts.items():
                    yield ("units", unit, "parts", code, part, name), items[code], name, text


def differs(read: WorkedIn, n: int, m: int, figure: Words, expected: str, found: str) -> Problem:
    """The problem of a figure that came out otherwise than example n expects at its m-th place; `figure` names it."""
    worked = read.file.model.worked[n]
    of = worked.expect[m]
    what = " ".join(part for part in (of.unit, of.item, of.component) if part)
    where = read.file.marks.at("worked", n, "expect", m)
    titles = {"title_th": worked.title.th, "title_en": worked.title.en}
    names = {"figure_th": figure.th, "figure_en": figure.en}
    return problem("schemes.worked.differs", where, **titles, **names, what=what, expected=expected, found=found)
