"""The example of the guide to schemes is a whole pack: what the page shows is read, checked and worked out."""

import re
from pathlib import Path

from docs.blocks import ROOT, blocks
from samrit.schemes import Pack, read_pack_folder
from samrit.schemes.proving import prove

PAGE = ROOT / "docs" / "schemes.md"
FILE = re.compile(r"^`(?P<name>[a-z./]+\.(?:yaml|csv))`\n\n```[a-z]+\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


def written(folder: Path) -> dict[str, str]:
    """The files that the page shows under their names, written into a folder."""
    files = {match["name"]: match["text"] for match in FILE.finditer(PAGE.read_text(encoding="utf-8"))}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return files


def contest(tmp_path: Path) -> Pack:
    folder = tmp_path / "district-contest"
    written(folder)
    return read_pack_folder(folder)


def test_the_page_shows_every_file_of_the_example(tmp_path: Path) -> None:
    assert list(written(tmp_path)) == ["scheme.yaml", "population.csv", "sources.yaml", "worked/example.yaml"]


def test_the_example_is_a_contest_of_four_items_and_one_million_baht(tmp_path: Path) -> None:
    pack = contest(tmp_path)
    pot = pack.scheme.pools[0].pot
    assert pot is not None
    assert pot.amount is not None
    assert (len(pack.scheme.items), pot.amount.value, len(pack.payees)) == (4, 1_000_000, 3)
    assert [of.kind for of in pack.scheme.scoring.values()] == ["bands", "norm", "levels"]


def test_its_examples_come_out(tmp_path: Path) -> None:
    proof = prove(contest(tmp_path))
    assert (proof.examples, proof.problems) == (2, ())


def test_the_example_of_an_extension_can_be_read_up_to_its_weights(tmp_path: Path) -> None:
    """5 is taken from P1 and given to the region's own criterion: together still 100."""
    (block,) = [block for block in blocks(PAGE, "yaml") if "extends:" in block.text]
    folder = tmp_path / "region-8-2552"
    folder.mkdir()
    (folder / "scheme.yaml").write_text(block.text, encoding="utf-8")
    pack = read_pack_folder(folder)
    assert sum(pack.full_points(item) for item in pack.items_of("primary")) == 500
    assert pack.item("RX1").origin == "regional"
