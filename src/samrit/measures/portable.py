"""The portable subset of SQL that a measure may use, as an allow-list of tree nodes (VIEWS section 4).

What is not named here is refused; for the constructs that were seen to differ between engines the reason is given.
"""

from collections.abc import Iterator
from typing import TypeAlias

from sqlglot import exp

from samrit.measures.functions import OWN_FUNCTIONS
from samrit.problems import nearest

Node: TypeAlias = exp.Expr
LONGEST_WORD = 80

ALLOWED: frozenset[type[Node]] = frozenset(
    {
        exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.With, exp.CTE, exp.Subquery, exp.Union,
        exp.Distinct, exp.Alias, exp.TableAlias, exp.Table, exp.Column, exp.Identifier, exp.Star, exp.Literal,
        exp.Boolean, exp.Null, exp.Placeholder, exp.Paren,
        exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.NullSafeEQ,
        exp.NullSafeNEQ, exp.Between, exp.In, exp.Exists, exp.Like, exp.Case, exp.If, exp.Add, exp.Sub, exp.Mul,
        exp.Neg,
        exp.Count, exp.Sum, exp.Min, exp.Max, exp.ArrayAgg, exp.Window, exp.RowNumber, exp.Rank, exp.Lag, exp.Lead,
        exp.Order, exp.Ordered, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least, exp.Abs, exp.Year, exp.Month,
        exp.Day,
        exp.DateDiff, exp.Var, exp.Cast, exp.DataType, exp.DataTypeParam, exp.Substring, exp.Left, exp.Right,
        exp.Length,
        exp.Upper, exp.Lower, exp.Trim, exp.Replace, exp.StartsWith, exp.DPipe, exp.Anonymous,
    }
)  # fmt: skip
# Of these nodes only the named arguments may be filled: what a dialect adds (samples, locks, hints) is refused unnamed.
ARGUMENTS: dict[type[Node], frozenset[str]] = {
    exp.Select: frozenset({"with_", "expressions", "distinct", "from_", "joins", "where", "group", "having", "order"}),
    exp.Union: frozenset({"with_", "this", "expression", "distinct", "order"}),
    exp.Subquery: frozenset({"this", "alias", "order"}),
    exp.With: frozenset({"expressions"}),
    exp.CTE: frozenset({"this", "alias"}),
    exp.Table: frozenset({"this", "alias"}),
    exp.TableAlias: frozenset({"this"}),
    exp.Join: frozenset({"this", "on", "using", "side", "kind"}),
    exp.Group: frozenset({"expressions", "grouping_sets", "cube", "rollup"}),
    exp.Column: frozenset({"this", "table"}),
    exp.Star: frozenset(),
    exp.Distinct: frozenset({"expressions"}),
    exp.In: frozenset({"this", "expressions", "query"}),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.Window: frozenset({"this", "partition_by", "order", "spec", "over"}),
    exp.Ordered: frozenset({"this", "desc", "nulls_first"}),
    exp.Trim: frozenset({"this"}),
    exp.Max: frozenset({"this"}),
    exp.Min: frozenset({"this"}),
    exp.Cast: frozenset({"this", "to"}),
}
ORDER_OF_ROWS = "ผลขึ้นกับลำดับแถว / the result would depend on the order of rows"
SUBQUERY_IN_WHERE = "EXISTS และ IN (คิวรีย่อย) ใช้ได้ใน WHERE เท่านั้น / EXISTS and IN (subquery) only inside WHERE"
WEEKDAYS = "แต่ละเครื่องนับวันและสัปดาห์ไม่เหมือนกัน / engines number days and weeks differently"
ESTIMATES = "แต่ละเครื่องประมาณค่าหรือปัดเศษไม่เหมือนกัน / engines estimate or round differently"
HASHES = "แต่ละเครื่องให้ค่าไม่เหมือนกัน / engines give different values"
TODAY = "ผลต้องไม่ขึ้นกับวันนี้หรือการสุ่ม / results must not depend on today or on chance"
REASONS: dict[type[Node], str] = {
    exp.Div: "อัตราคำนวณครั้งเดียวด้วยทศนิยม / rates are made once, in Decimal",
    exp.IntDiv: "เครื่องต่าง ๆ ปัดเศษไม่เหมือนกัน / engines truncate differently",
    exp.Mod: "เครื่องต่าง ๆ ให้ค่าลบไม่เหมือนกัน / engines differ for negatives",
    exp.Interval: "ใช้ years_before หรือ วันที่ + จำนวนวัน / use years_before or day + whole days",
    exp.Limit: "ผลขึ้นกับลำดับแถว / the result would depend on the order of rows",
    exp.Qualify: "ใช้คิวรีย่อยกับ row_number / use a subquery with row_number",
    exp.RegexpLike: "ช้าและแต่ละเครื่องต่างกัน / slow, and dialects differ",
    exp.Avg: "ใช้ sum และ count / use sum and count",
    exp.Lateral: "เครื่องทำให้เอง / the engine does this",
    exp.Values: "ใช้พารามิเตอร์แบบตาราง / use a table parameter",
    exp.CurrentDate: TODAY,
    exp.CurrentTimestamp: TODAY,
    exp.Rand: TODAY,
    exp.AnyValue: ORDER_OF_ROWS,
    exp.First: ORDER_OF_ROWS,
    exp.Last: ORDER_OF_ROWS,
    exp.Mode: ORDER_OF_ROWS,
    exp.Offset: ORDER_OF_ROWS,
    exp.TableSample: ORDER_OF_ROWS,
    exp.TimestampTrunc: "ได้วันที่หรือเวลาต่างกัน / a date in one engine, a time in another",
    exp.DateTrunc: "ได้วันที่หรือเวลาต่างกัน / a date in one engine, a time in another",
    exp.DayOfWeek: WEEKDAYS,
    exp.DayOfWeekIso: WEEKDAYS,
    exp.Week: WEEKDAYS,
    exp.WeekOfYear: WEEKDAYS,
    exp.RegexpReplace: "ช้าและแต่ละเครื่องต่างกัน / slow, and dialects differ",
    exp.RegexpExtract: "ช้าและแต่ละเครื่องต่างกัน / slow, and dialects differ",
    exp.SimilarTo: "ช้าและแต่ละเครื่องต่างกัน / slow, and dialects differ",
    exp.Median: ESTIMATES,
    exp.PercentileCont: ESTIMATES,
    exp.PercentileDisc: ESTIMATES,
    exp.ApproxQuantile: ESTIMATES,
    exp.Stddev: ESTIMATES,
    exp.StddevSamp: ESTIMATES,
    exp.StddevPop: ESTIMATES,
    exp.ApproxDistinct: ESTIMATES,
    exp.MD5: HASHES,
    exp.Reverse: HASHES,
    exp.TryCast: "ใช้ CAST / use CAST",
    exp.Unnest: "ใช้พารามิเตอร์แบบตาราง / use a table parameter",
    exp.Explode: "ใช้พารามิเตอร์แบบตาราง / use a table parameter",
    exp.Tuple: "เทียบทีละคอลัมน์ / compare column by column",
}
FUNCTIONS = sorted(
    name.lower() for node in ALLOWED if issubclass(node, exp.Func) for name in node.sql_names() if name.isascii()
)
"""Names of the allowed functions as engines know them, for the nearest one to a mistaken name."""
CAST_TO = frozenset(
    {
        exp.DataType.Type.DATE, exp.DataType.Type.INT, exp.DataType.Type.BIGINT, exp.DataType.Type.VARCHAR,
        exp.DataType.Type.TEXT, exp.DataType.Type.DECIMAL,
    }
)  # fmt: skip
UNKNOWN_REASON = "ไม่อยู่ในชุดคำสั่งที่ใช้ได้ / not in the portable subset"
INSTEAD: dict[type[Node], str] = {
    exp.ILike: "lower(x) LIKE '...'",
    exp.Glob: "x LIKE '...%'",
    exp.Concat: "x || y",
    exp.GroupConcat: "count(DISTINCT x)",
    exp.Filter: "sum(CASE WHEN ... THEN 1 ELSE 0 END)",
    exp.TimeToStr: "year(day), month(day), day(day)",
    exp.Extract: "year(day), month(day), day(day)",
    exp.Any: "x IN (SELECT ...)",
    exp.All: "NOT EXISTS (SELECT ...)",
    exp.Except: "NOT EXISTS (SELECT ...)",
    exp.Intersect: "EXISTS (SELECT ...)",
    exp.DenseRank: "rank() OVER (ORDER BY ...)",
    exp.FirstValue: "row_number() OVER (ORDER BY ...) = 1",
    exp.LastValue: "row_number() OVER (ORDER BY ... DESC) = 1",
    exp.Pow: "x * x",
    exp.Round: "numbers as they are: the formula rounds once",
    exp.Bracket: "substring(x, 1, n), right(x, n)",
    exp.Pivot: "max(CASE WHEN ... THEN ... END)",
    exp.Rollup: "GROUP BY person_id: the engine makes every level",
    exp.ParameterizedAgg: "sum, count, min, max",
}
"""What to write in the place of constructs that people try; the others are too rare to say more."""


