"""Zips that can and cannot be used: every damage is refused with a place, Thai, English and a hint."""

import hashlib
import io
import random
import re
import zipfile
from pathlib import Path

import pytest

from builders import name_of_zip, parsed_name, person, write_zip
from samrit.f43 import F43Error, Package, open_package, package
from samrit.f43.package import package_of

NAME = name_of_zip()


def refused(path: Path) -> str:
    """The code with which a zip is refused, at the door or when its entries are read."""
    with pytest.raises(F43Error) as caught:
        read_all(open_package(path))
    (problem,) = caught.value.problems
    assert problem.where.file.upper() == path.name.upper()
    assert problem.level == "error"
    assert re.search("[ก-๙]", problem.th)
    assert problem.en
    assert " / " in problem.hint
    return problem.code


def read_all(opened: Package) -> list[bytes]:
    return [opened.read(entry) for entry in opened.entries]


def test_package_knows_its_bytes_and_numbers_its_entries_as_the_directory_does(tmp_path: Path) -> None:
    path = write_zip(tmp_path, NAME, {"x/": "", "x/CARD.txt": "b", "x/notes.xml": "c", "x/person.txt": "a"})
    opened = open_package(path)
    assert opened.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(e.number, e.path, e.table) for e in opened.entries] == [
        (1, "x/", None),
        (2, "x/CARD.txt", "CARD"),
        (3, "x/notes.xml", None),
        (4, "x/person.txt", "PERSON"),
    ]
    assert read_all(opened)[1:] == [b"b", b"c", b"a"]


def test_two_entries_of_one_name_are_two_entries(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = write_zip(tmp_path, NAME, [("PERSON.txt", "first"), ("PERSON.txt", "second")])
    assert read_all(open_package(path)) == [b"first", b"second"]


def test_folder_named_like_a_table_is_no_entry_of_it(tmp_path: Path) -> None:
    assert open_package(write_zip(tmp_path, NAME, {"a/PERSON.txt/": ""})).entries[0].table is None


def test_wrong_name_is_refused_before_the_file_is_opened(tmp_path: Path) -> None:
    with pytest.raises(F43Error) as caught:
        open_package(tmp_path / "not-there.zip")
    assert caught.value.problems[0].code == "f43.package.name"


def test_file_that_cannot_be_opened_is_said_so_without_its_contents(tmp_path: Path) -> None:
    assert refused(tmp_path / NAME) == "f43.package.unreadable"


@pytest.mark.parametrize(
    "content",
    [b"", b"HOSPCODE|PID\r\n11053|1\r\n", b"PK\x03\x04", b"Rar!\x1a\x07\x00", random.Random(99).randbytes(99)],
)
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert refused(tmp_path / NAME) == "f43.package.not_a_zip"


def small_zip() -> bytes:
    """A zip with a Thai name, and with every way of packing that Python reads."""
    memory = io.BytesIO()
    text = "HOSPCODE|PID\r\n11053|1\r\n" * 5
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("แฟ้ม/PERSON.txt", text)
        archive.writestr("CARD.txt", text, zipfile.ZIP_STORED)
        archive.writestr("CHRONIC.txt", text, zipfile.ZIP_BZIP2)
        archive.writestr("ANC.txt", text, zipfile.ZIP_LZMA)
    return memory.getvalue()


def test_zip_cut_off_anywhere_is_refused() -> None:
    whole = small_zip()
    for length in range(len(whole)):
        with pytest.raises(F43Error):
            read_all(package_of(parsed_name(), whole[:length]))


def test_damaged_byte_anywhere_gives_the_true_contents_or_a_refusal() -> None:
    whole = small_zip()
    true = read_all(package_of(parsed_name(), whole))
    dice = random.Random(43)
    refusals = 0
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= dice.randrange(1, 256)
        try:
            contents = read_all(package_of(parsed_name(), bytes(damaged)))
        except F43Error:
            refusals += 1
        else:
            assert contents == true, f"byte {at}"
    assert refusals > len(whole) / 2


def test_entry_whose_check_sum_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("PERSON.txt", "CARDS AND PEOPLE")
    path.write_bytes(path.read_bytes().replace(b"PEOPLE", b"POEPLE"))
    assert refused(path) == "f43.package.damaged"
    opened = open_package(path)
    with pytest.raises(F43Error) as caught:
        opened.read(opened.entries[0])
    assert caught.value.problems[0].where.entry == "PERSON.txt"


def test_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path, NAME, {"PERSON": [person()]})
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # bit 0 of the flags: locked
        content[content.index(signature) + flags] |= 1
    path.write_bytes(bytes(content))
    assert refused(path) == "f43.package.password"


def test_zip_with_too_many_entries_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_ENTRIES", 2)
    assert len(read_all(open_package(write_zip(tmp_path / "two", NAME, {"PERSON": "a", "CARD": "b"})))) == 2
    assert refused(write_zip(tmp_path / "three", NAME, {"PERSON": "a", "CARD": "b", "x.xml": "c"})) == (
        "f43.package.too_large"
    )


def test_zip_that_says_it_is_too_large_is_refused_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_PACKAGE_BYTES", 20)
    open_package(write_zip(tmp_path / "fits", NAME, {"PERSON": "a" * 10, "CARD": "b" * 10}))
    monkeypatch.setattr(package, "MOST_ENTRY_BYTES", 0)
    with pytest.raises(F43Error) as caught:
        open_package(write_zip(tmp_path / "large", NAME, {"PERSON": "a" * 11, "CARD": "b" * 10}))
    assert caught.value.problems[0].code == "f43.package.too_large"


def test_entry_larger_than_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_ENTRY_BYTES", 1000)
    assert read_all(open_package(write_zip(tmp_path / "fits", NAME, {"PERSON": "0" * 1000}))) == [b"0" * 1000]
    assert refused(write_zip(tmp_path / "large", NAME, {"PERSON": "0" * 1001})) == "f43.package.too_large"


def test_entry_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path, NAME, {"PERSON": "0" * 5000})
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (10).to_bytes(4, "little")  # unpacked size
    path.write_bytes(bytes(content))
    assert refused(path) == "f43.package.damaged"


def test_entry_with_more_lines_than_a_row_id_can_number_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_LINES", 3)
    assert read_all(open_package(write_zip(tmp_path / "fits", NAME, {"PERSON": "a\nb\nc"})))
    assert refused(write_zip(tmp_path / "long", NAME, {"PERSON": "a\nb\nc\nd"})) == "f43.package.too_large"


def test_order_of_submissions_is_stamp_then_name_then_bytes(tmp_path: Path) -> None:
    made = [
        open_package(write_zip(tmp_path / folder, name, {"PERSON": text}))
        for folder, name, text in [
            ("a", "f43_99999_20140101000000.zip", "x"),
            ("a", "F43_11053_20140101000001.zip", "x"),
            ("a", "F43_11053_20140101000001-1.zip", "x"),
            ("a", "F43_11053_20140101000001_1.zip", "x"),
        ]
    ]
    # '-' sorts before '.', '.' before '_'
    assert [p.name.text for p in sorted(made, key=lambda p: p.order)] == [
        "F43_99999_20140101000000.ZIP",
        "F43_11053_20140101000001-1.ZIP",
        "F43_11053_20140101000001.ZIP",
        "F43_11053_20140101000001_1.ZIP",
    ]
    same_name = [open_package(write_zip(tmp_path / text, NAME, {"PERSON": text})) for text in "xyz"]
    assert [p.sha256 for p in sorted(same_name, key=lambda p: p.order)] == sorted(p.sha256 for p in same_name)
