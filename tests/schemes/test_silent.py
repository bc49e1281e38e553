"""A unit that reported nothing has no data, whatever the rule asks of what the unit is."""

from decimal import Decimal

import pytest

from samrit.schemes import Counted, RunInputs, read_pack
from schemes.building import lines_of
from schemes.explained import evaluated, explained, of_ab, payee, text

SILENT, SPEAKS = payee("S", {"uc": 100}, service_level="C"), payee("T", {"uc": 100}, service_level="C")
BY_LEVEL = "when: [{fact: service_level, is: A}]"
RUNG = f"{{code: a, score: 5, {BY_LEVEL}, standing: assumed, title: {{th: ก, en: a}}}}"
LARGE = "{code: big, score: 3, when: [{fact: value, at_least: 50}], standing: assumed, title: {th: ข, en: b}}"
RULES = {
    "conditional": f"{{kind: conditional, branches: [{{{BY_LEVEL}, by: B5}}], standing: assumed}}",
    "conditional on last year": "{kind: conditional, branches: [{when: [{fact: last, at_least: 1}], by: B5}], "
    "standing: assumed}",
    "ladder of words": f"{{kind: ladder, cap: 5, rungs: [{RUNG}], standing: assumed}}",
    "ladder of words and values": f"{{kind: ladder, cap: 5, rungs: [{RUNG}, {LARGE}], standing: assumed}}",
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_silent_unit_has_no_data_and_one_that_reported_waits_for_a_decision(rule: str) -> None:
    """2.6 pays 3.25 baht a head: 325 baht stay for each, one time for want of data, one time for want of a rung."""
    pack = read_pack("qof-2557", {"scoring.OWN": rule, "items.2.6.score.by": "OWN"})
    run = evaluated(pack, [SILENT, SPEAKS], {("2.6", "T"): of_ab(20, 100, "20")})
    assert {s.org: s.scored.standing.value for s in run.evaluation.scores if s.item == "2.6"} == {
        "S": "no_data",
        "T": "unmatched",
    }
    told = text(explained(run, "S", "2.6"))
    assert "คะแนน 0: ไม่มีผลงานที่รายงาน" in told
    assert "รอพิจารณา" in text(explained(run, "T", "2.6"))
    paid = lines_of(run.evaluation)
    assert paid["T", "of_which.unmatched"] == 325_00
    assert ("S", "of_which.unmatched") not in paid


def test_a_unit_without_anybody_to_count_has_reported_nothing_that_a_rung_could_fit() -> None:
    pack = read_pack("qof-2557", {"scoring.OWN": RULES["ladder of words"], "items.2.6.score.by": "OWN"})
    run = evaluated(pack, [SILENT], {("2.6", "S"): Counted(0, 0, None)})
    assert explained(run, "S", "2.6").subject.line.scored.standing == "no_data"


def test_a_unit_with_a_fact_that_fits_no_rung_waits_for_a_decision() -> None:
    hospital = payee("H", {"uc": 100, "referral_uc": 100})
    run = evaluated(
        read_pack("nhso-2552"), [hospital], {}, RunInputs(facts={("R1", "H"): {"": {"certificate": "none"}}})
    )
    assert explained(run, "H", "R1").subject.line.scored.standing == "unmatched"
    silent = evaluated(read_pack("nhso-2552"), [hospital], {})
    assert explained(silent, "H", "R1").subject.line.scored.standing == "no_data"


def test_a_rung_that_the_unit_fits_by_what_it_is_counts_without_a_report() -> None:
    """The ladder asks for nothing that could be reported."""
    pack = read_pack("qof-2557", {"scoring.OWN": RULES["ladder of words"], "items.2.6.score.by": "OWN"})
    run = evaluated(pack, [payee("A", {"uc": 100}, service_level="A")], {})
    assert explained(run, "A", "2.6").subject.line.scored.score == Decimal(5)
