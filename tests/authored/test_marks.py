"""Where a place was written: also for what a later check sees, and for values that others laid over."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from samrit.authored import AuthoredError, Marks, Model, Shape, parse_text, read_marked
from samrit.problems import Problem, Where


class Round(Model):
    kind: Literal["round"]
    radius: int


class Square(Model):
    kind: Literal["square"]
    side: int
    unit: Literal["cm", "mm"] = "cm"


Form = Annotated[Round | Square, Field(discriminator="kind")]


class Drawer(Model):
    name: str = ""
    forms: tuple[Form, ...] = ()
    by_name: dict[str, Form] = Field(default_factory=dict)


TEXT = """\
name: first
forms:
- {kind: round, radius: 1}
- kind: square
  side: 2
"""


def mistakes(text: str) -> list[Problem]:
    with pytest.raises(AuthoredError) as refused:
        parse_text(text, "drawer.yaml").typed(Drawer)
    return list(refused.value.problems)


def test_a_model_comes_with_the_lines_of_its_places(tmp_path: Path) -> None:
    path = tmp_path / "drawer.yaml"
    path.write_text(TEXT, encoding="utf-8")
    marked = read_marked(path, Drawer, "drawer.yaml")
    assert marked.model.forms[1] == Square(kind="square", side=2)
    assert marked.marks.at("forms", 1, "side") == Where("drawer.yaml", line=5, field="forms.1.side")
    assert marked.marks.at("forms", 0, "radius").line == 3


def test_a_place_that_was_not_written_is_at_the_nearest_above() -> None:
    marks = parse_text(TEXT, "drawer.yaml").marks
    assert marks.at("forms", 1, "unit") == Where("drawer.yaml", line=4, field="forms.1.unit")
    assert marks.at("by_name").line == 1


def test_a_place_may_be_called_by_another_name() -> None:
    assert parse_text(TEXT, "drawer.yaml").marks.at("forms", 1, field="forms.second").field == "forms.second"


def test_what_is_laid_over_is_told_where_it_was_laid() -> None:
    marks = parse_text(TEXT, "drawer.yaml").marks
    laid = marks.overlaid({("forms", 1): Where("--set", field="forms.second")})
    assert laid.at("forms", 1, "side") == Where("--set", field="forms.second")
    assert laid.at("forms", 0, "radius") == marks.at("forms", 0, "radius")


@pytest.mark.parametrize(
    ("text", "code", "line", "field", "said"),
    [
        ("forms:\n- kind: rund\n  radius: 1", "authored.kind.unknown", 2, "forms.0.kind", "did you mean 'round'?"),
        ("forms:\n- kind: cube\n  radius: 1", "authored.kind.unknown", 2, "forms.0.kind", "round square"),
        ("forms:\n- radius: 1", "authored.kind.missing", 2, "forms.0", "round square"),
        ("forms:\n- kind: round\n  radus: 1\n  radius: 1", "authored.key.unknown", 3, "forms.0.radus", "'radius'"),
        ("forms:\n- kind: square\n  side: 1\n  unit: m", "authored.value", 4, "forms.0.unit", "'cm'"),
        ("by_name:\n  a:\n    kind: square", "authored.key.missing", 2, "by_name.a.side", "'side'"),
        (
            "by_name:\n  square:\n    kind: square\n    side: x",
            "authored.value",
            4,
            "by_name.square.side",
            "whole number",
        ),
    ],
)
def test_a_mistake_in_one_of_several_models_is_told_in_its_own_words(
    text: str, code: str, line: int, field: str, said: str
) -> None:
    (found,) = mistakes(text)
    assert (found.code, found.where.line, found.where.field) == (code, line, field)
    assert said in found.en


def test_a_shape_knows_what_may_stand_inside() -> None:
    shape = Shape.of(Drawer)
    assert shape.keys == ["name", "forms", "by_name"]
    assert (shape.inside("name").is_whole, shape.inside("forms").is_whole) == (False, True)
    assert shape.inside("by_name").is_mapping
    entry = shape.inside("forms").inside(3)
    assert list(entry.kinds("kind")) == ["round", "square"]
    assert entry.narrowed({"kind": "square"}).keys == ["kind", "side", "unit"]
    assert entry.narrowed({"side": "square"}) == entry
    assert shape.inside("nothing").annotation is None


def test_marks_of_an_empty_document_are_its_first_line() -> None:
    assert Marks("x.yaml", {}).at("a") == Where("x.yaml", line=1, field="a")
