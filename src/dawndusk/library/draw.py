"""Draws of the uncertain numbers: the same record with arrays, the sample axis last."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import TypeVar

import numpy as np

from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import Floats
from dawndusk.core.seeds import INPUTS
from dawndusk.library.addresses import replace_paths

T = TypeVar("T")


def draw(scenario: T, uncertainty: Uncertainty, n: int, seed: int, only: Collection[str] | None = None) -> T:
    """The scenario with `n` draws at each uncertain number.

    Numbers are drawn independently of each other, with two exceptions: numbers that cite the same ledger
    row share their draws (they are the same quantity), and so do the numbers of one list without names
    (a falling curve stays falling). Adding a number changes no other number's draws, and the first draws
    do not depend on `n`. Independence is an approximation: real prices move together, so the spread of
    sums over many options is understated.

    Parameters
    ----------
    scenario : record
        With central values.
    uncertainty : Uncertainty
        Ranges by address.
    n : int
        Number of draws, at least 1.
    seed : int
        Same seed, same draws.
    only : collection of str, optional
        Addresses to draw, or the groups they stand in (``demand``); the others keep their central value.

    Returns
    -------
    record
        Same class; fields with a range have shape (n,).
    """
    values = {
        path: distribution.quantile(_uniform(_group(path, uncertainty), n, seed))
        for path, distribution in uncertainty.ranges.items()
        if only is None or any(path == o or path.startswith(f"{o}.") for o in only)
    }
    return replace_paths(scenario, values)


def _group(path: str, uncertainty: Uncertainty) -> str:
    """What decides the draws of a number: its ledger row, or its address without list positions."""
    key = uncertainty.ledger.get(path)
    return key or ".".join("*" if word.isdecimal() else word for word in path.split("."))


def _uniform(group: str, n: int, seed: int) -> Floats:
    words = np.frombuffer(hashlib.sha256(group.encode()).digest()[:16], dtype="<u4")
    sequence = np.random.SeedSequence(seed, spawn_key=(INPUTS, *(int(w) for w in words)))
    return np.random.default_rng(sequence).random(n)
