"""Salvaging: what is left of a scheme when the models refuse some of its places, so that the rest is checked too.

A refused rule or item is taken out, and with a rule all that leads to it; another refused part is put aside as a whole.
`doubtful` names the parts that are not whole: a check that needs one of them would tell mistakes that are none.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from samrit.authored import AuthoredError, Document, Marked, Marks, Place
from samrit.problems import Where
from samrit.schemes.authoring.scheme import Scheme

NO_WORDS = {"th": "-", "en": "-"}
STAND_INS: Mapping[str, Any] = {
    "title": NO_WORDS,
    "year": "2557",
    "period": "2013-10-01..2014-09-30",
    "census_day": "2013-10-01",
    "currency": {},
    "region": {},
    "people": {},
    "calendar": {"assessed": NO_WORDS},
    "scoring": {},
    "pools": [],
    "money": {},
    "domains": [],
    "items": [],
}
"""What stands in for a part that is put aside."""
NEEDS = {"money": "calendar"}
"""Part -> another that makes no sense without it."""


@dataclass(frozen=True)
class Rest:
    """The rest of a scheme, and the names of its parts that are not whole."""

    scheme: Marked[Scheme]
    doubtful: frozenset[str]


def salvage(document: Document, places: Collection[Place], pack_id: str) -> Rest | None:
    """What is left of a scheme without the refused places; None when nothing is left to be looked at."""
    if not isinstance(document.body, dict) or () in places:
        return None
    body = {key: value for key, value in document.body.items() if key in Scheme.model_fields}
    spoilt = {str(place[0]) for place in places if place[0] in Scheme.model_fields}
    rules = _named(places, "scoring") if isinstance(body.get("scoring"), dict) else set()
    items = {n for n in _named(places, "items") if isinstance(n, int)} if isinstance(body.get("items"), list) else set()
    inside = {"scoring"} if rules and ("scoring",) not in places else set()
    inside |= {"items"} if items and ("items",) not in places else set()
    aside = spoilt - inside
    for key in [*aside, *(NEEDS[key] for key in aside if key in NEEDS)]:
        body[key] = STAND_INS.get(key, pack_id)
    marks = document.marks
    if "scoring" in inside:
        rules |= _leading_to(rules, body["scoring"])
        body["scoring"] = {name: of for name, of in body["scoring"].items() if name not in rules}
    if isinstance(body["items"], list):
        kept = [n for n in range(len(body["items"])) if n not in items]
        marks = _without(marks, kept)
        body["items"] = [_unscored(body["items"][n], rules) for n in kept]
    try:
        scheme = Document(body, marks).typed(Scheme)
    except AuthoredError:
        return None
    return Rest(Marked(scheme, marks), frozenset(spoilt))


def _named(places: Collection[Place], part: str) -> set[Any]:
    """The rules or items of a part that are refused."""
    return {place[1] for place in places if place[0] == part and len(place) > 1}


def _leading_to(rules: Collection[str], scoring: Mapping[str, Any]) -> set[str]:
    """The rules that name one of these, directly or over others."""
    found: set[str] = set()
    while True:
        more = {name for name, of in scoring.items() if _names_in(of) & {*rules, *found}} - found
        if not more:
            return found
        found |= more


def _names_in(of: Any) -> set[str]:
    if not isinstance(of, dict):
        return set()
    branches = of.get("branches")
    named = [one.get("by") for one in branches if isinstance(one, dict)] if isinstance(branches, list) else []
    return {name for name in (*named, of.get("otherwise")) if isinstance(name, str)}


def _unscored(item: Any, rules: Collection[str]) -> Any:
    """An item without its score when that goes by a rule that was taken out."""
    score = item.get("score") if isinstance(item, dict) else None
    if isinstance(score, dict) and score.get("by") in rules:
        return {key: value for key, value in item.items() if key != "score"}
    return item


def _without(marks: Marks, kept: list[int]) -> Marks:
    """The marks under the places that the items have when only these are kept."""
    new = {n: place for place, n in enumerate(kept)}
    places: dict[Place, Where] = {}
    for place, where in marks.places.items():
        if place[:1] != ("items",) or len(place) == 1:
            places[place] = where
        elif place[1] in new:
            places["items", new[int(place[1])], *place[2:]] = where
    return Marks(marks.file, places)
