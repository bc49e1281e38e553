"""Marks: where the value of every place of a document was written, so that a later check can say file and line too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from samrit.problems import Where

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Marks:
    """File and line of the places of a document; a place is its keys and, in lists, its numbers from 0.

    `file` is what problems call the document; the fields of `places` are empty where the place itself says enough.

    >>> marks = Marks("scheme.yaml", {(): Where("scheme.yaml", line=1), ("money",): Where("scheme.yaml", line=7)})
    >>> str(marks.at("money", "netting"))
    'scheme.yaml:7 money.netting'
    """

    file: str
    places: Mapping[Place, Where]

    def at(self, *place: str | int, field: str = "") -> Where:
        """The line of the place, or of the nearest place above it; `field` is what the place is called (dotted)."""
        known = place
        while known and known not in self.places:
            known = known[:-1]
        where = self.places.get(known, Where(file=self.file, line=1))
        return where if where.field else replace(where, field=field or dotted(place))

    def overlaid(self, places: Mapping[Place, Where]) -> "Marks":
        """The same marks with others laid over them: what is told of a place and of all below it is the later mark."""
        above = set(places)
        kept = {p: w for p, w in self.places.items() if not any(p[:n] in above for n in range(1, len(p) + 1))}
        return Marks(self.file, {**kept, **places})


def dotted(place: Place) -> str:
    """The place as people write it.

    >>> dotted(("items", 3, "score"))
    'items.3.score'
    """
    return ".".join(str(part) for part in place)
