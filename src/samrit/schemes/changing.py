"""Lay a site's changes over a pack: a path names a place of scheme.yaml, a value takes the place of what stands there.

items.2.6.bands.name=B4           an item by its code; an item without bands gets them so
domains.1.points=390              a domain by its number
bands.B1.lower_edges.0=60         other lists by place, from 0
bands.ASTHMA={unit: rate, lower_edges: [2, 4, 6, 8]}   a band set of one's own
A figure that a site changes is no longer printed: its standing becomes typed_in, unless a change says the standing.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from samrit.problems import Where, nearest, problem
from samrit.schemes.errors import SchemesError

TYPED_IN = "typed_in"


def lay_over(body: dict[str, Any], changes: Mapping[str, str], shown: str) -> None:
    """Change the plain data of a scheme in place. Raises SchemesError for a path that names nothing.

    By path, a set before its edges, and standings last: the order in which the changes are given does not matter.
    """
    for path in sorted(changes, key=lambda p: (p.endswith(".standing"), p)):
        if _is_new_set(body, path, changes[path]):
            body["bands"][path.removeprefix("bands.")] = {"standing": TYPED_IN, **_mapping(path, changes[path], shown)}
        else:
            _set(body, path, changes[path], shown)


def _is_new_set(body: Mapping[str, Any], path: str, value: str) -> bool:
    first, _, name = path.partition(".")
    return first == "bands" and bool(name) and "." not in name and name not in body["bands"] and value.startswith("{")


def _mapping(path: str, value: str, shown: str) -> dict[str, Any]:
    try:
        made = yaml.load(value, Loader=yaml.BaseLoader)  # noqa: S506 (all text)
    except yaml.YAMLError:
        made = None
    if not isinstance(made, dict):
        raise SchemesError(problem("schemes.set.bands", Where(file=shown, field=path), path=path))
    return made


def _set(body: dict[str, Any], path: str, value: str, shown: str) -> None:
    rest = path
    at: Any = body
    stands: dict[str, Any] | None = None  # the nearest figure above that says where it comes from
    while True:
        names = _names(at)
        name = next((n for n in sorted(names, key=len, reverse=True) if rest == n or rest.startswith(n + ".")), None)
        if name is None:
            _refuse(shown, path, path[: len(path) - len(rest)], nearest(rest.partition(".")[0], names))
        key, found = names[str(name)]
        if isinstance(at, dict) and "standing" in at:
            stands = at
        if rest == name:
            break
        if found is None:
            found = at[key] = {"name": "", "standing": TYPED_IN}  # the bands of an item that had none
        at, rest = found, rest[len(str(name)) + 1 :]
    if isinstance(found, dict | list):
        _refuse(shown, path, f"{path}.", "value" if "value" in found else next(iter(_names(found)), ""))
    at[key] = value
    if stands is not None and key != "standing":
        stands["standing"] = TYPED_IN


def _refuse(shown: str, path: str, good: str, near: str) -> None:
    where = Where(file=shown, field=path)
    raise SchemesError(problem("schemes.set.path", where, path=path, near=f"{good}{near}" if near else "-"))


def _names(at: Any) -> dict[str, tuple[Any, Any]]:
    """What a path may name here -> key and value: keys; items by code, domains by number, other lists by place."""
    if isinstance(at, dict):
        optional = {"bands": ("bands", None)} if "points" in at and "item" in at else {}
        return {**optional, **{name: (name, value) for name, value in at.items()}}
    if isinstance(at, list):
        return {_code(place, entry): (place, entry) for place, entry in enumerate(at)}
    return {}


def _code(place: int, entry: Any) -> str:
    return str(entry.get("item", entry.get("no", place))) if isinstance(entry, dict) else str(place)
