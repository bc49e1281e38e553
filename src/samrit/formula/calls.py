"""Calls: the functions of the formula language and what each does where there is no value.

sum avg min max abs round   no value in, no value out
if                          no value when the condition is unknown; the branch that is not taken is not looked at
all any                     true, false or unknown: one false makes `all` false, one true makes `any` true
count                       how many of the amounts have a value, or how many of the conditions are true
coalesce                    the first that has a value: the one way to write "missing is 0" on purpose
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from samrit.formula.tree import Node, Number, Values, bracketed

MAX_PLACES = 10
MANY = 30

Amounts = Sequence[Fraction | None]


@dataclass(frozen=True)
class Function:
    """How a function is written: the least and most arguments; `takes` says of each whether it is a condition (c), an
    amount (a), any of the two (*) or a number that is written out (n), the last for all that follow."""

    least: int
    most: int
    takes: str
    is_condition: bool
    words_th: str
    work: Callable[[Amounts], Fraction | None]


def _known(work: Callable[[Sequence[Fraction]], Fraction]) -> Callable[[Amounts], Fraction | None]:
    """The same, with no value when one of the amounts has none."""

    def guarded(amounts: Amounts) -> Fraction | None:
        known = [amount for amount in amounts if amount is not None]
        return work(known) if len(known) == len(amounts) else None

    return guarded


def _add(amounts: Sequence[Fraction]) -> Fraction:
    return sum(amounts, Fraction(0))


def _round(amounts: Sequence[Fraction]) -> Fraction:
    """Half up, a half away from zero."""
    unit = Fraction(10) ** int(amounts[1])
    size = (2 * abs(amounts[0]) * unit + 1) // 2
    return Fraction(-size if amounts[0] < 0 else size, unit)


def _all(amounts: Amounts) -> Fraction | None:
    if 0 in amounts:
        return Fraction(0)
    return None if None in amounts else Fraction(1)


def _any(amounts: Amounts) -> Fraction | None:
    if any(amounts):
        return Fraction(1)
    return None if None in amounts else Fraction(0)


FUNCTIONS = {
    "sum": Function(1, MANY, "a", False, "ผลรวมของ {}", _known(_add)),
    "avg": Function(1, MANY, "a", False, "ค่าเฉลี่ยของ {}", _known(lambda amounts: Fraction(_add(amounts), len(amounts)))),
    "min": Function(1, MANY, "a", False, "ค่าน้อยที่สุดของ {}", _known(min)),
    "max": Function(1, MANY, "a", False, "ค่ามากที่สุดของ {}", _known(max)),
    "abs": Function(1, 1, "a", False, "ขนาดของ {}", _known(lambda amounts: abs(amounts[0]))),
    "round": Function(2, 2, "an", False, "{0} ปัดเป็นทศนิยม {1} ตำแหน่ง", _known(_round)),
    "if": Function(3, 3, "ca", False, "ถ้า {0} ให้ใช้ {1} มิฉะนั้นให้ใช้ {2}", lambda amounts: None),
    "all": Function(1, MANY, "c", True, "ทุกข้อต่อไปนี้เป็นจริง: {}", _all),
    "any": Function(1, MANY, "c", True, "ข้อใดข้อหนึ่งต่อไปนี้เป็นจริง: {}", _any),
    "count": Function(1, MANY, "*", False, "จำนวนที่มีค่าใน {}", lambda a: Fraction(sum(x is not None for x in a))),
    "coalesce": Function(2, MANY, "a", False, "ค่าแรกที่มีใน {}", lambda a: next((x for x in a if x is not None), None)),
}


@dataclass(frozen=True)
class Call:
    """A function and what it is given."""

    name: str
    arguments: tuple[Node, ...]

    @property
    def is_condition(self) -> bool:
        return FUNCTIONS[self.name].is_condition

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.arguments

    def amount(self, values: Values) -> Fraction | None:
        if self.name == "if":
            condition, yes, no = self.arguments
            holds = condition.amount(values)
            return None if holds is None else (yes if holds else no).amount(values)
        amounts = [argument.amount(values) for argument in self.arguments]
        if self._counts_conditions:
            return Fraction(sum(bool(amount) for amount in amounts))
        return FUNCTIONS[self.name].work(amounts)

    def read_th(self) -> str:
        words = "จำนวนข้อที่เป็นจริงใน {}" if self._counts_conditions else FUNCTIONS[self.name].words_th
        if "{0}" in words:
            return words.format(*(bracketed(argument) for argument in self.arguments))
        return words.format(_listed([bracketed(argument) for argument in self.arguments]))

    @property
    def _counts_conditions(self) -> bool:
        return self.name == "count" and self.arguments[0].is_condition


def find_misfit(name: str, arguments: Sequence[Node]) -> tuple[str, int] | None:
    """What is wrong with the arguments of a function: the code of the problem and the place from 0; None when nothing.

    A count of amounts and conditions together has no reading.
    """
    function = FUNCTIONS[name]
    if not function.least <= len(arguments) <= function.most:
        return "formula.call.arguments", min(len(arguments), function.most)
    for place, argument in enumerate(arguments):
        wanted = function.takes[min(place, len(function.takes) - 1)]
        if wanted == "*":
            wanted = "c" if arguments[0].is_condition else "a"
        if wanted == "n" and not (isinstance(argument, Number) and argument.value in range(MAX_PLACES + 1)):
            return "formula.call.places", place
        if (wanted == "c") != argument.is_condition:
            return ("formula.condition.wanted" if wanted == "c" else "formula.condition.unwanted"), place
    return None


def _listed(words: Sequence[str]) -> str:
    """Words as a Thai list."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} และ {words[-1]}"
