"""What people write in YAML: text with lines, typed by a model; every mistake with file, line and the nearest name."""

from pathlib import Path

import pytest

from samrit.authored import AuthoredError, Model, read
from samrit.problems import Problem

BROKEN = Path(__file__).parent / "broken"


class Part(Model):
    code: str
    count: int = 0


class Inner(Model):
    x: int = 0


class Thing(Model):
    name: str
    parts: tuple[Part, ...]
    source: str = ""
    more: Inner | None = None
    by_name: dict[str, Part] | None = None


def mistakes(file: str) -> list[Problem]:
    with pytest.raises(AuthoredError) as caught:
        read(BROKEN / file, Thing, file)
    assert all(p.where.file == file for p in caught.value.problems)
    return list(caught.value.problems)


def told(file: str) -> list[tuple[str, int, str]]:
    return [(p.code, p.where.line, p.where.field) for p in mistakes(file)]


def written(tmp_path: Path, text: str) -> Thing:
    path = tmp_path / "thing.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path, Thing)


def test_scalars_are_text_and_the_model_says_what_they_become(tmp_path: Path) -> None:
    """A usual reader turns 0100 into 64, no into False, 1_000 into 1000 and 2013-10-01 into a day."""
    for text in ("0100", "04777", "no", "1_000", "2013-10-01", "1.0", "1e3", "0x1F", "12:30:00", "สมชาย"):
        assert written(tmp_path, f"name: {text}\nparts: []").name == text
    assert written(tmp_path, 'name: a\nparts: [{code: 0100, count: "7"}]').parts == (Part(code="0100", count=7),)


def test_blank_and_null_are_nothing_and_quoted_null_is_text(tmp_path: Path) -> None:
    assert written(tmp_path, "name: a\nparts: []\nmore:\n").more is None
    assert written(tmp_path, "name: a\nparts: []\nmore: null\n").more is None
    assert written(tmp_path, 'name: "null"\nparts: []').name == "null"
    assert written(tmp_path, 'name: ""\nparts: []').name == ""


def test_model_cannot_be_changed(tmp_path: Path) -> None:
    thing = written(tmp_path, "name: a\nparts: []")
    with pytest.raises(ValueError, match="frozen"):
        thing.name = "b"


def test_unknown_keys_are_named_with_their_lines_and_the_nearest_good_name() -> None:
    assert told("unknown-key.yaml") == [
        ("authored.key.missing", 4, "parts.1.code"),
        ("authored.key.unknown", 4, "parts.1.cod"),
        ("authored.key.unknown", 5, "sorce"),
    ]
    _, inner, outer = mistakes("unknown-key.yaml")
    assert "did you mean 'code'" in inner.en
    assert "'source'" in outer.th


def test_every_repeated_key_is_named_with_the_line_of_the_second() -> None:
    assert told("repeated-key.yaml") == [("authored.key.repeated", 3, "name"), ("authored.key.repeated", 6, "x")]


def test_missing_key_is_named() -> None:
    assert told("missing-key.yaml") == [("authored.key.missing", 1, "name")]


def test_wrong_values_are_named_at_their_lines() -> None:
    assert told("wrong-values.yaml") == [("authored.value", 4, "parts.1.count"), ("authored.value", 5, "parts.2")]


@pytest.mark.parametrize(("file", "line"), [("bad-yaml.yaml", 4), ("two-documents.yaml", 3)])
def test_bad_yaml_is_said_with_its_line(file: str, line: int) -> None:
    assert [(p.code, p.where.line) for p in mistakes(file)] == [("authored.yaml", line)]


def test_character_that_yaml_does_not_allow_is_bad_yaml() -> None:
    assert [p.code for p in mistakes("control-character.yaml")] == ["authored.yaml"]


@pytest.mark.parametrize("file", ["not-utf8.yaml", "no-such-file.yaml"])
def test_file_that_cannot_be_read_is_said_so(file: str) -> None:
    assert [(p.code, p.where.line) for p in mistakes(file)] == [("authored.unreadable", 0)]


@pytest.mark.parametrize("file", ["empty.yaml", "a-list.yaml"])
def test_file_that_is_no_mapping_is_said_so(file: str) -> None:
    (problem,) = mistakes(file)
    assert (problem.code, problem.where.line) == ("authored.value", 1)


def test_name_that_problems_show_is_the_path_unless_another_is_given(tmp_path: Path) -> None:
    with pytest.raises(AuthoredError) as caught:
        written(tmp_path, "nme: a\nparts: []")
    assert {p.where.file for p in caught.value.problems} == {str(tmp_path / "thing.yaml")}


def test_nearest_name_is_looked_for_where_the_key_stands(tmp_path: Path) -> None:
    for text, near in [
        ("name: a\nparts: []\nmore: {y: 1, x: 2, xx: 3}", ""),
        ("name: a\nparts: []\nby_name:\n  one: {code: a, coun: 1}", "count"),
    ]:
        with pytest.raises(AuthoredError) as caught:
            written(tmp_path, text)
        said = caught.value.problems[0].en
        assert ("did you mean" in said) is bool(near)
        assert near in said
