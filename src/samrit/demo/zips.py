"""Zips: the lines of a book as the text entries of one package, the same bytes for the same lines.

Deflate may give other compressed bytes in another build of zlib; the text of the entries is what is promised.
"""

import zipfile
from pathlib import Path

from samrit.demo.book import Book
from samrit.demo.headers import header, sent_tables
from samrit.demo.plan import Exporter, Submission

EPOCH = (1980, 1, 1, 0, 0, 0)
LEVEL = 6
THAI_TABLES = ("PERSON", "HOME", "ADDRESS", "SERVICE", "PROVIDER")
MARKED_TABLES = ("PERSON", "CARD")


def write_zip(folder: Path, book: Book, exporter: Exporter, submission: Submission) -> Path:
    """Write one submission of a facility; an entry for every table sent, with its header even when there is no row."""
    stem = f"{exporter.zip_prefix}_{book.hospcode}_{submission.stamp}"
    path = folder / f"{stem}{submission.suffix}.zip"
    with zipfile.ZipFile(path, "w") as package:
        for table in (*sent_tables(), "DATA_CORRECT"):
            lines = [line.text for line in book.lines(table) if submission.carries(line)]
            if table == "DATA_CORRECT" and not lines:
                continue
            name = table if exporter.upper else table.lower()
            if exporter.entry_suffix:
                name = f"{name}_{book.hospcode}_{submission.stamp}"
            entry = f"{stem}/{name}.txt" if exporter.folder else f"{name}.txt"
            _put(package, entry, _encode(table, lines, exporter))
        if exporter.statistics:
            text = f'<?xml version="1.0" encoding="utf-8"?>\r\n<export hospcode="{book.hospcode}"/>\r\n'
            _put(package, f"{stem}/export_stat.xml" if exporter.folder else "export_stat.xml", text.encode())
    return path


def _encode(table: str, lines: list[str], exporter: Exporter) -> bytes:
    first = header(table, exporter.edition, misspelt=exporter.misspelt, nameless=exporter.nameless)
    end = exporter.line_end
    text = end.join([first if exporter.upper else first.lower(), *lines, ""])
    if exporter.thai_code_page and table in THAI_TABLES:
        return text.encode("cp874")
    mark = b"\xef\xbb\xbf" if exporter.byte_order_mark and table in MARKED_TABLES else b""
    return mark + text.encode("utf-8")


def _put(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add an entry with every field fixed: date 1980, made by FAT, readable by its owner."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0o600 << 16
    package.writestr(entry, content, compresslevel=LEVEL)
