"""The tree of a formula: numbers, names, a minus, percents, and chains of + - or of × ÷ read from left to right.

Amounts are exact fractions until the last step, so (A/B)x100 loses nothing between the division and the product. None
is "no value": it came in, or something was divided by zero; it goes through everything that does not say otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from samrit.formula.references import reference_of

Values = Mapping[str, Fraction | None]
_VERB_TH = {"+": "บวกด้วย", "-": "ลบด้วย", "*": "คูณด้วย", "/": "หารด้วย"}
HUNDRED = 100


class Node(Protocol):
    """A part of a formula. Its amount is a number; of a condition 1 (true) or 0 (false)."""

    @property
    def is_condition(self) -> bool:
        """It is true or false, not a number."""

    @property
    def parts(self) -> tuple["Node", ...]:
        """The parts that it is made of, in order of writing."""

    def amount(self, values: Values) -> Fraction | None:
        """Its exact amount; None where there is no value."""

    def read_th(self) -> str:
        """It in Thai words."""


@dataclass(frozen=True)
class Number:
    """A number written in the formula."""

    value: Decimal

    is_condition = False
    parts = ()

    def amount(self, values: Values) -> Fraction | None:
        return Fraction(self.value)

    def read_th(self) -> str:
        return f"{self.value:,f}"


@dataclass(frozen=True)
class Name:
    """A letter, a named parameter or a reference such as prev(A)."""

    name: str

    is_condition = False
    parts = ()

    def amount(self, values: Values) -> Fraction | None:
        return values[self.name]

    def read_th(self) -> str:
        reference = reference_of(self.name)
        return self.name if reference is None else reference.read_th()


@dataclass(frozen=True)
class _Single:
    """What is made of one part."""

    of: Node

    is_condition = False

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.of,)


@dataclass(frozen=True)
class Minus(_Single):
    """The negative of a part."""

    def amount(self, values: Values) -> Fraction | None:
        inside = self.of.amount(values)
        return None if inside is None else -inside

    def read_th(self) -> str:
        return f"ค่าลบของ {bracketed(self.of)}"


@dataclass(frozen=True)
class Percent(_Single):
    """So many hundredths of a part: 40% is 0.4."""

    def amount(self, values: Values) -> Fraction | None:
        inside = self.of.amount(values)
        return None if inside is None else Fraction(inside, HUNDRED)

    def read_th(self) -> str:
        return f"ร้อยละ {bracketed(self.of)}"


@dataclass(frozen=True)
class Chain:
    """A first part and what follows it: signs of one rank (+ - or * /), done from left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    is_condition = False

    @property
    def rank(self) -> str:
        """`sum` or `product`."""
        return "sum" if self.rest[0][0] in "+-" else "product"

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.first, *(node for _, node in self.rest))

    def amount(self, values: Values) -> Fraction | None:
        so_far = self.first.amount(values)
        for sign, node in self.rest:
            other = node.amount(values)
            if so_far is None or other is None:
                return None
            so_far = _apply(sign, so_far, other)
        return so_far

    def read_th(self) -> str:
        opened = isinstance(self.first, Chain) and self.first.rank == self.rank  # (A/B)x100 needs no brackets in words
        words = self.first.read_th() if opened else bracketed(self.first)
        for place, (sign, node) in enumerate(self.rest):
            then = " แล้ว" if opened or place else " "
            words += f"{then}{_VERB_TH[sign]} {bracketed(node)}"
        return words


def names_of(node: Node) -> tuple[str, ...]:
    """The names in a part, in order of writing, repeats kept."""
    own = (node.name,) if isinstance(node, Name) else ()
    return own + tuple(name for part in node.parts for name in names_of(part))


def bracketed(node: Node) -> str:
    """The words of a part, in brackets where it is made of several."""
    words = node.read_th()
    return words if isinstance(node, Number | Name | Minus | Percent) else f"({words})"


def _apply(sign: str, left: Fraction, right: Fraction) -> Fraction | None:
    """One step of a chain; None for a division by zero."""
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    return Fraction(left, right) if right else None
