"""Own functions of measure texts, expanded in the tree so that every engine runs the same plain SQL (VIEWS section 3).

age_on(birth, day)          completed years; whoever is born after the day has a negative age (DEFINITIONS S6.2)
years_before(day, n)        the same day n years before; 29 February becomes 28 February (S6.3)
in_codelist(code, 'list')   the code starts with one of the list's prefixes (S7.1)
is_code(code, 'list')       the code is one of the list, as a whole
"""

from collections.abc import Callable

from sqlglot import exp

from samrit.measures.codelists import codelist, codelist_names

Expand = Callable[[list[exp.Expression]], exp.Expression]


class WrongUseError(Exception):
    """An own function was called wrongly; the text says what is expected, `node` is the call."""

    def __init__(self, expected: str, node: exp.Expr | None = None) -> None:
        super().__init__(expected)
        self.node = node


class UnknownListError(WrongUseError):
    """An own function names a code list that is not there; the text is the name."""


def _month_and_day(day: exp.Expression) -> exp.Expression:
    month = exp.Month(this=day.copy())
    return exp.Add(this=exp.Mul(this=month, expression=exp.Literal.number(100)), expression=exp.Day(this=day.copy()))


def _age_on(arguments: list[exp.Expression]) -> exp.Expression:
    birth, day = arguments
    years = exp.Sub(this=exp.Year(this=day.copy()), expression=exp.Year(this=birth.copy()))
    before = exp.LT(this=_month_and_day(day), expression=_month_and_day(birth))
    less = exp.Case(ifs=[exp.If(this=before, true=exp.Literal.number(1))], default=exp.Literal.number(0))
    return exp.Paren(this=exp.Sub(this=years, expression=less))


def _years_before(arguments: list[exp.Expression]) -> exp.Expression:
    day, years = arguments
    if not isinstance(years, exp.Literal | exp.Placeholder):
        # Engines differ in whether an interval may be computed row by row.
        raise WrongUseError("years_before(day, 2) | years_before(day, $years)")
    back = exp.Interval(this=years.copy(), unit=exp.Var(this="YEAR"))
    return exp.cast(exp.Sub(this=day.copy(), expression=back), "date")


def _list_name(arguments: list[exp.Expression]) -> str:
    name = arguments[1]
    if not (isinstance(name, exp.Literal) and name.is_string):
        raise WrongUseError("'list'")
    if name.this not in codelist_names():
        raise UnknownListError(name.this)
    return str(name.this)


def _in_codelist(arguments: list[exp.Expression]) -> exp.Expression:
    by_length: dict[int, list[str]] = {}
    for prefix in codelist(_list_name(arguments)):
        by_length.setdefault(len(prefix), []).append(prefix)
    tests = [
        exp.In(
            this=exp.Substring(
                this=arguments[0].copy(), start=exp.Literal.number(1), length=exp.Literal.number(length)
            ),
            expressions=[exp.Literal.string(p) for p in prefixes],
        )
        for length, prefixes in sorted(by_length.items())
    ]
    return exp.Paren(this=exp.or_(*tests))


def _is_code(arguments: list[exp.Expression]) -> exp.Expression:
    codes = [exp.Literal.string(code) for code in codelist(_list_name(arguments))]
    return exp.Paren(this=exp.In(this=arguments[0].copy(), expressions=codes))


OWN_FUNCTIONS: dict[str, Expand] = {
    "age_on": _age_on,
    "years_before": _years_before,
    "in_codelist": _in_codelist,
    "is_code": _is_code,
}
ARGUMENTS = 2
DEEPEST_CALL = 3
"""Calls inside calls: an argument is written out several times, so the text grows with every level."""


def rewrite(tree: exp.Query, change: Callable[[exp.Expression], exp.Expression], *, copy: bool = True) -> exp.Query:
    """A copy of the tree, or the tree itself, with every node passed through `change`."""
    changed = tree.transform(change, copy=copy)
    if not isinstance(changed, exp.Query):
        raise TypeError("a query must stay a query")
    return changed


def expand(tree: exp.Query, *, copy: bool = True) -> exp.Query:
    """The tree with own functions written out, also those inside the arguments of others. Raises WrongUseError."""
    return rewrite(tree, _written_out, copy=copy)


def _written_out(node: exp.Expression, depth: int = 1) -> exp.Expression:
    if not (isinstance(node, exp.Anonymous) and node.name.lower() in OWN_FUNCTIONS):
        return node
    name = node.name.lower()
    if len(node.expressions) != ARGUMENTS:
        raise WrongUseError(f"{name}: {ARGUMENTS} arguments", node)
    if depth > DEEPEST_CALL:
        raise WrongUseError(f"{DEEPEST_CALL} ({name})", node)
    try:
        arguments = [argument.transform(_written_out, depth + 1) for argument in node.expressions]
        return OWN_FUNCTIONS[name](arguments)
    except WrongUseError as error:
        raise type(error)(str(error), error.node or node) from error
