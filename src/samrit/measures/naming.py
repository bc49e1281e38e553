"""What the texts of a measure name: shared sets, code lists and curated views, also through the sets.

>>> from samrit.measures import measure
>>> names_in(measure("ht_controlled")).codelists
('ht',)
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from samrit.measures.codelists import codelist_names
from samrit.measures.compiling import DIALECT, set_names
from samrit.measures.definition import Measure, catalogue_folder
from samrit.warehouse import views


@dataclass(frozen=True)
class Names:
    """Sorted names: sets of `catalogue/sets/`, lists of `codelists/`, curated views."""

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
    return (catalogue_folder() / "sets" / f"{name}.sql").read_text(encoding="utf-8")


def _known(found: set[str], good: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(found & set(good)))
