"""A young register: the advice names a snapshot that is there, or says how to make one."""

from datetime import date
from pathlib import Path

from builders import person, write_zip
from samrit.cli.advice import YOUNG, with_advice
from samrit.problems import problem
from samrit.warehouse import Home, load

END = date(2014, 3, 31)  # and 90 days more: 29 June 2014
WARNING = problem(YOUNG, days=275, newest=date(2014, 12, 31), newest_th="31 ธ.ค. 2557")
OTHER = problem("warehouse.load.empty_folder")


def home_with(folder: Path, *days: str) -> Home:
    """A home of one snapshot for each day on which a package was sent."""
    home = Home(folder / "home")
    for day in days:
        load(home, [write_zip(folder, f"F43_11053_{day}080000.zip", {"PERSON": [person()]})])
    return home


def test_the_newest_snapshot_that_is_close_enough_is_named(tmp_path: Path) -> None:
    home = home_with(tmp_path, "20140101", "20140629", "20140630", "20141231")
    advised, other = with_advice([WARNING, OTHER], home, END)
    assert "--snapshot 2 " in advised.hint
    assert "29 มิ.ย. 2557" in advised.hint
    assert "2014-06-29" in advised.hint
    assert (advised.code, advised.th, advised.en) == (WARNING.code, WARNING.th, WARNING.en)
    assert other == OTHER


def test_without_a_snapshot_that_would_do_the_advice_says_how_to_make_one(tmp_path: Path) -> None:
    (advised,) = with_advice([WARNING], home_with(tmp_path, "20140630"), END)
    assert "--snapshot" not in advised.hint
    for said in ("29 มิ.ย. 2557", "2014-06-29", "samrit load", "--home"):
        assert said in advised.hint
