"""Read one authored YAML file into a pydantic model; every mistake becomes a problem with file and line."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from samrit.problems import Problem, SamritError, Where, nearest, problem


class AuthoredError(SamritError):
    """A YAML file that a person wrote cannot be used; carries one problem per mistake."""


class Model(BaseModel):
    """Base of all authored models: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


M = TypeVar("M", bound=BaseModel)
Place = tuple[str | int, ...]


def read(path: Path, model: type[M], name: str = "") -> M:
    """The file as `model`. Raises AuthoredError with every mistake: bad YAML, unknown or repeated key, wrong value.

    `name` is what problems call the file (default: its path).
    """
    shown = name or str(path)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise AuthoredError(problem("authored.unreadable", Where(file=shown), reason=type(error).__name__)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(file=shown, line=mark.line + 1 if mark else 0)
        reason = getattr(error, "problem", None) or "?"
        raise AuthoredError(problem("authored.yaml", where, reason=reason)) from error
    lines: dict[Place, int] = {}
    repeated: list[Problem] = []
    value = _plain(node, (), lines, repeated, shown)
    if repeated:
        raise AuthoredError(*repeated)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise AuthoredError(*(_mistake(e, model, lines, shown) for e in error.errors())) from error


def _plain(node: yaml.Node | None, at: Place, lines: dict[Place, int], repeated: list[Problem], shown: str) -> Any:
    """Nodes as dicts, lists and texts; remembers the line of every place."""
    if node is None:
        return None
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            place = (*at, key)
            if key in made:
                where = Where(file=shown, line=key_node.start_mark.line + 1, field=key)
                repeated.append(problem("authored.key.repeated", where, key=key))
            lines[place] = key_node.start_mark.line + 1
            made[key] = _plain(value_node, place, lines, repeated, shown)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, n), lines, repeated, shown) for n, item in enumerate(node.value)]
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value)


def _mistake(error: Any, model: type[BaseModel], lines: dict[Place, int], shown: str) -> Problem:
    """One pydantic error in our words, at the nearest line that is known."""
    place: Place = tuple(error["loc"])
    known = place
    while known and known not in lines:
        known = known[:-1]
    dotted = ".".join(str(part) for part in place)
    where = Where(file=shown, line=lines.get(known, 1), field=dotted)
    if error["type"] == "extra_forbidden":
        key = str(place[-1])
        near = nearest(key, _keys_at(model, place[:-1]))
        return problem("authored.key.unknown", where, key=key, near=near or "-")
    if error["type"] == "missing":
        return problem("authored.key.missing", where, key=str(place[-1]))
    return problem("authored.value", where, key=dotted, expected=error["msg"])


def _keys_at(model: type[BaseModel], place: Place) -> list[str]:
    """Names of the keys that the model has at a place, for the nearest good name."""
    current: Any = model
    for part in place:
        if not (isinstance(current, type) and issubclass(current, BaseModel)):
            break
        if isinstance(part, str) and part in current.model_fields:
            current = _inner(current.model_fields[part].annotation)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return list(current.model_fields)
    return []


def _inner(annotation: Any) -> Any:
    """The model inside `M | None`, `list[M]`, `dict[str, M]`; else the annotation itself."""
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner(argument)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return inner
    return annotation