def refused(tree: Node) -> Iterator[tuple[Node, str, str]]:
    """Every construct of an author's tree that is not allowed: node, its SQL word, the reason."""
    for node in tree.walk():
        if type(node) not in ALLOWED:
            yield node, _word(node), _reason(node)
            continue
        reason = _wrongly_used(node) or _strange_argument(node)
        if reason:
            yield node, _word(node), reason


def _reason(node: Node) -> str:
    """Why a construct is refused and, where somebody is likely to try it, what to write instead."""
    instead = INSTEAD.get(type(node))
    return REASONS.get(type(node), f"{UNKNOWN_REASON}: {instead}" if instead else UNKNOWN_REASON)


def _strange_argument(node: Node) -> str:
    """An argument that is no construct of its own and that the node may not have."""
    good = ARGUMENTS.get(type(node))
    if good is None:
        return ""
    strange = [value for name, value in node.args.items() if value and name not in good]
    # A strange construct is refused where the walk meets it, with its own reason.
    inner = [v for value in strange for v in (value if isinstance(value, list) else [value])]
    own = [v for v in inner if not isinstance(v, exp.Expression) or type(v) in ALLOWED]
    return UNKNOWN_REASON if own else ""


def _wrongly_used(node: Node) -> str:  # noqa: PLR0911, PLR0912
    match node:
        case exp.Anonymous() if node.name.lower() not in OWN_FUNCTIONS:
            return _unknown_function(node.name.lower())
        case exp.Table() if (
            node.args.get("db") or node.args.get("catalog") or not isinstance(node.this, exp.Identifier)
        ):
            return "อ่านได้เฉพาะวิวและชุดที่มีชื่อ / only curated views and named sets can be read"
        case exp.With() if node.recursive:
            return "WITH RECURSIVE ใช้ไม่ได้ / WITH RECURSIVE is not allowed"
        case exp.DateDiff() if str(node.unit).upper() != "DAY":
            return "ใช้ได้เฉพาะ date_diff('day', ...) / only date_diff('day', ...) is the same everywhere"
        case exp.Cast() if node.to.this not in CAST_TO:
            return "แปลงชนิดได้เฉพาะ DATE INT BIGINT VARCHAR DECIMAL / cast to DATE, INT, BIGINT, VARCHAR, DECIMAL only"
        case exp.Cast() if (len(node.to.expressions) == 2) != (node.to.this is exp.DataType.Type.DECIMAL):
            return "DECIMAL ต้องบอกจำนวนหลัก ชนิดอื่นไม่บอก / DECIMAL needs its digits, the other types take none"
        case exp.Literal() if not node.is_string and not _plain_number(node.this):
            return "ใช้เลขฐานสิบธรรมดา / plain decimal numbers only"
        case exp.Join() if node.args.get("side") not in {None, "", "LEFT"} or node.args.get("method"):
            return "ใช้ได้เฉพาะ JOIN และ LEFT JOIN / JOIN and LEFT JOIN only"
        case exp.Join() if node.args.get("kind") not in {None, "", "INNER", "OUTER"}:
            return "ใช้ได้เฉพาะ JOIN และ LEFT JOIN / JOIN and LEFT JOIN only"
        case exp.Join() if not (node.args.get("on") or node.args.get("using")):
            return "JOIN ต้องมี ON หรือ USING / a JOIN needs ON or USING"
        case exp.Distinct() if node.args.get("on"):
            return "DISTINCT ON ขึ้นกับลำดับแถว / DISTINCT ON depends on the order of rows"
        case exp.Distinct() if len(node.expressions) > 1:
            return "นับ DISTINCT ได้ทีละคอลัมน์ / count(DISTINCT) takes one column"
        case exp.Group() if any(isinstance(key, exp.Literal) for key in node.expressions):
            return "GROUP BY ด้วยนิพจน์ ไม่ใช่ลำดับคอลัมน์ / GROUP BY an expression, not a position"
        case exp.Order() if not isinstance(node.parent, exp.Window):
            return "ORDER BY ใช้ได้ใน OVER เท่านั้น / ORDER BY only inside OVER"
        case exp.ArrayAgg() if not (isinstance(node.parent, exp.Alias) and node.parent.alias == "row_ids"):
            return "array_agg ใช้ได้เฉพาะ AS row_ids / array_agg only as row_ids"
        case exp.Substring() if node.args.get("start") is None or node.args["start"].name != "1":
            return "substring เริ่มที่ 1 เท่านั้น / substring starts at 1 only"
        case exp.Left() | exp.Right() | exp.Substring() if any(isinstance(v, exp.Neg) for v in node.args.values()):
            return "ความยาวติดลบให้ผลไม่เหมือนกัน / engines differ for a negative length"
        case exp.Left() | exp.Right() if not isinstance(node.expression, exp.Literal):
            return "ความยาวต้องเขียนเป็นตัวเลข เพราะค่าติดลบให้ผลไม่เหมือนกัน / write the length as a number: engines differ for a negative length"  # noqa: E501
        case exp.Like() if not isinstance(node.expression, exp.Literal) or "\\" in node.expression.name:
            return "รูปแบบของ LIKE ต้องเขียนไว้ และไม่มี \\ / write the pattern of LIKE, without \\: it hides the next letter in one engine"  # noqa: E501
        case exp.Exists() if _outside_where(node):
            return SUBQUERY_IN_WHERE
        case exp.In() if node.args.get("query") and (_outside_where(node) or _as_value(node)):
            return SUBQUERY_IN_WHERE
        case exp.Subquery() if _scalar(node) and not _one_value(node):
            return "คิวรีย่อยที่เป็นค่าต้องเป็น count sum min max โดยไม่มี GROUP BY / a subquery as a value must be one count, sum, min or max without GROUP BY"  # noqa: E501
    return ""


