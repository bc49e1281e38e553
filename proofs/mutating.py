"""One-change mutants of an SQL text: what a slip of the pen or a misread rule would leave behind.

Every mutant differs in one place: a comparison or an edge moved, a condition dropped, a column, day, code list or
literal exchanged, a JOIN made a LEFT JOIN, a minimum for a maximum, an order turned round.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from samrit.measures.codelists import codelist, codelist_names
from samrit.measures.compiling import PERIOD_NAMES

DIALECT = "duckdb"
# alias or name of a source -> its columns, name -> type
Sources = Mapping[str, Mapping[str, str]]
Expr = exp.Expression

COMPARISONS: dict[type[Expr], tuple[type[Expr], ...]] = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.LT: (exp.LTE, exp.GTE),
    exp.LTE: (exp.LT, exp.GT),
    exp.GT: (exp.GTE, exp.LTE),
    exp.GTE: (exp.GT, exp.LT),
    exp.Max: (exp.Min,),
    exp.Min: (exp.Max,),
}
SETTINGS = {"opd": "ipd", "ipd": "opd"}


@dataclass(frozen=True)
class Mutant:
    """A mutated text and what was changed in it, as `old -> new`, numbered when the same change fits twice."""

    change: str
    text: str


def mutants(
    text: str, sources_of: Callable[[str], Mapping[str, str]], matters: Callable[[str], bool] = lambda name: True
) -> list[Mutant]:
    """All mutants of a text.

    sources_of: name of a table or view -> its columns with types. matters: whether a count can depend on an output
    column of that name; what cannot is left alone.
    """
    tree = sqlglot.parse_one(text, dialect=DIALECT)
    seen = {tree.sql(dialect=DIALECT, comments=False)}
    found: list[Mutant] = []
    times: dict[str, int] = {}
    for place, node in enumerate(tree.walk()):
        if _is_idle(node, matters):
            continue
        for old, new in _changes(node, sources_of):
            changed = tree.copy()
            target = next(n for at, n in enumerate(changed.walk()) if at == place)
            made = new(target)
            sql = changed.sql(dialect=DIALECT, comments=False)
            if sql in seen:
                continue
            seen.add(sql)
            change = f"{old} -> {made}"
            times[change] = times.get(change, 0) + 1
            found.append(Mutant(change if times[change] == 1 else f"{change} (#{times[change]})", sql))
    return found


def _is_idle(node: Expr, matters: Callable[[str], bool]) -> bool:
    """Inside an output column that no count depends on."""
    while node.parent is not None:
        parent = node.parent
        if isinstance(parent, exp.Select) and node.arg_key == "expressions" and _is_outermost(parent):
            return not matters(_output_name(parent, node))
        node = parent
    return False


def _is_outermost(select: exp.Select) -> bool:
    node: Expr = select
    while isinstance(node.parent, exp.Union):
        node = node.parent
    return node.parent is None


def _output_name(select: exp.Select, column: Expr) -> str:
    """The name of an output column; a UNION takes the names of its first part."""
    first: Expr = select
    while isinstance(first.parent, exp.Union):
        first = first.parent
    return str(first.named_selects[select.expressions.index(column)])


Change = tuple[str, Callable[[Expr], str]]


def _swap(make: Callable[[Expr], Expr], shown: str = "") -> Callable[[Expr], str]:
    def change(target: Expr) -> str:
        new = make(target)
        words = shown or new.sql(dialect=DIALECT, comments=False)
        target.replace(new)
        return words

    return change


def _changes(node: Expr, sources_of: Callable[[str], Mapping[str, str]]) -> Iterator[Change]:  # noqa: PLR0912
    old = node.sql(dialect=DIALECT, comments=False)
    for kind in COMPARISONS.get(type(node), ()):
        yield old, _swap(lambda t, k=kind: k(**{n: a.copy() for n, a in t.args.items() if isinstance(a, exp.Expr)}))
    match node:
        case exp.Between():
            for low, high in ((exp.GT, exp.LTE), (exp.GTE, exp.LT), (exp.GTE, None), (None, exp.LTE)):
                yield old, _swap(lambda t, lo=low, hi=high: _between(t, lo, hi))
        case exp.And() | exp.Or():
            yield old, _swap(lambda t: t.this.copy())
            yield old, _swap(lambda t: t.expression.copy())
            other = exp.Or if isinstance(node, exp.And) else exp.And
            yield old, _swap(lambda t: exp.paren(other(this=t.this.copy(), expression=t.expression.copy())))
        case exp.Not():
            yield old, _swap(lambda t: t.this.copy())
        case exp.In() if node.expressions:
            yield from _list_changes(node, old)
        case exp.Literal():
            yield from _literal_changes(node)
        case exp.Anonymous():
            yield from _function_changes(node, old)
        case exp.Placeholder():
            names = PERIOD_NAMES if node.name in PERIOD_NAMES else ()
            for name in (*names, *({"age_min": ["age_max"], "age_max": ["age_min"]}.get(node.name, ()))):
                yield f"${node.name}", _swap(lambda t, n=name: exp.Placeholder(this=n))
        case exp.Column():
            for name in _columns_like(node, sources_of):
                yield old, _swap(lambda t, n=name: exp.column(n, table=t.table or None))
        case exp.Join():
            yield from _join_changes(node)
        case exp.Distinct():
            yield old, _drop_distinct
        case exp.Where() | exp.Having():
            yield old, _remove
        case exp.Union():
            yield "UNION", _swap(lambda t: t.this.copy(), "its first part only")
            yield "UNION", _swap(lambda t: t.expression.copy(), "its second part only")
        case exp.Ordered():
            yield old, _swap(lambda t: exp.Ordered(this=t.this.copy(), desc=not t.args.get("desc")))
            if len(node.parent.expressions) > 1:
                yield old, _remove
        case exp.Add():
            yield old, _swap(lambda t: exp.Sub(this=t.this.copy(), expression=t.expression.copy()))
            yield old, _swap(lambda t: t.this.copy())
        case exp.Sub():
            yield old, _swap(lambda t: t.this.copy())
        case exp.Coalesce():
            yield old, _swap(lambda t: t.this.copy())
        case exp.Case() if node.args.get("default") is not None:
            yield old, _swap(lambda t: t.args["default"].copy())
            yield old, _swap(lambda t: t.args["ifs"][0].args["true"].copy())
        case _:
            pass
    if isinstance(node.parent, exp.Window) and node.arg_key == "partition_by":
        yield f"PARTITION BY {old}", _remove


def _between(node: Expr, low: type[Expr] | None, high: type[Expr] | None) -> Expr:
    sides = [
        kind(this=node.this.copy(), expression=node.args[edge].copy())
        for kind, edge in ((low, "low"), (high, "high"))
        if kind
    ]
    return exp.paren(exp.and_(*sides))


def _list_changes(node: exp.In, old: str) -> Iterator[Change]:
    for at in range(len(node.expressions)):
        if len(node.expressions) > 1:
            yield old, _swap(lambda t, a=at: _with_list(t, [e for n, e in enumerate(t.expressions) if n != a]))
    yield old, _swap(lambda t: exp.Not(this=t.copy()))
    texts = sorted(e.name for e in node.expressions)
    for beside in (_moved(texts[0], -1), _moved(texts[-1], 1)):
        if beside and beside not in texts:
            yield old, _swap(lambda t, b=beside: _with_list(t, [*t.expressions, exp.Literal.string(b)]))


def _with_list(node: Expr, expressions: list[Expr]) -> Expr:
    return exp.In(this=node.this.copy(), expressions=[e.copy() for e in expressions])


def _moved(text: str, by: int) -> str:
    """The code beside a code of digits only, as wide as it is; '' when there is none."""
    if not text.isdigit() or not 0 <= int(text) + by < 10 ** len(text):
        return ""
    return str(int(text) + by).zfill(len(text))


def _literal_changes(node: exp.Literal) -> Iterator[Change]:
    if isinstance(node.parent, exp.In | exp.Anonymous | exp.Interval):
        return
    shown = node.sql(dialect=DIALECT)
    if not node.is_string:
        for by in (-1, 1):
            if int(node.this) + by >= 0:
                yield f"{shown}", _swap(lambda t, b=by: exp.Literal.number(int(t.this) + b))
    elif node.this in SETTINGS:
        yield shown, _swap(lambda t: exp.Literal.string(SETTINGS[t.this]))
    elif isinstance(node.parent, exp.EQ | exp.NEQ):
        for by in (-1, 1):
            if beside := _moved(node.this, by):
                yield shown, _swap(lambda t, b=beside: exp.Literal.string(b))


def _function_changes(node: exp.Anonymous, old: str) -> Iterator[Change]:
    name = node.name.lower()
    if name in ("in_codelist", "is_code"):
        other = {"in_codelist": "is_code", "is_code": "in_codelist"}[name]
        yield old, _swap(lambda t: exp.Anonymous(this=other, expressions=[e.copy() for e in t.expressions]))
        yield old, _swap(lambda t: exp.Not(this=t.copy()))
        for near in _lists_like(node.expressions[1].name):
            yield old, _swap(lambda t, n=near: exp.Anonymous(
                this=name, expressions=[t.expressions[0].copy(), exp.Literal.string(n)]
            ))  # fmt: skip
    elif name == "years_before":
        yield old, _swap(lambda t: t.expressions[0].copy())
        years = node.expressions[1]
        if isinstance(years, exp.Literal):
            for by in (-1, 1):
                yield old, _swap(lambda t, b=by: exp.Anonymous(
                    this=name, expressions=[t.expressions[0].copy(), exp.Literal.number(int(t.expressions[1].this) + b)]
                ))  # fmt: skip
    elif name == "age_on" and isinstance(node.parent, exp.LT | exp.LTE | exp.GT | exp.GTE):
        yield old, _swap(lambda t: exp.Anonymous(this=name, expressions=[e.copy() for e in reversed(t.expressions)]))


def _lists_like(name: str) -> list[str]:
    """Lists that share codes with a list, so that one could be taken for the other."""
    own = codelist(name)
    return [
        other
        for other in codelist_names()
        if other != name and any(a.startswith(b) or b.startswith(a) for a in own for b in codelist(other))
    ]


def _columns_like(node: exp.Column, sources_of: Callable[[str], Mapping[str, str]]) -> list[str]:
    """Columns of the same source and type that the column could be taken for."""
    select = node.find_ancestor(exp.Select)
    if select is None or not isinstance(node.this, exp.Identifier):
        return []
    tables = [t for t in (select.args.get("from_"), *(select.args.get("joins") or [])) if t is not None]
    columns: dict[str, str] = {}
    for source in (t.this for t in tables):
        if node.table and node.table != source.alias_or_name:
            continue
        if isinstance(source, exp.Table):
            columns |= sources_of(source.name)
    kind = columns.get(node.name)
    same = [n for n, k in columns.items() if k == kind and n != node.name]
    return [] if kind is None else sorted(same)


def _join_changes(node: exp.Join) -> Iterator[Change]:
    source = node.this.alias_or_name
    if not node.args.get("side"):
        yield f"JOIN {source}", _set_side("LEFT", f"LEFT JOIN {source}")
    else:
        yield f"LEFT JOIN {source}", _set_side(None, f"JOIN {source}")


def _set_side(side: str | None, words: str) -> Callable[[Expr], str]:
    def change(target: Expr) -> str:
        target.set("side", side)
        return words

    return change


def _drop_distinct(target: Expr) -> str:
    if target.arg_key == "distinct":
        target.pop()
    else:
        target.replace(target.expressions[0].copy())
    return "not distinct"


def _remove(target: Expr) -> str:
    target.pop()
    return "nothing"
