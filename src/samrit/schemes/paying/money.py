"""Money of a whole run: every pool by its rule, every unit settled, support and excellence, and the sums.

Order of the lines: unit by unit (pools, adjustment, advance, net ...), support, excellence, the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from samrit.allocation import Activity
from samrit.problems import Problem, Where, problem
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import ClosedPool, OpenRate, PoolOf, PricePerPoint, RelativeToMean
from samrit.schemes.errors import SchemesError
from samrit.schemes.inputs import Adjustment, RunInputs
from samrit.schemes.payees import Payee
from samrit.schemes.paying.closed import pay_closed
from samrit.schemes.paying.excellence import pay_excellence
from samrit.schemes.paying.instalments import Instalment, instalments_of
from samrit.schemes.paying.lines import Made, PaymentLines
from samrit.schemes.paying.open_rate import pay_open_rate
from samrit.schemes.paying.pools import BasisRow, PoolPaid, PoolScores
from samrit.schemes.paying.price import pay_by_price
from samrit.schemes.paying.relative import pay_relative
from samrit.schemes.paying.settling import Account, LedgerLine, Settlement, settle_unit
from samrit.schemes.paying.support import Supported, pay_support, support_lines
from samrit.schemes.paying.units import is_assumed, unit_lines
from samrit.schemes.paying.whole import sum_up
from samrit.schemes.score_table import ScoreTable
from samrit.schemes.scores import payees_of_pool


@dataclass(frozen=True)
class Paid:
    """All payment lines, the ledger, the instalments, what payments stand on, and what is to be told."""

    lines: PaymentLines
    ledger: tuple[LedgerLine, ...]
    instalments: tuple[Instalment, ...]
    basis: tuple[BasisRow, ...]
    problems: tuple[Problem, ...]


def pay(pack: Pack, payees: Sequence[Payee], scores: ScoreTable, inputs: RunInputs, whole: str) -> Paid:
    """Satang of every unit and of the whole. Raises NotConserved when a sum does not add up."""
    support = _support(pack, payees, inputs.activities)
    paid = [_pay_pool(pack, pool, payees, scores, inputs, support) for pool in pack.scheme.pools]
    pools_of: dict[str, list[PoolPaid]] = {payee.org: [] for payee in payees}
    for of in paid:
        for payee in of.payees:
            pools_of[payee.org].append(of)
    made: list[Made] = []
    settlements: dict[str, Settlement] = {}
    adjustments = _by_org(inputs.adjustments)
    owed = _owed(inputs)
    proposed = {item.item for item in pack.scheme.items if is_assumed(pack, item)}
    for payee in payees:
        note_of = partial(_note, scores, payee.org)
        of_unit, earned, note = unit_lines(
            pack, payee, pools_of[payee.org], scores.unfinished(payee.org), proposed, note_of
        )
        account = Account(adjustments.get(payee.org, ()), owed.get(payee.org, {}) if inputs.ledger else None)
        period = str(pack.scheme.year)
        settled = settle_unit(pack.scheme.money, payee, earned, account, inputs.last_paid, period, note)
        settlements[payee.org] = settled
        made += [*of_unit, *settled.lines]
    if support:
        made += support_lines(support, payees, whole)
    if inputs.winners and pack.scheme.money.excellence:
        made += pay_excellence(pack.scheme.money.excellence, payees, inputs.winners, whole)
    made += sum_up(paid, made, payees, whole)
    return Paid(
        PaymentLines(made),
        tuple(line for of in settlements.values() for line in of.ledger),
        tuple(_instalments(pack, settlements, support)),
        tuple(row for of in paid for row in of.basis),
        tuple(told for of in paid for told in of.problems),
    )


def _pay_pool(
    pack: Pack, pool: PoolOf, payees: Sequence[Payee], scores: ScoreTable, inputs: RunInputs, support: Supported | None
) -> PoolPaid:
    inside = pack.scheme.money.support.inside if pack.scheme.money.support else ""
    of_pool = payees_of_pool(pool, payees)
    of = PoolScores(pack, pool, of_pool, scores.pools[pool.id], support.pot if support and inside == pool.id else 0)
    if of.pot()[0] < 0:
        where = Where(file=pack.id, field="money.support.inside")
        raise SchemesError(problem("schemes.support.too_large", where, pool=pool.id))
    match pool:
        case OpenRate():
            return pay_open_rate(of)
        case ClosedPool():
            return pay_closed(of, pool)
        case RelativeToMean():
            return pay_relative(of, pool)
        case PricePerPoint():
            return pay_by_price(of, pool, inputs.indices)


def _note(scores: ScoreTable, org: str, item: str) -> str:
    return scores.line(org, item).note


def _support(pack: Pack, payees: Sequence[Payee], activities: Mapping[str, Activity]) -> Supported | None:
    of = pack.scheme.money.support
    return pay_support(of, payees, activities) if of else None


def _by_org(adjustments: Sequence[Adjustment]) -> dict[str, list[Adjustment]]:
    found: dict[str, list[Adjustment]] = {}
    for adjustment in adjustments:
        found.setdefault(adjustment.org, []).append(adjustment)
    return found


def _owed(inputs: RunInputs) -> dict[str, dict[str, int]]:
    """Unit -> period -> satang, oldest first."""
    owed: dict[str, dict[str, int]] = {}
    for receivable in inputs.ledger:
        owed.setdefault(receivable.org, {})[receivable.since] = receivable.amount
    return owed


def _instalments(pack: Pack, settlements: Mapping[str, Settlement], support: Supported | None) -> list[Instalment]:
    payments = pack.scheme.calendar.payments
    made: list[Instalment] = []
    for org, settled in settlements.items():
        amounts = {
            "advance": settled.advance,
            "net": settled.payable,
            "support": support.parts.get(org, 0) if support else 0,
        }
        made += [line for line in instalments_of(payments, org, amounts) if line.amount]
    return made
