"""The page of one measure on the screen: what counts as A and B in words, parameters, sources, codes, sets, SQL."""

from collections.abc import Iterable, Iterator, Mapping

from samrit.cli.shown import out
from samrit.cli.wrapping import wrap
from samrit.measures import CountedAt, Measure
from samrit.measures.authoring.describing import STANDINGS, describe, say_result, say_rows, say_set
from samrit.measures.codelists import titled_codes
from samrit.measures.definition import PartText, TableValue
from samrit.schemes.authoring.using import Use
from samrit.warehouse import views

BETTER = {
    "higher": "ยิ่งสูงยิ่งดี / higher is better",
    "lower": "ยิ่งต่ำยิ่งดี / lower is better",
    "neither": "ไม่มีทิศทาง / neither is better",
}
COUNTED_AT = {
    CountedAt.HOME: "หน่วยบริการที่คนอาศัยอยู่ / where the person lives",
    CountedAt.TREATING: "หน่วยบริการที่รักษา / where the service was given",
    CountedAt.CONTRACTING: "หน่วยบริการประจำของหน่วยที่รักษา / the contracting unit of the treating facility",
}
FORMULA = "(A/B)x100"


def show_page(of: Measure, uses: Iterable[Use]) -> None:
    """The whole page; uses: the items of packs that count by the measure. Raises MeasuresError as `describe`."""
    d, told = of.definition, describe(of)
    _say(f"{of.id}: {d.title.th}\n{d.title.en}", 0)
    _section("ทำไมต้องวัด / why", f"{d.why.th}\n{d.why.en}")
    _section(f"ตัวตั้ง A / numerator ({d.a.unit})", _part(d.a))
    _section(f"ตัวหาร B / denominator ({d.b.unit})", _part(d.b))
    percent = "  A ต่อ B เป็นร้อยละ / A of B in per cent" if d.formula == FORMULA else ""
    _section("สูตร / formula", f"{d.formula}{percent}\n{BETTER[d.better]}")
    _section("นับที่ / counted at", COUNTED_AT[d.counted_at])
    _section("พารามิเตอร์ / parameters", _parameters(of))
    _section("ที่มา / sources", "\n".join(f"{source.document}: {source.at}" for source in d.sources))
    _section("รหัสที่ใช้ / code lists", _codes(told.names.codelists))
    _section("ชุดที่มีชื่อ / named sets", _listed((name, say_set(name)) for name in told.names.sets))
    _section("วิวที่อ่าน / views read", _views(told.columns))
    cases = (f"{case.name}\n  {say_rows(case, of) or '-'}\n  -> {say_result(case)}" for case in told.cases)
    _section("กรณีตัวอย่าง / worked cases", "\n".join(cases))
    items = (f"{use.pack} {use.item}: {use.title.th}{_set(use.parameters)}" for use in uses)
    _section("กติกาที่ใช้ / schemes that count by it", "\n".join(items))
    history = (f"{change.on.isoformat()}: {change.th} / {change.en}" for change in d.history)
    _section("ประวัติ / history", "\n".join(history))
    for name, sql in (("a.sql", of.a_sql), ("b.sql", of.b_sql), ("A", told.a_sql), ("B", told.b_sql)):
        head = name if name.endswith(".sql") else f"SQL ของ {name} ที่ใช้จริง / SQL of {name} as it runs"
        out.print(f"\n{head}\n\n{sql.rstrip()}", markup=False, highlight=False)


def _section(head: str, text: str) -> None:
    out.print(f"\n{head}", style="bold", markup=False, highlight=False)
    _say(text or "ไม่มี / none", 2)


def _say(text: str, indent: int) -> None:
    """Lines of at most the screen; lines after the first of a paragraph are set in once more."""
    for paragraph in text.split("\n"):
        inner = len(paragraph) - len(paragraph.lstrip())
        lines = wrap(paragraph.strip(), out.width - indent - inner - 2)
        for number, line in enumerate(lines):
            out.print(f"{' ' * (indent + inner + 2 * (number > 0))}{line}", markup=False, highlight=False)


def _part(part: PartText) -> str:
    within = "\nเป็นส่วนหนึ่งของ B เสมอ / always part of B" if part.part_of else ""
    return f"{part.th}\n{part.en}{within}"


def _parameters(of: Measure) -> str:
    lines = []
    for name, value in of.parameters.items():
        if isinstance(value, TableValue):
            lines += [f"{name} ({', '.join(value.columns)})", *(f"  {', '.join(map(str, row))}" for row in value.rows)]
        else:
            choices = of.definition.choices.get(name, ())
            among = f"  เลือกได้ / one of: {', '.join(choices)}" if choices else ""
            lines.append(f"{name} = {value}{among}")
        if name in of.definition.standing:
            said = STANDINGS[of.definition.standing[name]]
            lines.append(f"  {said.th} / {said.en}")
    return "\n".join(lines)


def _codes(lists: Iterable[str]) -> str:
    lines: list[str] = []
    for name in lists:
        lines += [name, *(f"  {code}  {title}" for code, title in titled_codes(name))]
    return "\n".join(lines)


def _listed(named: Iterable[tuple[str, str]]) -> str:
    def lines() -> Iterator[str]:
        for name, meaning in named:
            yield f"{name}\n  {meaning}"

    return "\n".join(lines())


def _views(columns: Mapping[str, tuple[str, ...]]) -> str:
    about = {name: views()[name].description.about for name in columns}
    return _listed((name, f"{about[name].th} / {about[name].en}\n  {', '.join(columns[name])}") for name in columns)


def _set(parameters: Iterable[tuple[str, str]]) -> str:
    said = ", ".join(f"{name} = {value}" for name, value in parameters)
    return f" ({said})" if said else ""
