"""Explaining: from counts in several worlds to the causes of each difference, in a fixed order; parts add up exactly.

theirs - ours = late + voided + definition + moved + unknown, facility by facility and figure by figure.

late        packages after the cut day taken away: a fact that the caller states, so it is always taken
voided      on top of that, faulty rows read leniently
definition  on top of that, another reading of the measure
moved       on top of that, things of persons with several homes counted at another of them
unknown     what is left

The last three are what the centre may have done, not what it said. A facility takes lenient reading and the other
reading only when its gap is smaller with them, and as few of them as give the smallest gap. One reading is taken for
all facilities: the one with which least is left. Moving is tried before and after the two; the way that leaves least is
told, the latter when both leave as much.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from samrit.quality.figures import WHOLE, Counts, Key, apart
from samrit.quality.homes import Moves
from samrit.quality.moving import move
from samrit.results import Amount


class Cause(StrEnum):
    """Why a figure of the centre differs from ours, in the order in which they are worked out."""

    LATE = "late"
    VOIDED = "voided"
    DEFINITION = "definition"
    MOVED = "moved"
    UNKNOWN = "unknown"


class World(NamedTuple):
    """How the packages that came in time are counted: faulty rows taken or not; number of the other reading or None."""

    lenient: bool = False
    reading: int | None = None


IN_TIME = World()
Parts = dict[Cause, Amount]


@dataclass(frozen=True)
class Explained:
    """The parts of every figure that both sides have; the reading that was taken; what each reading would leave.

    left: reading (None: ours) -> the sum of what is unknown over all facilities, signs aside.
    """

    parts: dict[Key, Parts]
    reading: int | None
    left: dict[int | None, Amount] = field(default_factory=dict)


def explain(
    theirs: Counts,
    ours: Counts,
    worlds: Mapping[World, Counts],
    moves_of: Callable[[World], Moves],
    readings: int = 0,
) -> Explained:
    """The causes of theirs - ours for every key of `theirs`.

    worlds: counts of every world that was counted, IN_TIME among them; a lenient world that is not there changes
    nothing. moves_of: the possible moves in a world. readings: how many other readings there are (0, 1, ...).
    """
    worlds = _complete(worlds, readings)
    tries = {r: _best(theirs, worlds, moves_of, r) for r in (None, *range(readings))}
    left = {reading: made.left for reading, made in tries.items()}
    reading = min(tries, key=lambda r: (left[r], r is not None, r or 0))
    chosen = tries[reading]
    months = sorted({figure[1] for _, figure in theirs} - {WHOLE})
    moved = dict(chosen.moved)
    for month in months:
        gaps = {
            key: theirs[key] - worlds[chosen.world_of.get(key[0], IN_TIME)].get(key, 0)
            for key in theirs
            if key[1][1] == month
        }
        moved |= move(gaps, _moves(chosen.world_of, gaps, moves_of), [("a", month)])
    parts = {}
    for key, said in theirs.items():
        world = chosen.world_of.get(key[0], IN_TIME)
        at = [counts.get(key, 0) for counts in (ours, worlds[IN_TIME], worlds[World(world.lenient)], worlds[world])]
        steps = [after - before for before, after in pairwise(at)]
        made: Parts = dict(zip((Cause.LATE, Cause.VOIDED, Cause.DEFINITION), steps, strict=True))
        made[Cause.MOVED] = moved.get(key, 0)
        made[Cause.UNKNOWN] = said - at[0] - sum(made.values())
        parts[key] = made
    return Explained(parts, reading, left)


@dataclass(frozen=True)
class _Try:
    """One way to explain the figures of the whole period: the world of each facility, what moves, what is left."""

    world_of: dict[str, World]
    moved: dict[Key, int]
    left: Amount


def _complete(worlds: Mapping[World, Counts], readings: int) -> dict[World, Counts]:
    """Every world; a lenient one that was not counted is the strict one."""
    whole = dict(worlds)
    for reading in (None, *range(readings)):
        whole.setdefault(World(lenient=True, reading=reading), whole[World(reading=reading)])
    return whole


def _best(
    theirs: Counts, worlds: Mapping[World, Counts], moves_of: Callable[[World], Moves], reading: int | None
) -> _Try:
    """The better of the two orders, with one other reading allowed (None: none)."""
    allowed = [IN_TIME, World(lenient=True)]
    allowed += [] if reading is None else [World(reading=reading), World(lenient=True, reading=reading)]
    whole = {key: said for key, said in theirs.items() if key[1][1] == WHOLE}
    after = _moved_after(whole, worlds, allowed, moves_of)
    before = _moved_before(whole, worlds, allowed, moves_of)
    return before if before.left < after.left else after


def _moved_after(
    theirs: Counts, worlds: Mapping[World, Counts], allowed: Sequence[World], moves_of: Callable[[World], Moves]
) -> _Try:
    world_of = _worlds(theirs, worlds, allowed, {})
    gaps = {key: said - worlds[world_of[key[0]]].get(key, 0) for key, said in theirs.items()}
    moved = _move_whole(gaps, _moves(world_of, gaps, moves_of))
    return _Try(world_of, moved, _left(gaps, moved))


def _moved_before(
    theirs: Counts, worlds: Mapping[World, Counts], allowed: Sequence[World], moves_of: Callable[[World], Moves]
) -> _Try:
    gaps = {key: said - worlds[IN_TIME].get(key, 0) for key, said in theirs.items()}
    moved = _move_whole(gaps, moves_of(IN_TIME) if _some(gaps) else Moves())
    world_of = _worlds(theirs, worlds, allowed, moved)
    gaps = {key: said - worlds[world_of[key[0]]].get(key, 0) for key, said in theirs.items()}
    return _Try(world_of, moved, _left(gaps, moved))


def _worlds(
    theirs: Counts, worlds: Mapping[World, Counts], allowed: Sequence[World], moved: Mapping[Key, int]
) -> dict[str, World]:
    """Facility -> the first of the allowed worlds with the smallest gap; fewer causes stand before more."""
    figures: dict[str, list[Key]] = {}
    for key in theirs:
        figures.setdefault(key[0], []).append(key)

    def gap(world: World, keys: Iterable[Key]) -> Amount:
        return sum(apart(theirs[key] - moved.get(key, 0), worlds[world].get(key, 0)) for key in keys)

    return {facility: min(allowed, key=lambda world: gap(world, keys)) for facility, keys in figures.items()}


def _moves(world_of: Mapping[str, World], gaps: Counts, moves_of: Callable[[World], Moves]) -> Moves:
    """The possible moves, each as the world of its home has it."""
    if not _some(gaps):
        return Moves()
    made = Moves()
    for world in sorted(set(world_of.values()), key=lambda w: (w.lenient, w.reading is not None, w.reading or 0)):
        made += Moves({m: things for m, things in moves_of(world).items() if world_of.get(m[0]) == world})
    return made


def _move_whole(gaps: Counts, moves: Moves) -> dict[Key, int]:
    return move(gaps, moves, [("a", WHOLE), ("b", WHOLE)])


def _some(gaps: Counts) -> bool:
    return any(gap != 0 for gap in gaps.values())


def _left(gaps: Counts, moved: Mapping[Key, int]) -> Amount:
    return sum(apart(gap, moved.get(key, 0)) for key, gap in gaps.items())
