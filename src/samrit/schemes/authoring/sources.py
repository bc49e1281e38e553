"""Sources of a pack: the documents that it cites, and what is known and doubtful about its figures."""

from pydantic import Field

from samrit.authored import AuthoredError, Model, read
from samrit.problems import Problem
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.site import shown_name
from samrit.schemes.authoring.tables import find_file

SOURCES_FILE = "sources.yaml"


class Sources(Model):
    """sources.yaml: documents by the short name that the pack cites; figures: name -> the reasoning, in prose."""

    documents: dict[str, str] = Field(default_factory=dict)
    figures: dict[str, str] = Field(default_factory=dict)


def read_sources(pack: Pack) -> tuple[Sources, tuple[Problem, ...]]:
    """The sources of the pack, else of the pack that it extends, and what is wrong with the file."""
    path = find_file(list(pack.folders.values()), SOURCES_FILE)
    if path is None:
        return Sources(), ()
    try:
        return read(path, Sources, shown_name(path.parent, SOURCES_FILE)), ()
    except AuthoredError as error:
        return Sources(), error.problems
