"""The quick way and the careful way of cutting lines give the same rows; the quick way refuses what it cannot cut."""

from hypothesis import given
from hypothesis import strategies as st

from samrit.f43 import table
from samrit.f43.reader import _irregular, _places, _regular

CHRONICFU = table("CHRONICFU")
NAMES = ["HOSPCODE", "PID", "SEQ", "DATE_SERV", "SBP"]
PLACES, _ = _places(NAMES, CHRONICFU)
ALL = frozenset(CHRONICFU.column_names)
ATOMS = st.sampled_from(
    [
        "11053",
        "P1",
        "",
        "20130101",
        '"q',
        'a"b',
        "'",
        "\\",
        "#x",
        "-",
        "\t",
        " ",
        "\u00a0",
        "ก",
        "\r",
        "\x01",
        "null",
        "\u2028",
    ]
)
CELLS = st.lists(ATOMS, min_size=0, max_size=2).map("".join)
FULL = st.lists(CELLS, min_size=5, max_size=5).map("|".join)
ANY = st.lists(CELLS, min_size=1, max_size=7).map("|".join)


@given(
    st.lists(st.one_of(FULL, FULL, FULL, ANY), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans()
)
def test_both_ways_of_cutting_agree(lines: list[str], end: str, closed: bool) -> None:
    text = end.join(lines) + (end if closed else "")
    if not text or text.isspace():
        return
    quick = _regular(text, 2, len(NAMES), PLACES, CHRONICFU, ALL)
    careful = _irregular(text, 2, NAMES, PLACES, CHRONICFU, ALL)
    if quick is not None:
        assert quick[0].equals(careful[0])
        assert quick[2] == careful[2]
        assert careful[1].height == 0


def test_a_text_with_a_short_and_a_long_line_is_cut_with_care() -> None:
    full = "|".join(["x"] * 5)
    assert _regular(f"{full}\n{full}\n", 2, 5, PLACES, CHRONICFU, ALL) is not None
    for odd in ("x|x", "x|" * 7, ""):
        assert _regular(f"{full}\n{odd}\n{full}\n", 2, 5, PLACES, CHRONICFU, ALL) is None
    both = f"{'|'.join(['x'] * 4)}\n{'|'.join(['x'] * 6)}\n"  # as many delimiters as two full lines
    assert _regular(both, 2, 5, PLACES, CHRONICFU, ALL) is None
