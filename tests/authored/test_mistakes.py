"""Every type of mistake has Thai and English words of ours: a table of mistakes, and a look at all models there are."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, Field

import samrit
from samrit.authored import AuthoredError, Model, UnfitError, parse_text
from samrit.authored.expected import EXPECTED
from samrit.problems import Problem, problem

THAI = re.compile(r"[ก-๙]")


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True)
class Span:
    start: int


def _refuse(text: str) -> str:
    raise UnfitError(problem("reference.period.backwards", start="b", end="a"))


class Every(Model):
    """One field for every kind of value that the models of this project have."""

    text: str = ""
    named: str = Field(default="a", min_length=1)
    code: str = Field(default="A", pattern="^[A-Z]$")
    whole: int = 0
    number: Decimal = Decimal(0)
    above: Decimal = Field(default=Decimal(1), gt=0)
    least: int = Field(default=1, ge=1, le=9)
    below: int = Field(default=1, lt=9)
    true: bool = True
    word: Literal["lower", "higher"] = "lower"
    colour: Colour = Colour.RED
    day: date = date(2014, 1, 1)
    entries: tuple[str, ...] = Field(default=("a",), min_length=1)
    names: dict[str, str] = Field(default_factory=dict)
    inner: "Every | None" = None
    span: Span = Span(1)
    own: Annotated[str, AfterValidator(_refuse)] = ""


TABLE = [
    ("text: [a]", "string_type", "must be a text"),
    ("text:", "string_type", "must be a text"),
    ('named: ""', "string_too_short", "at least 1 characters"),
    ("code: abc", "string_pattern_mismatch", "^[A-Z]$"),
    ("whole: many", "int_parsing", "whole number"),
    ("whole: 1.5", "int_parsing", "whole number"),
    ("whole: [1]", "int_type", "whole number"),
    (f"whole: {'9' * 5000}", "int_parsing_size", "too long"),
    ("number: many", "decimal_parsing", "a number"),
    ("number: {a: 1}", "decimal_type", "a number"),
    ("number: inf", "finite_number", "finite"),
    ("above: 0", "greater_than", "above 0"),
    ("least: 0", "greater_than_equal", "1 or more"),
    ("least: 10", "less_than_equal", "9 or less"),
    ("below: 9", "less_than", "below 9"),
    ("true: perhaps", "bool_parsing", "true or false"),
    ("true: [a]", "bool_type", "true or false"),
    ("word: highr", "literal_error", "one of 'lower', 'higher' - did you mean 'higher'?"),
    ("word: x", "literal_error", "one of 'lower', 'higher'"),
    ("colour: gren", "enum", "one of 'red', 'green' - did you mean 'green'?"),
    ("day: today", "date_from_datetime_parsing", "2013-10-01"),
    ("day: 2014-01-01T10:00:00", "date_from_datetime_inexact", "2013-10-01"),
    ("day: [a]", "date_type", "2013-10-01"),
    ("entries: a", "tuple_type", "must be a list"),
    ("entries: []", "too_short", "at least 1 entries"),
    ("names: a", "dict_type", "keys with values"),
    ("inner: a", "model_type", "keys with values"),
    ("span: a", "dataclass_type", "keys with values"),
    ("own: a", "value_error", "The period ends (a) before it starts (b)"),
]


def mistakes(text: str, model: type[Model] = Every) -> list[Problem]:
    with pytest.raises(AuthoredError) as refused:
        parse_text(text, "x.yaml").typed(model)
    return list(refused.value.problems)


@pytest.mark.parametrize(("text", "kind", "said"), TABLE, ids=[f"{row[1]}: {row[0][:20]}" for row in TABLE])
def test_a_mistake_is_said_in_both_languages(text: str, kind: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"type={kind},")):
        Every.model_validate(parse_text(text, "x.yaml").body)
    (found,) = mistakes(text)
    assert found.code == "authored.value"
    assert found.where.field == text.partition(":")[0]
    assert said in found.en
    own_words = found.th.partition("ใช้ไม่ได้: ")[2]
    assert THAI.search(own_words)
    assert not any(words in found.th + found.en for words in ("Input should", "valid ", "Value error"))


def test_the_table_has_every_type_that_has_words() -> None:
    """Two types come from inputs that are no text and from another way of reading days: they cannot be written."""
    assert set(EXPECTED) - {row[1] for row in TABLE} == {"date_parsing"}


OF_SCHEMA = {
    "str": {"string_type", "string_too_short", "string_pattern_mismatch"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "greater_than_equal", "less_than", "less_than_equal"},
    "decimal": {"decimal_type", "decimal_parsing", "finite_number", "greater_than", "greater_than_equal"},
    "bool": {"bool_type", "bool_parsing"},
    "literal": {"literal_error"},
    "enum": {"enum"},
    "date": {"date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"},
    "tuple": {"tuple_type", "too_short"},
    "dict": {"dict_type"},
    "model": {"model_type"},
    "dataclass": {"dataclass_type"},
}
"""Kinds of a model's schema -> the types of mistakes that they find."""
OWN_CODES = {"tagged-union", "model-fields", "dataclass-args"}  # kinds, unknown and missing keys
SILENT = {"any", "default", "definition-ref", "definitions", "nullable", "model-field", "dataclass-field", "no-info"}
WRAPPED = {"function-after", "function-before", "union"}
LIMITS = {"min_length", "max_length", "pattern", "ge", "gt", "le", "lt", "multiple_of", "max_digits", "decimal_places"}
KNOWN_LIMITS = {"min_length", "pattern", "ge", "gt", "le", "lt"}


