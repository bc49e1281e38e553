"""The generated parts of the reference pages: python tools/generate_docs.py writes them, --check only tells.

A page is written by hand around sections that are made here from what the program itself reads: views, problem texts,
measures, packs, commands, tables. A section stands between `<!-- generated: name -->` and `<!-- end: name -->`; what is
outside the marks is never touched. A new view, code, measure, pack or command appears by itself.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import typer
import yaml
from pydantic import BaseModel
from sqlglot import exp
from typer.models import ArgumentInfo, OptionInfo

from samrit import f43, warehouse
from samrit.authored import Shape
from samrit.claims import layouts
from samrit.claims.layouts import Form
from samrit.cli.app import app
from samrit.f43.reader import Rule
from samrit.measures import CountedAt, Measure, measure, measure_ids
from samrit.measures import functions as own_functions
from samrit.measures.authoring.describing import STANDINGS as MEASURE_STANDINGS
from samrit.measures.authoring.describing import Described, say_result, say_rows, say_set
from samrit.measures.authoring.describing import describe as measure_told
from samrit.measures.authoring.starting import START_FILES as MEASURE_START_FILES
from samrit.measures.authoring.starting import start_text as measure_start_text
from samrit.measures.codelists import codelist_names, codes_of, titled_codes
from samrit.measures.compiling import set_names
from samrit.measures.definition import TableValue
from samrit.measures.portable import ALLOWED, REASONS
from samrit.problems import codes
from samrit.schemes import pack_ids, read_pack
from samrit.schemes.authoring.describing import STANDINGS, Section, describe, describe_worked, say
from samrit.schemes.authoring.pools import PoolOf
from samrit.schemes.authoring.rules import RuleOf
from samrit.schemes.authoring.sources import read_sources
from samrit.schemes.authoring.starting import START_FILES, start_text
from samrit.schemes.authoring.using import Use, all_uses
from samrit.schemes.authoring.worked import read_worked
from samrit.schemes.inputs import COLUMNS as INPUT_COLUMNS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MARK = re.compile(r"<!-- generated: (?P<name>[a-z0-9_.]+) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)
STANDS = {
    "row": "แถวล่าสุดของคีย์ / the latest row of a key",
    "block": "ชุดแถวล่าสุดของการนอนหนึ่งครั้ง / the latest block of a stay",
    "every": "ทุกแถว / every row",
}
COUNTED_AT = {
    CountedAt.HOME: "หน่วยบริการบ้านของคน / home facility of the person",
    CountedAt.TREATING: "หน่วยบริการที่รักษา / the facility that treated",
    CountedAt.CONTRACTING: "หน่วยบริการประจำของหน่วยที่รักษา / contracting unit of the facility that treated",
}
SQL_AS_RUN = """\
ชุดที่มีชื่อ ฟังก์ชัน และพารามิเตอร์เขียนลงไปแล้ว เหลือเฉพาะวันของงวด `$start` `$end` และวันสำรวจ `$census`

