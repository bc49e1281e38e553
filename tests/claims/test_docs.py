"""The examples of docs/claims.md are whole files of their kinds."""

from claims.making import text_of
from docs.blocks import ROOT, blocks
from samrit.claims import layouts, read_claims

EXAMPLES = {
    of.kind: block.text
    for block, of in zip(
        [b for b in blocks(ROOT / "docs" / "claims.md", "text") if b.text.startswith("hospital,")],
        layouts(),
        strict=True,
    )
}


def test_every_kind_has_an_example_without_a_fault() -> None:
    for of in layouts():
        read = read_claims(EXAMPLES[of.kind].encode(), of)
        assert read.read >= 1, of.kind
        assert (read.faults.rows(), read.aside, read.unknown) == ([], 0, ()), of.kind


def test_an_example_is_no_file_of_another_kind() -> None:
    headers = {of.kind: set(EXAMPLES[of.kind].splitlines()[0].split(",")) for of in layouts()}
    for of in layouts():
        needed = {column.name for column in of.columns if column.header}
        assert [kind for kind, names in headers.items() if needed <= names] == [of.kind]


def test_the_columns_of_every_kind_stand_on_the_page() -> None:
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    for of in layouts():
        section = page.split(f"### {of.kind}\n")[1].split("\n### ")[0]
        assert all(f"| `{name}` |" in section for name in text_of(of.kind, []).strip().split(","))
