"""The author's text -> a checked tree -> SQL for one period or for many. What runs is always made from the tree.

Named sets (`catalogue/sets/`) are written in as subqueries, table parameters as small SELECTs, own functions as plain
SQL. A name of a period ($start, $end, $census) becomes a date literal, or a column of a key table (VIEWS section 1).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from samrit.measures.codelists import codelist_names
from samrit.measures.definition import Measure, Scalar, TableValue, Value
from samrit.measures.errors import MeasuresError
from samrit.measures.finding import Shelf, find, names
from samrit.measures.functions import UnknownListError, WrongUseError, expand, rewrite
from samrit.measures.letters import write_letters
from samrit.measures.portable import LONGEST_WORD, refused
from samrit.problems import Problem, Where, nearest, problem
from samrit.warehouse import views

PERIOD_NAMES = ("start", "end", "census")
DIALECT = "duckdb"
OUT = ("person_id", "counted_id", "amount", "row_id", "row_ids", "facility")
DEEPEST_SET = 8
# An indicator has some dozens of lines; beyond these limits a text is a mistake or an attack, and readers recurse.
LONGEST_TEXT = 20_000
DEEPEST_TREE = 100


WORDS = (
    "SELECT", "DISTINCT", "FROM", "JOIN", "LEFT", "ON", "USING", "WHERE", "AND", "OR", "NOT", "IN", "BETWEEN", "EXISTS",
    "LIKE", "IS", "NULL", "CASE", "WHEN", "THEN", "ELSE", "END", "GROUP", "BY", "HAVING", "ORDER", "OVER", "PARTITION",
    "UNION", "ALL", "AS", "WITH", "CAST",
)  # fmt: skip
"""The words of SQL that a slip of the finger is most like."""

Share = Callable[[str], str]
"""Makes the rows of an SQL text a table once, however often it is asked for, and gives the table's name."""
SET = "set"


@dataclass(frozen=True)
class Part:
    """A compiled part: a checked tree whose only placeholders are names of the period; the columns it gives."""

    tree: exp.Query
    columns: tuple[str, ...]
    period_names: tuple[str, ...]

    @property
    def rows_column(self) -> str:
        """row_id or row_ids, or '' when the part gives no lines."""
        return next((name for name in ("row_ids", "row_id") if name in self.columns), "")

    @property
    def sums(self) -> bool:
        """True when every thing has an amount, and the amounts are added up."""
        return "amount" in self.columns

    @property
    def counts_people(self) -> bool:
        """True when the thing counted is the person of the row, written as one and the same expression."""
        person, counted = self.columns.index("person_id"), self.columns.index("counted_id")
        return all(s.selects[person].unalias() == s.selects[counted].unalias() for s in _branches(self.tree))

    @property
    def reads(self) -> frozenset[str]:
        """Names of the curated views that the tree reads."""
        return frozenset(t.name for t in self.tree.find_all(exp.Table)) & frozenset(views())

    @cached_property
    def text(self) -> str:
        """The tree as SQL with its names of the period: the same text counts the same."""
        return _written(self.tree, None)

    def literal(self, period: Mapping[str, date], share: Share | None = None) -> str:
        """SQL for one period, its days written in."""
        return _written(self.literal_tree(period), share)

    def literal_tree(self, period: Mapping[str, date]) -> exp.Query:
        """The tree for one period, its days written in."""
        return _bound(self.tree.copy(), {name: _day(period[name]) for name in PERIOD_NAMES})

    def lateral(self, keys: str, fixed: Mapping[str, date] | None = None, share: Share | None = None) -> str:
        """SQL for many periods: the days are columns start_day, end_day, census_day of the row `keys`.

        fixed: days that are the same in every key; they are written in, so that sets that name no other are shared.
        """
        columns: dict[str, exp.Expression] = {n: exp.column(f"{n}_day", table=keys) for n in PERIOD_NAMES}
        columns |= {name: _day(day) for name, day in (fixed or {}).items()}
        return _written(_bound(self.tree.copy(), columns), share, keys)


@dataclass(frozen=True)
class Compiled:
    """A measure ready to count with given parameters."""

    measure: Measure
    a: Part
    b: Part