def _models(of: type[Model]) -> Iterator[type[Model]]:
    for one in of.__subclasses__():
        yield one
        yield from _models(one)


def _kinds(schema: Any) -> Iterator[tuple[str, set[str]]]:
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str) and ("schema" in schema or schema["type"] not in {"no-info"}):
            yield schema["type"], LIMITS & schema.keys()
        for value in schema.values():
            yield from _kinds(value)
    elif isinstance(schema, list | tuple):
        for value in schema:
            yield from _kinds(value)


def test_no_model_of_the_project_can_find_a_mistake_without_words() -> None:
    for room in ("measures", "schemes", "warehouse"):
        package = importlib.import_module(f"samrit.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"samrit.{room}."):
            importlib.import_module(module.name)
    of_project = {one for one in _models(Model) if one.__module__.startswith(f"{samrit.__name__}.")}
    assert {"Scheme", "Worked", "Definition", "ScenarioFile"} <= {one.__name__ for one in of_project}
    for one in of_project:
        for kind, limits in _kinds(one.__pydantic_core_schema__):
            assert kind in OF_SCHEMA or kind in OWN_CODES | SILENT | WRAPPED, f"{one.__name__}: {kind}"
            assert limits <= KNOWN_LIMITS, f"{one.__name__}: {kind} {limits}"
    assert set().union(*OF_SCHEMA.values()) == set(EXPECTED)


@pytest.mark.parametrize(
    ("text", "found", "good"),
    [
        ("number: 1,000,000", "1,000,000", "1000000"),
        ('number: "1,234.50"', "1,234.50", "1234.50"),
        ("whole: 12,500", "12,500", "12500"),
        ("inner: {number: 1,000,000, whole: 3}", "1,000,000", "1000000"),
        ("inner: {whole: 3, number: 12,500}", "12,500", "12500"),
    ],
)
def test_a_number_with_thousand_separators_is_told_with_the_right_way_to_write_it(
    text: str, found: str, good: str
) -> None:
    (told,) = mistakes(text)
    assert (told.code, told.where.line) == ("authored.number.separators", 1)
    assert f" {found} " in told.th
    assert told.en.endswith(f": {good}")


def test_a_text_that_a_comma_cut_into_keys_is_told_as_a_text_without_quotes() -> None:
    (told,) = mistakes("whole: 1\ninner: {text: ยา, วัคซีน, whole: 2}")
    assert (told.code, told.where.line, told.where.field) == ("authored.text.comma", 2, "inner.text")
    assert "'ยา, วัคซีน'" in told.th
    (told,) = mistakes(f"inner: {{text: {'ก' * 50}, ข}}")
    assert f"'{'ก' * 40}...'" in told.en


def test_a_key_without_a_value_is_no_cut_text_when_nothing_bare_stands_before_it() -> None:
    assert [p.code for p in mistakes("inner: {colur}")] == ["authored.key.unknown"]
    assert [p.code for p in mistakes('inner: {text: "a", more}')] == ["authored.key.unknown"]
    assert [p.code for p in mistakes("text: a\nmore:")] == ["authored.key.unknown"]
    assert parse_text("names: {a: , b: x}", "x.yaml").body == {"names": {"a": None, "b": "x"}}


def test_mistakes_of_the_writing_do_not_hide_those_of_the_values() -> None:
    found = mistakes("whole: 1\nwhole: 2\nnumber: many\ninner: {number: 1,000, least: 0}")
    assert {p.code: p.where.line for p in found} == {
        "authored.key.repeated": 2,
        "authored.value": 4,
        "authored.number.separators": 4,
    }
    assert [p.where.field for p in found if p.code == "authored.value"] == ["number", "inner.least"]
