"""Payment lines: what every component of a unit's money is, and why money that could be earned stays undistributed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samrit.schemes.scores import ScoreLine
from samrit.scoring import Scored, ScoreStanding


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One component of one unit's money, in satang. Components that start with `of_which.` are part of another."""

    org: str
    component: str
    population: int
    amount: int
    note: str = ""


class Why(StrEnum):
    """Why money of the ceiling stays undistributed."""

    NOT_COMPUTED = "not_computed"
    UNSCORED = "unscored"
    UNMATCHED = "unmatched"
    TOO_FEW = "too_few"
    NO_DATA = "no_data"
    BELOW_FULL = "below_full_score"


SELDOM = {Why.UNMATCHED, Why.TOO_FEW}
"""Reasons that have a line only where there is such an item."""
WHY_OF = {
    ScoreStanding.NOT_COMPUTED: Why.NOT_COMPUTED,
    ScoreStanding.UNSCORED: Why.UNSCORED,
    ScoreStanding.UNMATCHED: Why.UNMATCHED,
    ScoreStanding.TOO_FEW: Why.TOO_FEW,
    ScoreStanding.NO_DATA: Why.NO_DATA,
    ScoreStanding.SCORED: Why.BELOW_FULL,
}
WORDS = {
    ScoreStanding.NOT_COMPUTED: "not computed yet",
    ScoreStanding.UNSCORED: "unscored",
    ScoreStanding.UNMATCHED: "no rung fits",
    ScoreStanding.TOO_FEW: "too few cases",
    ScoreStanding.NO_DATA: "no data",
}


def why_of(scored: Scored) -> Why:
    """The reason that a score gives for the money that it does not earn."""
    return WHY_OF[scored.standing]


def say_unfinished(lines: Iterable[ScoreLine]) -> str:
    """What is still missing from a unit's money, in words."""
    codes: dict[ScoreStanding, list[str]] = {}
    for line in lines:
        standing = line.scored.standing
        if standing is not ScoreStanding.SCORED:
            codes.setdefault(standing, []).append(line.item)
    return "; ".join(f"{said}: {' '.join(codes[standing])}" for standing, said in WORDS.items() if standing in codes)


def say_items(codes: Sequence[str]) -> str:
    """Items in words; '' for none."""
    return f"items {' '.join(codes)}" if codes else ""
