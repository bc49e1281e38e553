"""The 52 tables as data: they say what the printed dictionary says, and the keys are those of DEFINITIONS S2.2."""

import pytest

from samrit.f43 import Stands, spec_hash, table, table_names, tables
from second_opinion.dictionary import TABLES

# S2.2: these keys are not the printed ones; DATA_CORRECT has none.
STAYS = ("ADMISSION", "CHARGE_IPD", "DRUG_IPD")


def test_tables_are_those_of_the_dictionary_in_its_order() -> None:
    assert list(table_names()) == list(TABLES)
    assert table_names()[0] == "PERSON"
    assert table_names()[-2:] == ("DATA_CORRECT", "POLICY")


@pytest.mark.parametrize("name", list(TABLES))
def test_table_says_what_the_dictionary_says(name: str) -> None:
    printed, ours = TABLES[name], table(name)
    assert ours.key == printed.key
    kinds = {c.name: {"datetime": "date", "json": "text"}.get(c.type.value, c.type.value) for c in ours.columns}
    assert kinds == printed.kinds
    assert {alias: c.name for c in ours.columns for alias in c.aliases} == printed.aliases
    assert set(ours.key) <= set(ours.column_names)


def test_stays_are_known_by_facility_and_an() -> None:
    assert {name: table(name).key for name in STAYS} == dict.fromkeys(STAYS, ("HOSPCODE", "AN"))


def test_only_charges_and_drugs_of_a_stay_stand_as_blocks() -> None:
    assert {n: table(n).stands for n in table_names() if table(n).stands is not Stands.ROW} == {
        "CHARGE_IPD": Stands.BLOCK,
        "DRUG_IPD": Stands.BLOCK,
        "DATA_CORRECT": Stands.EVERY,
    }


def test_unknown_table_or_column_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="nearest: PERSON"):
        table("PERSN")
    with pytest.raises(KeyError, match="CARD has no column STARDATE; nearest: STARTDATE"):
        table("CARD").column("STARDATE")


def test_hash_of_the_spec_changes_with_the_rules_and_with_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    before = spec_hash()
    texts = dict(tables._texts())
    try:
        spec_hash.cache_clear()
        assert spec_hash() == before
        monkeypatch.setattr(tables, "RULES_VERSION", tables.RULES_VERSION + 1)
        spec_hash.cache_clear()
        assert spec_hash() != before
        monkeypatch.undo()
        monkeypatch.setattr(tables, "_texts", lambda: texts | {"card.yaml": texts["card.yaml"] + "\n"})
        spec_hash.cache_clear()
        assert spec_hash() != before
    finally:
        monkeypatch.undo()
        spec_hash.cache_clear()
    assert spec_hash() == before
