"""What is known of an item at a unit, and the lines that scores are told in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal

from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.pools import PoolOf
from samrit.schemes.payees import Payee
from samrit.scoring import Fact, Scored


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of an item at a unit: A, B and value (None = B is 0 or nothing was reported), and its standing."""

    a: Decimal | int | None
    b: Decimal | int | None
    value: Decimal | None
    standing: Standing = Standing.COMPUTED


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One item of one payee. `note` names the standing of the score and of what it stands on.

    `max_score` is the best score of its rule, `weight` the points of full marks.
    """

    org: str
    item: str
    counted: Counted
    scored: Scored
    max_score: Decimal
    weight: Decimal
    points: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """One item of one primary unit of a payee, for items whose facts are known per unit: they explain its score."""

    org: str
    item: str
    unit: str
    scored: Scored


FactsOf = Mapping[str, Fact]
Counts = Mapping[tuple[str, str], Counted]
Facts = Mapping[tuple[str, str], Mapping[str, FactsOf]]
"""(item, payee) -> unit -> fact -> what it is; the unit '' is the payee itself."""
Last = Mapping[tuple[str, str], Decimal]
NOTHING = Counted(None, None, None)
ENTERED = Counted(None, None, None, Standing.TYPED_IN)
ADDING = Context(prec=400)


def payees_of_pool(pool: PoolOf, payees: Iterable[Payee]) -> tuple[Payee, ...]:
    """The payees that a pool pays: those with people of its base."""
    return tuple(payee for payee in payees if payee.people.get(pool.people))


def is_of_pool(payee: Payee, pool: PoolOf) -> bool:
    """True when a payee is scored by the items of a pool: it has people of its base, or of no base at all.

    A unit without any people is scored and not paid; one with people of another base only is no unit of the pool.
    """
    return bool(payee.people.get(pool.people)) or not any(payee.people.values())


def total_of(points: Iterable[Decimal | None]) -> Decimal:
    """The exact sum of points; None adds nothing."""
    total = Decimal(0)
    for own in points:
        if own is not None:
            total = ADDING.add(total, own)
    return total


def total_points(lines: Iterable[ScoreLine]) -> Decimal:
    """The exact sum of the points of lines; a line without points adds nothing."""
    return total_of(line.points for line in lines)
