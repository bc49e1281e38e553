"""A receipt: the proof that a package was received. What has a receipt is never lost."""

from dataclasses import dataclass, field

from samrit.f43 import Package, package_name
from samrit.f43.package import package_of
from samrit.warehouse.home import Home


@dataclass(frozen=True, order=True)
class Receipt:
    """A received package; in the order of submissions: stamp, name, bytes (DEFINITIONS S2.3).

    name: in upper case, what it is known by; received: as the file was called, for people. It decides nothing.
    """

    stamp: str
    name: str
    sha256: str
    sender: str
    received: str = field(default="", compare=False)

    @property
    def file(self) -> str:
        """The name to show: as received, else the upper-case name."""
        return self.received or self.name

    @property
    def identity(self) -> dict[str, str]:
        """What a manifest says of the package."""
        return {"stamp": self.stamp, "name": self.name, "sha256": self.sha256, "sender": self.sender}

    def open(self, home: Home) -> Package:
        """The package again, from the vault."""
        return package_of(package_name(self.file), (home.packages / f"{self.sha256}.zip").read_bytes())
