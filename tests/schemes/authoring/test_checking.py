"""Every mistake that an author can make is told at its file and line, with the nearest good name."""

from decimal import Decimal
from pathlib import Path

import pytest

from samrit.schemes import read_pack_folder
from schemes.authoring.spoiling import copy_of, only, problems_of
from schemes.building import spoil

# pack, what stands there, what stands there instead, code, place by its names, words of the message
MISTAKES = [
    # rules
    ("qof-2557", "by: B2, standing", "by: B22, standing", "schemes.rule.unknown", "items.1.4.score.by", "'B2'"),
    ("qof-2557", "[65, 70, 75, 80]", "[65, 75, 70, 80]", "scoring.edges.rising", "scoring.B1.lower_edges", "70"),
    ("qof-2557", "[65, 70, 75, 80]", "[65, 65, 75, 80]", "scoring.edges.rising", "scoring.B1.lower_edges", "65"),
    ("qof-2557", "[65, 70, 75, 80]", "[65, 70, 75.005, 80]", "scoring.edges.decimals", "scoring.B1.lower_edges", "75.005"),
    ("qof-2557", "lower_edges: [65, 70, 75, 80],", "lower_edges: [65, 70], scores: [1, 2],", "scoring.edges.count", "scoring.B1.lower_edges", "1 edges"),
    ("qof-2557", "lower_edges: [65, 70, 75, 80],", "lower_edges: [65], scores: [2, 1],", "scoring.scores", "scoring.B1.scores", "rising"),
    ("nhso-2552", "sd_zero: 3", "sd_zero: 6", "scoring.norm.sd_zero", "scoring.Z.sd_zero", "0 to 5"),
    ("nhso-2552", "edges: [-2, -1, 0, 1, 2]", "edges: [-2, -1, 1, 0, 2]", "scoring.edges.rising", "scoring.Z.edges", "0"),
    ("uk-qof", "lower: 40, upper: 77", "lower: 77, upper: 40", "scoring.linear.bounds", "scoring.T40_77", "77"),
    ("qof-2560", "    decimals: 2\n", "    otherwise: COVERGE\n", "schemes.rule.unknown", "scoring.LESS_THAN_LAST.otherwise", "'COVERAGE'"),
    ("qof-2560", "    decimals: 2\n", "    otherwise: LESS_THAN_LAST\n", "schemes.rule.circle", "scoring.LESS_THAN_LAST", "itself"),
    ("nhso-2552", "    cap: 5\n    standing: printed\n", "    cap: 3\n    standing: printed\n", "scoring.ladder.cap", "scoring.P1", "3"),
    ("nhso-2552", "code: to_10000,", "code: below_5000,", "scoring.ladder.code", "scoring.P1", "below_5000"),
    ("nhso-2552", "score: {by: LEVEL, standing: assumed}              # or", "score: {by: P1, standing: assumed}  # or", "schemes.condition.fact", "scoring.P1.rungs.below_5000.when.0", "'R3'"),
    ("nhso-2552", "  entry: percent                                     #", "  entry: percent\n  score: {by: LEVEL, standing: assumed}\n- item: P8\n  pool: primary\n  title: {th: ก, en: a}\n  weight: {value: 0, standing: assumed}\n  entry: percent  #", "schemes.rule.levels", "items.P7.score.by", "LEVEL"),
    ("nhso-2552", "  score: {by: P1, standing: printed}", "  score: {by: Z, standing: printed}", "schemes.rule.value", "items.P1.score.by", "facts"),
    # conditions and facts
    ("nhso-2552", "{fact: nurses, at_most: 0}", "{fact: nurse, at_most: 0}", "schemes.condition.fact", "scoring.P1.rungs.no_nurse.when.0", "'nurses'"),
    ("nhso-2552", "{fact: nurses, at_most: 0}", "{fact: nurses}", "schemes.condition.tests", "scoring.P1.rungs.no_nurse.when.0", "one test"),
    ("nhso-2552", "{fact: nurses, at_most: 0}", "{fact: nurses, at_most: 0, below: 1}", "schemes.condition.tests", "scoring.P1.rungs.no_nurse.when.0", "below, at_most"),
    ("nhso-2552", '{fact: nursing_office, is: "yes"}', "{fact: nursing_office, at_least: 1}", "schemes.condition.test", "scoring.R1.rungs.nursing_office.when.0", "yes_no"),
    ("nhso-2552", '{fact: nursing_office, is: "yes"}', "{fact: nursing_office, is: maybe}", "schemes.condition.value", "scoring.R1.rungs.nursing_office.when.0", "'maybe'"),
    ("nhso-2552", "{fact: certificate, is: ha_step_1}", "{fact: certificate, is: ha_stp_1}", "schemes.condition.word", "scoring.R1.rungs.step_1.when.0", "'ha_step_1'"),
    ("nhso-2552", '{fact: certificate_until, valid: "yes"}', '{fact: hai_score, valid: "yes"}', "schemes.condition.test", "scoring.R1.rungs.certified.when.1", "valid"),
    ("nhso-2552", "    nurses: {type: number,", "    nurses: {type: word, words: [few, many],", "schemes.fact.number", "items.P1.derived.people_per_nurse.per", "nurses"),
    ("nhso-2552", "{type: word, words: [surveyor_did_not_come, hospital_not_ready],", "{type: word,", "schemes.fact.words", "items.R1.facts.expiry_reason", "words"),
    ("nhso-2552", "    hai_score: {type", "    last: {type", "schemes.fact.reserved", "items.R1.facts.last", "'last'"),
    ("nhso-2552", "derived: {people_per_nurse: {of: people, per: nurses}}", "derived: {people_per_nurse: {of: peple, per: nurses}}", "schemes.fact.number", "items.P1.derived.people_per_nurse.of", "'people'"),
    ("nhso-2552", "roll_up: weighted_mean, weight: people,", "roll_up: weighted_mean,", "schemes.parts.weight", "items.P1.parts", "weight"),
    ("nhso-2552", "roll_up: weighted_mean, weight: people,", "roll_up: mean, weight: people,", "schemes.parts.weight", "items.P1.parts", "weight"),
    # items
    ("qof-2557", "measure: anc_five_visits", "measure: anc_five_visit", "schemes.item.measure", "items.1.1.measure", "'anc_five_visits'"),
    ("qof-2557", "measure: anc_five_visits", "measure: anc_five_visits\n  entry: level", "schemes.item.source", "items.1.1", "either"),
    ("qof-2557", "  measure: anc_five_visits\n", "", "schemes.item.source", "items.1.1", "either"),
    ("qof-2557", "  entry: percent\n", "  entry: percent\n  parameters: {age_max: 74}\n", "schemes.item.parameters", "items.3.1.parameters", "measure"),
    ("qof-2560", "parameters: {age_max: 74}", "parameters: {age_mx: 74}", "measures.parameter.unknown", "items.1.1.parameters.age_mx", "'age_max'"),
    ("qof-2560", "parameters: {age_max: 74}", "parameters: {age_max: old}", "measures.parameter.value", "items.1.1.parameters.age_max", "age_max"),
    ("qof-2557", '- item: "1.2"', '- item: "1.1"', "schemes.item.repeated", "items.1.1", "1.1"),
    ("qof-2557", "  points: {value: 80, standing: printed}\n", "", "schemes.item.marks", "items.1.1.item", "either"),
    ("qof-2557", "  points: {value: 80, standing: printed}\n", "  points: {value: 80, standing: printed}\n  weight: {value: 1, standing: printed}\n", "schemes.item.marks", "items.1.1.points", "either"),
    ("qof-2557", "  rate: {value: 4.33, standing: printed}\n", "", "schemes.item.rate", "items.1.1.item", "'qof'"),
    ("qof-2557", '- {no: "1",', '- {no: "5",', "schemes.item.domain", "items.1.1.item", "1.1"),
    ("qof-2557", "  measure: anc_five_visits", "  domain: 11\n  measure: anc_five_visits", "schemes.domain.unknown", "items.1.1.domain", "'1'"),
    ("qof-2557", "  entry: level\n", "  entry: level\n  few: {least: 5, then: unscored, standing: assumed}\n", "schemes.few.cases", "items.3.3.few", "level"),
    ("uk-qof", "  entry: percent\n", "  entry: facts\n", "schemes.item.facts", "items.1.1.entry", "facts"),
    # pools and domains
    ("nhso-2552", "  pool: primary\n", "  pool: primry\n", "schemes.pool.unknown", "items.P1.pool", "'primary'"),
    ("nhso-2552", "  pool: primary\n", "", "schemes.item.pool", "items.P1.item", "primary referral"),
    ("qof-2560", '- {no: "1", pool: pp,', '- {no: "1", pool: pq,', "schemes.pool.unknown", "domains.1.pool", "there are: pp op"),
    ("qof-2560", '- item: "1.1"\n', '- item: "1.1"\n  pool: op\n', "schemes.item.pools", "items.1.1.pool", "'pp'"),
    ("qof-2560", "- id: op\n", "- id: pp\n", "schemes.pool.repeated", "pools.pp", "'pp'"),
    ("qof-2560", '- {no: "2", pool: op,', '- {no: "2", pool: pp,', "schemes.pool.empty", "pools.op.id", "'op'"),
    ("qof-2557", '- {no: "2",', '- {no: "1",', "schemes.domain.repeated", "domains.1", "'1'"),
    ("qof-2557", "  people: uc\n", "  people: uk\n", "schemes.people.unknown", "pools.qof.people", "there are: uc"),
    ("nhso-2552", "otherwise: uc ", "otherwise: ud ", "schemes.people.unknown", "people.referral_uc.otherwise", "there are: uc"),
    ("nhso-2552", "otherwise: uc ", "otherwise: referral_uc ", "schemes.people.otherwise", "people.referral_uc.otherwise", "another"),
    ("nhso-2552", "column: referral_population", "column: uc_population", "schemes.people.column", "people.referral_uc.column", "'uc'"),
    ("qof-2557", "rule: open_rate  ", "rule: closed_pool\n  by_domain: true  ", "schemes.domain.weight", "domains.1.no", "by domain"),
    ("qof-2557", "  pot: {amount: {value: 234569039, standing: printed}}", "  pot: {}", "schemes.pool.pot", "pools.qof.pot", "qof"),
    # sums
    ("nhso-2552", "weight: {value: 10, standing: assumed}", "weight: {value: 9, standing: assumed}", "schemes.weights.sum", "pools.primary.weights", "99, not 100"),
    ("nhso-2552", "weight: {value: 10, standing: assumed}", "points: {value: 50, standing: assumed}", "schemes.weights.item", "items.P1.item", "'primary'"),
    ("qof-2557", "points: {value: 80, standing: printed}", "points: {value: 79, standing: printed}", "schemes.domain.sum", "domains.1.points", "399"),
    ("qof-2557", "rate: {value: 4.33, standing: printed}", "rate: {value: 4.34, standing: printed}", "schemes.domain.sum", "domains.1.rate", "21.67"),
    ("qof-2557", "rate: 5.40}", "rate: 5.41}", "schemes.domain.sum", "domains.4.rate", "5.40"),
    ("qof-2557", "  measure: anc_five_visits", "  origin: regional\n  measure: anc_five_visits", "schemes.regional", "items.1.1.origin", "at most 0"),
    # money
    ("qof-2557", "people: uc}", "people: ux}", "schemes.people.unknown", "money.advance.people", "there are: uc"),
    ("qof-2557", "  advance: {rate: {value: 28.13, standing: printed}, people: uc}", "  advance: {people: uc}", "schemes.advance.source", "money.advance", "either"),
    ("qof-2557", "people: uc}", "people: uc, uprating: {value: 1, standing: assumed}}", "schemes.advance.uprating", "money.advance.uprating", "share_of_last"),
    ("nhso-2552", 'inside: "" ', "inside: primry ", "schemes.pool.unknown", "money.support.inside", "'primary'"),
    ("qof-2557", "{id: final, of: net", "{id: final, of: support", "schemes.payment.of", "calendar.payments.final.of", "support"),
    ("qof-2557", "{id: advance, of: advance", "{id: advance, of: net", "schemes.payment.missing", "calendar.payments", "advance"),
    ("qof-2557", "{id: final,", "{id: advance,", "schemes.payment.repeated", "calendar.payments.advance", "'advance'"),
    ("qof-2557", "due: 2014-07-01", "due: 2013-07-01", "schemes.payment.order", "calendar.payments.final.due", "2013-10-01"),
    ("uk-qof", "reference: {value: 9103, standing: printed}", "reference: {value: 0, standing: printed}", "schemes.index.reference", "pools.practice.indices.list.reference", "'list'"),
    ("uk-qof", "    value: people\n", "    value: people\n    low: 2\n    high: 1\n", "schemes.index.range", "pools.practice.indices.list.low", "above"),
    ("uk-qof", "- name: prevalence", "- name: list", "schemes.index.repeated", "pools.practice.indices.list", "'list'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pack_id", "old", "new", "code", "field", "said"), MISTAKES, ids=lambda value: ""
)
def test_a_mistake_is_told_at_its_line_and_place(
    tmp_path: Path, pack_id: str, old: str, new: str, code: str, field: str, said: str
) -> None:
    pack = copy_of(pack_id, tmp_path)
    spoil(pack, old, new)
    found = [p for p in problems_of(pack) if p.code == code]
    assert found, [str(p) for p in problems_of(pack)]
    assert (found[0].where.file, found[0].where.field) == (f"schemes/packs/{pack_id}/scheme.yaml", field)
    assert said in found[0].en
    assert found[0].where.line > 0


