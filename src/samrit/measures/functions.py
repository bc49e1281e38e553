"""Own functions of measure texts, expanded in the tree so that every engine runs the same plain SQL (VIEWS section 3).

age_on(birth, day)          completed years; whoever is born after the day has a negative age (DEFINITIONS S6.2)
years_before(day, n)        the same day n years before; 29 February becomes 28 February (S6.3)
in_codelist(code, 'list')   the code starts with one of the list's prefixes (S7.1)
is_code(code, 'list')       the code is one of the list, as a whole
"""

from collections.abc import Callable

from sqlglot import exp

from samrit.measures.codelists import codelist, codelist_names
from samrit.problems import nearest

Expand = Callable[[list[exp.Expression]], exp.Expression]


class WrongUse(Exception):
    """An own function was called wrongly; the text says what is expected."""


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
    back = exp.Interval(this=years.copy(), unit=exp.Var(this="YEAR"))
    return exp.cast(exp.Sub(this=day.copy(), expression=back), "date")


def _list_name(arguments: list[exp.Expression]) -> str:
    name = arguments[1]
    if not (isinstance(name, exp.Literal) and name.is_string):
        raise WrongUse("'list'")
    if name.this not in codelist_names():
        raise WrongUse(f"'{nearest(name.this, codelist_names()) or ' | '.join(codelist_names())}'")
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


def expand(tree: exp.Expression) -> exp.Expression:
    """The tree with own functions written out. Raises WrongUse."""

    def write_out(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Anonymous) and node.name.lower() in OWN_FUNCTIONS:
            if len(node.expressions) != ARGUMENTS:
                raise WrongUse(f"{node.name.lower()}: {ARGUMENTS} arguments")
            return OWN_FUNCTIONS[node.name.lower()](node.expressions)
        return node

    return tree.transform(write_out)
