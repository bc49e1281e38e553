"""schemes list, check, show, new: packs that are shipped and packs of the site."""

from pathlib import Path

import pytest

from cli.speaking import has_thai, samrit
from samrit.cli.shown import out
from schemes.authoring.spoiling import copy_of
from schemes.building import spoil

SHIPPED = ["nhso-2552", "qof-2557", "qof-2560", "uk-qof"]


def test_list_names_shipped_packs_and_those_of_the_site(tmp_path: Path) -> None:
    assert [p["id"] for p in samrit("schemes", "list", "--json").json] == SHIPPED
    samrit("schemes", "new", "loei-2569", "--home", tmp_path)
    assert [p["id"] for p in samrit("schemes", "list", "--json", "--home", tmp_path).json] == ["loei-2569", *SHIPPED]


def test_list_tells_a_broken_pack_of_the_site_and_shows_the_others(tmp_path: Path) -> None:
    samrit("schemes", "new", "loei-2569", "--home", tmp_path)
    spoil(tmp_path / "packs" / "loei-2569", "rule: closed_pool", "rule: closed")
    said = samrit("schemes", "list", "--json", "--home", tmp_path)
    assert (said.code, [p["id"] for p in said.json]) == (1, SHIPPED)
    assert "authored.kind.unknown" in said.err


def test_check_without_a_name_checks_every_pack_and_its_examples() -> None:
    said = samrit("schemes", "check")
    assert said.code == 0
    assert [line.partition(":")[0] for line in said.lines] == SHIPPED
    assert all("ตัวอย่าง" in line for line in said.lines)


def test_check_takes_a_folder(tmp_path: Path) -> None:
    pack = copy_of("uk-qof", tmp_path)
    assert samrit("schemes", "check", pack).code == 0
    line = spoil(pack, "by: QUALITY", "by: QALITY")
    said = samrit("schemes", "check", pack)
    assert (said.code, said.out) == (1, "")
    assert f"scheme.yaml:{line}" in said.err
    assert "'QUALITY'" in said.err


def test_check_tells_a_figure_that_comes_out_otherwise(tmp_path: Path) -> None:
    pack = copy_of("uk-qof", tmp_path)
    spoil(pack, "value: 201.16", "value: 201.17")
    said = samrit("schemes", "check", pack, "qof-2560")
    assert said.code == 1
    assert "schemes.worked.differs" in said.err
    assert "14,885.84" in said.err
    assert said.lines[0].startswith("qof-2560: ")


def test_check_of_a_pack_that_is_not_there_is_2() -> None:
    said = samrit("schemes", "check", "uk-qoff")
    assert (said.code, said.out) == (2, "")
    assert "'uk-qof'" in said.err


def test_show_says_in_thai_what_is_measured_scored_and_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(out, "_width", 2000)  # no line is set in two
    for pack_id, words in (
        ("nhso-2552", ("คะแนน HAI มากกว่าค่าเฉลี่ย + 1 SD", "ตามเอกสาร", "ข้อเสนอ", "พื้นที่เพิ่มได้ไม่เกิน 3 ข้อ")),
        ("qof-2557", ("28.13 บาทต่อคน", "คำนวณย้อน", "ไม่มีเกณฑ์", "ht_controlled")),
        ("qof-2560", ("ค่าที่ลดลงจากปีก่อน", "น้อยกว่า 30 ราย: ไม่ให้คะแนน", "age_max=74")),
        ("uk-qof", ("201.16 (ตามเอกสาร)", "ปอนด์")),
    ):
        said = samrit("schemes", "show", pack_id)
        assert said.code == 0
        assert [text for text in words if text not in said.out] == []


def test_show_gives_the_pack_as_json() -> None:
    shown = samrit("schemes", "show", "uk-qof", "--json").json
    assert shown["pools"][0]["price"] == {"value": "201.16", "standing": "printed"}


def test_new_starts_a_pack_that_is_fine_and_refuses_to_write_over_it(tmp_path: Path) -> None:
    said = samrit("schemes", "new", "loei-2569", "--home", tmp_path)
    assert said.code == 0
    assert "samrit schemes check loei-2569" in said.out
    assert samrit("schemes", "check", "loei-2569", "--home", tmp_path).code == 0
    again = samrit("schemes", "new", "loei-2569", "--home", tmp_path)
    assert again.code == 2
    assert has_thai(again.err)


def test_new_like_another_extends_it(tmp_path: Path) -> None:
    samrit("schemes", "new", "region-8", "--like", "nhso-2552", "--home", tmp_path)
    assert "extends: nhso-2552" in (tmp_path / "packs" / "region-8" / "scheme.yaml").read_text(encoding="utf-8")
    assert samrit("schemes", "show", "region-8", "--home", tmp_path).code == 0
