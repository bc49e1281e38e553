"""The words of every problem code: both languages, known levels, and each is used with the facts that it asks for."""

import ast
import re
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest
import yaml

import samrit
from samrit.problems import Level, codes

THAI = re.compile("[ก-๙]")
SOURCE = Path(str(resources.files(samrit)))


def facts_asked(code: str) -> set[str]:
    words = codes()[code]
    text = "".join(words.get(part, "") for part in ("th", "en", "hint"))
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def calls() -> list[tuple[str, str, set[str], bool]]:
    """Every problem("code", ...) and .add("code", ...) in the source: place, code, facts given, ** used."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name in {"problem", "add"} and isinstance(first, ast.Constant) and is_code(first.value):
                facts = {k.arg for k in node.keywords if k.arg}
                place = f"{path.relative_to(SOURCE)}:{node.lineno}"
                found.append((place, str(first.value), facts, any(k.arg is None for k in node.keywords)))
    return found


def is_code(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", value) is not None


@pytest.mark.parametrize("code", list(codes()))
def test_code_has_a_level_and_words_in_both_languages(code: str) -> None:
    words = codes()[code]
    assert set(words) <= {"level", "th", "en", "hint"}
    assert words["level"] in set(Level)
    assert THAI.search(words["th"])
    assert words["en"]
    assert not THAI.search(words["en"])
    if hint := words.get("hint"):
        th, _, en = hint.partition(" / ")
        assert THAI.search(th)
        assert en
        assert not THAI.search(en)


def test_code_stands_in_one_file_only() -> None:
    folder = SOURCE / "problems" / "texts"
    seen: dict[str, str] = {}
    for file in sorted(folder.glob("*.yaml")):
        for code in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
            assert code not in seen, f"{code} in {file.name} and {seen[code]}"
            seen[code] = file.name
    assert set(seen) == set(codes())


def test_every_code_in_the_source_has_words_and_gets_the_facts_that_they_ask_for() -> None:
    found = calls()
    assert len(found) > 30
    unknown = [(place, code) for place, code, _, _ in found if code not in codes()]
    assert unknown == []
    wrong = [
        (place, code, facts_asked(code) - facts)
        for place, code, facts, starred in found
        if not starred and facts_asked(code) - facts
    ]
    assert wrong == []


@pytest.mark.parametrize("code", [c for c in codes() if c.startswith("f43.row.")])
def test_words_about_a_row_ask_for_nothing_but_the_name_of_the_field(code: str) -> None:
    """A fact is never the value of a person's field."""
    assert facts_asked(code) <= {"field"}
