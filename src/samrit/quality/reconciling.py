"""Reconcile: the centre's rows beside our counts, every difference with its causes.

>>> [cause.value for cause in Cause]
['late', 'voided', 'definition', 'moved', 'unknown']
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from samrit.measures import Compiled, CountedAt, Engine, When, compile_measure, count
from samrit.measures.definition import Measure, Value
from samrit.quality.centre import CentreRow
from samrit.quality.explaining import IN_TIME, Cause, Explained, Parts, World, explain
from samrit.quality.figures import WHOLE, Counts, Figure, Key, Months, PeriodFigures, apart
from samrit.quality.homes import Moves, other_homes, possible_moves
from samrit.quality.worlds import Repairs, Worlds
from samrit.results import Amount, add
from samrit.warehouse import Snapshot, views
from samrit.warehouse.catalogue import tables_read

OpenEngine = Callable[[Snapshot], Engine]


@dataclass(frozen=True)
class Reading:
    """One way to count: a measure with its parameters, a period and a census day; `name` as people call it."""

    name: str
    measure: Measure
    parameters: Mapping[str, Value]
    when: When

    @property
    def compiled(self) -> Compiled:
        """Ready to count."""
        return compile_measure(self.measure, dict(self.parameters))


@dataclass(frozen=True)
class Asked:
    """What is compared: our reading, other readings that the centre may have, its cut day, which facilities.

    facilities: None: all that either side has.
    """

    ours: Reading
    others: tuple[Reading, ...] = ()
    as_of: date | None = None
    months: Months = Months.NEW
    facilities: Collection[str] | None = None


class Side(StrEnum):
    """Which of the two lists a facility stands in."""

    BOTH = "both"
    ONLY_OURS = "only_ours"
    ONLY_THEIRS = "only_theirs"


@dataclass(frozen=True)
class Difference:
    """One figure of one facility; theirs None: the centre does not say, and there is nothing to explain.

    month: 0 for the whole period, else the calendar month. parts: add up to theirs - ours.
    """

    facility: str
    letter: str
    month: int
    ours: Amount
    theirs: Amount | None
    parts: Parts

    @property
    def size(self) -> Amount:
        """theirs - ours; 0 when the centre does not say."""
        return 0 if self.theirs is None else self.theirs - self.ours


@dataclass(frozen=True)
class FacilityLine:
    """One facility: in which list it stands, whether it has sent anything, its figures (A, B, then months).

    elsewhere: things of B counted at another facility whose person is registered as living here too.
    """

    facility: str
    side: Side
    has_sent: bool
    figures: tuple[Difference, ...]
    elsewhere: int

    @property
    def gap(self) -> Amount:
        """How far apart the figures of the whole period are, signs aside."""
        return sum(apart(figure.size) for figure in self.figures if figure.month == WHOLE)


@dataclass(frozen=True)
class Reconciliation:
    """The centre's rows beside our counts. Facilities with the widest gap first.

    late: packages after the cut day; repairs: faults that a lenient reading repairs; reading: the other reading that
    was taken, '' when none; left: what stays unknown under each reading, ours ('') first, then the best.
    """

    asked: Asked
    snapshot: str
    lines: tuple[FacilityLine, ...]
    late: int
    repairs: Repairs
    reading: str
    left: tuple[tuple[str, Amount], ...]

    def sums(self, letter: str, month: int = WHOLE) -> Difference:
        """All facilities that both sides know of, added up."""
        figures = [f for line in self.lines for f in line.figures if (f.letter, f.month) == (letter, month)]
        known = [f for f in figures if f.theirs is not None]
        parts: Parts = {cause: add(*(f.parts[cause] for f in known)) for cause in Cause}
        theirs = add(*(f.theirs for f in known if f.theirs is not None)) if known else None
        return Difference("", letter, month, add(*(f.ours for f in known)), theirs, parts)


def reconcile(snapshot: Snapshot, rows: Sequence[CentreRow], asked: Asked, open_engine: OpenEngine) -> Reconciliation:
    """Compare the centre's rows of one measure and year with the counts of a snapshot.

    open_engine: makes the engine over a snapshot, with the register and other inputs that apply.
    """
    wanted = [row for row in rows if asked.facilities is None or row.hospcode in asked.facilities]
    months = sorted({month for row in wanted for month in row.months})
    figures = {
        reading.name: PeriodFigures(reading.when, months, asked.months) for reading in (asked.ours, *asked.others)
    }
    known = figures[asked.ours.name].months
    theirs = {key: said for row in wanted for key, said in _said(row, known)}
    with ExitStack() as stack:
        worlds = stack.enter_context(Worlds(snapshot, asked.as_of))
        bench = _Bench(stack, open_engine, figures)
        ours = bench.count(snapshot, asked.ours)
        in_time = worlds.in_time_only()
        counted = {IN_TIME: bench.count(in_time, asked.ours)}
        apart_still = any(said != counted[IN_TIME].get(key, 0) for key, said in theirs.items())
        others = asked.others if apart_still else ()
        lenient = worlds.read_leniently(tables_of((asked.ours, *others))) if apart_still else None
        for number, other in enumerate(others):
            counted[World(reading=number)] = bench.count(in_time, other)
        if lenient:
            counted[World(lenient=True)] = bench.count(lenient, asked.ours)
            for number, other in enumerate(others):
                counted[World(lenient=True, reading=number)] = bench.count(lenient, other)

        @cache
        def moves_of(world: World) -> Moves:
            reading = asked.ours if world.reading is None else others[world.reading]
            return bench.moves(lenient if world.lenient and lenient else in_time, reading)

        made = explain(theirs, ours, counted, moves_of, len(others))
        elsewhere = _elsewhere(bench.moves(snapshot, asked.ours))
    lines = [
        _line(facility, known, ours, theirs, made, has_sent=facility in snapshot.facilities, elsewhere=elsewhere)
        for facility in _facilities(ours, wanted, asked.facilities)
    ]
    names = [other.name for other in asked.others]
    left = [(names[at], rest) for at, rest in made.left.items() if at is not None]
    return Reconciliation(
        asked=asked,
        snapshot=snapshot.id,
        lines=tuple(sorted(lines, key=lambda line: (-line.gap, line.side, line.facility))),
        late=len(worlds.late),
        repairs=worlds.repairs,
        reading="" if made.reading is None else names[made.reading],
        left=(("", made.left[None]), *sorted(left, key=lambda pair: pair[1])),
    )


class _Bench:
    """Engines over the snapshots that are asked for, opened once; closed with the stack."""

    def __init__(self, stack: ExitStack, open_engine: OpenEngine, figures: Mapping[str, PeriodFigures]) -> None:
        self._stack, self._open, self._figures = stack, open_engine, figures
        self._engines: dict[str, Engine] = {}
        self._homes: dict[str, dict[int, frozenset[str]]] = {}

    def count(self, snapshot: Snapshot | None, reading: Reading) -> Counts:
        """The figures of a reading; none when nothing has come."""
        if snapshot is None:
            return {}
        figures = self._figures[reading.name]
        return figures.counts(count(self._engine(snapshot), reading.compiled, figures.whens))

    def moves(self, snapshot: Snapshot | None, reading: Reading) -> Moves:
        """The possible moves of a reading. Weights (a sum that is no count) do not move."""
        of = reading.measure.definition
        if snapshot is None or of.counted_at is not CountedAt.HOME or of.a.sums or of.b.sums:
            return Moves()
        place = _place(snapshot)
        if place not in self._homes:
            self._homes[place] = other_homes(snapshot)
        return possible_moves(self._engine(snapshot), reading.compiled, self._figures[reading.name], self._homes[place])

    def _engine(self, snapshot: Snapshot) -> Engine:
        place = _place(snapshot)
        if place not in self._engines:
            self._engines[place] = self._stack.enter_context(self._open(snapshot))
        return self._engines[place]


def _place(snapshot: Snapshot) -> str:
    return f"{snapshot.home.path} {snapshot.number}"


def tables_of(readings: Iterable[Reading]) -> set[str]:
    """The tables of the standard whose rows can change a figure: those under the views that a reading names."""
    wanted = {"registrations"}
    for reading in readings:
        wanted |= reading.compiled.a.reads | reading.compiled.b.reads
    found: set[str] = set()
    for view in reversed(list(views().values())):  # a view stands after those that it reads
        if view.name in wanted:
            wanted |= view.reads & set(views())
            found |= set(tables_read(view))
    return found


def _said(row: CentreRow, months: Collection[int]) -> Iterable[tuple[Key, Amount]]:
    figures: list[tuple[Figure, int | None]] = [(("a", WHOLE), row.result), (("b", WHOLE), row.target)]
    figures += [(("a", month), said) for month, said in row.months.items() if month in months]
    return [((row.hospcode, figure), said) for figure, said in figures if said is not None]


def _facilities(ours: Counts, rows: Iterable[CentreRow], only: Collection[str] | None) -> list[str]:
    counted = {facility for (facility, _), amount in ours.items() if amount and (only is None or facility in only)}
    return sorted(counted | {row.hospcode for row in rows})


def _elsewhere(moves: Moves) -> dict[str, int]:
    """Facility -> things of B whose person lives here too by the facility's own row."""
    found: dict[str, int] = {}
    for (_, other, figures), things in moves.items():
        if ("b", WHOLE) in figures:
            found[other] = found.get(other, 0) + things
    return found


def _line(
    facility: str,
    months: Iterable[int],
    ours: Counts,
    theirs: Counts,
    made: Explained,
    *,
    has_sent: bool,
    elsewhere: Mapping[str, int],
) -> FacilityLine:
    figures = []
    for figure in (("a", WHOLE), ("b", WHOLE), *(("a", month) for month in months)):
        key = (facility, figure)
        if figure[1] == WHOLE or key in theirs:
            figures.append(Difference(facility, *figure, ours.get(key, 0), theirs.get(key), made.parts.get(key, {})))
    said = any(f.theirs is not None for f in figures)
    counted = any(f.ours for f in figures)
    side = (
        Side.ONLY_OURS if not said else Side.BOTH if counted or not any(f.theirs for f in figures) else Side.ONLY_THEIRS
    )
    return FacilityLine(facility, side, has_sent, tuple(figures), elsewhere.get(facility, 0))