@pytest.mark.parametrize(
    ("pack_id", "old", "new", "code"),
    [
        ("qof-2557", "by: B2, standing", "by: B22, standing", "schemes.rule.unknown"),
        ("qof-2557", "[65, 70, 75, 80]", "[65, 75, 70, 80]", "scoring.edges.rising"),
        ("nhso-2552", "{fact: nurses, at_most: 0}", "{fact: nurse, at_most: 0}", "schemes.condition.fact"),
        ("qof-2560", "parameters: {age_max: 74}", "parameters: {age_mx: 74}", "measures.parameter.unknown"),
        ("qof-2557", "rate: 5.40}", "rate: 5.41}", "schemes.domain.sum"),
        ("qof-2557", "due: 2014-07-01", "due: 2013-07-01", "schemes.payment.order"),
        ("nhso-2552", 'inside: "" ', "inside: primry ", "schemes.pool.unknown"),
    ],
)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, pack_id: str, old: str, new: str, code: str) -> None:
    pack = copy_of(pack_id, tmp_path)
    line = spoil(pack, old, new)
    assert [(p.code, p.where.line) for p in problems_of(pack) if p.code == code][0] == (code, line)


def test_support_is_cut_only_from_a_pool_that_has_a_pot(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    spoil(pack, "  pot: {rate: {value: 10, standing: printed}}        # the envelope", "  # the envelope")
    spoil(pack, 'inside: "" ', "inside: primary ")
    assert (only(pack).code, only(pack).where.field) == ("schemes.pool.pot", "money.support.inside")


def test_support_cannot_be_cut_from_a_price_list(tmp_path: Path) -> None:
    pack = copy_of("qof-2557", tmp_path)
    support = "{title: {th: ก, en: a}, rate: {value: 1, standing: assumed}, people: uc, inside: qof, "
    shares = ", ".join(f"{part}: {{value: 0, standing: assumed}}" for part in ("hospitals", "beds", "units"))
    spoil(pack, "  netting: recover", f"  support: {support}{shares}}}\n  netting: recover")
    found = {p.code: p.where.field for p in problems_of(pack)}
    assert found["schemes.support.inside"] == "money.support.inside"
    assert found["schemes.support.shares"] == "money.support"
    assert found["schemes.payment.missing"] == "calendar.payments"


def test_weights_that_are_rescaled_need_not_add_up(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    spoil(pack, "weight: {value: 10, standing: assumed}", "weight: {value: 15, standing: assumed}")
    assert only(pack).code == "schemes.weights.sum"
    spoil(pack, "rescale: false", "rescale: true")
    read = read_pack_folder(pack)
    assert round(read.full_points(read.item("P1")), 20) == round(Decimal(15 * 5 * 100) / 105, 20)


def test_two_rules_of_an_item_compare_with_one_group(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    spoil(
        pack,
        "  LEVEL: {kind: levels",
        "  BY_LEVEL: {kind: conditional, branches: [{when: [{fact: service_level, is: A}], by: Z_LEVEL}], "
        "otherwise: Z, standing: assumed}\n  LEVEL: {kind: levels",
    )
    spoil(pack, "score: {by: Z, standing: assumed}", "score: {by: BY_LEVEL, standing: assumed}")
    assert (only(pack).code, only(pack).where.field) == ("schemes.rule.groups", "items.P2.score.by")


def test_rules_may_not_lead_back_to_themselves_over_others(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    branch = "branches: [{when: [{fact: last, at_least: 1}], by: "
    spoil(
        pack,
        "  LEVEL: {kind: levels",
        f"  ONE: {{kind: conditional, {branch}TWO}}], standing: assumed}}\n"
        f"  TWO: {{kind: conditional, {branch}ONE}}], standing: assumed}}\n  LEVEL: {{kind: levels",
    )
    spoil(pack, "score: {by: Z, standing: assumed}", "score: {by: ONE, standing: assumed}")
    assert [(p.code, p.where.field) for p in problems_of(pack)] == [
        ("schemes.rule.circle", "scoring.ONE"),
        ("schemes.rule.circle", "scoring.TWO"),
    ]