def compile_measure(measure: Measure, parameters: dict[str, Value], sets: Mapping[str, str] | None = None) -> Compiled:
    """Check and compile both parts. Raises MeasuresError with every mistake found.

    sets: texts of named sets that stand in for the shipped ones, for proofs.
    """
    problems: list[Problem] = []
    parts: dict[str, Part] = {}
    for name, value in parameters.items():
        if isinstance(value, TableValue) and name in {*views(), *set_names()}:
            where = Where(file=f"{measure.place}/measure.yaml", field=name)
            problems.append(problem("measures.parameter.name", where, name=name))
    for letter in "ab":
        made = _part(measure, letter, parameters, sets or {})
        if isinstance(made, Part):
            parts[letter] = made
        else:
            problems += made
    if problems:
        raise MeasuresError(*sorted(problems, key=lambda p: (p.where, p.code)))
    return Compiled(measure, parts["a"], parts["b"])


def _part(measure: Measure, letter: str, parameters: dict[str, Value], sets: Mapping[str, str]) -> Part | list[Problem]:
    of = measure.definition
    text, said = (measure.a_sql, of.a) if letter == "a" else (measure.b_sql, of.b)
    shown = f"{measure.place}/{letter}.sql"
    tree = _parsed(text, shown)
    if isinstance(tree, Problem):
        return [tree]
    tables = {n: v for n, v in parameters.items() if isinstance(v, TableValue)}
    scalars = {n: v for n, v in parameters.items() if not isinstance(v, TableValue)}
    try:
        tree = _inlined(tree, shown, frozenset(tables), sets)
        # a tree of its own from here on, changed in place: copies were half of the work
        tree = write_letters(expand(_with_tables(tree, tables), copy=False))
    except MeasuresError as error:
        return list(error.problems)
    except UnknownListError as error:
        return [_unknown_list(error, shown)]
    except WrongUseError as error:
        where = Where(file=shown) if error.node is None else place(error.node, shown)
        return [problem("measures.sql.function", where, expected=str(error))]
    good = [*scalars, *PERIOD_NAMES]
    unknown = {p.name[:LONGEST_WORD]: place(p, shown) for p in tree.find_all(exp.Placeholder) if p.name not in good}
    if unknown:
        return [
            problem("measures.sql.placeholder", where, name=name, near=nearest(name, good) or "-")
            for name, where in unknown.items()
        ]
    tree = _bound(tree, {n: _literal(v) for n, v in scalars.items()})
    columns = tuple(tree.named_selects)
    wrong = _wrong_columns(measure, tree, shown, sums=said.sums)
    names = {p.name for p in tree.find_all(exp.Placeholder)}
    return wrong or Part(tree, columns, tuple(n for n in PERIOD_NAMES if n in names))


def _parsed(text: str, shown: str) -> exp.Query | Problem:
    """The tree of a text, its names knowing their lines; a problem when it is no single SELECT that can be read."""
    if len(text) > LONGEST_TEXT:
        return problem("measures.sql.too_long", Where(file=shown, line=1), limit=LONGEST_TEXT)
    try:
        trees = [tree for tree in sqlglot.parse(text, dialect=DIALECT) if tree is not None]
    except SqlglotError as error:
        details = getattr(error, "errors", None) or [{}]
        line, column = _place_of_mistake(text, details[0])
        reason = str(details[0].get("description") or next(iter(str(error).splitlines()), "?"))[:LONGEST_WORD]
        word = str(details[0].get("highlight") or "")[:LONGEST_WORD]
        before = str(details[0].get("start_context") or "").split()[-1:]
        # a misspelt word is often read as a name, and only the word after it makes no sense
        tried = [w.upper() for w in (*before, word) if len(w) > 2 and w.upper() not in WORDS]
        near = next((n for w in tried if (n := nearest(w, WORDS))), "")
        said = {"reason": reason, "column": column, "word": word or "?", "near": near or "-"}
        return problem("measures.sql.syntax", Where(file=shown, line=line), **said)
    except RecursionError:
        return problem("measures.sql.too_deep", Where(file=shown, line=1), limit=DEEPEST_TREE)
    if len(trees) != 1 or not isinstance(trees[0], exp.Select | exp.Union):
        starts = [n.meta["start"] for n in trees[-1].walk() if "start" in n.meta] if trees else []
        return problem("measures.sql.one_select", Where(file=shown, line=_line_at(text, min(starts, default=0))))
    nodes: list[tuple[exp.Expr, int]] = [(trees[0], 1)]
    while nodes:
        node, depth = nodes.pop()
        if depth > DEEPEST_TREE:
            return problem("measures.sql.too_deep", Where(file=shown, line=1), limit=DEEPEST_TREE)
        if "start" in node.meta:
            # The reader counts a line break twice behind a $name; its offsets are right.
            line = _line_at(text, node.meta["start"])
            # what goes with every copy of a tree is kept small
            node.meta.clear()
            node.meta["line"] = line
        nodes += ((child, depth + 1) for child in node.iter_expressions())
    trees[0].meta["file"] = shown
    return trees[0]


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _place_of_mistake(text: str, details: Mapping[str, object]) -> tuple[int, int]:
    """Line and column of a mistake of syntax, found by the words around it."""
    before, mistake, after = (str(details.get(k) or "") for k in ("start_context", "highlight", "end_context"))
    found = text.find(before + mistake + after)
    at = found + len(before) if found >= 0 else 0
    return _line_at(text, at), at - (text.rfind("\n", 0, at) + 1) + 1


