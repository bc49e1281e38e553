"""Where a value comes from, in words: a cube by its file, facts by the titles that the pack gives to its words."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.schemes import InputFile, RunInputs, Standing, read_pack
from samrit.schemes.authoring.describing import describe, say
from schemes.building import PACK
from schemes.desk import Desk
from schemes.explained import evaluated, explained, of_ab, payee, text, typed

UNIT = payee("11033", {"uc": 10_000})
HOSPITAL = payee("H1", {"uc": 1000, "referral_uc": 1000})
NHSO = read_pack("nhso-2552")
CUBE = InputFile("cube", "region8.csv", "c0ffee" + "0" * 58, "")


def test_counts_of_a_cube_are_told_with_their_file_and_not_as_typed_in() -> None:
    counts = {("2.6", "11033"): of_ab(65, 100, "65", Standing.TYPED_IN)}
    inputs = RunInputs(files=(CUBE,), cube={("2.6", "11033"): (65, 100)})
    said = explained(evaluated(PACK, [UNIT], counts, inputs), "11033", "2.6")
    assert said.sentences()[-1] == (
        "ค่า = (A/B)x100 = 65.00 เมื่อ A = 65, B = 100 (จากผลนับที่นำเข้า แฟ้ม region8.csv sha256 c0ffee0000000000)"
    )
    assert said.sentences("en")[-1].endswith("(from a counted cube, file region8.csv sha256 c0ffee0000000000)")
    assert "typed in" not in "\n".join(said.sentences("en"))
    told = said.as_dict()
    assert told["counted_by"] == {"file": "region8.csv", "sha256": CUBE.sha256, "day": ""}
    assert {"figure": "value", "value": "65", "standing": "computed"} in told["figures"]
    assert said.behind is None


def test_a_result_that_was_typed_in_over_a_cube_is_typed_in() -> None:
    inputs = RunInputs(files=(CUBE,), cube={("3.1", "11033"): (65, 100)}, entries={("3.1", "11033"): typed("70")})
    said = explained(evaluated(PACK, [UNIT], {("3.1", "11033"): typed("70")}, inputs), "11033", "3.1")
    assert said.sentences()[-1] == "ค่า = 70.00 (คีย์เข้า)"
    assert said.as_dict()["counted_by"] is None


def test_words_of_facts_are_told_by_the_titles_of_the_pack() -> None:
    facts = {"certificate": "ha_step_2", "certificate_until": date(2010, 1, 1), "hnqa_units": Decimal(2)}
    inputs = RunInputs(facts={("R1", "H1"): {"": facts}})
    said = explained(evaluated(NHSO, [HOSPITAL], {}, inputs), "H1", "R1")
    told = text(said)
    assert "การรับรองที่มี: บันไดขั้นที่ 2 สู่ HA (คีย์เข้า)" in said.sentences()
    assert "เพราะ การรับรองที่มี คือ บันไดขั้นที่ 2 สู่ HA (ขณะนี้ บันไดขั้นที่ 2 สู่ HA)" in told
    assert "การรับรองที่มี เป็นหนึ่งใน ผ่านการรับรอง HA หรือ ผ่าน TQC" in told
    assert "ha_step_2" not in told
    assert said.as_dict()["facts"]["certificate"] == {"th": "บันไดขั้นที่ 2 สู่ HA", "en": "HA step 2"}


def test_a_mere_list_of_words_is_called_by_the_words_themselves() -> None:
    changed = read_pack("nhso-2552", {"items.R1.facts.expiry_reason.words": "[late, not_ready]"})
    words = changed.item("R1").facts["expiry_reason"].words
    assert {word: (of.th, of.en) for word, of in words.items()} == {
        "late": ("late", "late"),
        "not_ready": ("not_ready", "not_ready"),
    }


def test_the_page_of_a_pack_names_the_words_of_its_facts() -> None:
    cells = [say(cell, "th") for section in describe(NHSO) for row in section.rows for cell in row]
    assert any("การรับรองที่มี (ไม่มีการรับรอง / ผ่านการรับรอง HA / ผ่าน TQC / บันไดขั้นที่ 2 สู่ HA" in cell for cell in cells)


@pytest.mark.parametrize(
    ("pack", "changes", "item", "base"),
    [
        ("qof-2557", {}, "2.6", "ประชากรสิทธิ UC"),
        ("qof-2557", {"pools.qof.rule": "closed_pool"}, "2.6", "ประชากรสิทธิ UC"),
        ("uk-qof", {}, "1.1", "ผู้ขึ้นทะเบียนกับคลินิก"),
    ],
)
def test_a_unit_without_people_is_scored_and_told_why_it_gets_no_money(
    pack: str, changes: dict[str, str], item: str, base: str
) -> None:
    """Whatever the pool pays by: points as any other, no baht, no rank among those that are paid."""
    of = read_pack(pack, changes)
    names = list(of.scheme.people)
    region = int(of.scheme.region.people.value) if of.scheme.region.people else 4000
    units = [payee(org, dict.fromkeys(names, people)) for org, people in
             (("A", region - 300), ("B", 100), ("C", 100), ("D", 100), ("E", 0))]  # fmt: skip
    counts = {(item, unit.org): of_ab(60 + n, 100, str(60 + n)) for n, unit in enumerate(units)}
    said = explained(evaluated(of, units, counts), "E", item)
    line = said.subject.line
    assert line.scored.score is not None
    assert line.points
    assert any(base in sentence and "จึงให้คะแนนแต่ไม่มีเงิน" in sentence for sentence in said.sentences())
    assert (said.money.as_dict()["earned_satang"], said.place) == (0, None)
    assert said.run.evaluation.amount("E", "earned") == 0


def test_a_unit_without_people_is_in_no_group_that_a_norm_compares() -> None:
    units = [payee(org, {"uc": people, "referral_uc": people}) for org, people in (("A", 100), ("B", 100), ("E", 0))]
    counts = {("P2", unit.org): of_ab(60 + n, 100, str(60 + n)) for n, unit in enumerate(units)}
    said = explained(evaluated(NHSO, units, counts), "E", "P2")
    assert said.subject.line.scored.score is None
    assert "ยังไม่ให้คะแนน: หน่วยที่ไม่มีประชากรไม่อยู่ในกลุ่มที่เกณฑ์ Z ใช้เทียบ" in text(said)
    assert "ยังไม่คิดเป็นเงิน" in text(said)


def test_a_unit_without_people_may_have_typed_in_results(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "qof-2557")
    desk.write("populations", ("org", "district_code", "uc_population"), ("E", "4201", 0), ("A", "4201", 5))
    desk.write("entries", ("item", "org", "value", "author", "entered_on"), ("3.1", "E", 70, "x", "2014-04-01"))
    assert ("3.1", "E") in desk.read().entries


def test_a_unit_of_another_pool_is_told_to_be_none_of_this_one(tmp_path: Path) -> None:
    """Not 'no people at all': people of the first base, none of the referral base."""
    desk = Desk(tmp_path, "nhso-2552")
    columns = ("org", "district_code", "uc_population", "referral_population")
    desk.write("populations", columns, ("E", "4201", 5, 0))
    desk.write("entries", ("item", "org", "value", "author", "entered_on"), ("R3", "E", 3, "x", "2009-04-01"))
    assert [p.code for p in desk.refused()] == ["schemes.payee.pool"]


def test_the_word_of_a_unit_is_shown_as_it_is_now() -> None:
    """A rule that tests what the unit is (its service level) says what that is."""
    rule = "{kind: conditional, branches: [{when: [{fact: service_level, is: A}], by: B5}], standing: assumed}"
    of = read_pack("qof-2557", {"scoring.BY_LEVEL": rule, "items.2.6.score.by": "BY_LEVEL"})
    unit = payee("11033", {"uc": 10_000}, service_level="A")
    said = explained(evaluated(of, [unit], {("2.6", "11033"): of_ab(65, 100, "65")}), "11033", "2.6")
    assert any("ระดับบริการ คือ A (ขณะนี้ A)" in sentence for sentence in said.sentences())
