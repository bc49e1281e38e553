"""What the texts of a measure name: shared sets, code lists and curated views, also through the sets.

>>> from samrit.measures import measure
>>> names_in(measure("ht_controlled")).codelists
('ht',)
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot import exp

from samrit.measures.codelists import codelist_names
from samrit.measures.compiling import DIALECT, set_names
from samrit.measures.definition import Measure, measure
from samrit.measures.finding import Found, Shelf, find
from samrit.warehouse import views


@dataclass(frozen=True)
class Names:
    """Sorted names of named sets, code lists and curated views."""

    sets: tuple[str, ...]
    codelists: tuple[str, ...]
    views: tuple[str, ...]


def names_in(of: Measure) -> Names:
    """The names in A and B of a measure and in the sets that they name."""
    tables: set[str] = set()
    texts: set[str] = set()
    unread = [of.a_sql, of.b_sql]
    while unread:
        tree = sqlglot.parse_one(unread.pop(), dialect=DIALECT)
        met = {node.name for node in tree.find_all(exp.Table)}
        unread += [set_text(name) for name in sorted(met - tables) if name in set_names()]
        tables |= met
        texts |= {node.name for node in tree.find_all(exp.Literal) if node.is_string}
    return Names(_known(tables, set_names()), _known(texts, codelist_names()), _known(tables, views()))


def set_text(name: str) -> str:
    """The SQL of a named set; its first line says what it is."""
    return find(Shelf.SETS, name).path.read_text(encoding="utf-8")


def papers_of(measure_ids: Iterable[str]) -> dict[str, bytes]:
    """The files of the site that these measures stand on: folders, sets and lists, as `<pack>/measures/<id>/a.sql`.

    Shipped files are not among them: they belong to the version of the code.
    """
    found: set[Found] = set()
    for measure_id in measure_ids:
        of = measure(measure_id)
        names = names_in(of)
        found.add(find(Shelf.MEASURES, of.folder.name))
        found |= {find(Shelf.SETS, name) for name in names.sets}
        found |= {find(Shelf.CODELISTS, name) for name in names.codelists}
    files = {name: file for one in found if one.pack for name, file in _files(one)}
    return {name: file.read_bytes() for name, file in sorted(files.items())}


def _files(one: Found) -> Iterator[tuple[str, Path]]:
    """The files of a thing of the site, each under its place in the packs folder."""
    place = one.place.removeprefix("packs/")
    if one.path.is_file():
        yield place, one.path
        return
    for file in sorted(one.path.rglob("*")):
        if file.is_file():
            yield f"{place}/{file.relative_to(one.path).as_posix()}", file


def _known(found: set[str], good: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(found & set(good)))
