"""The generated parts of the reference pages: python tools/generate_docs.py writes them, --check only tells.

A page is written by hand around sections that are made here from what the program itself reads: views, problem texts,
measures, packs, commands, tables. A section stands between `<!-- generated: name -->` and `<!-- end: name -->`; what is
outside the marks is never touched. A new view, code, measure, pack or command appears by itself.
"""

import csv
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
from sqlglot import exp
from typer.models import ArgumentInfo, OptionInfo

from samrit import f43, warehouse
from samrit.cli.app import app
from samrit.f43.reader import Rule
from samrit.measures import CountedAt, measure, measure_ids
from samrit.measures import functions as own_functions
from samrit.measures.codelists import codelist_names, codelists_folder
from samrit.measures.compiling import set_names
from samrit.measures.definition import TableValue, catalogue_folder
from samrit.measures.portable import ALLOWED, REASONS
from samrit.problems import codes
from samrit.schemes import pack_ids, read_pack
from samrit.schemes.inputs import COLUMNS as INPUT_COLUMNS
from samrit.schemes.pack import Standing

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
STANDING_WORDS = {
    Standing.PRINTED: "พิมพ์ไว้ในเอกสาร / printed in the source",
    Standing.RECONSTRUCTED: "คำนวณย้อนจากตัวเลขที่พิมพ์ / forced by printed figures",
    Standing.ASSUMED: "ข้อเสนอ ยังไม่เป็นทางการ แก้ได้ / our proposal, not official, editable",
    Standing.TYPED_IN: "คีย์เข้า / typed in by the site",
    Standing.COMPUTED: "คำนวณ / computed",
}


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
        text = (catalogue_folder() / "sets" / f"{name}.sql").read_text(encoding="utf-8")
        rows.append((_code(name), text.splitlines()[0].removeprefix("--").strip()))
    return table(["ชุด / set", "ความหมาย / meaning"], rows)


def codelists_section() -> str:
    """The lists of clinical codes: how many prefixes, from where."""
    rows = []
    for name in codelist_names():
        with (codelists_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream))
        shown = " ".join(_code(line["code_prefix"]) for line in lines)
        rows.append((_code(name), shown, "; ".join(dict.fromkeys(line["source"] for line in lines))))
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
    """Every measure of the catalogue: A and B in words, formula, parameters, sources."""
    parts = []
    for measure_id in measure_ids():
        of = measure(measure_id)
        d = of.definition
        parts.append(f"### {of.id}\n\n{d.title.th} / {d.title.en}\n\n{d.why.th} / {d.why.en}")
        rows = [
            (f"A ({d.a.unit})", d.a.th, d.a.en),
            (f"B ({d.b.unit})", d.b.th, d.b.en),
            ("สูตร / formula", _code(d.formula), f"better: {d.better}"),
            ("นับที่ / counted at", *COUNTED_AT[d.counted_at].split(" / ")),
            ("พารามิเตอร์ / parameters", "; ".join(_parameters(of.parameters)) or "-", _choices(d.choices)),
            ("ที่มา / sources", "; ".join(f"{s.document}, {s.at}" for s in d.sources), ""),
        ]
        parts.append(table(["", "ไทย", "English"], rows))
    return "\n\n".join(parts)


