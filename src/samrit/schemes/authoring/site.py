"""Where packs are: shipped with Samrit, and those of a site in $SAMRIT_HOME/packs/<id>/."""

from functools import cache
from importlib import resources
from pathlib import Path

from samrit.problems import Where, nearest, problem
from samrit.schemes.errors import SchemesError

SCHEME_FILE = "scheme.yaml"
SITE_PACKS = "packs"


def packs_folder() -> Path:
    """Where the shipped packs are."""
    return Path(str(resources.files("samrit.schemes").joinpath("packs")))


@cache
def shipped_ids() -> tuple[str, ...]:
    """Ids of the shipped packs, sorted."""
    return _ids(packs_folder())


def site_folder(home: Path) -> Path:
    """Where the packs of a site are, in its home."""
    return home / SITE_PACKS


def pack_ids(site: Path | None = None) -> tuple[str, ...]:
    """Ids of the shipped packs and of those in the folder of the site, sorted."""
    return tuple(sorted({*shipped_ids(), *(_ids(site) if site else ())}))


def find_pack(pack_id: str, site: Path | None = None) -> Path:
    """The folder of a pack. Raises SchemesError for an unknown id, and for a site's pack under a shipped id."""
    own = site is not None and (site / pack_id / SCHEME_FILE).is_file() if pack_id else False
    if own and site and pack_id in shipped_ids():
        raise SchemesError(problem("schemes.site.taken", Where(file=str(site / pack_id)), id=pack_id))
    if own and site:
        return site / pack_id
    if pack_id in shipped_ids():
        return packs_folder() / pack_id
    raise SchemesError(problem("schemes.unknown", id=pack_id, near=nearest(pack_id, pack_ids(site)) or "-"))


def shown_name(folder: Path, name: str = SCHEME_FILE) -> str:
    """What problems call a file of a pack's folder: its place in the home or among the shipped packs, else its path.

    >>> shown_name(Path("home/packs/loei-2569")), shown_name(packs_folder() / "uk-qof", "sources.yaml")
    ('packs/loei-2569/scheme.yaml', 'schemes/packs/uk-qof/sources.yaml')
    """
    above = folder.parent
    if above == packs_folder():
        return f"schemes/{SITE_PACKS}/{folder.name}/{name}"
    return f"{SITE_PACKS}/{folder.name}/{name}" if above.name == SITE_PACKS else str(folder / name)


def _ids(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(file.parent.name for file in folder.glob(f"*/{SCHEME_FILE}")))
