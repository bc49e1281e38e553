"""What the room raises."""

from samrit.problems import SamritError


class WarehouseError(SamritError):
    """A home, snapshot or object that cannot be used.

    WarehouseError
    +-- PublishRefusedError   a snapshot that must not be published (two identities with one person id)
    """


class PublishRefusedError(WarehouseError):
    """The snapshot would be wrong, so the one before it stays current."""
