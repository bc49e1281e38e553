"""The portable subset of SQL that a measure may use, as an allow-list of tree nodes (VIEWS section 4).

What is not named here is refused; for the constructs that were seen to differ between engines the reason is given.
"""

from collections.abc import Iterator

from sqlglot import exp

from samrit.measures.functions import OWN_FUNCTIONS

ALLOWED: frozenset[type[exp.Expression]] = frozenset(
    {
        exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.With, exp.CTE, exp.Subquery, exp.Union,
        exp.Distinct, exp.Alias, exp.TableAlias, exp.Table, exp.Column, exp.Identifier, exp.Star, exp.Literal,
        exp.Boolean, exp.Null, exp.Placeholder, exp.Paren, exp.Tuple,
        exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.NullSafeEQ,
        exp.NullSafeNEQ, exp.Between, exp.In, exp.Exists, exp.Like, exp.Case, exp.If, exp.Add, exp.Sub, exp.Mul, exp.Neg,
        exp.Count, exp.Sum, exp.Min, exp.Max, exp.ArrayAgg, exp.Window, exp.RowNumber, exp.Rank, exp.Lag, exp.Lead,
        exp.Order, exp.Ordered, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least, exp.Abs, exp.Year, exp.Month, exp.Day,
        exp.DateDiff, exp.Var, exp.Cast, exp.DataType, exp.DataTypeParam, exp.Substring, exp.Left, exp.Right, exp.Length,
        exp.Upper, exp.Lower, exp.Trim, exp.Replace, exp.StartsWith, exp.DPipe, exp.Anonymous,
    }
)  # fmt: skip
REASONS: dict[type[exp.Expression], str] = {
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
    exp.CurrentDate: "ผลต้องไม่ขึ้นกับวันนี้ / results must not depend on today",
    exp.AnyValue: "ผลขึ้นกับลำดับแถว / the result would depend on the order of rows",
    exp.First: "ผลขึ้นกับลำดับแถว / the result would depend on the order of rows",
}
CAST_TO = frozenset(
    {
        exp.DataType.Type.DATE, exp.DataType.Type.INT, exp.DataType.Type.BIGINT, exp.DataType.Type.VARCHAR,
        exp.DataType.Type.TEXT, exp.DataType.Type.DECIMAL,
    }
)  # fmt: skip
UNKNOWN_REASON = "ไม่อยู่ในชุดคำสั่งที่ใช้ได้ / not in the portable subset"


def refused(tree: exp.Expression) -> Iterator[tuple[exp.Expression, str, str]]:
    """Every construct of an author's tree that is not allowed: node, its SQL word, the reason."""
    for node in tree.walk():
        if type(node) not in ALLOWED:
            yield node, _word(node), REASONS.get(type(node), UNKNOWN_REASON)
            continue
        reason = _wrongly_used(node)
        if reason:
            yield node, _word(node), reason


def _wrongly_used(node: exp.Expression) -> str:  # noqa: PLR0911
    match node:
        case exp.Anonymous() if node.name.lower() not in OWN_FUNCTIONS:
            return "ไม่รู้จักฟังก์ชันนี้ / unknown function"
        case exp.Table() if (
            node.args.get("db") or node.args.get("catalog") or not isinstance(node.this, exp.Identifier)
        ):
            return "อ่านได้เฉพาะวิวและชุดที่มีชื่อ / only curated views and named sets can be read"
        case exp.Table() if any(node.args.get(k) for k in ("sample", "pivots", "joins", "when", "hints", "version")):
            return UNKNOWN_REASON
        case exp.With() if node.recursive:
            return "WITH RECURSIVE ใช้ไม่ได้ / WITH RECURSIVE is not allowed"
        case exp.DateDiff() if str(node.unit).upper() != "DAY":
            return "ใช้ได้เฉพาะ date_diff('day', ...) / only date_diff('day', ...) is the same everywhere"
        case exp.Cast() if type(node) is exp.Cast and node.to.this not in CAST_TO:
            return "แปลงชนิดได้เฉพาะ DATE INT BIGINT VARCHAR DECIMAL / cast to DATE, INT, BIGINT, VARCHAR, DECIMAL only"
        case exp.Literal() if not node.is_string and not node.this.replace(".", "", 1).isdigit():
            return "ใช้เลขฐานสิบธรรมดา / plain decimal numbers only"
        case exp.Join() if node.args.get("side") not in (None, "", "LEFT") or node.args.get("method"):
            return "ใช้ได้เฉพาะ JOIN และ LEFT JOIN / JOIN and LEFT JOIN only"
        case exp.Join() if not (node.args.get("on") or node.args.get("using")):
            return "JOIN ต้องมี ON หรือ USING / a JOIN needs ON or USING"
        case exp.Distinct() if node.args.get("on"):
            return "DISTINCT ON ขึ้นกับลำดับแถว / DISTINCT ON depends on the order of rows"
        case exp.Star() if node.args.get("except_") or node.args.get("replace"):
            return UNKNOWN_REASON
        case exp.Select() if any(
            node.args.get(k) for k in ("distinct_on", "sample", "windows", "into", "hint", "kind")
        ):
            return UNKNOWN_REASON
        case exp.Substring() if node.args.get("start") is None or node.args["start"].name != "1":
            return "substring เริ่มที่ 1 เท่านั้น / substring starts at 1 only"
        case exp.In() if node.args.get("query") and isinstance(node.find_ancestor(exp.Select, exp.Where), exp.Select):
            return "IN (คิวรีย่อย) ใช้ได้ใน WHERE เท่านั้น / IN (subquery) only inside WHERE"
    return ""


def _word(node: exp.Expression) -> str:
    """A short name of the construct, never its whole text."""
    if isinstance(node, exp.Anonymous):
        return f"{node.name.lower()}()"
    return type(node).__name__.upper()
