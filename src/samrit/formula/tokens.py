"""Tokens: a formula text cut into numbers, names, references, functions and signs, each with its column.

People type formulas in Word and on Thai keyboards: Thai and full-width digits, `x`, `X`, `×` and `*` for times, dashes
of several lengths, zero-width spaces. One character is replaced by one character, so columns stay those of the text.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from samrit.formula.calls import FUNCTIONS
from samrit.formula.errors import FormulaError
from samrit.formula.references import FORMS, PATTERN, reference_of
from samrit.problems import Problems, Where, nearest

LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWYZ")  # X is the sign "times"
NAMED = ("national_prevalence", "population", "prevalence")  # qof-2557 section 6: index multipliers
MAX_DIGITS = 30

_SAME = str.maketrans(
    '๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺｘ×✕＊∗÷／∕－−–—＋（）＝．，；％＜＞‘’“”"＇\u200b\ufeff',
    "01234567890123456789ABCDEFGHIJKLMNOPQRSTUVWXYZx****///----+()=.,;%<>''''''  ",
)
_COMPARED = {"≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>"}
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")


@dataclass(frozen=True)
class Token:
    """One piece: `kind` is number, name, call, compare, end or the sign itself (+ - * / ( ) = , %); `column` from 1.

    `text` is a sign as typed, a comparison, name, function or number in plain characters (a number without separators).
    """

    kind: str
    text: str
    column: int


def cut(text: str, named: Collection[str], where: Where) -> tuple[Token, ...]:
    """The tokens of the text, an `end` token last. Raises FormulaError with every unknown name, sign and number.

    >>> [t.text for t in cut("(A/B) x ๑๐๐,๐๐๐", (), Where())][:-1]
    ['(', 'A', '/', 'B', ')', 'x', '100000']
    """
    cutter = _Cutter(text, named, where)
    for piece in _pieces(tuple(named)).finditer(text.translate(_SAME)):
        cutter.take(str(piece.lastgroup), piece.group(), piece.start() + 1)
    if cutter.found:
        raise FormulaError(*cutter.found)
    return (*cutter.tokens, Token("end", "", len(text) + 1))


@lru_cache(maxsize=64)
def _pieces(named: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern that tiles any text. A name ends where the word ends or where an `x` follows: Ax100, AXB."""
    names = "|".join(re.escape(name) for name in (*named, *LETTERS))
    return re.compile(
        r"(?P<space>\s+)"
        r"|(?P<number>[0-9][0-9.,]*)"
        rf"|(?P<reference>(?i:{PATTERN}))"
        rf"|(?P<call>(?i:{'|'.join(FUNCTIONS)})(?=\s*\())"
        rf"|(?P<name>(?:{names})(?![A-WYZa-wyz0-9_]))"
        r"|(?P<times>[xX])"
        r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
        r"|(?P<compare><=|>=|<>|!=|[<>≤≥≠])"
        r"|(?P<separator>[,;])"
        r"|(?P<sign>[-+*/()=%])"
        r"|(?P<other>[^-\sA-Za-z0-9_+*/()=%<>≤≥≠,;]+)"
    )


class _Cutter:
    """The tokens so far and what is wrong; it knows which brackets are those of functions."""

    def __init__(self, text: str, named: Collection[str], where: Where) -> None:
        self.text, self.named, self.where = text, named, where
        self.tokens: list[Token] = []
        self.found = Problems()
        self._brackets: list[bool] = []

    def take(self, kind: str, part: str, column: int) -> None:
        """Add one piece of the text."""
        typed = self.text[column - 1 : column - 1 + len(part)]
        match kind:
            case "sign" | "times":
                self._sign("*" if kind == "times" else part, typed, column)
            case "separator":
                self._add(",", typed, column)
            case "compare":
                self._add("compare", _COMPARED.get(part, part), column)
            case "call":
                self._add("call", part.lower(), column)
            case "name":
                self._add("name", part, column)
            case "reference":
                reference = reference_of(part)
                self._add("name", reference.name if reference else part, column)
            case "number":
                self._number(part, column)
            case "word":
                near = _near(part, self.named)
                self.found.add("formula.name.unknown", self.where, column=column, found=typed, near=near)
            case "other":
                self.found.add("formula.sign.unknown", self.where, column=column, found=typed)

    def _add(self, kind: str, text: str, column: int) -> None:
        self.tokens.append(Token(kind, text, column))

    def _sign(self, sign: str, typed: str, column: int) -> None:
        if sign == "(":
            self._brackets.append(bool(self.tokens) and self.tokens[-1].kind == "call")
        elif sign == ")" and self._brackets:
            self._brackets.pop()
        self._add(sign, typed, column)

    def _number(self, part: str, column: int) -> None:
        """A number. `1,00` and `0,001` are refused: the comma could be a decimal comma; inside a function `1,000` could
        be two numbers."""
        inside = any(self._brackets)
        number = part.rstrip(",") if inside else part
        digits = sum(c.isdigit() for c in number)
        if digits > MAX_DIGITS:
            self.found.add("formula.number.long", self.where, column=column, length=digits, limit=MAX_DIGITS)
        elif inside and "," in number:
            self.found.add("formula.number.in_call", self.where, column=column, found=number)
        elif not _NUMBER.fullmatch(number):
            self.found.add("formula.number", self.where, column=column, found=number)
        self._add("number", number.replace(",", ""), column)
        for place in range(len(number), len(part)):
            self._add(",", ",", column + place)


def _near(word: str, named: Collection[str]) -> str:
    """The good name most like a wrong one; all good names when none is like it."""
    if word.upper() in LETTERS:
        return word.upper()
    forms = {form.partition("(")[0]: form for form in FORMS}
    if word.lower() in forms:
        return ", ".join(form for form in FORMS if form.startswith(f"{word.lower()}("))
    near = nearest(word.lower(), [*named, *FUNCTIONS, *forms])
    return forms.get(near, near) if near else ", ".join(("A-W", "Y", "Z", *named))
