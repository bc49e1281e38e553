"""`schemes new`: the files from which a site starts are fine as they are."""

from pathlib import Path

import pytest

from samrit.schemes import SchemesError, read_pack
from samrit.schemes.authoring.starting import start_pack
from samrit.schemes.proving import prove


def test_a_started_pack_is_the_district_contest_and_its_examples_come_out(tmp_path: Path) -> None:
    """Four items, one million baht, bands and one comparison with the mean."""
    assert start_pack(tmp_path, "loei-2569") == tmp_path / "loei-2569"
    pack = read_pack("loei-2569", site=tmp_path)
    assert [item.item for item in pack.scheme.items] == ["1", "2", "3", "4"]
    pot = pack.scheme.pools[0].pot
    assert pot is not None
    assert pot.amount is not None
    assert pot.amount.value == 1_000_000
    assert {of.kind for of in pack.scheme.scoring.values()} == {"bands", "norm", "levels"}
    proof = prove(pack)
    assert (proof.examples, proof.problems) == (2, ())


@pytest.mark.parametrize("like", ["qof-2557", "nhso-2552"])
def test_a_pack_like_another_extends_it(tmp_path: Path, like: str) -> None:
    start_pack(tmp_path, "ours", like)
    pack, base = read_pack("ours", site=tmp_path), read_pack(like)
    assert list(pack.folders) == ["ours", like]
    assert (pack.scheme.items, pack.payees) == (base.scheme.items, base.payees)


@pytest.mark.parametrize(
    ("pack_id", "like", "code"),
    [
        ("qof-2557", "", "schemes.site.taken"),
        ("Loei 2569", "", "schemes.new.id"),
        ("../outside", "", "schemes.new.id"),
        ("there", "", "schemes.new.there"),
        ("ours", "qof-2556", "schemes.unknown"),
    ],
)
def test_what_cannot_be_started_is_refused_and_nothing_is_written(
    tmp_path: Path, pack_id: str, like: str, code: str
) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(SchemesError) as refused:
        start_pack(tmp_path, pack_id, like)
    assert [p.code for p in refused.value.problems] == [code]
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
