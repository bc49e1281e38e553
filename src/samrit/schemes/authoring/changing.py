"""Changes by path: a path names a place of scheme.yaml, a value takes the place of what stands there.

items.2.6.score.by=B4             an item by its code; an item without a rule gets it so
domains.1.points=390              a domain by its number; pools, payments, rungs and indices by id, code or name
scoring.B1.lower_edges.0=60       other lists by place, from 0
pools.qof.rule=closed_pool        money.netting=floor_zero
scoring.ASTHMA={kind: bands, unit: rate, lower_edges: [2, 4, 6, 8]}   a rule of one's own; lists and mappings whole
A figure that is changed is no longer printed: its standing becomes typed_in, unless a change says the standing.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NoReturn

import yaml

from samrit.authored import Document, Place, Shape
from samrit.problems import Where, nearest, problem
from samrit.schemes.authoring.scheme import Scheme
from samrit.schemes.errors import SchemesError

TYPED_IN = "typed_in"
CODES = ("item", "no", "id", "code", "name")  # the key by which people name an entry of a list


def lay_over(document: Document, changes: Mapping[str, Any], said: Mapping[str, Where]) -> Document:
    """The scheme with changes laid over it; `said`: where each path was written, for later mistakes there.

    Raises SchemesError for every path that names nothing. By path, a rule before its edges, and standings last: the
    order in which the changes are given does not matter.
    """
    body = deepcopy(document.body)
    places: dict[Place, Where] = {}
    refused: list[SchemesError] = []
    for path in sorted(changes, key=lambda p: (p.endswith(".standing"), p)):
        try:
            for place in _Change(path, changes[path], said[path]).lay(body):
                places[place] = said[path]
        except SchemesError as error:
            refused.append(error)
    if refused:
        raise SchemesError(*(p for error in refused for p in error.problems))
    return Document(body, document.marks.overlaid(places), document.found)


class _Change:
    """One change on its way down the document."""

    def __init__(self, path: str, value: Any, said: Where) -> None:
        self.path = path
        self.value = _flow(value)
        self.said = said

    def lay(self, body: dict[str, Any]) -> list[Place]:
        """Change the body; the places that are new."""
        at: Any = body
        shape = Shape.of(Scheme)
        rest = self.path
        place: Place = ()
        new: list[Place] = []
        stands: tuple[dict[str, Any], Place] | None = None  # the nearest figure above that says where it comes from
        while True:
            shape = shape.narrowed(at)
            if isinstance(at, dict) and "standing" in at:
                stands = (at, place)
            names = _names(at, shape)
            name = next(
                (n for n in sorted(names, key=len, reverse=True) if rest == n or rest.startswith(f"{n}.")), None
            )
            if name is None:
                name = self._new_entry(at, shape, rest)
            if name is None:
                self._refuse(self.path[: len(self.path) - len(rest)], nearest(rest.partition(".")[0], names))
            key, found = names.get(name, (name, None))
            place = (*place, key)
            inside = shape.inside(key)
            if rest == name:
                break
            if found is None and isinstance(at, dict):
                found = at[key] = {"standing": TYPED_IN} if "standing" in inside.keys else {}
                new.append(place)
            at, rest, shape = found, rest[len(name) + 1 :], inside
        at[key] = self._value(found, inside)
        new.append(place)
        if stands is not None and key != "standing":
            stands[0]["standing"] = TYPED_IN
            new.append((*stands[1], "standing"))
        return new

    def _value(self, found: Any, inside: Shape) -> Any:
        """What is written; a mapping says its standing; a text cannot stand for a whole."""
        if isinstance(self.value, dict):
            return {"standing": TYPED_IN, **self.value} if "standing" in inside.keys else self.value
        if isinstance(self.value, list):
            return self.value
        whole = isinstance(found, dict | list) or (found is None and inside.is_whole)
        if whole and isinstance(self.value, str) and self.value[:1] in {"{", "["}:
            raise SchemesError(problem("schemes.set.value", self.said, path=self.path))
        if whole:
            names = list(_names(found, inside.narrowed(found)))
            self._refuse(f"{self.path}.", "value" if "value" in names else next(iter(names), ""))
        return self.value

    def _new_entry(self, at: Any, shape: Shape, rest: str) -> str | None:
        """A name of one's own in a mapping by name (scoring, facts): only with a whole value."""
        new = isinstance(at, dict) and shape.is_mapping and "." not in rest and bool(rest)
        if new and isinstance(self.value, str) and self.value.startswith("{"):
            raise SchemesError(problem("schemes.set.value", self.said, path=self.path))
        return rest if new and (isinstance(self.value, dict) or not shape.inside(rest).is_whole) else None

    def _refuse(self, good: str, near: str) -> NoReturn:
        at = f"{good}{near}" if near else "-"
        raise SchemesError(problem("schemes.set.path", self.said, path=self.path, near=at))


def _flow(value: Any) -> Any:
    """A text in braces or brackets as the mapping or list that it writes; other values as they are."""
    if not (isinstance(value, str) and value[:1] in {"{", "["}):
        return value
    try:
        made = yaml.load(value, Loader=yaml.BaseLoader)  # noqa: S506 (all text)
    except yaml.YAMLError:
        return value
    return made if isinstance(made, dict | list) else value


def _names(at: Any, shape: Shape) -> dict[str, tuple[Any, Any]]:
    """What a path may name here -> key and value: keys, also those left out; entries by their code, else by place."""
    if isinstance(at, list):
        return {_code(place, entry): (place, entry) for place, entry in enumerate(at)}
    written = {name: (name, value) for name, value in at.items()} if isinstance(at, dict) else {}
    if at is None or isinstance(at, dict):
        return {**{name: (name, None) for name in shape.keys}, **written}
    return {}


def _code(place: int, entry: Any) -> str:
    code = next((entry[key] for key in CODES if key in entry), place) if isinstance(entry, dict) else place
    return str(code)
