"""A formula that was read: what it needs, what it gives, how it reads in Thai."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_05UP, ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction

from samrit.formula.errors import FormulaError
from samrit.formula.references import Reference, reference_of
from samrit.formula.tree import Node
from samrit.problems import Problems, problem

PRECISION = 50
MAX_VALUE_DIGITS = 60

# ROUND_05UP never turns the last kept digit into a 0 or 5 that the exact value does not have, so a later rounding half
# up sees on which side of the half the exact value lies.
_CONTEXT = Context(prec=PRECISION, rounding=ROUND_05UP, traps=[InvalidOperation, DivisionByZero, Overflow])


@dataclass(frozen=True)
class Outcome:
    """A value, or why there is none: names without one (`missing`), or a division by zero with all of them known."""

    value: Decimal | None
    missing: tuple[str, ...] = ()
    divided_by_zero: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula: its `text`, the `names` it uses in order of writing, the name of its `result` ('' = not named).

    >>> from decimal import Decimal
    >>> from samrit.formula import parse, round_half_up
    >>> rate = parse("(A/B)x100").evaluate({"A": Decimal(2), "B": Decimal(3)})
    >>> round_half_up(rate, 4)
    Decimal('66.6667')
    """

    text: str
    result: str
    names: tuple[str, ...]
    tree: Node = field(repr=False)

    @property
    def is_condition(self) -> bool:
        """It is true (1) or false (0) instead of a number."""
        return self.tree.is_condition

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it takes from elsewhere, in order of writing; `names` has each in its one spelling."""
        found = (reference_of(name) for name in self.names)
        return tuple(reference for reference in found if reference is not None)

    def evaluate(self, values: Mapping[str, Decimal | int | None]) -> Decimal | None:
        """The value: exact in between, cut to 50 significant digits at the end; of a condition 1 or 0.

        None when an operand that decides is None or something is divided by zero (DEFINITIONS S10: no value, never 0).
        Names that the formula does not use are ignored. Raises FormulaError for a name without an entry, a float, NaN,
        infinity or a value of more than 60 digits.
        """
        return self.work_out(values).value

    def work_out(self, values: Mapping[str, Decimal | int | None]) -> Outcome:
        """The value as `evaluate` gives it, and why there is none.

        >>> from samrit.formula import parse
        >>> parse("A/B").work_out({"A": 1, "B": 0})
        Outcome(value=None, missing=(), divided_by_zero=True)
        """
        found = Problems()
        exact: dict[str, Fraction | None] = {}
        for name in self.names:
            value = values.get(name)
            exact[name] = None
            if name not in values:
                found.add("formula.value.missing", name=name)
            elif value is not None and not _usable(value):
                found.add("formula.value.unusable", name=name, limit=MAX_VALUE_DIGITS)
            elif value is not None:
                exact[name] = Fraction(value)
        if found:
            raise FormulaError(*found)
        amount = self.tree.amount(exact)
        if amount is not None:
            return Outcome(decimal_of(amount))
        missing = tuple(name for name in self.names if exact[name] is None)
        return Outcome(None, missing, divided_by_zero=not missing)

    def read_back_th(self) -> str:
        """The formula in plain Thai, for its author to confirm.

        >>> from samrit.formula import parse
        >>> parse("(A/B)x100").read_back_th()
        'A หารด้วย B แล้วคูณด้วย 100'
        """
        words = self.tree.read_th()
        return f"{self.result} เท่ากับ {words}" if self.result else words


def decimal_of(number: Fraction) -> Decimal:
    """A fraction as a decimal, cut to 50 significant digits so that rounding it half up again is right.

    >>> decimal_of(Fraction(1, 8))
    Decimal('0.125')
    """
    return _CONTEXT.divide(Decimal(number.numerator), Decimal(number.denominator))


def round_half_up(value: Decimal, places: int) -> Decimal:
    """The value with `places` decimals, a half away from zero. Raises FormulaError for NaN, infinity, bad places.

    >>> round_half_up(Decimal("69.995"), 2)
    Decimal('70.00')
    """
    if not value.is_finite() or not 0 <= places <= PRECISION:
        raise FormulaError(problem("formula.rounding", places=places, limit=PRECISION))
    wide = Context(prec=max(value.adjusted(), 0) + places + 2, traps=[InvalidOperation])
    return value.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP, wide)


def _usable(value: Decimal | int) -> bool:
    """True for an int or a finite Decimal of bounded size: a fraction of 1E+999999 would eat the memory."""
    if not isinstance(value, Decimal | int):
        return False
    digits = Decimal(value)
    return (
        digits.is_finite() and abs(digits.adjusted()) < MAX_VALUE_DIGITS and _count_digits(digits) <= MAX_VALUE_DIGITS
    )


def _count_digits(value: Decimal) -> int:
    return len(value.as_tuple().digits)
