"""A receipt: the proof that a package was received. What has a receipt is never lost."""

from dataclasses import dataclass

from samrit.f43 import Package, package_name
from samrit.f43.package import package_of
from samrit.warehouse.home import Home


@dataclass(frozen=True, order=True)
class Receipt:
    """A received package; in the order of submissions: stamp, name, bytes (DEFINITIONS S2.3)."""

    stamp: str
    name: str
    sha256: str
    sender: str

    def open(self, home: Home) -> Package:
        """The package again, from the vault."""
        return package_of(package_name(self.name), (home.packages / f"{self.sha256}.zip").read_bytes())
