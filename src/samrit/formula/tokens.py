"""Tokens: a formula text cut into numbers, names and signs, each with its column.

People type formulas in Word and on Thai keyboards: Thai and full-width digits, `x`, `X`, `×` and `*` for times, dashes
of several lengths, zero-width spaces. One character is replaced by one character, so columns stay those of the text.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from samrit.formula.errors import FormulaError
from samrit.problems import Problems, Where, nearest

LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWYZ")  # X is the sign "times"
NAMED = ("national_prevalence", "population", "prevalence")  # qof-2557 section 6: index multipliers
MAX_DIGITS = 30

_SAME = str.maketrans(
    "๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺｘ×✕＊∗÷／∕－−–—＋（）＝．，\u200b\ufeff",
    "01234567890123456789ABCDEFGHIJKLMNOPQRSTUVWXYZx****///----+()=.,  ",
)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")


@dataclass(frozen=True)
class Token:
    """One piece: `kind` is number, name, end or the sign itself (+ - * / ( ) =); `column` counts from 1.

    `text` is a sign as typed, a name or number in plain characters (a number without separators).
    """

    kind: str
    text: str
    column: int


def cut(text: str, named: Collection[str], where: Where) -> tuple[Token, ...]:
    """The tokens of the text, an `end` token last. Raises FormulaError with every unknown name, sign and number.

    >>> [t.text for t in cut("(A/B) x ๑๐๐,๐๐๐", (), Where())][:-1]
    ['(', 'A', '/', 'B', ')', 'x', '100000']
    """
    tokens: list[Token] = []
    found = Problems()
    for piece in _pieces(tuple(named)).finditer(text.translate(_SAME)):
        kind, part, column = str(piece.lastgroup), piece.group(), piece.start() + 1
        typed = text[piece.start() : piece.end()]
        if kind in ("sign", "times"):
            tokens.append(Token("*" if kind == "times" else part, typed, column))
        elif kind == "name":
            tokens.append(Token("name", part, column))
        elif kind == "number":
            tokens.append(_number(part, column, found, where))
        elif kind == "word":
            found.add("formula.name.unknown", where, column=column, found=typed, near=_near(part, named))
        elif kind == "other":
            found.add("formula.sign.unknown", where, column=column, found=typed)
    if found:
        raise FormulaError(*found)
    return (*tokens, Token("end", "", len(text) + 1))


@lru_cache(maxsize=64)
def _pieces(named: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern that tiles any text. A name ends where the word ends or where an `x` follows: Ax100, AXB."""
    names = "|".join(re.escape(name) for name in (*named, *LETTERS))
    return re.compile(
        r"(?P<space>\s+)"
        r"|(?P<number>[0-9][0-9.,]*)"
        rf"|(?P<name>(?:{names})(?![A-WYZa-wyz0-9_]))"
        r"|(?P<times>[xX])"
        r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
        r"|(?P<sign>[-+*/()=])"
        r"|(?P<other>[^-\sA-Za-z0-9_+*/()=]+)"
    )


def _number(part: str, column: int, found: Problems, where: Where) -> Token:
    """A number token. `1,00` and `0,001` are refused: the comma could be a decimal comma."""
    digits = sum(c.isdigit() for c in part)
    if digits > MAX_DIGITS:
        found.add("formula.number.long", where, column=column, length=digits, limit=MAX_DIGITS)
    elif not _NUMBER.fullmatch(part):
        found.add("formula.number", where, column=column, found=part)
    return Token("number", part.replace(",", ""), column)


def _near(word: str, named: Collection[str]) -> str:
    """The good name most like a wrong one; all good names when none is like it."""
    if word.upper() in LETTERS:
        return word.upper()
    return nearest(word.lower(), named) or ", ".join(("A-W", "Y", "Z", *named))
