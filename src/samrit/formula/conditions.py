"""Conditions: two amounts compared. Where one has no value the condition is unknown (None), neither true nor false."""

from dataclasses import dataclass
from fractions import Fraction

from samrit.formula.tree import Node, Values, bracketed

SIGNS = ("<", "<=", ">", ">=", "=", "<>")
_VERB_TH = {
    "<": "น้อยกว่า", "<=": "ไม่เกิน", ">": "มากกว่า", ">=": "ไม่น้อยกว่า", "=": "เท่ากับ", "<>": "ไม่เท่ากับ",
}  # fmt: skip


@dataclass(frozen=True)
class Compare:
    """One amount against another."""

    left: Node
    sign: str
    right: Node

    is_condition = True

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def amount(self, values: Values) -> Fraction | None:
        left, right = self.left.amount(values), self.right.amount(values)
        if left is None or right is None:
            return None
        stands = (left > right) - (left < right)
        holds = {"<": stands < 0, "<=": stands <= 0, ">": stands > 0, ">=": stands >= 0, "=": not stands}
        return Fraction(holds.get(self.sign, stands != 0))

    def read_th(self) -> str:
        return f"{bracketed(self.left)} {_VERB_TH[self.sign]} {bracketed(self.right)}"
