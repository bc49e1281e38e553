"""Worlds, their right answers and the product's view of them, made once for all tests of this folder."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import pytest

from second_opinion import existence
from second_opinion.existence import Key
from second_opinion.reading import Row
from second_opinion.worlds import SEEDS, Answers, World, ask, build_world


@pytest.fixture(scope="session")
def world_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], World]:
    """Seed -> World."""

    @cache
    def build(seed: int) -> World:
        return build_world(seed, tmp_path_factory.mktemp(f"seed{seed}"))

    return build


@pytest.fixture(scope="session")
def standing_of(world_of: Callable[[int], World]) -> Callable[[int], dict[str, dict[Key, Row]]]:
    """Seed -> the rows that stand, all read now: a mistake made later does not reach them."""
    rows = {seed: existence.standing(world_of(seed).zips) for seed in SEEDS}
    return rows.__getitem__


@pytest.fixture(scope="session")
def right_answers(
    world_of: Callable[[int], World], standing_of: Callable[[int], dict[str, dict[Key, Row]]]
) -> dict[int, Answers]:
    """Seed -> what the second opinion says."""
    return {seed: ask(world_of(seed), standing_of(seed)) for seed in SEEDS}


@pytest.fixture(scope="session")
def product_of(world_of: Callable[[int], World]) -> Iterator[Callable[[int], Any]]:
    """Seed -> the world in the product, loaded once."""
    from second_opinion import samrit_adapter as product  # noqa: PLC0415 (only this fixture needs the product)

    with ExitStack() as stack:

        @cache
        def enter(seed: int) -> Any:
            world = world_of(seed)
            given = (world.zips, world.organisations, world.logs, world.zones, world.agreements)
            return stack.enter_context(product.Product(*given))

        yield enter
