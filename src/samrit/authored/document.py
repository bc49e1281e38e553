"""Read one authored YAML file into a pydantic model; every mistake becomes a problem with file and line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from samrit.authored.marks import Marks, Place
from samrit.authored.mistakes import mistake
from samrit.authored.model import AuthoredError
from samrit.problems import Problem, Where, problem

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Document:
    """A YAML text as dicts, lists and texts (None for nothing), and the marks of its places."""

    body: Any
    marks: Marks

    def typed(self, model: type[M]) -> M:
        """The body as `model`. Raises AuthoredError with every mistake, at the mark of its place."""
        try:
            return model.model_validate(self.body)
        except ValidationError as error:
            raise AuthoredError(*(mistake(e, model, self.body, self.marks) for e in error.errors())) from error


@dataclass(frozen=True)
class Marked(Generic[M]):
    """A typed document and the marks of its places."""

    model: M
    marks: Marks


def read(path: Path, model: type[M], name: str = "") -> M:
    """The file as `model`. Raises AuthoredError with every mistake: bad YAML, unknown or repeated key, wrong value.

    `name` is what problems call the file (default: its path).
    """
    return read_marked(path, model, name).model


def read_marked(path: Path, model: type[M], name: str = "") -> Marked[M]:
    """The file as `model`, with the marks of its places for checks that the model cannot make. Raises as `read`."""
    document = parse(path, name)
    return Marked(document.typed(model), document.marks)


def parse(path: Path, name: str = "") -> Document:
    """The file before any model. Raises AuthoredError for what is no YAML and for every repeated key."""
    shown = name or str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuthoredError(problem("authored.unreadable", Where(file=shown), reason=type(error).__name__)) from error
    return parse_text(text, shown)


def parse_text(text: str, shown: str) -> Document:
    """A YAML text before any model; `shown` is what problems call it. Raises as `parse`."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(file=shown, line=mark.line + 1 if mark else 0)
        reason = getattr(error, "problem", None) or "?"
        raise AuthoredError(problem("authored.yaml", where, reason=reason)) from error
    places: dict[Place, Where] = {}
    repeated: list[Problem] = []
    body = _plain(node, (), places, repeated, shown)
    if repeated:
        raise AuthoredError(*repeated)
    return Document(body, Marks(shown, places))


def _plain(node: yaml.Node | None, at: Place, places: dict[Place, Where], repeated: list[Problem], shown: str) -> Any:
    """Nodes as dicts, lists and texts; remembers where every place was written."""
    if node is None:
        return None
    places.setdefault(at, Where(file=shown, line=node.start_mark.line + 1))
    if isinstance(node, yaml.MappingNode):
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in made:
                repeated.append(problem("authored.key.repeated", Where(file=shown, line=line, field=key), key=key))
            places[(*at, key)] = Where(file=shown, line=line)
            made[key] = _plain(value_node, (*at, key), places, repeated, shown)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, n), places, repeated, shown) for n, item in enumerate(node.value)]
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value)
