"""Read one authored YAML file into a pydantic model; every mistake becomes a problem with file and line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from samrit.authored.marks import Marks, Place, dotted
from samrit.authored.mistakes import SEPARATED, mistake, place_of
from samrit.authored.model import AuthoredError
from samrit.problems import Problem, Where, problem

M = TypeVar("M", bound=BaseModel)
MOST_QUOTED = 40
"""So many letters of a text are said when it is told."""


@dataclass(frozen=True)
class Document:
    """A YAML text as dicts, lists and texts (None for nothing), and the marks of its places.

    found: mistakes of the writing that leave the rest readable: repeated keys, commas without quotes.
    """

    body: Any
    marks: Marks
    found: tuple[Problem, ...] = ()

    def typed(self, model: type[M]) -> M:
        """The body as `model`. Raises AuthoredError with every mistake, also of the writing, at its mark."""
        told, places = list(self.found), []
        try:
            made = model.model_validate(self.body)
        except ValidationError as error:
            for one in error.errors():
                told.append(mistake(one, model, self.body, self.marks))
                places.append(place_of(one, model, self.body))
        if told:
            raise AuthoredError(*told, places=tuple(places))
        return made


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
    """The file before any model. Raises AuthoredError for what is no YAML; smaller mistakes stay in the document."""
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
    plain = _Plain(shown, {}, [])
    return Document(plain.of(node, ()), Marks(shown, plain.places), tuple(plain.found))


@dataclass
class _Plain:
    """Makes dicts, lists and texts of nodes; remembers where every place was written, and what was written wrongly."""

    shown: str
    places: dict[Place, Where]
    found: list[Problem]

    def of(self, node: yaml.Node | None, at: Place) -> Any:
        """What a node at a place says."""
        if node is None:
            return None
        self.places.setdefault(at, Where(file=self.shown, line=node.start_mark.line + 1))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item, (*at, n)) for n, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:null":
            return None
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, at: Place) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, value_node, rest in _entries(node):
            key = str(key_node.value)
            where = Where(file=self.shown, line=key_node.start_mark.line + 1)
            if key in made:
                self._tell("authored.key.repeated", where, key, key=key)
            self.places[(*at, key)] = where
            made[key] = self.of(value_node, (*at, key))
            if rest:
                made[key] = self._joined(made[key], rest, where, dotted((*at, key)))
        return made

    def _joined(self, first: str, rest: list[str], where: Where, field: str) -> str:
        """A value that its commas cut into keys, whole again and told."""
        number = ",".join([first, *rest])
        if SEPARATED.fullmatch(number):
            good = number.replace(",", "")
            self._tell("authored.number.separators", where, field, found=number, good=good)
            return good
        text = ", ".join([first, *rest])
        said = text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}..."
        self._tell("authored.text.comma", where, field, found=said)
        return text

    def _tell(self, code: str, where: Where, field: str, **facts: str) -> None:
        self.found.append(problem(code, Where(file=where.file, line=where.line, field=field), **facts))


def _entries(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node, list[str]]]:
    """Key and value of every entry, and the keys without a colon that stand behind a bare text in braces: a comma of
    the text cut them off."""
    waiting: tuple[yaml.Node, yaml.Node, list[str]] | None = None
    for key_node, value_node in node.value:
        cut_off = bool(node.flow_style) and value_node.start_mark.index == key_node.end_mark.index
        if waiting and cut_off and _is_bare(waiting[1]):
            waiting[2].append(str(key_node.value))
            continue
        if waiting:
            yield waiting
        waiting = (key_node, value_node, [])
    if waiting:
        yield waiting


def _is_bare(node: yaml.Node) -> bool:
    """A text without quotes, and not nothing."""
    return isinstance(node, yaml.ScalarNode) and node.style is None and bool(node.value)