def _wrong_columns(measure: Measure, tree: exp.Query, shown: str, *, sums: bool) -> list[Problem]:
    columns = tree.named_selects
    needed = {"person_id", "counted_id"}
    if measure.definition.counted_at.is_by_row:
        needed.add("facility")
    if sums:
        needed.add("amount")
    allowed = set(OUT) - ({"facility", "amount"} - needed)
    repeated = [c for n, c in enumerate(columns) if c in columns[:n]]
    wrong = [c for c in columns if c not in allowed] + repeated + sorted(needed - set(columns))
    file, line = shown, place(tree.selects[0], shown).line
    return [
        problem("measures.sql.columns", Where(file, line=line, field=c), column=c, needed=", ".join(sorted(needed)))
        for c in dict.fromkeys(c[:LONGEST_WORD] for c in wrong)
    ]


def _branches(tree: exp.Query) -> Iterator[exp.Select]:
    """The SELECTs whose rows a query gives: itself, or the branches of its UNION."""
    match tree:
        case exp.Union():
            yield from _branches(tree.left)
            yield from _branches(tree.right)
        case exp.Select():
            yield tree


def set_names() -> tuple[str, ...]:
    """Names of the shared conditions, shipped and of the site."""
    return names(Shelf.SETS)


def check_set(name: str, tables: frozenset[str]) -> list[Problem]:
    """What is wrong with a named set as it stands, and with the sets in it; parameters are known where it is used.

    tables: names that may be table parameters of a measure that uses it.
    """
    try:
        expand(_inlined(_set_tree(name, {}), find(Shelf.SETS, name).place, tables, {}))
    except MeasuresError as error:
        return list(error.problems)
    except UnknownListError as error:
        return [_unknown_list(error, find(Shelf.SETS, name).place)]
    except WrongUseError as error:
        where = place(error.node or exp.Null(), find(Shelf.SETS, name).place)
        return [problem("measures.sql.function", where, expected=str(error))]
    return []


def _unknown_list(error: UnknownListError, shown: str) -> Problem:
    near = nearest(str(error), codelist_names()) or "-"
    where = place(error.node or exp.Null(), shown)
    return problem("measures.sql.codelist", where, name=str(error)[:LONGEST_WORD], near=near)


def _inlined(tree: exp.Query, shown: str, tables: frozenset[str], sets: Mapping[str, str], depth: int = 0) -> exp.Query:
    """Check an author's tree and write named sets in. Raises MeasuresError."""
    problems = [
        problem("measures.sql.refused", place(node, shown), word=word, reason=reason)
        for node, word, reason in refused(tree)
    ]
    of_sets = frozenset(set_names())
    known = {*views(), *of_sets, *tables}
    # Engines do not tell capitals in names: a WITH name People would hide the view people.
    problems += [
        problem("measures.sql.cte_name", place(cte, shown), name=cte.alias)
        for cte in tree.find_all(exp.CTE)
        if cte.alias.lower() in known
    ]
    for node in tree.find_all(exp.Table):
        good = known | _ctes_around(node)
        if isinstance(node.this, exp.Identifier) and node.name not in good:
            name = node.name[:LONGEST_WORD]
            near = nearest(name, good) or "-"
            problems.append(problem("measures.sql.view", place(node, shown), name=name, near=near))
    if depth > DEEPEST_SET:
        problems.append(problem("measures.sql.set_circle", Where(file=shown, line=1)))
    if problems:
        raise MeasuresError(*problems)

    def write_in(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Table) and node.name in of_sets:
            shown_set = find(Shelf.SETS, node.name).place
            inner = _inlined(_set_tree(node.name, sets), shown_set, tables, sets, depth + 1)
            alias = exp.TableAlias(this=exp.to_identifier(node.alias or node.name))
            written = exp.Subquery(this=inner, alias=alias)
            written.meta[SET] = node.name
            return written
        return node

    return rewrite(tree, write_in)


