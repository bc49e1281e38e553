"""What is known of every item and unit -> score and points. Pure: no snapshot, no files, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.schemes.pack import Item, Pack, Standing
from samrit.scoring import NO_DATA, NOT_COMPUTED, UNSCORED, Scored, ScoreStanding, band, points


@dataclass(frozen=True)
class Counted:
    """What is known of an item at a unit: A, B and value (None = B is 0 or nothing was reported), and its standing."""

    a: Decimal | int | None
    b: Decimal | int | None
    value: Decimal | None
    standing: Standing = Standing.COMPUTED


@dataclass(frozen=True)
class ScoreLine:
    """One item of one unit. `note` names the standing of the score and of what it stands on."""

    org: str
    item: str
    counted: Counted
    scored: Scored
    max_score: int
    weight: Decimal
    points: Decimal | None
    note: str


Counts = Mapping[tuple[str, str], Counted]
NOTHING = Counted(None, None, None)


def score_items(pack: Pack, counts: Counts, orgs: Iterable[str]) -> tuple[ScoreLine, ...]:
    """A line per unit and item, in the order of units and of the pack. counts: (item, org) -> Counted."""
    return tuple(_score(pack, item, org, counts.get((item.item, org))) for org in orgs for item in pack.scheme.items)


def _score(pack: Pack, item: Item, org: str, counted: Counted | None) -> ScoreLine:
    bands = pack.bands(item)
    if counted is None and item.measure and not item.computed:
        scored = NOT_COMPUTED
    elif bands is None:
        scored = UNSCORED
    elif counted is None or counted.value is None:
        scored = NO_DATA
    else:
        scored = band(counted.value, bands)
    best = pack.scheme.best_score
    earned = points(scored, best, item.points.value)
    return ScoreLine(
        org, item.item, counted or NOTHING, scored, best, item.points.value, earned, _note(item, counted, scored)
    )


def _note(item: Item, counted: Counted | None, scored: Scored) -> str:
    notes = [scored.standing.value]
    if counted and counted.standing is not Standing.COMPUTED:
        notes.append(counted.standing.value)
    if counted is None and item.entry:
        notes.append("not entered")
    if item.bands and scored.standing is ScoreStanding.SCORED:
        notes.append(f"bands {item.bands.name} {item.bands.standing.value}")
    notes.append(f"rate {item.rate.standing.value}")
    return "; ".join(notes)
