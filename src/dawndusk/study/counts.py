"""Counts that a user asks for: leaves, paths, draws, seeds."""

from __future__ import annotations

from numbers import Integral
from typing import Final

from dawndusk.core.errors import problem

MOST: Final = {"draws": 10_000_000, "leaves": 4096, "paths": 1_000_000, "seed": 2**63 - 1}


def check_counts(**counts: int) -> None:
    """Refuse what is no whole number, a count below one or a seed below zero, and more than fits.

    Raises
    ------
    UserError
        Naming the option of the command line.
    """
    for name, value in counts.items():
        low, high = 0 if name == "seed" else 1, MOST[name]
        whole = isinstance(value, Integral) and not isinstance(value, bool)
        if not whole or not low <= value <= high:
            write = f"--{name} {high if whole and value > high else max(low, 1)}"
            expected = f"a whole number of at least {low} and at most {high}"
            raise problem(f"--{name}", repr(value), expected, write)
