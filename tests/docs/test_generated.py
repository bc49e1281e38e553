"""The generated parts of the pages are those of the present program, and leave nothing out."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from docs.blocks import PAGES, ROOT
from samrit.cli.app import app
from samrit.f43 import table_names
from samrit.measures import case_files, measure, measure_ids
from samrit.measures.case_reading import read_cases
from samrit.measures.codelists import codelist_names
from samrit.measures.compiling import set_names
from samrit.measures.functions import OWN_FUNCTIONS
from samrit.problems import codes
from samrit.schemes import pack_ids, read_pack
from samrit.warehouse import views


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "tools" / "generate_docs.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


generate_docs = _generator()


def _page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def test_no_page_is_stale() -> None:
    assert generate_docs.stale() == [], "run: python tools/generate_docs.py"


def test_every_section_that_can_be_made_stands_on_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in generate_docs.pages())
    assert [name for name in generate_docs.SECTIONS if f"<!-- generated: {name} -->" not in text] == []


def test_generating_twice_changes_nothing(tmp_path: Path) -> None:
    for page in generate_docs.pages():
        copy = tmp_path / page.name
        copy.write_text(generate_docs.made(page), encoding="utf-8")
        assert generate_docs.made(copy) == copy.read_text(encoding="utf-8")


def test_a_changed_section_is_noticed_and_made_anew(tmp_path: Path) -> None:
    copy = tmp_path / "problems.md"
    text = _page("problems")
    copy.write_text(text.replace("f43.package.name", "f43.package.nome", 1), encoding="utf-8")
    assert copy.read_text(encoding="utf-8") != text
    assert generate_docs.made(copy) == text


def _of_pack(pack_id: str) -> list[str]:
    scheme = read_pack(pack_id).scheme
    return [*(f"| {item.item} |" for item in scheme.items), *(f"/ Rule {name}" for name in scheme.scoring)]


def _of_measure(measure_id: str) -> list[str]:
    of = measure(measure_id)
    cases = [f"| {case.name} |" for file in case_files(measure_id) for case in read_cases(file)]
    own = cases if "shared_semantics" not in str(case_files(measure_id)) else []
    return [of.definition.title.th, of.definition.b.en, "### SQL A", "### SQL B", *of.parameters, *own]


def _documented() -> list[tuple[str, str, list[str]]]:
    columns = [f"| `{column.name}` |" for view in views().values() for column in view.description.columns]
    commands = [f"### {words}" for words, *_ in generate_docs.commands_of(app)]
    packs = [f"[{pack_id}](packs/{pack_id}.md)" for pack_id in pack_ids()]
    return [
        ("problems", "problem codes", [f"| `{code}` |" for code in codes()]),
        ("views", "views", [f"### {name}\n" for name in views()]),
        ("views", "columns", columns),
        ("measures", "measures", [f"[{name}](measures/{name}.md)" for name in measure_ids()]),
        *((f"measures/{name}", "words, cases and SQL", _of_measure(name)) for name in measure_ids()),
        ("measures", "functions", [f"`{name}(" for name in OWN_FUNCTIONS]),
        ("measures", "sets", [f"| `{name}` |" for name in set_names()]),
        ("measures", "code lists", [f"| `{name}` |" for name in codelist_names()]),
        ("schemes", "packs", packs),
        *((f"packs/{pack_id}", "items and rules", _of_pack(pack_id)) for pack_id in pack_ids()),
        ("commands", "commands", commands),
        ("f43", "tables", [f"| `{name}` |" for name in table_names()]),
    ]


@pytest.mark.parametrize(
    ("page", "what", "names"), _documented(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_everything_is_documented(page: str, what: str, names: list[str]) -> None:
    text = _page(page)
    assert names, what
    assert [name for name in names if name not in text] == []


def test_every_command_and_option_says_what_it_is_for() -> None:
    silent = []
    for words, function, meaning in generate_docs.commands_of(app):
        if not meaning:
            silent.append(words)
        silent += [f"{words} {shown}" for shown, *_, said in generate_docs.parameters_of(function) if not said]
    assert silent == []


def test_every_own_function_is_explained_where_it_is_made() -> None:
    section = generate_docs.functions_section()
    assert [name for name in OWN_FUNCTIONS if f"| `{name}(" not in section] == []


SPOKEN = re.compile(r"`(samrit [a-z][^`]*)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_named_in_a_text_are_there(page: Path) -> None:
    known = {words: function for words, function, _ in generate_docs.commands_of(app)}
    wrong = []
    for spoken in SPOKEN.findall(page.read_text(encoding="utf-8")):
        words = spoken.replace(",", "").split()
        named = next((" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in known), None)
        options = [word for word in words if word.startswith("--")]
        shown = (
            {name for row in generate_docs.parameters_of(known[named]) for name in row[0].strip("`").split("/")}
            if named
            else set()
        )
        if named is None or not set(options) <= shown:
            wrong.append(spoken)
    assert wrong == []
