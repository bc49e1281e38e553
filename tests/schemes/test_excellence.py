"""The excellence money: 710,815 baht of the region and 1,658,569 of its provinces, for winners that are typed in."""

from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.schemes import SchemesError, Winner, read_pack
from schemes.building import EVERYONE, LOEI, PACK, REGION, all_at, evaluate_all, lines_of, payee, share_out

REGION_POT, PROVINCE_POT = 710_815_00, 1_658_569_00
LOEI_PART = 19_551_727
EQUAL = read_pack("qof-2557", {"money.excellence.share": "equal"})
NA_HAEO, DAN_SAI = payee("Na Haeo"), payee("Dan Sai")
PARTS = share_out(
    PROVINCE_POT, {"41": Fraction(2_200_000), "42": Fraction(LOEI), "47": Fraction(REGION - LOEI - 2_200_000)}
)


def paid(*winners: Winner, pack: object = PACK) -> dict[tuple[str, str], int]:
    return lines_of(evaluate_all(pack, all_at(3, EVERYONE), EVERYONE, "region:8", winners))  # type: ignore[arg-type]


def left(lines: dict[tuple[str, str], int]) -> dict[str, int]:
    start = "undistributed.excellence."
    return {name.removeprefix(start): amount for (_, name), amount in lines.items() if name.startswith(start)}


def test_one_winner_of_the_region_takes_the_whole_pot_of_the_region() -> None:
    lines = paid(Winner(NA_HAEO.org, "region"))
    assert lines[NA_HAEO.org, "excellence"] == REGION_POT
    assert left(lines) == {"region": 0, **{f"province.{code}": part for code, part in PARTS.items()}}


def test_a_province_divides_its_part_of_the_pot_among_its_own_winners() -> None:
    lines = paid(Winner(NA_HAEO.org, "province"), Winner(DAN_SAI.org, "province"))
    wanted = share_out(LOEI_PART, {p.org: Fraction(p.population) for p in (NA_HAEO, DAN_SAI)})
    assert {p.org: lines[p.org, "excellence"] for p in (NA_HAEO, DAN_SAI)} == wanted
    assert left(lines)["province.42"] == 0
    assert left(lines)["province.41"] == PARTS["41"]


def test_a_winner_of_both_pots_gets_both_in_one_line_that_says_which() -> None:
    done = evaluate_all(
        PACK, {}, EVERYONE, "region:8", [Winner(NA_HAEO.org, "region"), Winner(NA_HAEO.org, "province")]
    )
    (line,) = [p for p in done.payments if p.component == "excellence" and p.org == NA_HAEO.org]
    assert line.amount == REGION_POT + LOEI_PART
    assert line.note == "winner typed in: region 71081500 satang, province 42 19551727 satang"


def test_equal_shares_when_the_rule_says_so() -> None:
    """An odd satang goes to the smaller code."""
    lines = paid(Winner(NA_HAEO.org, "province"), Winner(DAN_SAI.org, "province"), pack=EQUAL)
    first, second = sorted((NA_HAEO.org, DAN_SAI.org))
    assert lines[first, "excellence"] - lines[second, "excellence"] == LOEI_PART % 2
    assert lines[first, "excellence"] + lines[second, "excellence"] == LOEI_PART


def test_what_no_winner_takes_stays_visible_and_everything_adds_up_to_the_pots() -> None:
    lines = paid(Winner("90001", "province"))
    assert left(lines) == {"region": REGION_POT, "province.41": 0, "province.42": LOEI_PART, "province.47": PARTS["47"]}
    assert lines["region:8", "excellence"] + sum(left(lines).values()) == REGION_POT + PROVINCE_POT
    assert REGION_POT + PROVINCE_POT == 2_369_384_00


def test_excellence_is_beside_the_earned_money_and_not_netted() -> None:
    """It is extra: earned, advance and net are those of a run without winners."""
    with_one = paid(Winner(NA_HAEO.org, "region"))
    without = paid()
    for name in ("earned", "advance", "net", "undistributed"):
        assert with_one["region:8", name] == without["region:8", name]
    assert without["region:8", "excellence"] == 0
    assert left(without) == {}


def test_the_order_of_winners_does_not_matter() -> None:
    winners = [Winner(NA_HAEO.org, "province"), Winner(DAN_SAI.org, "province"), Winner("90001", "region")]
    assert paid(*winners) == paid(*reversed(winners))


def test_excellence_of_a_province_alone_is_refused_and_says_why() -> None:
    with pytest.raises(SchemesError) as refused:
        evaluate_all(PACK, {}, PACK.payees, "42", [Winner(NA_HAEO.org, "province")])
    (why,) = refused.value.problems
    assert why.code == "schemes.money.needs_region"
    assert "excellence" in why.en


def test_a_winner_that_is_no_payee_is_refused() -> None:
    with pytest.raises(SchemesError) as refused:
        evaluate_all(PACK, {}, EVERYONE, "region:8", [Winner("11053", "region")])
    assert [p.code for p in refused.value.problems] == ["schemes.winner.unknown"]
    assert "11053" in refused.value.problems[0].th


def test_pots_that_a_site_changes_are_divided_as_changed() -> None:
    pack = read_pack("qof-2557", {"money.excellence.region.value": "1000.01"})
    assert pack.scheme.money.excellence.region.value == Decimal("1000.01")
    assert paid(Winner(NA_HAEO.org, "region"), pack=pack)[NA_HAEO.org, "excellence"] == 100_001


def test_excellence_money_without_winners_is_told_for_the_whole_region_and_for_nobody_else() -> None:
    """710,815 + 1,658,569 baht: in no sum of the run, so it is said."""
    whole = evaluate_all(PACK, all_at(3, EVERYONE), EVERYONE, "region:8")
    (told,) = [problem for problem in whole.problems if problem.code == "schemes.excellence.open"]
    assert "2,369,384.00" in told.en
    province = evaluate_all(PACK, all_at(3), PACK.payees, "42")
    won = evaluate_all(PACK, all_at(3, EVERYONE), EVERYONE, "region:8", [Winner(NA_HAEO.org, "region")])
    assert not [p for of in (province, won) for p in of.problems if p.code == "schemes.excellence.open"]
