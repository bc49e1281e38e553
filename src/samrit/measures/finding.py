"""Finding: where measures, named sets and code lists are: those shipped with Samrit, and those in the packs of a site.

$SAMRIT_HOME/packs/<pack>/measures/<id>/         a measure, written as those of `catalogue/`
$SAMRIT_HOME/packs/<pack>/sets/<name>.sql        a named set
$SAMRIT_HOME/packs/<pack>/codelists/<name>.csv   a list of clinical codes

One name means one thing: a site may not take a shipped name, and two packs of a site may not share one. Which site is
looked at is said once, by the roof (`use_site`) or for a block (`at_site`); below it everything is found by name alone.

>>> find(Shelf.SETS, "residents").place
'measures/catalogue/sets/residents.sql'
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import TypeVar, cast

from samrit.measures.errors import MeasuresError
from samrit.problems import Problem, Where, problem
from samrit.warehouse import views

T = TypeVar("T")


class Shelf(StrEnum):
    """The three kinds of things, by the name of their folder in a pack."""

    MEASURES = "measures"
    SETS = "sets"
    CODELISTS = "codelists"


PATTERNS = {Shelf.MEASURES: "*/measure.yaml", Shelf.SETS: "*.sql", Shelf.CODELISTS: "*.csv"}


@dataclass(frozen=True)
class Found:
    """One thing: its name, the folder of a measure or the file of a set or list, and what problems call it.

    pack: the pack of the site that holds it, '' for a shipped one.
    """

    name: str
    path: Path
    place: str
    pack: str = ""


def catalogue_folder() -> Path:
    """Where the shipped measures are."""
    return Path(str(resources.files("samrit.measures").joinpath("catalogue")))


def codelists_folder() -> Path:
    """Where the shipped lists are."""
    return Path(str(resources.files("samrit.measures").joinpath("codelists")))


class Site:
    """What can be found: the shipped things and those in the packs folder of a site (None: the shipped ones alone).

    A folder is looked through once; what was read from it is remembered as long as the site is.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._read: dict[tuple[Shelf, str], object] = {}

    def names(self, shelf: Shelf) -> tuple[str, ...]:
        """All names of a shelf, sorted."""
        return tuple(sorted({*_shipped(shelf), *self.own(shelf)}))

    def own(self, shelf: Shelf) -> Mapping[str, tuple[Found, ...]]:
        """name -> what the packs of the site have under it, mostly one; sorted."""
        return self._own[shelf]

    def find(self, shelf: Shelf, name: str) -> Found:
        """The thing of that name. Raises KeyError for an unknown one, MeasuresError when the name means two things."""
        wrong = self._clashes(shelf, name)
        if wrong:
            raise MeasuresError(*wrong)
        own = self.own(shelf).get(name)
        return own[0] if own else _shipped(shelf)[name]

    def problems(self) -> list[Problem]:
        """Every name of the site that means two things."""
        return [p for shelf in Shelf for name in self.own(shelf) for p in self._clashes(shelf, name)]

    def remembered(self, shelf: Shelf, name: str, read: Callable[[Found], T]) -> T:
        """What reading a thing gives; it is read once. Raises as `find` and as `read`."""
        if (shelf, name) not in self._read:
            self._read[shelf, name] = read(self.find(shelf, name))
        return cast(T, self._read[shelf, name])

    @cached_property
    def _own(self) -> dict[Shelf, dict[str, tuple[Found, ...]]]:
        packs = sorted(f for f in self.folder.iterdir() if f.is_dir()) if self.folder and self.folder.is_dir() else []
        found: dict[Shelf, dict[str, tuple[Found, ...]]] = {}
        for shelf in Shelf:
            of_shelf: dict[str, tuple[Found, ...]] = {}
            for pack in packs:
                for one in _of_folder(shelf, pack / shelf.value, f"packs/{pack.name}/{shelf.value}", pack.name):
                    of_shelf[one.name] = (*of_shelf.get(one.name, ()), one)
            found[shelf] = dict(sorted(of_shelf.items()))
        return found

    def _clashes(self, shelf: Shelf, name: str) -> list[Problem]:
        own = self.own(shelf).get(name, ())
        first = [_shipped(shelf)[name].place] if name in _shipped(shelf) else []
        if shelf is Shelf.SETS and name in views():
            first = [f"view {name}"]
        places = [*first, *(one.place for one in own)]
        return [problem("measures.site.taken", Where(file=place), name=name, other=places[0]) for place in places[1:]]


_SHIPPED = Site()
_current: ContextVar[Site | None] = ContextVar("site", default=None)


def site() -> Site:
    """The site that is looked at."""
    return _current.get() or _SHIPPED


def use_site(folder: Path | None) -> None:
    """Look at the packs in this folder from here on: $SAMRIT_HOME/packs."""
    _current.set(Site(folder) if folder else None)


@contextmanager
def at_site(folder: Path | None) -> Iterator[Site]:
    """Look at the packs in a folder inside the block: those of a home, or those that a run keeps; then as before."""
    token = _current.set(Site(folder) if folder else None)
    try:
        yield site()
    finally:
        _current.reset(token)


def names(shelf: Shelf) -> tuple[str, ...]:
    """All names of a shelf, shipped and of the site, sorted."""
    return site().names(shelf)


def find(shelf: Shelf, name: str) -> Found:
    """The thing of that name. Raises KeyError for an unknown one, MeasuresError when the name means two things."""
    return site().find(shelf, name)


def _of_folder(shelf: Shelf, folder: Path, place: str, pack: str = "") -> Iterator[Found]:
    for file in sorted(folder.glob(PATTERNS[shelf])):
        if shelf is Shelf.MEASURES:
            yield Found(file.parent.name, file.parent, f"{place}/{file.parent.name}", pack)
        else:
            yield Found(file.stem, file, f"{place}/{file.name}", pack)


@cache
def _shipped(shelf: Shelf) -> dict[str, Found]:
    folder, place = {
        Shelf.MEASURES: (catalogue_folder(), "measures/catalogue"),
        Shelf.SETS: (catalogue_folder() / "sets", "measures/catalogue/sets"),
        Shelf.CODELISTS: (codelists_folder(), "measures/codelists"),
    }[shelf]
    return {one.name: one for one in _of_folder(shelf, folder, place)}
