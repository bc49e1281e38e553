"""Moving: as many as can, never a wider gap, the sum over all stays."""

import itertools
import random
from collections import Counter

import pytest

from samrit.quality.moving import flow, move

A, B = ("a", 0), ("b", 0)
BOTH, ONLY_B = frozenset({A, B}), frozenset({B})


def slow_flow(supply: dict[str, int], demand: dict[str, int], room: dict[tuple[str, str], int]) -> int:
    """How much can be sent, by the cut that lets the least through."""
    nodes = sorted(supply), sorted(demand)
    cuts = []
    for mine in itertools.chain.from_iterable(itertools.combinations(nodes[0], n) for n in range(len(nodes[0]) + 1)):
        for theirs in itertools.chain.from_iterable(
            itertools.combinations(nodes[1], n) for n in range(len(nodes[1]) + 1)
        ):
            cut = sum(supply[n] for n in nodes[0] if n not in mine) + sum(demand[n] for n in theirs)
            cut += sum(
                r for (home, other), r in room.items() if home in mine and other in demand and other not in theirs
            )
            cuts.append(cut)
    return min(cuts)


@pytest.mark.parametrize("seed", range(60))
def test_the_flow_is_the_greatest(seed: int) -> None:
    dice = random.Random(seed)
    supply = {f: dice.randint(1, 5) for f in "abc"}
    demand = {f: dice.randint(1, 5) for f in "xyz"}
    room = {pair: dice.randint(0, 4) for pair in itertools.product("abc", "xyz") if dice.random() < 0.7}
    sent = flow(supply, demand, room)
    assert all(0 < things <= room[pair] for pair, things in sent.items())
    assert all(sum(t for (home, _), t in sent.items() if home == f) <= supply[f] for f in supply)
    assert all(sum(t for (_, other), t in sent.items() if other == f) <= demand[f] for f in demand)
    assert sum(sent.values()) == slow_flow(supply, demand, room)


def test_persons_with_another_home_close_both_gaps() -> None:
    gaps = {("04801", A): -2, ("04801", B): -3, ("04802", A): 2, ("04802", B): 3}
    moves = Counter({("04801", "04802", BOTH): 2, ("04801", "04802", ONLY_B): 4})
    assert move(gaps, moves, [A, B]) == {("04801", A): -2, ("04801", B): -3, ("04802", A): 2, ("04802", B): 3}


def test_a_gap_that_no_other_facility_has_does_not_move() -> None:
    moves = Counter({("04801", "04802", BOTH): 5})
    assert move({("04801", B): -2, ("04802", B): 0}, moves, [A, B]) == {}
    assert move({("04801", B): 2, ("04802", B): -2}, moves, [A, B]) == {}  # they live there by nobody's row


def test_who_counts_in_both_moves_only_where_both_gaps_gain() -> None:
    gaps = {("04801", A): 0, ("04801", B): -1, ("04802", A): 0, ("04802", B): 1}
    assert move(gaps, Counter({("04801", "04802", BOTH): 1}), [A, B]) == {}
    assert move(gaps, Counter({("04801", "04802", ONLY_B): 1}), [A, B]) == {("04801", B): -1, ("04802", B): 1}


def test_a_letter_that_the_centre_does_not_give_holds_nobody_back() -> None:
    gaps = {("04801", A): -1, ("04802", A): 1}
    assert move(gaps, Counter({("04801", "04802", BOTH): 1}), [A, B]) == {("04801", A): -1, ("04802", A): 1}


@pytest.mark.parametrize("seed", range(60))
def test_moving_never_widens_a_gap_and_keeps_the_sum(seed: int) -> None:
    dice = random.Random(seed)
    places = ["1", "2", "3", "4", "5"]
    gaps = {(f, figure): dice.randint(-4, 4) for f in places for figure in (A, B)}
    moves = Counter({(w, x, dice.choice([BOTH, ONLY_B, frozenset({A})])): dice.randint(1, 3)
                     for w, x in itertools.permutations(places, 2) if dice.random() < 0.5})  # fmt: skip
    moved = move(gaps, moves, [A, B])
    for key, gap in gaps.items():
        change = moved.get(key, 0)
        assert change * gap >= 0
        assert abs(change) <= abs(gap)
    for figure in (A, B):
        assert sum(change for (_, of), change in moved.items() if of == figure) == 0
