"""Units: whether the units of the values fit together in a formula, and the unit of its result.

Only what is added, subtracted or compared must agree; a number written in the formula fits any unit. A product or
quotient has the units multiplied and cancelled: persons / persons is a plain number.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from samrit.formula.calls import Call
from samrit.formula.conditions import Compare
from samrit.formula.formula import Formula
from samrit.formula.references import reference_of
from samrit.formula.tree import Chain, Name, Node, Number
from samrit.problems import Problem, Problems, Where


@dataclass(frozen=True)
class Unit:
    """A unit as words with their powers: persons per year is {persons: 1, year: -1}; nothing is a plain number."""

    powers: tuple[tuple[str, int], ...] = ()

    def times(self, other: "Unit", power: int) -> "Unit":
        """The unit of a product (power 1) or quotient (power -1)."""
        powers = Counter(dict(self.powers))
        for word, own in other.powers:
            powers[word] += own * power
        return Unit(tuple(sorted((word, own) for word, own in powers.items() if own)))

    def __str__(self) -> str:
        above = " x ".join(word for word, power in self.powers for _ in range(power))
        below = " x ".join(word for word, power in self.powers for _ in range(-power))
        return f"{above or '1'}/{below}" if below else above


def check_formula(formula: Formula, units: Mapping[str, str], where: Where | None = None) -> tuple[Problem, ...]:
    """What is wrong between a formula and the values that are defined for it. units: letter -> unit ('' = not said).

    A letter without a definition, or under prev or base, is an error; so are units that differ where they must agree.
    A definition that the formula does not use is a warning.

    >>> from samrit.formula import parse
    >>> [found.code for found in check_formula(parse("A + B"), {"A": "แห่ง", "B": "คน", "C": "คน"})]
    ['formula.unit.differs', 'formula.name.unused']
    """
    found = Problems()
    letters = _letters(formula)
    for name in letters:
        if name not in units:
            found.add("formula.name.undefined", where or Where(), name=name)
    _Fitting(units, where or Where(), found).unit(formula.tree)
    for name in units:
        if name not in letters:
            found.add("formula.name.unused", where or Where(), name=name)
    return tuple(found)


def result_unit(formula: Formula, units: Mapping[str, str]) -> str:
    """The unit of the result, '' for a plain number or where it is not known.

    >>> from samrit.formula import parse
    >>> result_unit(parse("(A/B)x100"), {"A": "คน", "B": "คน"}), result_unit(parse("A/B"), {"A": "บาท", "B": "คน"})
    ('', 'บาท/คน')
    """
    return str(_Fitting(units, Where(), Problems()).unit(formula.tree) or "")


def _letters(formula: Formula) -> tuple[str, ...]:
    """The letters that a formula needs, also those of last year and of base years."""
    letters = [reference.letter for reference in formula.references]
    plain = [name for name in formula.names if len(name) == 1]
    return tuple(dict.fromkeys(name for name in (*plain, *letters) if name))


class _Fitting:
    """Units of the parts of one formula; None fits any unit."""

    def __init__(self, units: Mapping[str, str], where: Where, found: Problems) -> None:
        self.units, self.where, self.found = units, where, found

    def unit(self, node: Node) -> Unit | None:
        """The unit of a part, every mistake on the way to `found`."""
        match node:
            case Number():
                return None
            case Name():
                return self._of_name(node.name)
            case Chain() if node.rank == "product":
                return self._of_product(node)
            case Chain() | Compare():
                return self._agree([self.unit(part) for part in node.parts], known=not node.is_condition)
            case Call():
                return self._of_call(node)
            case _:  # a minus or a percent
                return self.unit(node.parts[0])

    def _of_name(self, name: str) -> Unit | None:
        reference = reference_of(name)
        said = self.units.get(name if reference is None else reference.letter, "").strip()
        return Unit(((said, 1),)) if said else None

    def _of_product(self, chain: Chain) -> Unit | None:
        found = [self.unit(part) for part in chain.parts]
        if all(of is None for of in found):
            return None
        powers = [1, *(1 if sign == "*" else -1 for sign, _ in chain.rest)]
        product = Unit()
        for of, power in zip(found, powers, strict=True):
            product = product.times(of or Unit(), power)
        return product

    def _of_call(self, call: Call) -> Unit | None:
        found = [self.unit(argument) for argument in call.arguments]
        match call.name:
            case "count" | "all" | "any":
                return None
            case "if":
                return self._agree(found[1:], known=True)
            case "round":
                return found[0]
            case _:
                return self._agree(found, known=True)

    def _agree(self, units: list[Unit | None], *, known: bool) -> Unit | None:
        said = [unit for unit in units if unit is not None]
        for other in said[1:]:
            if other != said[0]:
                self.found.add("formula.unit.differs", self.where, first=str(said[0]) or "1", other=str(other) or "1")
                break
        return said[0] if said and known else None
