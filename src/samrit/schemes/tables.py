"""The tables of a run folder: columns and rows of every CSV, made from an evaluation and what it stands on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from samrit.formula import round_half_up
from samrit.results import Cell, Table
from samrit.schemes.evaluating import Evaluation
from samrit.schemes.inputs import Adjustment
from samrit.schemes.scores import ScoreLine
from samrit.schemes.trend import TrendLine

SCORE_COLUMNS = ("scheme", "org", "item", "a", "b", "value", "score", "max_score", "weight", "points", "note")
PAYMENT_COLUMNS = ("scheme", "org", "component", "population", "amount_satang", "note")
CUBE_COLUMNS = (
    "item", "measure", "period_start", "period_end", "facility", "contracting_unit", "sex", "age_band", "letter",
    "amount",
)  # fmt: skip
TREND_COLUMNS = ("scheme", "item", "org", "span", "period_start", "period_end", "a", "b", "value")
BASIS_COLUMNS = ("org", "item", "unit", "name", "value")
INSTALMENT_COLUMNS = ("org", "payment", "due", "amount_satang")
LEDGER_COLUMNS = ("org", "since", "opening", "set_off", "new", "closing")
ADJUSTMENT_COLUMNS = (
    "org", "item", "kind", "amount_satang", "reason", "author", "entered_on", "approved_by", "approved_on", "state",
)  # fmt: skip
VALUE_DECIMALS = 4
DECIMALS = 10
Row = tuple[object, ...]


def run_tables(
    scheme: str,
    cells: Mapping[str, Sequence[Cell]],
    of: Evaluation,
    adjustments: Sequence[Adjustment],
    trend: Sequence[TrendLine] | None,
) -> dict[str, Table]:
    """File name -> table. Cube, scores and payments are always there, the others when there is something in them.

    trend: None when it was not asked for.
    """
    tables: dict[str, Table] = {
        "cube.csv": (CUBE_COLUMNS, [_cube_row(code, c) for code, of_item in cells.items() for c in of_item]),
        "scores.csv": (SCORE_COLUMNS, [_score_row(scheme, line) for line in of.scores]),
        "payments.csv": (
            PAYMENT_COLUMNS,
            [(scheme, p.org, p.component, p.population, p.amount, p.note) for p in of.payments],
        ),
    }
    if trend is not None:
        tables["trend.csv"] = (TREND_COLUMNS, [_trend_row(scheme, line) for line in trend])
    seldom: dict[str, tuple[tuple[str, ...], list[Row]]] = {
        "basis.csv": (BASIS_COLUMNS, list(_basis_rows(of))),
        "instalments.csv": (INSTALMENT_COLUMNS, [(i.org, i.payment, i.due, i.amount) for i in of.instalments]),
        "ledger.csv": (
            LEDGER_COLUMNS,
            [(line.org, line.since, line.opening, line.set_off, line.new, line.closing) for line in of.ledger],
        ),
        "adjustments.csv": (ADJUSTMENT_COLUMNS, [_adjustment_row(a) for a in adjustments]),
    }
    return tables | {name: table for name, table in seldom.items() if table[1]}


def _cube_row(item: str, c: Cell) -> Row:
    days = (c.period.start.isoformat(), c.period.end.isoformat())
    return (item, c.measure, *days, c.facility, c.contracting_unit, c.sex, c.age_band, c.letter, c.amount)


def _score_row(scheme: str, line: ScoreLine) -> Row:
    of = line.counted
    value = None if of.value is None else round_half_up(of.value, VALUE_DECIMALS)
    numbers = (_plain(line.scored.score), _plain(line.max_score), _plain(line.weight), _plain(line.points))
    return (scheme, line.org, line.item, of.a, of.b, value, *numbers, line.note)


def _trend_row(scheme: str, line: TrendLine) -> Row:
    days = (line.period.start.isoformat(), line.period.end.isoformat())
    value = None if line.value is None else round_half_up(line.value, VALUE_DECIMALS)
    return (scheme, line.item, line.org, line.span.value, *days, line.a, line.b, value)


def _basis_rows(of: Evaluation) -> Iterator[Row]:
    """What scores stand on, of payees and of their primary units; then what payments stand on."""
    for line in of.scores:
        yield from _basis_of(line.org, line.item, "", line.scored.basis)
    for part in of.parts:
        score = ("score", "" if part.scored.score is None else part.scored.score)
        yield from _basis_of(part.org, part.item, part.unit, (score, *part.scored.basis))
    for org, name, value in of.basis:
        yield from _basis_of(org, "", "", ((name, value),))


def _basis_of(org: str, item: str, unit: str, basis: Iterable[tuple[str, Decimal | int | str]]) -> Iterator[Row]:
    for name, value in basis:
        shown = _plain(value) if isinstance(value, Decimal) else value
        yield (org, item, unit, name, shown)


def _adjustment_row(of: Adjustment) -> Row:
    signed = (of.reason, of.author, of.entered_on, of.approved_by, of.approved_on)
    return (of.org, of.item, of.kind.value, of.amount, *signed, "approved" if of.is_approved else "pending")


def _plain(number: Decimal | None) -> str:
    """A number as it is read: at most DECIMALS places, no zeros at the end."""
    return "" if number is None else format(round_half_up(number, DECIMALS).normalize(), "f")
