"""Which source stands in a home: declared data, an input of its own, part of what a snapshot is made from."""

import json
from datetime import date

from samrit.claims import Precedence, Source, usual_precedence
from samrit.objects import canonical
from samrit.warehouse.home import Home
from samrit.warehouse.inputs import current_input, put_input

KIND = "source_precedence"


def current_precedence(home: Home) -> Precedence:
    """What the home says; the usual one while it says nothing."""
    kept = current_input(home, KIND)
    return Precedence.model_validate(json.loads(kept.read())) if kept else usual_precedence()


def prefer_source(home: Home, facts: str, first: Source, day: date) -> Precedence:
    """Keep that a source stands first for a view. Raises ClaimsError for a view with one source only.

    It takes effect with the next snapshot: `samrit.warehouse.rebuild` or any load.
    """
    wanted = current_precedence(home).preferring(facts, first)
    if wanted != current_precedence(home):
        put_input(home, KIND, canonical(wanted.as_dict()), day, f"{KIND}.json")
    return wanted