def _parameters(values: dict[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, TableValue):
            shown = ", ".join("(" + ", ".join(map(str, row)) + ")" for row in value.rows)
            yield f"`{name}({', '.join(value.columns)})` = {shown}"
        else:
            yield f"`{name}` = {value}"


def _choices(choices: dict[str, tuple[str, ...]]) -> str:
    return "; ".join(f"`{name}`: {' or '.join(values)}" for name, values in choices.items())


def standings_section() -> str:
    """What each standing of a figure means."""
    return table(["standing", "ความหมาย / meaning"], [(_code(s.value), STANDING_WORDS[s]) for s in Standing])


def inputs_section() -> str:
    """The inputs of a run: file name, columns that must be there, columns that may be."""
    rows = [
        (_code(f"{kind}.csv"), " ".join(map(_code, needed)), " ".join(map(_code, optional)) or "-")
        for kind, (needed, optional) in INPUT_COLUMNS.items()
    ]
    return table(["แฟ้ม / file", "คอลัมน์ที่ต้องมี / needed", "คอลัมน์ที่มีก็ได้ / optional"], rows)


def packs_section() -> str:
    """Every pack: items with points, rates, bands; band sets, domains, payees, and all other keys as they are written.

    What is not an item, a band set or a domain is shown key by key, so that a new key of a pack is never left out.
    """
    return "\n\n".join(_pack(pack_id) for pack_id in pack_ids())


def _pack(pack_id: str) -> str:
    pack = read_pack(pack_id)
    s = pack.scheme
    items = [
        (
            i.item,
            f"{i.title.th} / {i.title.en}",
            f"[{i.measure}](measures.md#{i.measure})" if i.measure else f"คีย์เข้า / typed in: {_code(i.entry)}",
            f"{i.points.value} ({i.points.standing.value})",
            f"{i.rate.value} ({i.rate.standing.value})",
            f"{i.bands.name} ({i.bands.standing.value})" if i.bands else "-",
        )
        for i in s.items
    ]
    bands = [
        (name, b.unit, " ".join(str(edge) for edge in b.lower_edges), b.decimals, b.standing.value)
        for name, b in s.bands.items()
    ]
    domains = [(d.no, f"{d.title.th} / {d.title.en}", d.points, d.rate) for d in s.domains]
    pots = [(p.component, p.rate, f"{p.amount:,}") for p in pack.pots]
    payees = [(p.org, f"{p.name_th} / {p.name_en}", p.district_code, f"{p.population:,}") for p in pack.payees]
    shown = {"items", "bands", "domains", "title"}
    rest = [(_code(key), value) for key, value in _flat(s.model_dump(mode="json", exclude=shown))]
    bands_columns = ["ชุดเกณฑ์ / band set", "หน่วย / unit", "ขอบล่างของคะแนน 2 ขึ้นไป / lower edges of scores 2 and up",
                     "ทศนิยม / decimals", "standing"]  # fmt: skip
    return "\n\n".join(
        [
            f"### {s.id}\n\n{s.title.th} / {s.title.en}",
            table(["คีย์ / key", "ค่า / value"], rest),
            "#### ตัวชี้วัด / items",
            table(["ข้อ / item", "ชื่อ / title", "นับอย่างไร / counted by", "คะแนน / points", "บาท / baht per UC person",
                   "เกณฑ์ / bands"], items),
            "#### เกณฑ์ให้คะแนน / bands",
            table(bands_columns, bands),
            "#### ด้าน / domains",
            table(["ด้าน / domain", "ชื่อ / title", "คะแนน / points", "บาท / baht"], domains),
            "#### วงเงินที่พิมพ์ไว้ / printed pots",
            table(["ส่วน / component", "บาทต่อประชากร UC / baht per head", "บาท / baht"], pots),
            "#### หน่วยรับเงิน / payees",
            table(["รหัส / org", "อำเภอ / district", "รหัสอำเภอ / code", "ประชากร UC / UC people"], payees),
        ]
    )  # fmt: skip


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Keys and values of nested data, one dotted path a leaf."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value):
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{path}.{number}")
    elif isinstance(value, list):
        yield path, " ".join(map(str, value))
    else:
        yield path, "-" if value is None or value == "" else value


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


SECTIONS: dict[str, Callable[[], str]] = {
    "views": views_section,
    "problems": problems_section,
    "measures.functions": functions_section,
    "measures.sets": sets_section,
    "measures.codelists": codelists_section,
    "measures.portable": portable_section,
    "measures.list": measures_section,
    "schemes.standings": standings_section,
    "schemes.inputs": inputs_section,
    "schemes.packs": packs_section,
    "commands": commands_section,
    "f43.tables": tables_section,
    "f43.rules": rules_section,
}


@cache
def section(name: str) -> str:
    """The text of a section, made once. Raises KeyError for a section that nobody makes."""
    return SECTIONS[name]()


def pages() -> list[Path]:
    """The pages that have generated sections."""
    return [page for page in sorted(DOCS.glob("*.md")) if MARK.search(page.read_text(encoding="utf-8"))]


def made(page: Path) -> str:
    """The text that a page should have. Raises KeyError for a section that nobody makes."""

    def marked(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- generated: {name} -->\n\n{section(name)}\n\n<!-- end: {name} -->"

    return MARK.sub(marked, page.read_text(encoding="utf-8"))


def stale() -> list[Path]:
    """The pages whose text is not the one that they should have."""
    return [page for page in pages() if page.read_text(encoding="utf-8") != made(page)]


def main(arguments: list[str]) -> int:
    """Write what is stale, or with --check only name it and give 1."""
    old = stale()
    for page in old:
        sys.stdout.write(f"{page.relative_to(ROOT).as_posix()}\n")
        if "--check" not in arguments:
            page.write_text(made(page), encoding="utf-8")
    return 1 if old and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
