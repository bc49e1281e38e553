"""References: what a formula takes from elsewhere - last year, a base year, a child indicator, the units below.

A formula names them in one fixed spelling (`prev(A)`), whatever the author typed; who evaluates gives a value under it.
"""

import re
from dataclasses import dataclass

PASSED = ("passed", "ผ่าน")
EVERY = ("all", "ทั้งหมด")

# Spaces anywhere, any case; digits and quotes are plain by now
PATTERN = (
    r"prev\s*\(\s*[A-WYZ]\s*\)"
    r"|base\s*\(\s*'?[0-9]{4}'?\s*[,;]\s*[A-WYZ]\s*\)"
    r"|child\s*\(\s*'[0-9]+(?:\.[0-9]+)*'\s*\)"
    rf"|units\s*\(\s*(?:{'|'.join((*PASSED, *EVERY))})\s*\)"
)
FORMS = ("prev(A)", "base('2564', A)", "child('067.1')", "units(passed)", "units(all)")


@dataclass(frozen=True)
class Reference:
    """One reference: `kind` is prev, base, child or units.

    `letter` of prev and base; `of` is the Buddhist-Era year of base, the code of child, passed or all of units.
    """

    kind: str
    letter: str = ""
    of: str = ""

    @property
    def name(self) -> str:
        """The one spelling.

        >>> Reference("base", "A", "2564").name
        "base('2564',A)"
        """
        inside = {"prev": self.letter, "base": f"'{self.of}',{self.letter}", "child": f"'{self.of}'", "units": self.of}
        return f"{self.kind}({inside[self.kind]})"

    def read_th(self) -> str:
        """It in Thai words."""
        match self.kind:
            case "prev":
                return f"{self.letter} ของงวดเดียวกันปีก่อน"
            case "base":
                return f"{self.letter} ของปีฐาน {self.of}"
            case "child":
                return f"ผลของตัวชี้วัดย่อย {self.of}"
            case _:
                return "จำนวนหน่วยที่ผ่าน" if self.of == "passed" else "จำนวนหน่วยทั้งหมด"


def reference_of(text: str) -> Reference | None:
    """The reference that a text spells; None for any other text.

    >>> reference_of("BASE( '2564' ; A )"), reference_of("A")
    (Reference(kind='base', letter='A', of='2564'), None)
    """
    if not re.fullmatch(PATTERN, text, re.IGNORECASE):
        return None
    kind, _, inside = text.partition("(")
    kind, words = kind.strip().lower(), re.findall(r"[^\s,;'()]+", inside)
    if kind == "prev":
        return Reference(kind, words[0].upper())
    if kind == "base":
        return Reference(kind, words[1].upper(), words[0])
    if kind == "units":
        return Reference(kind, of="passed" if words[0].lower() in PASSED else "all")
    return Reference(kind, of=words[0])
