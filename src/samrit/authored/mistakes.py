"""Mistakes: what a model refuses, said as a problem at the line where it was written, with the nearest good name."""

import re
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from samrit.authored.expected import say_expected
from samrit.authored.marks import Marks, Place
from samrit.authored.model import UnfitError
from samrit.authored.shape import Shape
from samrit.problems import Problem, nearest, problem

SEPARATED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
NUMBERS = {"int_parsing", "decimal_parsing"}
"""Mistakes of a text that should have been a number."""


def mistake(error: Any, model: type[BaseModel], body: Any, marks: Marks) -> Problem:
    """One pydantic error in our words. `body` is what was refused: it tells keys from the names of chosen kinds."""
    place, holder = _walk(error["loc"], Shape.of(model), body)
    match error["type"]:
        case "union_tag_not_found":
            key = _chooser(error)
            return problem("authored.kind.missing", marks.at(*place), key=key, good=" ".join(holder.kinds(key)))
        case "union_tag_invalid":
            key, found = _chooser(error), str(error["ctx"]["tag"])
            kinds = list(holder.kinds(key))
            where = marks.at(*place, key)
            near = nearest(found, kinds) or "-"
            return problem("authored.kind.unknown", where, key=key, found=found, good=" ".join(kinds), near=near)
        case "extra_forbidden":
            key = str(place[-1])
            near = nearest(key, holder.keys) or "-"
            return problem("authored.key.unknown", marks.at(*place), key=key, near=near)
        case "missing":
            return problem("authored.key.missing", marks.at(*place), key=str(place[-1]))
        case _:
            return _wrong_value(error, place, marks)


def place_of(error: Any, model: type[BaseModel], body: Any) -> Place:
    """The place of one pydantic error in the document."""
    return _walk(error["loc"], Shape.of(model), body)[0]


def _wrong_value(error: Any, place: Place, marks: Marks) -> Problem:
    where, found = marks.at(*place), error["input"]
    if error["type"] in NUMBERS and SEPARATED.fullmatch(str(found)):
        return problem("authored.number.separators", where, found=found, good=found.replace(",", ""))
    refused = error.get("ctx", {}).get("error")
    if isinstance(refused, UnfitError):
        said = problem("authored.value", where, key=where.field, why_th=refused.found.th, why_en=refused.found.en)
        return replace(said, hint=refused.found.hint)
    why = say_expected(error)
    return problem("authored.value", where, key=where.field, why_th=why.th, why_en=why.en)


def _chooser(error: Any) -> str:
    return str(error["ctx"]["discriminator"]).strip("'")


def _walk(loc: tuple[str | int, ...], shape: Shape, body: Any) -> tuple[Place, Shape]:
    """The place of an error without the names of kinds that pydantic puts between, and the shape that has the last key
    (for a wrong kind: the choice itself)."""
    place: list[str | int] = []
    at: Any = body
    holder = shape
    for part in loc:
        chosen = shape.chosen(part)
        if chosen is not None:
            shape = holder = chosen
            continue
        place.append(part)
        holder, shape = shape, shape.inside(part)
        inside = (isinstance(at, dict) and part in at) or (isinstance(at, list) and part in range(len(at)))
        at = at[part] if inside else None
    return tuple(place), shape if shape.is_choice else holder
