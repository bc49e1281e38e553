"""Counting the items of a pack: cells from a snapshot, and A, B and value of every unit at the level of its pool."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from samrit.measures import Engine, When, compile_measure, count, measure, measure_ids
from samrit.reference import OrgLevel, ReferralNetwork, Register
from samrit.results import Cell, roll_up
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.inputs import RunInputs, counted_value
from samrit.schemes.scores import Counted
from samrit.warehouse import Snapshot

Progress = Callable[[str, int, int], None]
Counts = dict[tuple[str, str], Counted]


def count_items(
    pack: Pack,
    snapshot: Snapshot,
    register: Register,
    network: ReferralNetwork,
    whens: Sequence[When],
    progress: Progress,
) -> dict[str, list[Cell]]:
    """Item -> its cells of all periods, for the items that are counted. Items count alike when their measure and its
    parameters are alike."""
    cells: dict[str, list[Cell]] = {}
    items = [item for item in pack.scheme.items if item.measure in measure_ids()]
    with Engine(snapshot, register, network) as engine:
        for number, item in enumerate(items, start=1):
            of = measure(item.measure)
            cells[item.item] = count(engine, compile_measure(of, of.with_parameters(item.parameters)), whens)
            progress("count", number, len(items))
    return cells


def gather_counts(
    pack: Pack, cells: Mapping[str, Sequence[Cell]], inputs: RunInputs, register: Register, day: date
) -> Counts:
    """(item, org) -> what is known: counted cells; counts of others in their place; what people typed in."""
    counts: Counts = {}
    for code, of_item in cells.items():
        item = pack.item(code)
        for line in roll_up(of_item, OrgLevel(pack.pool(item).payee), register, day):
            if line.org:
                counts[code, line.org] = Counted(line.a, line.b, counted_value(pack, item, line.a, line.b))
    for (code, org), (a, b) in inputs.cube.items():
        counts[code, org] = Counted(a, b, counted_value(pack, pack.item(code), a, b), Standing.TYPED_IN)
    return {**counts, **inputs.entries}
