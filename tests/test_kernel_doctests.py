"""Every example in the docstrings of the kernel runs."""

import doctest
import importlib
import pkgutil

import pytest

ROOMS = ("samrit.formula", "samrit.scoring", "samrit.allocation")


def _modules() -> list[str]:
    names = []
    for room in ROOMS:
        package = importlib.import_module(room)
        names += [room, *(f"{room}.{found.name}" for found in pkgutil.iter_modules(package.__path__))]
    return names


@pytest.mark.parametrize("name", _modules())
def test_examples_in_docstrings_run(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_shows_an_example(room: str) -> None:
    _, tried = doctest.testmod(importlib.import_module(room))
    assert tried > 0


@pytest.mark.parametrize("room", ROOMS)
def test_public_names_of_a_room_have_a_docstring(room: str) -> None:
    package = importlib.import_module(room)
    public = [getattr(package, name) for name in package.__all__]
    assert [thing for thing in public if callable(thing) and not thing.__doc__] == []