def _ctes_around(node: exp.Expr) -> set[str]:
    """Names of WITH that a table name can mean: of the queries around it; inside a WITH only the earlier ones."""
    names: set[str] = set()
    while node.parent is not None:
        around = node.parent
        with_ = around if isinstance(around, exp.With) else around.args.get("with_")
        if with_ is not None and with_ is not node:
            ctes = with_.expressions
            before = next((n for n, cte in enumerate(ctes) if cte is node), len(ctes))
            names |= {cte.alias for cte in ctes[:before]}
        node = around
    return names


def _set_tree(name: str, sets: Mapping[str, str]) -> exp.Query:
    found = find(Shelf.SETS, name)
    if name in sets:
        return _parsed_set(found.place, sets[name])
    try:
        return _parsed_set(found.place, found.path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        where = Where(file=found.place)
        raise MeasuresError(problem("authored.unreadable", where, reason=type(error).__name__)) from error


@lru_cache(64)
def _parsed_set(shown: str, text: str) -> exp.Query:
    """The tree of a set's text, read once for all measures: nothing changes a tree in place before it is bound."""
    tree = _parsed(text, shown)
    if isinstance(tree, Problem):
        raise MeasuresError(tree)
    return tree


def _with_tables(tree: exp.Query, tables: dict[str, TableValue]) -> exp.Query:
    """Table parameters as SELECT ... UNION ALL SELECT ..., which every engine takes."""

    def write_in(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Table) and node.name in tables:
            value = tables[node.name]
            selects = [
                exp.select(*(exp.alias_(_literal(cell), c) for cell, c in zip(row, value.columns, strict=True)))
                for row in value.rows
            ]
            inner: exp.Expression = selects[0]
            for select in selects[1:]:
                inner = exp.union(inner, select, distinct=False)
            return exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier(node.alias or node.name)))
        return node

    return rewrite(tree, write_in, copy=False) if tables else tree


def _day(day: date) -> exp.Expression:
    return exp.cast(exp.Literal.string(day.isoformat()), "date")


def _written(tree: exp.Query, share: Share | None, keys: str = "") -> str:
    """A tree of one's own as SQL. With `share`, named sets that stand alone become shared tables, inner first."""
    if share:
        for node in reversed(list(tree.find_all(exp.Subquery))):
            if node.meta.get(SET) and not any(column.table == keys for column in node.find_all(exp.Column) if keys):
                name = share(node.this.sql(dialect=DIALECT, comments=False))
                node.replace(exp.Table(this=exp.to_identifier(name), alias=node.args["alias"].copy()))
    return tree.sql(dialect=DIALECT, comments=False)


def _bound(tree: exp.Query, values: Mapping[str, exp.Expression]) -> exp.Query:
    """The tree with these names replaced by values, in place."""
    for node in list(tree.find_all(exp.Placeholder)):
        if node.name in values:
            node.replace(values[node.name].copy())
    return tree


def _literal(value: Scalar) -> exp.Expression:
    if isinstance(value, str):
        return exp.Literal.string(value)
    if isinstance(value, Decimal):
        return exp.cast(exp.Literal.string(str(value)), "decimal(38,9)")
    return exp.Literal.number(value) if value >= 0 else exp.Paren(this=exp.Neg(this=exp.Literal.number(-value)))


def place(node: exp.Expr, shown: str) -> Where:
    """File and line of a construct: of the first name inside it, else of the last name written around it."""
    around: exp.Expr | None = node
    line, file = next(_lines(node), 0), ""
    while around is not None and not (line and file):
        line = line or max(_lines(around), default=0)
        file = file or around.meta.get("file", "")
        around = around.parent
    return Where(file=file or shown, line=line or 1)


def _lines(node: exp.Expr) -> Iterator[int]:
    return (int(inner.meta["line"]) for inner in node.walk() if "line" in inner.meta)
