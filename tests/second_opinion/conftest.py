"""Worlds and their right answers, made once for all tests of this folder."""

from collections.abc import Callable
from functools import cache

import pytest

from second_opinion.worlds import SEEDS, Answers, World, ask, build_world


@pytest.fixture(scope="session")
def world_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], World]:
    """Seed -> World."""

    @cache
    def build(seed: int) -> World:
        return build_world(seed, tmp_path_factory.mktemp(f"seed{seed}"))

    return build


@pytest.fixture(scope="session")
def right_answers(world_of: Callable[[int], World]) -> dict[int, Answers]:
    """Seed -> what the second opinion says."""
    return {seed: ask(world_of(seed)) for seed in SEEDS}
