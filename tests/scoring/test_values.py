"""Everything in the room is a value: it cannot be changed, and the words of packs are those of the room."""

import dataclasses
import inspect
from decimal import Decimal
from enum import StrEnum

import pytest

import samrit.scoring
from samrit.scoring import Condition, Conditional, FactTest, Few, Improvement, Known, Ladder, Linear, NormBands, holds

PUBLIC = [getattr(samrit.scoring, name) for name in samrit.scoring.__all__]
CLASSES = [thing for thing in PUBLIC if inspect.isclass(thing)]
WORDS = {
    "Better": "higher lower",
    "Change": "points percent",
    "FactTest": "is one_of above at_least below at_most z_above z_at_least z_below z_at_most valid expired",
    "FewThen": "unscored no_data worst best score",
    "RollUp": "mean weighted_mean worst best",
    "ScoreStanding": "scored no_data too_few unmatched unscored not_computed",
    "Spread": "population sample",
}


@pytest.mark.parametrize("of", [one for one in CLASSES if dataclasses.is_dataclass(one)], ids=lambda of: of.__name__)
def test_values_cannot_be_changed(of: type) -> None:
    made = object.__new__(of)
    for field in dataclasses.fields(of):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, field.name, None)


def test_words_of_packs_are_those_of_the_room() -> None:
    made = {one.__name__: " ".join(word.value for word in one) for one in CLASSES if issubclass(one, StrEnum)}
    assert made == WORDS


def test_what_is_not_said_is_the_plain_reading() -> None:
    assert {one.default for of in (Ladder, Conditional) for one in dataclasses.fields(of) if "grace" in one.name} == {0}
    assert inspect.signature(holds).parameters["grace_months"].default == 0
    for of in (Linear, Improvement, NormBands):
        assert next(one.default for one in dataclasses.fields(of) if one.name == "better") == "higher"
    known = Known()
    assert (known.value, known.last, known.cases, known.facts, known.norms) == (None, None, None, {}, {})


def test_equal_rules_are_equal_and_can_be_keys() -> None:
    one, same = (Condition("nurses", FactTest.AT_LEAST, Decimal(1)) for _ in range(2))
    assert {one: 1}[same] == 1
    assert {Few(3): 1}[Few(3)] == 1
    assert {NormBands(): 1}[NormBands()] == 1
