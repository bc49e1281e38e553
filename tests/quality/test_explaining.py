"""Causes of a difference: they add up, always; as few as leave the least are taken."""

import itertools
import random
from collections import Counter
from decimal import Decimal

import pytest

from samrit.quality.explaining import IN_TIME, Cause, Explained, World, explain
from samrit.quality.figures import Counts
from samrit.quality.homes import Moves

A, B, MAY = ("a", 0), ("b", 0), ("a", 5)
LENIENT = World(lenient=True)
NOBODY: Moves = Counter()


def told(
    theirs: Counts, ours: Counts, worlds: dict[World, Counts], moves: Moves = NOBODY, readings: int = 0
) -> Explained:
    return explain(theirs, ours, {IN_TIME: ours} | worlds, lambda world: moves, readings)


def parts(made: Explained, facility: str, figure: tuple[str, int] = A) -> dict[str, object]:
    return {cause.value: amount for cause, amount in made.parts[facility, figure].items() if amount}


def test_what_came_late_is_always_taken() -> None:
    made = told({("1", A): 7}, {("1", A): 10}, {IN_TIME: {("1", A): 8}})
    assert parts(made, "1") == {"late": -2, "unknown": -1}
    made = told({("1", A): 10}, {("1", A): 10}, {IN_TIME: {("1", A): 8}})
    assert parts(made, "1") == {"late": -2, "unknown": 2}


def test_lenient_reading_is_taken_only_where_it_brings_nearer() -> None:
    theirs = {("1", A): 12, ("2", A): 10, ("3", A): 9}
    ours = {("1", A): 10, ("2", A): 10, ("3", A): 10}
    made = told(theirs, ours, {LENIENT: {("1", A): 12, ("2", A): 12, ("3", A): 12}})
    assert [parts(made, f) for f in "123"] == [{"voided": 2}, {}, {"unknown": -1}]


def test_the_reading_that_leaves_least_is_taken_and_all_are_told() -> None:
    theirs, ours = {("1", A): 13, ("2", A): 12}, {("1", A): 10, ("2", A): 10}
    worlds = {World(reading=0): {("1", A): 12, ("2", A): 11}, World(reading=1): {("1", A): 13, ("2", A): 12}}
    made = told(theirs, ours, worlds, readings=2)
    assert made.reading == 1
    assert made.left == {None: 5, 0: 2, 1: 0}
    assert [parts(made, f) for f in "12"] == [{"definition": 3}, {"definition": 2}]


def test_one_cause_is_preferred_to_two() -> None:
    # Lenient reading alone would leave 3, with the other reading as well 1; the other reading alone closes the gap.
    worlds = {
        LENIENT: {("1", A): 11},
        World(reading=0): {("1", A): 14},
        World(lenient=True, reading=0): {("1", A): 15},
    }
    made = told({("1", A): 14}, {("1", A): 10}, worlds, readings=1)
    assert parts(made, "1") == {"definition": 4}


def test_two_causes_are_told_in_steps() -> None:
    worlds = {
        LENIENT: {("1", A): 12},
        World(reading=0): {("1", A): 13},
        World(lenient=True, reading=0): {("1", A): 16},
    }
    made = told({("1", A): 16}, {("1", A): 10}, worlds, readings=1)
    assert parts(made, "1") == {"voided": 2, "definition": 4}


def test_moving_before_reading_is_told_when_it_leaves_less() -> None:
    # 1 has one too few because a person moved to 2; at 2 a lenient reading would hide it.
    theirs, ours = {("1", A): 9, ("2", A): 11}, {("1", A): 10, ("2", A): 10}
    moves: Moves = Counter({("1", "2", frozenset({A})): 1})
    made = told(theirs, ours, {LENIENT: {("1", A): 10, ("2", A): 11}}, moves)
    assert [parts(made, f) for f in "12"] == [{"moved": -1}, {"moved": 1}]


def test_months_take_the_causes_of_the_year() -> None:
    theirs = {("1", A): 12, ("1", MAY): 3}
    made = told(theirs, {("1", A): 10, ("1", MAY): 1}, {LENIENT: {("1", A): 12, ("1", MAY): 2}})
    assert parts(made, "1", MAY) == {"voided": 1, "unknown": 1}


def test_a_month_moves_only_what_the_causes_of_the_year_leave() -> None:
    theirs = {("1", A): 12, ("1", MAY): 2, ("2", A): 10, ("2", MAY): 0}
    ours = {("1", A): 10, ("1", MAY): 1, ("2", A): 10, ("2", MAY): 1}
    moves: Moves = Counter({("2", "1", frozenset({MAY})): 1})
    made = told(theirs, ours, {LENIENT: ours | {("1", A): 12, ("1", MAY): 2}}, moves)
    assert [parts(made, f, MAY) for f in "12"] == [{"voided": 1}, {"unknown": -1}]
    assert parts(told(theirs, ours, {}, moves), "2", MAY) == {"moved": -1}


def test_a_facility_that_we_do_not_count_has_ours_0() -> None:
    assert parts(told({("9", B): 4}, {}, {}), "9", B) == {"unknown": 4}


def test_weights_add_up_exactly() -> None:
    made = told({("1", A): Decimal("1.1")}, {("1", A): Decimal("0.7")}, {LENIENT: {("1", A): Decimal("0.8")}})
    assert parts(made, "1") == {"voided": Decimal("0.1"), "unknown": Decimal("0.3")}


@pytest.mark.parametrize("seed", range(80))
def test_causes_add_up_to_the_difference_in_random_worlds(seed: int) -> None:
    dice = random.Random(seed)
    keys = [(f, figure) for f in "12345" for figure in (A, B, MAY)]

    def counts() -> dict[tuple[str, tuple[str, int]], int]:
        return {key: dice.randint(0, 9) for key in keys if dice.random() < 0.9}

    theirs, ours, readings = counts(), counts(), dice.randint(0, 2)
    worlds = {
        World(lenient, reading): counts()
        for lenient in (False, True)
        for reading in (None, *range(readings))
        if not lenient or dice.random() < 0.7
    }
    moves: Moves = Counter(
        {
            (w, x, frozenset(dice.sample([A, B, MAY], dice.randint(1, 3)))): dice.randint(1, 4)
            for w, x in itertools.permutations("12345", 2)
            if dice.random() < 0.5
        }
    )
    made = explain(theirs, ours, worlds, lambda world: moves, readings)
    assert set(made.parts) == set(theirs)
    for key, of in made.parts.items():
        assert list(of) == list(Cause)
        assert sum(of.values()) == theirs[key] - ours.get(key, 0)
    whole = [key for key in theirs if key[1] != MAY]
    unknown = sum(abs(made.parts[key][Cause.UNKNOWN]) for key in whole)
    assert unknown == made.left[made.reading] == min(made.left.values())
    assert unknown <= sum(abs(theirs[key] - worlds[IN_TIME].get(key, 0)) for key in whole)
