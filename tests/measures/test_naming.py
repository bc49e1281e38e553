"""What a measure names stands in its texts and in the texts of its sets."""

from samrit.measures import measure
from samrit.measures.codelists import codelist, titled_codes
from samrit.measures.naming import names_in, set_text


def test_sets_inside_sets_bring_their_lists_and_views() -> None:
    names = names_in(measure("ht_controlled"))
    assert names.sets == ("registered_ht", "residents", "thai_residents")
    assert names.codelists == ("ht",)
    assert names.views == ("blood_pressures", "chronic_register", "registrations")


def test_both_texts_are_read() -> None:
    names = names_in(measure("asthma_patient_admission_rate"))
    assert {"asthma", "uc"} <= set(names.codelists)
    assert {"admissions", "chronic_register", "people"} <= set(names.views)
    assert "asthma_patients" in names.sets


def test_a_list_gives_its_titles_in_the_order_of_its_file() -> None:
    assert titled_codes("uc") == (("0100", "Universal coverage"),)
    assert sorted(code for code, _ in titled_codes("ht")) == list(codelist("ht"))


def test_the_text_of_a_set_starts_by_saying_what_it_is() -> None:
    assert set_text("thai_residents").startswith("-- Residents with Thai nationality")
