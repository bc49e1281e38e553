"""Reading a formula: a whitelist grammar, recursive descent with a limit on length and depth. Nothing is ever executed.

formula = [letter "="] sum          sum = product (("+" | "-") product)*
product = factor (("*" | "/") factor)*      factor = ["-"] (number | name | "(" sum ")")
"""

from collections.abc import Callable, Collection
from decimal import Decimal

from samrit.formula.errors import FormulaError
from samrit.formula.formula import Formula
from samrit.formula.tokens import NAMED, Token, cut
from samrit.formula.tree import Chain, Minus, Name, Node, Number
from samrit.problems import Where, problem

MAX_LENGTH = 500
MAX_DEPTH = 20


def parse(text: str, named: Collection[str] = NAMED, where: Where | None = None) -> Formula:
    """The formula of a text: letters A..Z (X is times), numbers, + - x × * / ÷, brackets and the `named` parameters.

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
    names = tuple(dict.fromkeys(tree.names()))
    if result in names:
        raise FormulaError(problem("formula.result.used", place, name=result))
    return Formula(text=text, result=result, names=names, tree=tree)


class _Reader:
    """The tokens and how far they are read."""

    def __init__(self, tokens: tuple[Token, ...], where: Where) -> None:
        self.tokens = tokens
        self.where = where
        self.at = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def read(self) -> Node:
        tree = self.sum(0)
        if self.next.kind == ")":
            raise self.refusal("formula.bracket.close", self.next)
        if self.next.kind != "end":
            raise self.refusal("formula.operator.expected", self.next)
        return tree

    def sum(self, depth: int) -> Node:
        return self.chain("+-", self.product, depth)

    def product(self, depth: int) -> Node:
        return self.chain("*/", self.factor, depth)

    def chain(self, signs: str, part: Callable[[int], Node], depth: int) -> Node:
        first = part(depth)
        rest: list[tuple[str, Node]] = []
        while self.next.kind in signs:
            sign = self.take().kind
            rest.append((sign, part(depth)))
        return Chain(first, tuple(rest)) if rest else first

    def factor(self, depth: int) -> Node:
        if self.next.kind == "-":
            self.take()
            return Minus(self.atom(depth))
        return self.atom(depth)

    def atom(self, depth: int) -> Node:
        token = self.take()
        if token.kind == "number":
            return Number(Decimal(token.text))
        if token.kind == "name":
            return Name(token.text)
        if token.kind == "(":
            return self.bracket(token, depth)
        raise self.refusal("formula.unfinished" if token.kind == "end" else "formula.value.expected", token)

    def bracket(self, opened: Token, depth: int) -> Node:
        if depth == MAX_DEPTH:
            raise self.refusal("formula.too_deep", opened)
        inside = self.sum(depth + 1)
        if self.next.kind == "end":
            raise self.refusal("formula.bracket.open", opened)
        if self.next.kind != ")":
            raise self.refusal("formula.operator.expected", self.next)
        self.take()
        return inside

    def refusal(self, code: str, token: Token) -> FormulaError:
        return FormulaError(problem(code, self.where, column=token.column, found=token.text, limit=MAX_DEPTH))
