"""The receipt of a claims file: the proof that it was received."""

from dataclasses import dataclass, field

from samrit.warehouse.home import Home


@dataclass(frozen=True, order=True)
class ClaimsReceipt:
    """A received file: its kind, the SHA-256 of its bytes; file: its name as received, which decides nothing."""

    kind: str
    sha256: str
    file: str = field(compare=False)

    def content(self, home: Home) -> bytes:
        """The bytes again, from the vault."""
        return (home.packages / f"{self.sha256}.claims").read_bytes()
