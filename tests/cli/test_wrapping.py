"""A line ends at a blank or between two Thai words; a cluster is never torn. Words are those of the Thai dictionary."""

import os
import unicodedata

import pytest
from rich.cells import cell_len

from cli.speaking import has_thai
from samrit.cli.shown import show_table
from samrit.cli.wrapping import split_words, wrap
from samrit.measures import measure, measure_ids

TITLE = "อัตรานอนโรงพยาบาลด้วยเบาหวานแทรกซ้อนระยะสั้น สิทธิ UC"
WORDS = ("อัตรา", "นอน", "โรงพยาบาล", "ด้วย", "เบาหวาน", "แทรกซ้อน", "ระยะสั้น", "สิทธิ", "UC")


@pytest.mark.parametrize("width", range(10, 60))
def test_a_title_is_broken_between_words_at_any_width(width: int) -> None:
    lines = wrap(TITLE, width)
    assert "".join(lines).replace(" ", "") == TITLE.replace(" ", "")
    assert all(0 < cell_len(line) <= width for line in lines)
    for line in lines:
        rest = line.replace(" ", "")
        while rest:
            word = next((w for w in WORDS if rest.startswith(w)), None)
            assert word, f"{line!r} holds a part of a word"
            rest = rest.removeprefix(word)


@pytest.mark.parametrize("width", range(1, 9))
def test_a_word_that_is_too_wide_is_broken_between_clusters_only(width: int) -> None:
    """No line starts with a mark, a vowel behind its letter or ำ; none ends with a vowel before its letter."""
    for measure_id in measure_ids():
        for line in wrap(measure(measure_id).definition.title.th, width):
            first, last = line.lstrip()[:1], line[-1:]
            assert unicodedata.category(first or "x") != "Mn"
            assert first not in {"ะ", "า", "ำ", "ๆ"}
            assert last not in set("เแโใไ")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ต่ำกว่า 140/90 ทั้งสองวัน", ["ต่ำกว่า ", "140/90 ", "ทั้งสอง", "วัน"]),
        ("เด็ก ป.1 ตรวจฟัน", ["เด็ก ", "ป.1 ", "ตรวจ", "ฟัน"]),
        ("(คนไทย)", ["(คนไทย)"]),
        ("a b", ["a ", "b"]),
        ("", []),
    ],
)
def test_numbers_brackets_and_short_forms_stay_with_their_words(text: str, pieces: list[str]) -> None:
    assert list(split_words(text)) == pieces


def test_blanks_before_a_line_stay_and_lines_of_their_own_stay_apart() -> None:
    assert wrap("  ในนี้\nabc", 20) == ["  ในนี้", "abc"]
    assert wrap("  one two", 5) == ["  one", "two"]
    assert wrap("", 5) == [""]


def test_a_table_sets_titles_in_lines_and_cuts_no_word(capsys: pytest.CaptureFixture[str]) -> None:
    show_table("x", ["ข้อ", "ตัวชี้วัด", "บาท"], [("2.3", f"{TITLE} {TITLE}", "1,000.00")], (2,))
    shown = capsys.readouterr().out
    lines = [line for line in shown.splitlines() if has_thai(line)]
    assert all(shown.count(word) >= 2 for word in WORDS)
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert len(lines) >= 3


def test_the_dictionary_makes_no_folder_in_the_home_of_the_user() -> None:
    wrap(TITLE, 20)
    assert os.environ["PYTHAINLP_READ_ONLY"] == "1"
