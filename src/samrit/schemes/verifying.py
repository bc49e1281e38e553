"""Make a kept run again, from nothing but its folder and a snapshot, and hold the two against each other.

On its own snapshot the bytes must be the same: that is verifying. On a newer snapshot the difference is what came in
late; the frozen result stays as it is.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samrit.results import Run
from samrit.schemes.counting import Progress
from samrit.schemes.inputs import InputFile
from samrit.schemes.kept import ORG, materials_of, measures_of, register_file, register_of
from samrit.schemes.running import Asked, SchemeRun, run_scheme
from samrit.warehouse import Snapshot


class Verdict(StrEnum):
    """What verifying found."""

    SAME = "same"  # same id, same bytes
    SAME_RESULTS = "same_results"  # another version of the code gives the same tables
    DIFFERENT = "different"  # other tables


@dataclass(frozen=True)
class Verified:
    """A kept run, the run that was made again from its folder, and the names of the tables that differ."""

    kept: Run
    again: SchemeRun
    different: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        if self.different:
            return Verdict.DIFFERENT
        return Verdict.SAME if self.kept.id == self.again.run.id else Verdict.SAME_RESULTS


def verify(kept: Run, snapshot: Snapshot, progress: Progress = lambda stage, done, total: None) -> Verified:
    """Recompute a run on the snapshot that it names, and compare every table byte by byte."""
    again = remake(kept, snapshot, progress)
    said = again.run.made
    names = kept.manifest["files"].keys() | said.keys()
    different = sorted(name for name in names if kept.manifest["files"].get(name) != said.get(name))
    return Verified(kept, again, tuple(different))


def remake(kept: Run, snapshot: Snapshot, progress: Progress = lambda stage, done, total: None) -> SchemeRun:
    """The run again under its own pack, inputs and parameters, on a snapshot; counted anew, kept under its own id.

    Raises SchemesError when the pack or the inputs that the run keeps cannot be read by this version.
    """
    said = kept.manifest["parameters"]
    as_of = date.fromisoformat(said["as_of"]) if said["as_of"] else None
    asked = Asked(said["org"], as_of, said["trend"])
    with measures_of(kept):
        of, register = materials_of(kept), register_of(kept)
        return run_scheme(of.pack, snapshot, register, asked, of.inputs, _org_papers(kept), progress)


def _org_papers(kept: Run) -> tuple[InputFile, ...]:
    """The register file that the run was made with, as its manifest calls it."""
    paper = kept.manifest["inputs"].get(ORG)
    if paper is None:
        return ()
    found = register_file(kept)
    content = found.read_bytes() if found else b""
    return (InputFile(ORG, paper["file"], paper["sha256"], paper["day"], content),)
