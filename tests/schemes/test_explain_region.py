"""Every item at some payees of a made-up region: both languages, data without gaps, steps that hold what they say."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cli.speaking import has_thai
from samrit.demo import write_cube
from samrit.reference import shipped_register
from samrit.results import Run
from samrit.schemes import Asked, Explanation, SchemeRun, choose, evaluate, explain, find_inputs, read_inputs, read_pack
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.counting import gather_counts
from samrit.schemes.inputs import counted_value

REGISTER = shipped_register()


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> SchemeRun:
    """nhso-2552 over all of region 8: ladders, levels, norms, primary units, two pools by the mean."""
    folder = tmp_path_factory.mktemp("region")
    write_cube(folder, region="8", seed=1, year=2557)
    inputs, pack = read_inputs(find_inputs(folder, "nhso-2552"), lambda own: read_pack("nhso-2552", own))
    chosen = choose(pack, REGISTER, Asked(), inputs)
    materials = replace(chosen, counts=gather_counts(pack, {}, inputs, REGISTER, chosen.days[1]))
    run = Run("0" * 16, Path("nowhere"), {"snapshot": "none", "scheme": pack.id})
    return SchemeRun(run, materials, *materials.days, {}, evaluate(materials), (), ())


@pytest.fixture(scope="module")
def said(region: SchemeRun) -> list[Explanation]:
    """Every item at three units of its pool."""
    made = []
    for item in region.pack.scheme.items:
        orgs = [s.org for s in region.evaluation.scores if s.item == item.item]
        made += [explain(region, None, REGISTER, org, item.item) for org in orgs[:: -(-len(orgs) // 3)]]
    return made


def test_people_of_a_table_that_the_run_was_given_are_typed_in_and_not_printed(said: list[Explanation]) -> None:
    for of in said:
        assert of.subject.people_standing is Standing.TYPED_IN
        assert "พิมพ์ในเอกสาร" not in next(line for line in of.sentences("th") if " คน " in line)


def test_every_item_is_explained_in_both_languages_and_as_data(said: list[Explanation]) -> None:
    for of in said:
        thai, english = of.sentences("th"), of.sentences("en")
        assert len(thai) == len(english) > 8
        assert all(has_thai(line) for line in thai[:2])
        assert [line for line in english if has_thai(line)] == []
        assert not any("None" in line or "E+" in line for line in (*thai, *english))
        assert json.loads(json.dumps(of.as_dict()))["org"] == of.subject.payee.org


def test_a_step_in_a_is_just_enough_and_is_worth_what_the_whole_run_gives(
    region: SchemeRun, said: list[Explanation]
) -> None:
    """One A less (or more, where less is better) does not reach it."""
    stepping = [of for of in said if of.steps and of.steps[0].more is not None][::2]
    assert len(stepping) >= 8
    for of in stepping:
        (step,), now = of.steps, of.subject.line
        assert step.a is not None
        assert step.more is not None
        assert step.score is not None
        assert now.counted.b is not None
        assert now.scored.score is not None
        back = step.a - (1 if step.more > 0 else -1)
        scores = {}
        for a in (step.a, back):
            value = counted_value(region.pack, of.subject.item, a, now.counted.b)
            counts = {**region.materials.counts, (now.item, now.org): replace(now.counted, a=a, value=value)}
            then = evaluate(replace(region.materials, counts=counts))
            scores[a] = next(s.scored.score for s in then.scores if (s.org, s.item) == (now.org, now.item))
            if a == step.a:
                assert step.worth == then.amount(now.org, "earned") - region.evaluation.amount(now.org, "earned")
        assert scores[step.a] == step.score > now.scored.score
        assert scores[back] == now.scored.score


def test_the_money_of_the_items_of_a_pool_is_the_money_of_the_unit(region: SchemeRun, said: list[Explanation]) -> None:
    for of in said:
        codes = [item.item for item in region.pack.items_of(of.subject.pool.id)]
        assert of.money.unit_satang == sum(of.subject.amount(f"earned.{code}") for code in codes)
