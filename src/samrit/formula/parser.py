"""Reading a formula: a whitelist grammar, recursive descent with a limit on length and depth. Nothing is ever executed.

formula = [letter "="] condition            condition = sum [("<" | "<=" | ">" | ">=" | "=" | "<>") sum]
sum = product (("+" | "-") product)*        product = factor (("*" | "/") factor)*
factor = ["-"] atom ["%"]                   atom = number | name | reference | "(" condition ")" | call
call = function "(" condition ("," condition)* ")"      (";" is read as ",")
"""

from collections.abc import Callable, Collection
from decimal import Decimal

from samrit.formula.calls import FUNCTIONS, Call, find_misfit
from samrit.formula.conditions import Compare
from samrit.formula.errors import FormulaError
from samrit.formula.formula import Formula
from samrit.formula.tokens import NAMED, Token, cut
from samrit.formula.tree import HUNDRED, Chain, Minus, Name, Node, Number, Percent, names_of
from samrit.problems import Where, problem

MAX_LENGTH = 500
MAX_DEPTH = 20


def parse(text: str, named: Collection[str] = NAMED, where: Where | None = None) -> Formula:
    """The formula of a text: letters A..Z (X is times), numbers, + - x × * / ÷ %, brackets, comparisons, functions,
    references (prev, base, child, units) and the `named` parameters.

    A leading `M =` names the result. Raises FormulaError; each problem says the column, from 1, `where` the file.

    >>> parse("(A/B)x100").names
    ('A', 'B')
    >>> parse("M = A x prevalence").result
    'M'
    """
    place = where or Where()
    if len(text) > MAX_LENGTH:
        raise FormulaError(problem("formula.too_long", place, length=len(text), limit=MAX_LENGTH))
    tokens = cut(text, named, place)
    result = ""
    if [token.kind for token in tokens[:2]] == ["name", "="]:
        result, tokens = tokens[0].text, tokens[2:]
    if tokens[0].kind == "end":
        raise FormulaError(problem("formula.empty", place))
    tree = _Reader(tokens, place).read()
    names = tuple(dict.fromkeys(names_of(tree)))
    if result in names:
        raise FormulaError(problem("formula.result.used", place, name=result))
    return Formula(text=text, result=result, names=names, tree=tree)


class _Reader:
    """The tokens and how far they are read."""

    def __init__(self, tokens: tuple[Token, ...], where: Where) -> None:
        self.tokens = tokens
        self.where = where
        self.at = 0
        self.calls = 0
        """How many functions are open: only inside one does `=` compare; elsewhere it names a result."""

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def read(self) -> Node:
        tree = self.condition(0)
        if self.next.kind == ")":
            raise self.refusal("formula.bracket.close", self.next)
        if self.next.kind != "end":
            raise self.refusal("formula.operator.expected", self.next)
        return tree

    def condition(self, depth: int) -> Node:
        left, sign = self.sum(depth), self.next
        if sign.kind != "compare" and not (sign.kind == "=" and self.calls):
            return left
        self.take()
        right = self.sum(depth)
        if left.is_condition or right.is_condition:
            raise self.refusal("formula.condition.unwanted", sign)
        return Compare(left, "=" if sign.kind == "=" else sign.text, right)

    def sum(self, depth: int) -> Node:
        return self.chain("+-", self.product, depth)

    def product(self, depth: int) -> Node:
        return self.chain("*/", self.factor, depth)

    def chain(self, signs: str, part: Callable[[int], Node], depth: int) -> Node:
        first = part(depth)
        rest: list[tuple[str, Node]] = []
        while self.next.kind in signs:
            sign = self.take()
            rest.append((sign.kind, part(depth)))
            if first.is_condition or rest[-1][1].is_condition:
                raise self.refusal("formula.condition.unwanted", sign)
        return Chain(first, tuple(rest)) if rest else first

    def factor(self, depth: int) -> Node:
        if self.next.kind != "-":
            return self.hundredths(depth)
        sign, of = self.take(), self.hundredths(depth)
        if of.is_condition:
            raise self.refusal("formula.condition.unwanted", sign)
        return Minus(of)

    def hundredths(self, depth: int) -> Node:
        of = self.atom(depth)
        if self.next.kind != "%":
            return of
        sign = self.take()
        if of.is_condition:
            raise self.refusal("formula.condition.unwanted", sign)
        if of == Number(Decimal(HUNDRED)):
            raise self.refusal("formula.percent", sign)
        return Percent(of)

    def atom(self, depth: int) -> Node:
        token = self.take()
        if token.kind == "number":
            return Number(Decimal(token.text))
        if token.kind == "name":
            return Name(token.text)
        if token.kind == "(":
            return self.bracket(token, depth)
        if token.kind == "call":
            return self.call(token, depth)
        raise self.refusal("formula.unfinished" if token.kind == "end" else "formula.value.expected", token)

    def bracket(self, opened: Token, depth: int) -> Node:
        if depth == MAX_DEPTH:
            raise self.refusal("formula.too_deep", opened)
        inside = self.condition(depth + 1)
        self.close(opened)
        return inside

    def call(self, name: Token, depth: int) -> Node:
        opened = self.take()  # a function name is one only where a bracket follows
        if depth == MAX_DEPTH:
            raise self.refusal("formula.too_deep", opened)
        self.calls += 1
        starts, arguments = [self.next], [self.condition(depth + 1)]
        while self.next.kind == ",":
            self.take()
            starts.append(self.next)
            arguments.append(self.condition(depth + 1))
        self.close(opened)
        self.calls -= 1
        misfit = find_misfit(name.text, arguments)
        if misfit is not None:
            code, place = misfit
            raise self.refusal(code, starts[place] if place < len(starts) else name, name.text)
        return Call(name.text, tuple(arguments))

    def close(self, opened: Token) -> None:
        if self.next.kind == "end":
            raise self.refusal("formula.bracket.open", opened)
        if self.next.kind != ")":
            raise self.refusal("formula.operator.expected", self.next)
        self.take()

    def refusal(self, code: str, token: Token, function: str = "") -> FormulaError:
        of = FUNCTIONS.get(function)
        wanted = "" if of is None else str(of.least) if of.least == of.most else f"{of.least}-{of.most}"
        facts = {
            "column": token.column,
            "found": token.text,
            "limit": MAX_DEPTH,
            "function": function,
            "wanted": wanted,
        }
        return FormulaError(problem(code, self.where, **facts))