Sets, functions and parameters are written in; what is left by name are the days of the period, `$start` and `$end`, and
the census day, `$census`."""
BETTER = {"higher": "มากดี / higher", "lower": "น้อยดี / lower", "neither": "ไม่มีทิศทาง / neither"}
# Nodes that are parts of other constructs, and those that people know by a sign.
UNNAMED = (
    exp.Alias, exp.Anonymous, exp.Boolean, exp.Column, exp.DataType, exp.DataTypeParam, exp.From, exp.Identifier,
    exp.If, exp.Literal, exp.Ordered, exp.Paren, exp.Placeholder, exp.Star, exp.Table, exp.TableAlias, exp.Var, exp.CTE,
)  # fmt: skip
SIGNS = {
    exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Neg: "-", exp.EQ: "=", exp.NEQ: "<>", exp.GT: ">", exp.GTE: ">=",
    exp.LT: "<", exp.LTE: "<=", exp.DPipe: "||", exp.Group: "GROUP BY", exp.Order: "ORDER BY", exp.Window: "OVER",
    exp.NullSafeEQ: "IS NOT DISTINCT FROM", exp.NullSafeNEQ: "IS DISTINCT FROM", exp.DateDiff: "date_diff('day', ...)",
    exp.Subquery: "subquery", exp.Div: "/", exp.IntDiv: "//", exp.Mod: "%",
}  # fmt: skip


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped, a line break becomes a space."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str("" if value is None else value).split()).replace("|", "\\|")


def _code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def views_section() -> str:
    """Every curated view: grain, meaning, what is unreliable, columns, the SQL that makes it."""
    parts = [table(["วิว / view", "ชนิด / kind", "หนึ่งแถวคือ", "one row is"], _view_rows())]
    for view in warehouse.views().values():
        d = view.description
        parts.append(f"### {view.name}\n\n{_cell(d.about.th)}\n\n{_cell(d.about.en)}")
        if d.unreliable:
            parts.append(f"**ระวัง / unreliable:** {_cell(d.unreliable.th)} / {_cell(d.unreliable.en)}")
        columns = ["คอลัมน์ / column", "ชนิด / type", "NULL", "ความหมาย", "meaning"]
        rows = [(_code(c.name), c.type, "NULL" if c.null else "-", c.th, c.en) for c in d.columns]
        parts.append(table(columns, rows))
        if view.sql:
            reads = ", ".join(_code(name) for name in sorted(view.reads))
            parts.append(f"อ่านจาก / reads: {reads}\n\n```sql\n{view.sql.rstrip()}\n```")
    return "\n\n".join(parts)


def _view_rows() -> Iterator[tuple[str, ...]]:
    for view in warehouse.views().values():
        d = view.description
        yield f"[{view.name}](#{view.name})", view.kind.value, d.grain.th, d.grain.en


def problems_section() -> str:
    """Every problem code with its level, words and hint, room by room."""
    rooms: dict[str, list[tuple[str, str, str, str, str]]] = {}
    for code, words in codes().items():
        row = (_code(code), words["level"], words["th"], words["en"], words.get("hint", ""))
        rooms.setdefault(code.partition(".")[0], []).append(row)
    columns = ["รหัส / code", "ระดับ / level", "ความหมาย", "meaning", "ทำอย่างไร / what to do"]
    return "\n\n".join(f"### {room}\n\n{table(columns, rows)}" for room, rows in sorted(rooms.items()))


def functions_section() -> str:
    """The own functions, as the docstring of their module explains them."""
    lines = (own_functions.__doc__ or "").splitlines()
    rows = []
    for name in own_functions.OWN_FUNCTIONS:
        said = next((line for line in lines if line.startswith(f"{name}(")), "")
        call, _, meaning = said.partition(")")
        rows.append((_code(f"{call})"), meaning.strip()))
    return table(["ฟังก์ชัน / function", "ความหมาย / meaning"], rows)


def sets_section() -> str:
    """The named sets: what the first comment line of each says."""
    rows = []
    for name in set_names():
        rows.append((_code(name), say_set(name)))
    return table(["ชุด / set", "ความหมาย / meaning"], rows)


def codelists_section() -> str:
    """The lists of clinical codes: how many prefixes, from where."""
    rows = []
    for name in codelist_names():
        codes_ = codes_of(name)
        shown = " ".join(_code(code.prefix) for code in codes_)
        rows.append((_code(name), shown, "; ".join(dict.fromkeys(code.source for code in codes_))))
    return table(["รายการ / list", "รหัสขึ้นต้น / prefixes", "ที่มา / source"], rows)


def portable_section() -> str:
    """The portable subset: constructs allowed, and those refused with a reason of their own."""
    allowed = " ".join(sorted({_word(node) for node in ALLOWED if node not in UNNAMED}))
    rows = sorted((_word(node), reason) for node, reason in REASONS.items())
    return f"ใช้ได้ / allowed: {allowed}\n\n" + table(["ใช้ไม่ได้ / refused", "เหตุผล / reason"], rows)


def _word(node: type[exp.Expr]) -> str:
    if node in SIGNS:
        return _code(SIGNS[node])
    names = node.sql_names() if issubclass(node, exp.Func) else []
    return _code(names[0] if names else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", node.__name__).upper())


def measures_section() -> str:
    """Every measure of the catalogue: its page, its title, how it is valued."""
    rows = []
    for measure_id in measure_ids():
        d = measure(measure_id).definition
        title = f"{d.title.th} / {d.title.en}"
        rows.append((f"[{measure_id}](measures/{measure_id}.md)", title, _code(d.formula), BETTER[d.better]))
    columns = ["ตัวชี้วัด / measure", "ชื่อ / title", "สูตร / formula", "ทิศทาง / better"]
    return table(columns, rows)


def measure_page(measure_id: str) -> str:
    """The page of a measure: words, parameters, what it reads, cases, SQL as it runs, sources, schemes, history."""
    of = measure(measure_id)
    d, told = of.definition, measure_told(of)
    parts = [f"# {d.title.th} / {d.title.en}", f"<!-- made by tools/generate_docs.py from the measure {of.id} -->"]
    parts.append(f"`{of.id}` [วิธีเขียนตัวชี้วัด / how measures are written](../measures.md)")
    parts.append(f"## ทำไมต้องวัด / Why\n\n{d.why.th}\n\n{d.why.en}")
    within = " (เป็นส่วนหนึ่งของ B เสมอ / always part of B)" if d.a.part_of else ""
    words = [
        (f"A ({d.a.unit}){within}", d.a.th, d.a.en),
        (f"B ({d.b.unit})", d.b.th, d.b.en),
        ("สูตร / formula", _code(d.formula), BETTER[d.better]),
        ("นับที่ / counted at", *COUNTED_AT[d.counted_at].split(" / ")),
    ]
    parts.append("## นับอย่างไร / How it is counted\n\n" + table(["", "ไทย", "English"], words))
    if d.named_by:
        named = [(_code(f"{of.id}_{value}"), words.th, words.en) for value, words in d.named_by.names.items()]
        parts.append("## ชื่อย่อย / Names\n\n" + table(["id", "ไทย", "English"], named))
    if of.parameters:
        parts.append(f"## พารามิเตอร์ / Parameters\n\n{_parameters(of)}")
    parts.append("## อ่านอะไร / What it reads\n\n" + "\n\n".join(_reads(told)))
    cases = [(case.name, say_rows(case, of) or "-", say_result(case)) for case in told.cases]
    columns = ["กรณี / case", "แถวที่ให้ / rows given", "ผลที่ต้องได้ / expected"]
    parts.append("## กรณีตัวอย่าง / Worked cases\n\n" + table(columns, cases))
    parts.append(f"## SQL ที่ใช้จริง / SQL as it runs\n\n{SQL_AS_RUN}")
    parts += [f"### SQL {letter}\n\n```sql\n{sql}\n```" for letter, sql in (("A", told.a_sql), ("B", told.b_sql))]
    sources = table(["เอกสาร / document", "ที่ / at"], [(s.document, s.at) for s in d.sources])
    parts.append(f"## ที่มา / Sources\n\n{sources}")
    parts.append(f"## กติกาที่ใช้ / Schemes that count by it\n\n{_schemes(of)}")
    changes = [(change.on.isoformat(), change.th, change.en) for change in d.history]
    history = table(["วันที่ / day", "ไทย", "English"], changes) if changes else "-"
    parts.append(f"## ประวัติ / History\n\n{history}")
    return "\n\n".join(parts) + "\n"


def _reads(told: Described) -> Iterator[str]:
    """Views with the columns that are read, named sets, code lists."""
    rows = [(f"[{view}](../views.md#{view})", " ".join(map(_code, columns))) for view, columns in told.columns.items()]
    yield table(["วิว / view", "คอลัมน์ / columns"], rows)
    if told.names.sets:
        sets = [(_code(name), say_set(name)) for name in told.names.sets]
        yield table(["ชุดที่มีชื่อ / named set", "ความหมาย / meaning"], sets)
    if told.names.codelists:
        lists = [
            (_code(name), "; ".join(f"{_code(code)} {title}" for code, title in titled_codes(name)))
            for name in told.names.codelists
        ]
        yield table(["รายการรหัส / code list", "รหัส / codes"], lists)


def _schemes(of: Measure) -> str:
    rows = [
        (
            f"[{use.pack}](../packs/{use.pack}.md)",
            use.item,
            use.title.th,
            "; ".join("=".join(p) for p in use.parameters),
        )
        for use in _uses()
        if use.measure in (of.id, *of.names)
    ]
    columns = ["กติกา / scheme", "ข้อ / item", "ชื่อในกติกา / title there", "พารามิเตอร์ / parameters"]
    return table(columns, rows) if rows else "ไม่มี / none"


@cache
def _uses() -> list[Use]:
    return list(all_uses())


def _parameters(of: Measure) -> str:
    rows = []
    for name, value in of.parameters.items():
        said = of.definition.standing.get(name)
        standing = f"{MEASURE_STANDINGS[said].th} / {MEASURE_STANDINGS[said].en}" if said else "-"
        choices = " ".join(map(_code, of.definition.choices.get(name, ()))) or "-"
        shown, usual = name, str(value)
        if isinstance(value, TableValue):
            shown = f"{name}({', '.join(value.columns)})"
            usual = ", ".join("(" + ", ".join(map(str, row)) + ")" for row in value.rows)
        rows.append((_code(shown), usual, choices, standing))
    columns = ["ชื่อ / name", "ค่าตั้งต้น / default", "เลือกได้ / choices", "ที่มาของตัวเลข / standing"]
    return table(columns, rows)


def measure_start_section() -> str:
    """The files of a started measure, whole: the example of the guide."""
    kinds = {"sql": "sql", "yaml": "yaml"}
    files = [(name, measure_start_text(name).rstrip()) for name in MEASURE_START_FILES]
    return "\n\n".join(f"`{name}`\n\n```{kinds[name.rpartition('.')[2]]}\n{text}\n```" for name, text in files)


def standings_section() -> str:
    """What each standing of a figure means."""
    return table(
        ["standing", "ความหมาย / meaning"], [(_code(s.value), say(words, "both")) for s, words in STANDINGS.items()]
    )


def inputs_section() -> str:
    """The inputs of a run: file name, columns that must be there, columns that may be."""
    rows = [
        (_code(f"{kind}.csv"), " ".join(map(_code, needed)), " ".join(map(_code, optional)) or "-")
        for kind, (needed, optional) in INPUT_COLUMNS.items()
    ]
    return table(["แฟ้ม / file", "คอลัมน์ที่ต้องมี / needed", "คอลัมน์ที่มีก็ได้ / optional"], rows)


def packs_section() -> str:
    """Every pack: its page, period, pools and how each pays."""
    rows = []
    for pack_id in pack_ids():
        s = read_pack(pack_id).scheme
        pools = "; ".join(f"{pool.id}: {_code(pool.rule)}" for pool in s.pools)
        rows.append((f"[{s.id}](packs/{s.id}.md)", f"{s.title.th} / {s.title.en}", s.period, len(s.items), pools))
    columns = ["กติกา / pack", "ชื่อ / title", "ช่วงผลงาน / period", "ข้อ / items", "วงเงิน / pools"]
    return table(columns, rows)


def kinds_section() -> str:
    """The kinds of score rules and of pools, as their models explain them."""
    rules = [(_code(kind), _first(model)) for kind, model in _kinds(RuleOf, "kind")]
    pools = [(_code(kind), _first(model)) for kind, model in _kinds(PoolOf, "rule")]
    return "\n\n".join([table(["kind", "เกณฑ์ให้คะแนน / score rule"], rules), table(["rule", "วงเงิน / pool"], pools)])


def _kinds(annotation: Any, key: str) -> Iterator[tuple[str, type[BaseModel]]]:
    for kind, shape in Shape(annotation).kinds(key).items():
        yield kind, shape.models[0]


def _first(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "").replace("\n", " ")


def start_section() -> str:
    """The files of a started pack, whole: the example of the guide."""
    kinds = {"csv": "text", "yaml": "yaml"}
    files = [(name, start_text(name).rstrip()) for name in START_FILES]
    return "\n\n".join(f"`{name}`\n\n```{kinds[name.rpartition('.')[2]]}\n{text}\n```" for name, text in files)


def pack_page(pack_id: str) -> str:
    """The page of a pack: what is measured, scored and paid, when, worked examples, printed pots, payees, sources."""
    pack = read_pack(pack_id)
    s = pack.scheme
    parts = [f"# {s.title.th} / {s.title.en}", f"<!-- made by tools/generate_docs.py from the pack {s.id} -->"]
    parts.append(f"`{s.id}` [วิธีเขียนกติกา / how packs are written](../schemes.md)")
    parts += [_section(described, "##") for described in describe(pack)]
    if pack.pots:
        pots = [(p.component, p.rate, f"{p.amount:,}") for p in pack.pots]
        columns = ["ส่วน / component", "อัตราต่อคน / rate per person", "จำนวนเงิน / amount"]
        parts.append("## วงเงินที่พิมพ์ไว้ / Printed pots\n\n" + table(columns, pots))
    if pack.payees:
        people = list(s.people)
        payees = [
            (p.org, f"{p.name_th} / {p.name_en}", p.district_code, *(f"{p.people.get(base, 0):,}" for base in people))
            for p in pack.payees
        ]
        columns = ["รหัส / org", "ชื่อ / name", "รหัสอำเภอ / district", *people]
        parts.append("## หน่วยรับเงิน / Payees\n\n" + table(columns, payees))
    files, _ = read_worked(pack)
    parts.append("## ตัวอย่างที่คำนวณเทียบ / Worked examples")
    parts += [_section(describe_worked(w, pack), "###") for read in files for w in read.file.model.worked]
    sources, _ = read_sources(pack)
    parts.append("## ที่มาและข้อสงสัย / Sources and doubts")
    parts.append(table(["เอกสาร / document", ""], [(_code(name), said) for name, said in sources.documents.items()]))
    parts.append(table(["ตัวเลข / figure", ""], list(sources.figures.items())))
    return "\n\n".join(parts) + "\n"


def _section(described: Section, head: str) -> str:
    parts = [f"{head} {say(described.title, 'both')}", *(say(sentence, "both") for sentence in described.sentences)]
    if described.columns:
        rows = [[_linked(say(cell, "both")) for cell in row] for row in described.rows]
        parts.append(table([say(column, "both") for column in described.columns], rows))
    return "\n\n".join(parts)


def _linked(text: str) -> str:
    """A cell that starts with the name of a measure leads to it."""
    name = re.split(r"[ ;]", text, maxsplit=1)[0]
    page = next((i for i in measure_ids() if name in (i, *measure(i).names)), "")
    return f"[{name}](../measures/{page}.md){text[len(name) :]}" if page else text


def commands_section() -> str:
    """Every command with its arguments and options, from the registered functions themselves."""
    every = sorted(commands_of(app), key=lambda command: command[0])
    return "\n\n".join(_command(words, function, said) for words, function, said in every)


def commands_of(of: typer.Typer, before: str = "samrit") -> Iterator[tuple[str, Callable[..., Any], str]]:
    """The words of every command, its function and what it says of itself, groups included."""
    for command in of.registered_commands:
        if command.callback:
            words = f"{before} {command.name or command.callback.__name__.replace('_', '-')}"
            yield words, command.callback, command.help or inspect.getdoc(command.callback) or ""
    for group in of.registered_groups:
        if group.typer_instance:
            yield from commands_of(group.typer_instance, f"{before} {group.name}")


def _command(words: str, function: Callable[..., Any], meaning: str) -> str:
    rows = list(parameters_of(function))
    said = f"### {words}\n\n{_cell(meaning)}"
    columns = ["ตัวเลือก / option", "ค่า / value", "ค่าเริ่มต้น / default", "ความหมาย / meaning"]
    return f"{said}\n\n{table(columns, rows)}" if rows else said


def parameters_of(function: Callable[..., Any]) -> Iterator[tuple[str, str, str, str]]:
    """Name, kind of value, default and help of every argument and option of a command."""
    hints = get_type_hints(function, include_extras=True)
    for name, parameter in inspect.signature(function).parameters.items():
        hint = hints[name]
        info = next((m for m in get_args(hint)[1:] if isinstance(m, OptionInfo | ArgumentInfo)), None)
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
        kind = _kind(hint)
        decls = _declared(info)
        if isinstance(info, ArgumentInfo):
            shown = name.upper() + ("..." if "list" in str(hint) else "")
        elif decls:
            shown = ", ".join(decls)
        else:
            option = name.replace("_", "-")
            shown = f"--{option}/--no-{option}" if hint is bool else f"--{option}"
        default = parameter.default
        if default is inspect.Parameter.empty:
            usual = "ต้องระบุ / required"
        else:
            usual = _code(default.value if isinstance(default, Enum) else default) if default not in (None, "") else "-"
        help_text = (info.help if info else "") or ""
        if info and info.envvar:
            help_text += f" (${info.envvar})"
        yield _code(shown), kind, usual, help_text


def _declared(info: OptionInfo | ArgumentInfo | None) -> list[str]:
    """The names that an option declares; inside Annotated typer keeps the first of them as the default."""
    named = (info.default, *(info.param_decls or ())) if info else ()
    return [name for name in named if isinstance(name, str) and name.startswith("-")]


def _kind(hint: Any) -> str:
    """The kind of value that an option takes, in words."""
    inner = [a for a in get_args(hint) if a is not type(None)]
    if get_origin(hint) is Literal:
        return " ".join(_code(a) for a in get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return " ".join(_code(member.value) for member in hint)
    if inner:
        return _kind(inner[0])
    if hint is bool:
        return "-"
    return {"Path": "ที่อยู่ / path", "str": "ข้อความ / text", "int": "จำนวนเต็ม / whole number"}.get(
        getattr(hint, "__name__", ""), str(hint)
    )


def tables_section() -> str:
    """The tables of the standard: key and which rows stand."""
    rows = []
    for name in f43.table_names():
        of = f43.table(name)
        key = " + ".join(of.key) or "-"
        rows.append((of.number, _code(name), of.title, key, STANDS[of.stands.value], len(of.columns), _note(name)))
    columns = ["ที่ / no", "แฟ้ม / table", "title", "คีย์ / key", "แถวที่ใช้ / what stands", "คอลัมน์ / columns",
               "หมายเหตุ / note"]  # fmt: skip
    return table(columns, rows)


def _note(name: str) -> str:
    spec = Path(f43.__file__).parent / "spec" / f"{name.lower()}.yaml"
    said: str = yaml.load(spec.read_text(encoding="utf-8"), Loader=yaml.BaseLoader).get("key_note", "")  # noqa: S506
    return said


def rules_section() -> str:
    """Every rule that sets a row aside or voids a cell, with its words."""
    rows = []
    for rule in Rule:
        words = codes()[f"f43.row.{rule.value}"]
        state = "aside" if words["level"] == "error" else "voided"
        rows.append(
            (
                _code(rule.value),
                _code(state),
                words["th"].replace("{field}", "..."),
                words["en"].replace("{field}", "..."),
            )
        )
    return table(["กฎ / rule", "สถานะ / state", "ความหมาย", "meaning"], rows)


def layouts_section() -> str:
    """The kinds of files of claims and registries: every column, what it may say, what a complete form says."""
    parts = []
    for of in layouts():
        rows = []
        for column in of.columns:
            forms = {Form.POSITIVE: "> 0", Form.FILLED: "ไม่ว่าง / filled in"}
            says = " ".join(column.one_of) or (forms[column.form] if column.form else column.type.value)
            must = ("กรอก / needed" if column.needed else "แบบ / form" if column.may_bounce
                    else "มีคอลัมน์ / column" if column.header else "")  # fmt: skip
            rows.append((_code(column.name), " ".join(map(_code, column.aliases)), says, must, column.th, column.en))
        columns = ["คอลัมน์ / column", "ชื่ออื่น / also", "รูปแบบ / form", "ต้องมี / must", "ความหมาย", "meaning"]
        key = " + ".join(map(_code, of.key))
        head = f"### {of.kind}\n\n{of.th} / {of.en} -> [{of.facts}](views.md#{of.facts}), คีย์ / key {key}"
        parts.append(f"{head}\n\n{table(columns, rows)}")
    return "\n\n".join(parts)


SECTIONS: dict[str, Callable[[], str]] = {
    "views": views_section,
    "problems": problems_section,
    "measures.functions": functions_section,
    "measures.sets": sets_section,
    "measures.codelists": codelists_section,
    "measures.portable": portable_section,
    "measures.list": measures_section,
    "measures.start": measure_start_section,
    "schemes.standings": standings_section,
    "schemes.inputs": inputs_section,
    "schemes.packs": packs_section,
    "schemes.kinds": kinds_section,
    "schemes.start": start_section,
    "claims.layouts": layouts_section,
    "commands": commands_section,
    "f43.tables": tables_section,
    "f43.rules": rules_section,
}


@cache
def section(name: str) -> str:
    """The text of a section, made once. Raises KeyError for a section that nobody makes."""
    return SECTIONS[name]()


def pages() -> list[Path]:
    """The pages that have generated sections, and the page of every measure and pack."""
    marked = [page for page in sorted(DOCS.glob("*.md")) if MARK.search(page.read_text(encoding="utf-8"))]
    of_measures = [DOCS / "measures" / f"{measure_id}.md" for measure_id in measure_ids()]
    return [*marked, *of_measures, *(DOCS / "packs" / f"{pack_id}.md" for pack_id in pack_ids())]


def made(page: Path) -> str:
    """The text that a page should have. Raises KeyError for a section that nobody makes."""
    if page.parent.name == "packs":
        return pack_page(page.stem)
    if page.parent.name == "measures":
        return measure_page(page.stem)

    def marked(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- generated: {name} -->\n\n{section(name)}\n\n<!-- end: {name} -->"

    return MARK.sub(marked, page.read_text(encoding="utf-8"))


def stale() -> list[Path]:
    """The pages whose text is not the one that they should have."""
    return [page for page in pages() if not page.exists() or page.read_text(encoding="utf-8") != made(page)]


def main(arguments: list[str]) -> int:
    """Write what is stale, or with --check only name it and give 1."""
    old = stale()
    for page in old:
        sys.stdout.write(f"{page.relative_to(ROOT).as_posix()}\n")
        if "--check" not in arguments:
            page.parent.mkdir(exist_ok=True)
            page.write_text(made(page), encoding="utf-8")
    return 1 if old and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
