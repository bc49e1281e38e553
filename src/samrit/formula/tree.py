"""The tree of a formula: numbers, names, a minus, and chains of + - or of × ÷ read from left to right.

Amounts are exact fractions until the last step, so (A/B)x100 loses nothing between the division and the product.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

_VERB_TH = {"+": "บวกด้วย", "-": "ลบด้วย", "*": "คูณด้วย", "/": "หารด้วย"}


class Node(Protocol):
    """A part of a formula."""

    def names(self) -> tuple[str, ...]:
        """The names in it, in order of writing, repeats kept."""

    def amount(self, values: Mapping[str, Fraction]) -> Fraction | None:
        """Its exact amount; None where something is divided by zero."""

    def read_th(self) -> str:
        """It in Thai words."""


@dataclass(frozen=True)
class Number:
    """A number written in the formula."""

    value: Decimal

    def names(self) -> tuple[str, ...]:
        return ()

    def amount(self, values: Mapping[str, Fraction]) -> Fraction | None:
        return Fraction(self.value)

    def read_th(self) -> str:
        return f"{self.value:,f}"


@dataclass(frozen=True)
class Name:
    """A letter or a named parameter."""

    name: str

    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def amount(self, values: Mapping[str, Fraction]) -> Fraction | None:
        return values[self.name]

    def read_th(self) -> str:
        return self.name


@dataclass(frozen=True)
class Minus:
    """The negative of a part."""

    of: Node

    def names(self) -> tuple[str, ...]:
        return self.of.names()

    def amount(self, values: Mapping[str, Fraction]) -> Fraction | None:
        inner = self.of.amount(values)
        return None if inner is None else -inner

    def read_th(self) -> str:
        return f"ค่าลบของ {_bracketed(self.of)}"


@dataclass(frozen=True)
class Chain:
    """A first part and what follows it: signs of one rank (+ - or * /), done from left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    @property
    def rank(self) -> str:
        """`sum` or `product`."""
        return "sum" if self.rest[0][0] in "+-" else "product"

    def names(self) -> tuple[str, ...]:
        return self.first.names() + tuple(name for _, node in self.rest for name in node.names())

    def amount(self, values: Mapping[str, Fraction]) -> Fraction | None:
        so_far = self.first.amount(values)
        for sign, node in self.rest:
            other = node.amount(values)
            if so_far is None or other is None:
                return None
            so_far = _apply(sign, so_far, other)
        return so_far

    def read_th(self) -> str:
        opened = isinstance(self.first, Chain) and self.first.rank == self.rank  # (A/B)x100 needs no brackets in words
        words = self.first.read_th() if opened else _bracketed(self.first)
        for place, (sign, node) in enumerate(self.rest):
            then = " แล้ว" if opened or place else " "
            words += f"{then}{_VERB_TH[sign]} {_bracketed(node)}"
        return words


def _apply(sign: str, left: Fraction, right: Fraction) -> Fraction | None:
    """One step of a chain; None for a division by zero."""
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    return Fraction(left, right) if right else None


def _bracketed(node: Node) -> str:
    words = node.read_th()
    return f"({words})" if isinstance(node, Chain) else words
