"""What a pool pays: satang by unit and item, its pot, what stays of it and why; each rule of a pool makes one of these.

open_rate, price   every unit has a ceiling of its own; what it does not earn of an item is known by item
closed, relative   the pot is the region's; what stays of it stays with the whole
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from samrit.allocation import Earned, Pot, check_conservation, pot_amount, pot_difference, split_rows, to_satang
from samrit.problems import Problem
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import PoolOf
from samrit.schemes.payees import Payee
from samrit.schemes.score_table import PoolTable
from samrit.schemes.scores import total_of

BasisRow = tuple[str, str, Decimal | int | str]
"""What a payment stands on: unit ('' the whole), name, figure."""


@dataclass(frozen=True)
class PoolScores:
    """A pool with what its units scored: the work of every rule of a pool.

    `payees`: those that it pays; every column that is handed out has their order.
    """

    pack: Pack
    pool: PoolOf
    payees: tuple[Payee, ...]
    table: PoolTable
    taken: int = 0
    """Satang that activity support takes out of the pot first."""

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The items of the pool, in the order of the pack."""
        return self.table.codes

    @cached_property
    def scores(self) -> dict[str, list[Decimal | None]]:
        """Item -> the score of every payee."""
        return {of.code: self._picked(of.scores) for of in self.table.columns}

    @cached_property
    def points(self) -> dict[str, list[Decimal | None]]:
        """Item -> the points of every payee."""
        return {of.code: self._picked(of.points) for of in self.table.columns}

    def _picked(self, column: list[Decimal | None]) -> list[Decimal | None]:
        """The payees' own of a column of the table."""
        return column if self._are_all else [column[place] for place in self._places]

    @cached_property
    def _places(self) -> list[int]:
        return [self.table.places[payee.org] for payee in self.payees]

    @cached_property
    def _are_all(self) -> bool:
        """The units of the table are the payees, in the same order."""
        return self._places == [*range(len(self.table.orgs))]

    def totals(self, codes: Sequence[str]) -> list[Decimal]:
        """The sum of the points of some items, of every payee."""
        return [total_of(row) for row in zip(*(self.points[code] for code in codes), strict=True)]

    @property
    def people(self) -> int:
        """People of the pool's base."""
        return sum(self.people_of(payee) for payee in self.payees)

    def people_of(self, payee: Payee) -> int:
        """People of a unit in the pool's base."""
        return payee.people[self.pool.people]

    def pot(self) -> tuple[int, int | None]:
        """Satang of the pot less what support takes, and how far its amount is above its rate x people."""
        of = self.pool.pot
        if of is None:
            return 0, None
        amount = to_satang(of.amount.value) if of.amount else None
        pot = Pot(amount, of.rate.value if of.rate else None, self.people)
        return pot_amount(pot) - self.taken, pot_difference(pot)


def _nothing(org: str) -> Mapping[str, int]:
    return {}


@dataclass(frozen=True)
class PoolPaid:
    """What a pool pays. `items`: unit -> item -> satang earned; `pot` in satang, `words` say what it is.

    `ceilings` (unit -> satang at full marks) and `missed` (unit -> item -> satang, worked out when asked for) where a
    unit has its own ceiling; `difference`: pot by amount less pot by rate, where both are printed; `left`: why some of
    the pot stays.
    """

    pool: PoolOf
    payees: tuple[Payee, ...]
    pot: int
    words: str
    items: Mapping[str, Mapping[str, int]]
    ceilings: Mapping[str, int] = field(default_factory=dict)
    missed: Callable[[str], Mapping[str, int]] = _nothing
    difference: int | None = None
    left: str = ""
    basis: tuple[BasisRow, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def total(self) -> int:
        """Satang that all units earn."""
        return sum(self.earned(payee.org) for payee in self.payees)

    @property
    def undistributed(self) -> int:
        """Satang that stay of the pot."""
        return self.pot - self.total

    def earned(self, org: str) -> int:
        """Satang that a unit earns; 0 for a unit of other pools."""
        return self._earned.get(org, 0)

    @cached_property
    def _earned(self) -> dict[str, int]:
        return {org: sum(items.values()) for org, items in self.items.items()}


def check_unit(earned: Earned) -> None:
    """Raises NotConserved when the items of one unit and what it does not earn are not its ceiling."""
    check_conservation(earned.ceiling, [*earned.items.values(), earned.undistributed])


def split_by_points(of: PoolScores, paid: Mapping[str, int], codes: Sequence[str]) -> dict[str, dict[str, int]]:
    """Every payee's money over some items, by their points (largest remainder): unit -> item -> satang.

    paid: unit -> satang, 0 for a unit without points.
    """
    nothing = Decimal(0)
    points = {code: [nothing if own is None else own for own in of.points[code]] for code in codes}
    rows = split_rows([paid[payee.org] for payee in of.payees], points)
    return {payee.org: row for payee, row in zip(of.payees, rows, strict=True)}
