"""Received bytes as text (DEFINITIONS S1.2)."""


def decode(content: bytes) -> tuple[str, str]:
    """Text and its encoding: a byte order mark dropped; strict UTF-8, else cp874 with undefined bytes replaced."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp874", errors="replace"), "cp874"
