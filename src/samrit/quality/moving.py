"""Moving: how much of the gaps between facilities is closed when things count at another home of their person.

A move takes one from a facility where we have more than the centre and gives it to one where we have less; it never
widens a gap, and the sum over all facilities stays. As many things move as can.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping

from samrit.quality.figures import Figure
from samrit.quality.homes import Moves
from samrit.results import Amount

Pair = tuple[str, str]
Gaps = Mapping[tuple[str, Figure], Amount]
"""(facility, figure) -> theirs less ours; a figure that the centre does not give is not there."""


def move(gaps: Gaps, moves: Moves, figures: Iterable[Figure]) -> dict[tuple[str, Figure], int]:
    """(facility, figure) -> what moving adds to it; 0 is left out.

    figures: those of one period. What counts in several of them moves where all of them gain; then, one by one, what
    counts in a single one.
    """
    left = {key: int(gap) for key, gap in gaps.items()}
    done: Counter[tuple[str, Figure]] = Counter()
    asked = tuple(figures)
    together = [asked] if len(asked) > 1 else []
    for kind in (*together, *((figure,) for figure in asked)):
        known = [figure for figure in kind if any(at == figure for _, at in left)]
        if not known:
            continue
        room: Counter[Pair] = Counter()
        for (home, other, stands), things in moves.items():
            if {figure for figure in asked if figure in stands} == set(kind):
                room[home, other] += things
        for (home, other), things in flow(_surplus(left, known, -1), _surplus(left, known, 1), room).items():
            for figure in known:
                for facility, change in ((home, -things), (other, things)):
                    left[facility, figure] -= change
                    done[facility, figure] += change
    return {key: change for key, change in done.items() if change}


def _surplus(left: Mapping[tuple[str, Figure], int], figures: list[Figure], sign: int) -> dict[str, int]:
    """Facility -> how many things may leave (-1) or come (1) so that every one of the figures gains."""
    facilities = {facility for facility, _ in left}
    found = {f: min(sign * left.get((f, figure), 0) for figure in figures) for f in facilities}
    return {facility: things for facility, things in found.items() if things > 0}


def flow(supply: Mapping[str, int], demand: Mapping[str, int], room: Mapping[Pair, int]) -> dict[Pair, int]:
    """The greatest flow from supplies to demands through pairs with limited room; the same input gives the same flow.

    >>> flow({"w": 1, "v": 1}, {"x": 1, "y": 1}, {("w", "x"): 1, ("w", "y"): 1, ("v", "x"): 1})
    {('v', 'x'): 1, ('w', 'y'): 1}
    """
    sent: Counter[Pair] = Counter()
    spare, wanted = dict(supply), dict(demand)
    while way := _way(spare, wanted, room, sent):
        forward, back = way[::2], way[1::2]
        things = min(
            spare[way[0][0]],
            wanted[way[-1][1]],
            *(room[pair] - sent[pair] for pair in forward),
            *(sent[pair] for pair in back),
        )
        spare[way[0][0]] -= things
        wanted[way[-1][1]] -= things
        for pair in forward:
            sent[pair] += things
        for pair in back:
            sent[pair] -= things
    return {pair: things for pair, things in sorted(sent.items()) if things}


def _way(
    spare: Mapping[str, int], wanted: Mapping[str, int], room: Mapping[Pair, int], sent: Counter[Pair]
) -> list[Pair]:
    """A shortest way on which more can be sent: pairs used forward and, every second one, taken back; [] when none."""
    out: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for home, other in sorted(room):
        if room[home, other] > sent[home, other]:
            out.setdefault(home, []).append(other)
        if sent[home, other]:
            back.setdefault(other, []).append(home)
    came: dict[tuple[str, str], tuple[str, str] | None] = {("from", f): None for f in sorted(spare) if spare[f]}
    queue = deque(came)
    while queue:
        side, facility = node = queue.popleft()
        if side == "to" and wanted.get(facility, 0):
            return _pairs(node, came)
        nexts = out.get(facility, []) if side == "from" else back.get(facility, [])
        for other in nexts:
            step = ("to" if side == "from" else "from", other)
            if step not in came:
                came[step] = node
                queue.append(step)
    return []


def _pairs(node: tuple[str, str], came: Mapping[tuple[str, str], tuple[str, str] | None]) -> list[Pair]:
    """The pairs of a way, first to last."""
    pairs: list[Pair] = []
    before = came[node]
    while before is not None:
        pairs.append((before[1], node[1]) if node[0] == "to" else (node[1], before[1]))
        node, before = before, came[before]
    return pairs[::-1]