def _unknown_function(name: str) -> str:
    near = nearest(name, [*OWN_FUNCTIONS, *FUNCTIONS])
    said = "ไม่รู้จักฟังก์ชันนี้ / unknown function"
    return f"{said}: {near}()" if near else said


def _plain_number(text: str) -> bool:
    return text.isascii() and text.replace(".", "", 1).isdigit()


def _outside_where(node: Node) -> bool:
    return isinstance(node.find_ancestor(exp.Select, exp.Where), exp.Select)


def _as_value(node: Node) -> bool:
    """True when more is asked of a condition than to be met: one engine says NULL where another says FALSE."""
    around = node.parent
    while isinstance(around, exp.And | exp.Or | exp.Not | exp.Paren):
        around = around.parent
    return not isinstance(around, exp.Where)


def _scalar(node: exp.Subquery) -> bool:
    """True when a subquery stands where a value is expected."""
    rows = (exp.From, exp.Join, exp.Union, exp.Subquery, exp.In, exp.Exists, exp.CTE, exp.With)
    return node.parent is not None and not isinstance(node.parent, rows)


def _one_value(node: exp.Subquery) -> bool:
    inner = node.this
    if not isinstance(inner, exp.Select) or len(inner.expressions) != 1 or inner.args.get("group"):
        return False
    return isinstance(inner.expressions[0].unalias(), exp.Count | exp.Sum | exp.Min | exp.Max)


def _word(node: Node) -> str:
    """A short name of the construct, never its whole text."""
    if isinstance(node, exp.Anonymous):
        return f"{node.name.lower()[:LONGEST_WORD]}()"
    return type(node).__name__.upper()
