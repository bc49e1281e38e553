"""Lines of a narrow column: Thai is written without blanks, so a dictionary says where a line may end.

A line ends at a blank, or between two Thai words; a word that is wider than the column ends between two clusters, never
between a letter and its vowels and tone marks.
"""

import os
import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

THAI = re.compile(r"[\u0e00-\u0e7f]")
# A vowel that is written before its consonant, the letter, then what is written over, under or close behind it.
CLUSTER = re.compile(r"[เแโใไ]?.[\u0e30-\u0e3a\u0e45-\u0e4e]*", re.DOTALL)
STARTS = re.compile(r"[ก-ฮเแโใไ]")
ENDS = re.compile(r"[\u0e01-\u0e4e]$")
NARROWEST = 12


class Words:
    """A text in a table's cell, set in as many lines as its column makes of it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cell_len(line) for line in self.text.split("\n")), default=0)
        return Measurement(min(widest, NARROWEST), widest).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in wrap(self.text, options.max_width):
            yield Text(line, no_wrap=True, justify=options.justify)


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text, each at most `width` cells wide; at least one.

    >>> wrap("140/90 mmHg", 7)
    ['140/90', 'mmHg']
    """
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, max(width, 1))]


def _wrap_paragraph(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    lines, line = [], ""
    for word in split_words(text):
        if line.strip() and cell_len(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        for piece in _pieces(word, width - cell_len(line)):
            if line.strip() and cell_len(line + piece.rstrip()) > width:
                lines.append(line)
                line = ""
            line += piece
    return [*lines, line.rstrip()]


def _pieces(word: str, room: int) -> list[str]:
    """The word itself, or its clusters when it is wider than the room that it has on a line of its own."""
    return [word] if cell_len(word.rstrip()) <= room else CLUSTER.findall(word)


def split_words(text: str) -> Iterator[str]:
    """The pieces between which a line may end; blanks stay at the end of the piece before them (first: before it)."""
    for part in re.findall(r"^\s+|\S+\s*", text):
        if not THAI.search(part):
            yield part
            continue
        held = ""
        for word in _thai_words(part):
            if held and STARTS.match(word) and ENDS.search(held):
                yield held
                held = ""
            held += word
        yield held


def _thai_words(text: str) -> list[str]:
    """The words of a text by the dictionary of PyThaiNLP, read when first needed and from nowhere else."""
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")  # else it makes a folder in the user's home
    from pythainlp.tokenize.newmm import segment  # noqa: PLC0415 (a third of a second that most commands do not need)

    return segment(text)
