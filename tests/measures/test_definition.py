"""Reading a measure folder: what is good is read as written, every broken folder is told at its file and line."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from measures.building import A_OF_ALL, B_OF_ALL, made_up, write_measure
from samrit.measures.definition import (
    CountedAt,
    Measure,
    TableValue,
    measure,
    measure_ids,
    read_measure,
    table_of,
    typed_scalar,
)
from samrit.measures.errors import MeasuresError
from samrit.problems import Problem

BROKEN = Path(__file__).parent / "broken"

# File, code, line of measure.yaml, a word of the English text: the nearest good name where there is one.
FAULTS = [
    ("unknown-key", "authored.key.unknown", 7, "'better'"),
    ("unknown-key-of-a", "authored.key.unknown", 4, "'part_of'"),
    ("repeated-key", "authored.key.repeated", 8, "'better'"),
    ("no-title-in-thai", "authored.key.missing", 2, "'th'"),
    ("no-sources", "authored.key.missing", 1, "'sources'"),
    ("wrong-better", "authored.value", 7, "'higher'"),
    ("wrong-counted-at", "authored.value", 8, "'home_facility'"),
    ("part-of-a", "authored.value", 4, "'b'"),
    ("not-yaml", "authored.yaml", 8, "YAML"),
    ("other-id", "measures.id", 1, "'made_up'"),
    ("parameter-named-start", "measures.parameter.value", 10, "'start'"),
    ("parameter-with-capitals", "measures.parameter.value", 10, "'Readings'"),
    ("parameter-as-list", "authored.value", 10, "readings"),
    ("table-row-too-short", "measures.parameter.value", 12, "'windows'"),
    ("table-without-rows", "measures.parameter.value", 12, "'windows'"),
    ("table-of-two-kinds", "measures.parameter.value", 12, "'windows'"),
    ("table-column-twice", "measures.parameter.value", 12, "'windows'"),
    ("table-column-with-space", "measures.parameter.value", 12, "'windows'"),
    ("choices-of-nothing", "measures.parameter.unknown", 13, "'date_used'"),
    ("default-is-no-choice", "measures.parameter.value", 13, "discharged | admission"),
    ("formula-with-letter", "measures.formula.name", 6, "'C'"),
    ("formula-open-bracket", "formula", 6, ""),
]


def folder_with(tmp_path: Path, name: str) -> Path:
    """A measure folder whose measure.yaml is a broken file."""
    folder = write_measure(tmp_path / "made_up")
    shutil.copyfile(BROKEN / f"measure-{name}.yaml", folder / "measure.yaml")
    return folder


def faults_of(folder: Path) -> list[Problem]:
    with pytest.raises(MeasuresError) as error:
        read_measure(folder)
    return list(error.value.problems)


@pytest.mark.parametrize(("name", "code", "line", "word"), FAULTS)
def test_a_broken_measure_is_told_at_its_line(tmp_path: Path, name: str, code: str, line: int, word: str) -> None:
    found = faults_of(folder_with(tmp_path, name))

    assert all(p.where.file == "measures/catalogue/made_up/measure.yaml" for p in found)
    assert any(p.code.startswith(code) and p.where.line == line and word in p.en for p in found), [*map(str, found)]


def test_every_broken_measure_file_is_tried() -> None:
    files = {f.stem.removeprefix("measure-") for f in BROKEN.glob("measure-*.yaml")}

    assert files == {name for name, *_ in FAULTS} | {"three-mistakes"}


def test_all_mistakes_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "three-mistakes")
    (folder / "a.sql").unlink()

    assert {(p.code, Path(p.where.file).name, p.where.line) for p in faults_of(folder)} == {
        ("measures.id", "measure.yaml", 1),
        ("measures.formula.name", "measure.yaml", 6),
        ("measures.parameter.value", "measure.yaml", 10),
        ("measures.sql.missing", "a.sql", 1),
    }


@pytest.mark.parametrize("part", ["a", "b"])
def test_a_folder_needs_both_texts(tmp_path: Path, part: str) -> None:
    folder = write_measure(tmp_path / "made_up", None if part == "a" else A_OF_ALL, None if part == "b" else B_OF_ALL)

    [found] = faults_of(folder)
    assert (found.code, found.where.file) == ("measures.sql.missing", f"measures/catalogue/made_up/{part}.sql")


def test_a_text_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    folder = write_measure(tmp_path / "made_up")
    shutil.copyfile(BROKEN / "measure-latin-1.sql", folder / "b.sql")

    [found] = faults_of(folder)
    assert (found.code, found.where.file) == ("authored.unreadable", "measures/catalogue/made_up/b.sql")


def test_an_empty_folder_is_told_and_does_not_crash(tmp_path: Path) -> None:
    (tmp_path / "made_up").mkdir()

    assert [p.code for p in faults_of(tmp_path / "made_up")] == ["authored.unreadable"]


def test_an_empty_measure_file_is_told_and_does_not_crash(tmp_path: Path) -> None:
    folder = write_measure(tmp_path / "made_up")
    (folder / "measure.yaml").write_text("", encoding="utf-8")

    assert {p.where.file for p in faults_of(folder)} == {"measures/catalogue/made_up/measure.yaml"}


def test_an_unknown_measure_is_told_with_the_nearest_one() -> None:
    with pytest.raises(MeasuresError, match="did you mean 'ht_controlled'"):
        measure("ht_controled")


def test_an_id_is_never_a_path() -> None:
    for path in ("../measures/catalogue/ht_controlled", "sets", "", ".", "/etc"):
        with pytest.raises(MeasuresError):
            measure(path)


def test_every_shipped_measure_is_read() -> None:
    assert "ht_controlled" in measure_ids()
    assert [measure(name).id for name in measure_ids()] == list(measure_ids())


def test_what_a_folder_says_is_read_as_it_is_written(tmp_path: Path) -> None:
    folder = write_measure(
        tmp_path / "made_up",
        counted_at="treating_facility",
        better="neither",
        parameters={"days": "28", "share": "0.5", "unit": "0100", "windows": {"columns": ["no"], "rows": [["07"]]}},
        choices={"days": ["7", "28"]},
    )

    made = read_measure(folder)
    assert made.definition.counted_at is CountedAt.TREATING
    assert (made.a_sql, made.b_sql) == (A_OF_ALL, B_OF_ALL)
    assert made.parameters == {
        "days": 28,
        "share": Decimal("0.5"),
        "unit": "0100",
        "windows": TableValue(("no",), (("07",),)),
    }


@pytest.fixture(scope="module")
def with_all_kinds() -> Measure:
    return made_up(
        parameters={
            "days": "28",
            "share": "0.5",
            "unit": "0100",
            "used": "discharge",
            "windows": {"columns": ["no", "code", "share"], "rows": [["1", "x", "0.5"]]},
        },
        choices={"used": ["discharge", "admission"], "days": ["28", "7"]},
    )


def test_given_values_are_laid_over_the_defaults(with_all_kinds: Measure) -> None:
    given = with_all_kinds.with_parameters({"days": "7", "used": "admission"})

    assert (given["days"], given["used"], given["share"]) == (7, "admission", Decimal("0.5"))
    assert with_all_kinds.parameters["days"] == 28


def test_a_text_stays_text_when_the_given_one_looks_like_a_number(with_all_kinds: Measure) -> None:
    assert with_all_kinds.with_parameters({"unit": "61"})["unit"] == "61"


def test_a_whole_number_fits_where_a_decimal_stands(with_all_kinds: Measure) -> None:
    assert with_all_kinds.with_parameters({"share": "2"})["share"] == 2


def test_a_table_is_typed_column_by_column_like_the_default(with_all_kinds: Measure) -> None:
    given = with_all_kinds.with_parameters({"windows": [["2", "61", "3"], ["3", "y", "0.25"]]})

    assert given["windows"] == TableValue(("no", "code", "share"), ((2, "61", 3), (3, "y", Decimal("0.25"))))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("days", "many"),
        ("days", "7.5"),
        ("days", None),
        ("days", True),
        ("days", "8"),
        ("days", [7]),
        ("share", "half"),
        ("share", 0.5),
        ("unit", None),
        ("unit", 61),
        ("unit", ["0100"]),
        ("used", "discharged"),
        ("windows", "1"),
        ("windows", []),
        ("windows", [["1", "x"]]),
        ("windows", [["1", "x", "0.5", "y"]]),
        ("windows", [["one", "x", "0.5"]]),
        ("windows", [["1", None, "0.5"]]),
        ("windows", ["1", "x", "0.5"]),
        ("windows", TableValue(("no", "other", "share"), ((1, "x", 1),))),
    ],
)
def test_a_value_of_another_kind_is_refused(with_all_kinds: Measure, name: str, value: object) -> None:
    with pytest.raises(MeasuresError) as error:
        with_all_kinds.with_parameters({name: value})

    [found] = error.value.problems
    assert (found.code, found.where.field) == ("measures.parameter.value", name)
    assert found.where.file == "measures/catalogue/made_up/measure.yaml"


def test_an_unknown_parameter_is_told_with_the_nearest_one(with_all_kinds: Measure) -> None:
    with pytest.raises(MeasuresError, match="did you mean 'share'"):
        with_all_kinds.with_parameters({"shares": "1"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-3", -3),
        ("007", "007"),
        ("-0.50", Decimal("-0.50")),
        ("1.", "1."),
        ("1e3", "1e3"),
        ("๑", "๑"),
        ("", ""),
        (True, None),
        (1.5, None),
        (None, None),
    ],
)
def test_scalars_are_typed_by_how_they_are_written(text: object, value: object) -> None:
    assert typed_scalar(text) == value
    assert type(typed_scalar(text)) is type(value)


def test_only_a_table_can_stand_for_a_table() -> None:
    assert table_of(1, [["1"]]) is None
