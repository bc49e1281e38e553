"""Shape: what a model allows at a place: its keys, what is inside, the one of several models that was chosen."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


@dataclass(frozen=True)
class Shape:
    """The annotation of a place: a model, one of several, a list, a mapping by name, or a scalar (or nothing known).

    >>> class Size(BaseModel):
    ...     width: int
    >>> class Box(BaseModel):
    ...     size: Size | None = None
    >>> Shape.of(Box).inside("size").keys
    ['width']
    """

    annotation: Any

    @classmethod
    def of(cls, model: type[BaseModel]) -> "Shape":
        """The shape of a whole document."""
        return cls(model)

    @property
    def models(self) -> list[type[BaseModel]]:
        """The models that may stand here."""
        return list(_models(self.annotation))

    @property
    def keys(self) -> list[str]:
        """The names of their keys, as people write them."""
        return list(dict.fromkeys(field.alias or name for m in self.models for name, field in m.model_fields.items()))

    @property
    def is_choice(self) -> bool:
        """True where one of several models is chosen by its kind."""
        return len(self.models) > 1

    @property
    def is_mapping(self) -> bool:
        """True for a mapping whose names are the author's own."""
        return get_origin(_bare(self.annotation)) is dict

    @property
    def is_whole(self) -> bool:
        """True where no single text can stand: a model, a list or a mapping."""
        return bool(self.models) or get_origin(_bare(self.annotation)) in {dict, tuple, list}

    def inside(self, part: str | int) -> "Shape":
        """The shape of a key, of an entry of a list or of a named value; nothing known for what cannot be there."""
        for one in self.models:
            for name, field in one.model_fields.items():
                if part in {name, field.alias}:
                    return Shape(field.annotation)
        bare = _bare(self.annotation)
        arguments = get_args(bare)
        if _is_union(bare):
            return next((found for one in arguments if (found := Shape(one).inside(part)).annotation), Shape(None))
        if get_origin(bare) is tuple and isinstance(part, int):
            return Shape(arguments[0])
        if get_origin(bare) is dict and isinstance(part, str):
            return Shape(arguments[1])
        return Shape(None)

    def kinds(self, key: str) -> dict[str, "Shape"]:
        """The models of a choice by the value of the key that chooses."""
        return {get_args(m.model_fields[key].annotation)[0]: Shape(m) for m in self.models if key in m.model_fields}

    def chosen(self, kind: str | int) -> "Shape | None":
        """The model of a choice whose kind that is; None where nothing is chosen so."""
        if not self.is_choice:
            return None
        return next((Shape(m) for m in self.models if kind in _kinds_of(m).values()), None)

    def narrowed(self, body: Any) -> "Shape":
        """The shape that what is written here has chosen; itself where nothing is chosen."""
        if not (self.is_choice and isinstance(body, dict)):
            return self
        chosen = (m for m in self.models if any(body.get(key) == kind for key, kind in _kinds_of(m).items()))
        return next((Shape(m) for m in chosen), self)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names directly: M, M | None, Annotated[A | B, ...]."""
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        yield bare
    elif _is_union(bare):
        for one in get_args(bare):
            yield from _models(one)


def _kinds_of(model: type[BaseModel]) -> dict[str, str]:
    """The keys of a model that can have only one value, and that value: by such a key a model is chosen."""
    return {
        name: get_args(field.annotation)[0]
        for name, field in model.model_fields.items()
        if get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1
    }


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in {Union, types.UnionType}


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
