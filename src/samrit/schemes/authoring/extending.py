"""Extending: a pack of a region or a later year that says only what it changes of another pack and what it adds."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from samrit.authored import Document, Place
from samrit.problems import Problem, Where, problem
from samrit.schemes.authoring.changing import lay_over
from samrit.schemes.authoring.scheme import Extension
from samrit.schemes.errors import SchemesError

OWN_KEYS = ("id", "title", "year")
REGIONAL = "regional"


def is_extension(document: Document) -> bool:
    """True for a scheme.yaml that builds on another pack."""
    return isinstance(document.body, dict) and "extends" in document.body


def extend(own: Document, base: Document) -> Document:
    """The whole scheme of an extension; every place keeps the mark of the file in which it was written.

    Raises AuthoredError for an extension that is malformed, SchemesError for a path that names nothing in the base and
    for an added rule or item that the base has already.
    """
    extension = own.typed(Extension)
    paths = list(extension.change)
    laid = lay_over(base, extension.change, {path: own.marks.at("change", path, field=path) for path in paths})
    body: dict[str, Any] = deepcopy(laid.body)
    places: dict[Place, Where] = {}
    for key in OWN_KEYS:
        if key in own.body:
            body[key] = own.body[key]
            places |= _moved(own, (key,), (key,))
    repeated: list[Problem] = []
    for name, rule in (own.body.get("add_scoring") or {}).items():
        if name in body["scoring"]:
            repeated.append(problem("schemes.extend.rule", own.marks.at("add_scoring", name), name=name))
        body["scoring"][name] = rule
        places |= _moved(own, ("add_scoring", name), ("scoring", name))
    codes = {item.get("item") for item in body["items"]}
    for n, item in enumerate(own.body.get("add_items") or []):
        if item["item"] in codes:
            repeated.append(problem("schemes.extend.item", own.marks.at("add_items", n), item=item["item"]))
        places |= _moved(own, ("add_items", n), ("items", len(body["items"])))
        body["items"].append({"origin": REGIONAL, **item})
    if repeated:
        raise SchemesError(*repeated)
    marks = laid.marks.overlaid(places)
    return Document(body, type(marks)(own.marks.file, {**marks.places, **_root(own)}), base.found)


def _moved(own: Document, there: Place, here: Place) -> Mapping[Place, Where]:
    """The marks of a place of the extension and of all below it, under their place in the whole scheme."""
    return {
        (*here, *place[len(there) :]): where
        for place, where in own.marks.places.items()
        if place[: len(there)] == there
    }


def _root(own: Document) -> Mapping[Place, Where]:
    return {(): own.marks.places.get((), Where(file=own.marks.file, line=1))}


def refuse_circle(pack_id: str, below: Sequence[str], where: Where) -> None:
    """Raises SchemesError for a pack that extends itself, directly or over others."""
    if pack_id in below:
        chain = " -> ".join((*below[below.index(pack_id) :], pack_id))
        raise SchemesError(problem("schemes.extend.circle", where, chain=chain))
