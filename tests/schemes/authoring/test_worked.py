"""Worked examples: every shipped pack is proved by them; a wrong figure or name is told at its line."""

from pathlib import Path

import pytest

from samrit.problems import Problem
from samrit.schemes import pack_ids, read_pack, read_pack_folder
from samrit.schemes.proving import prove
from schemes.authoring.spoiling import copy_of
from schemes.building import spoil


@pytest.mark.parametrize("pack_id", pack_ids())
def test_the_examples_of_a_shipped_pack_come_out_as_the_source_says(pack_id: str) -> None:
    proof = prove(read_pack(pack_id))
    assert [str(p) for p in proof.problems] == []
    assert proof.examples >= 3
    assert proof.figures >= 9


def told(pack: Path) -> Problem:
    (found,) = prove(read_pack_folder(pack)).problems
    return found


@pytest.mark.parametrize(
    ("pack_id", "file", "old", "new", "said"),
    [
        (
            "qof-2557",
            "netting",
            "earned, baht: 5009064.90",
            "earned, baht: 5009064.91",
            "the baht of เมืองเลย earned should be 5,009,064.91, but is 5,009,064.9",
        ),
        (
            "qof-2557",
            "bands",
            'item: "1.1", score: 5',
            'item: "1.1", score: 4',
            "the score of ค่า 80 1.1 should be 4, but is 5",
        ),
        ("qof-2557", "bands", "judged: no_data", "judged: scored", "should be scored, but is no_data"),
        ("nhso-2552", "allocation", "points: 35", "points: 36", "the points of ก P1 should be 36, but is 35"),
        ("nhso-2552", "allocation", "component: undistributed,", "component: undistributd,", "but is -"),
        ("nhso-2552", "ladders", "score: 3.4", "score: 3.5", "should be 3.5, but is 3.4"),
    ],
)
def test_a_figure_that_comes_out_otherwise_is_told_at_its_line(
    tmp_path: Path, pack_id: str, file: str, old: str, new: str, said: str
) -> None:
    pack = copy_of(pack_id, tmp_path)
    line = spoil(pack, old, new, f"worked/{file}.yaml")
    found = told(pack)
    assert (found.code, found.where.file, found.where.line) == (
        "schemes.worked.differs",
        str(pack / "worked" / f"{file}.yaml"),
        line,
    )
    assert said in found.en


def test_when_score_and_points_differ_each_is_told_under_its_own_name(tmp_path: Path) -> None:
    """Full marks 80, score 4 of 5: 64 points; the example asks for 3 and 60."""
    pack = copy_of("qof-2557", tmp_path)
    (pack / "worked" / "netting.yaml").unlink()
    (pack / "worked" / "bands.yaml").write_text(
        "worked:\n"
        "- title: {th: ชื่อ, en: title}\n"
        '  source: {document: "003", at: x}\n'
        '  units: {ก: {people: {uc: 100}, counted: {"1.1": {a: 75, b: 100}}}}\n'
        '  expect: [{unit: ก, item: "1.1", score: 3, points: 60, judged: no_data, standing: printed}]\n',
        encoding="utf-8",
    )
    found = prove(read_pack_folder(pack)).problems
    assert [p.en for p in found] == [
        "title: the score of ก 1.1 should be 3, but is 4",
        "title: the points of ก 1.1 should be 60, but is 64",
        "title: the judged of ก 1.1 should be no_data, but is scored",
    ]
    assert [p.th.partition(" ของ ")[0] for p in found] == [
        "ชื่อ: คะแนนตามเกณฑ์ (score)",
        "ชื่อ: แต้ม (points)",
        "ชื่อ: ผลการตัดสิน (judged)",
    ]


def test_another_rule_makes_the_printed_example_fail(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    spoil(pack, "base: {value: 10,", "base: {value: 9,")
    assert {p.code for p in prove(read_pack_folder(pack)).problems} == {"schemes.worked.differs"}


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "said"),
    [
        ("allocation", "people: {uc: 150000}", "people: {ux: 150000}", "schemes.worked.name", "people 'ux'"),
        ("allocation", "scores: {every: 3.5}", "scores: {evry: 3.5}", "schemes.worked.name", "'every'"),
        ("allocation", "unit: ค, component", "unit: ฮ, component", "schemes.worked.name", "unit 'ฮ'"),
        ("allocation", 'document: "002"', 'document: "001"', "schemes.worked.name", "'002'"),
        ("allocation", "item: P1, points", "item: P11, points", "schemes.worked.name", "'P1'"),
        ("ladders", "nurses: 1}", "nurse: 1}", "schemes.condition.fact", "'nurses'"),
        ("ladders", "nurses: 1}", "nurses: one}", "schemes.condition.value", "'one'"),
        ("ladders", "certificate: tqc,", "certificate: tqm,", "schemes.condition.value", "'tqm'"),
        ("ladders", "score: 3.4,", "baht: 3.4,", "schemes.worked.expect", "component with baht"),
        ("ladders", "score: 3.4,", "scor: 3.4,", "authored.key.unknown", "'score'"),
        ("norms", "values: {P2: 10,", "values: {P22: 10,", "schemes.worked.name", "'P2'"),
    ],
)
def test_a_mistake_in_an_example_is_told_at_its_line(
    tmp_path: Path, file: str, old: str, new: str, code: str, said: str
) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    line = spoil(pack, old, new, f"worked/{file}.yaml")
    found = told(pack)
    assert (found.code, found.where.line) == (code, line)
    assert said in found.en


def test_a_change_of_an_example_that_names_nothing_is_told_with_the_example(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    line = spoil(
        pack, "set: {pools.primary.mean: weighted}", "set: {pools.primary.men: weighted}", "worked/allocation.yaml"
    )
    found = told(pack)
    assert (found.code, found.where.file) == ("schemes.set.path", str(pack / "worked" / "allocation.yaml"))
    assert line - 3 <= found.where.line <= line


def test_a_pack_without_examples_proves_nothing(tmp_path: Path) -> None:
    pack = copy_of("qof-2560", tmp_path)
    (pack / "worked" / "two-pots.yaml").unlink()
    proof = prove(read_pack_folder(pack))
    assert (proof.examples, proof.figures, proof.problems) == (0, 0, ())
