"""Using: which items of which packs count by a measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samrit.measures import Measure
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.reading import read_pack
from samrit.schemes.authoring.site import pack_ids
from samrit.schemes.errors import SchemesError


@dataclass(frozen=True)
class Use:
    """An item of a pack that counts by a measure, and the parameters that it sets."""

    measure: str
    pack: str
    item: str
    title: Words
    parameters: tuple[tuple[str, str], ...]


def uses_of(of: Measure, site: Path | None = None) -> list[Use]:
    """The items, shipped and of the site, that count by a measure or by one of its names."""
    return [use for use in all_uses(site) if use.measure in {of.id, *of.names}]


def all_uses(site: Path | None = None) -> Iterator[Use]:
    """Every item of every pack that counts by a measure; a pack that cannot be read is passed over."""
    for pack_id in pack_ids(site):
        try:
            items = read_pack(pack_id, site=site).scheme.items
        except SchemesError:
            continue
        for item in items:
            if item.measure:
                yield Use(item.measure, pack_id, item.item, item.title, tuple(item.parameters.items()))
