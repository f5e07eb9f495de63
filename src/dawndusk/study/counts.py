"""Counts that a user asks for: leaves, paths, draws, seeds."""

from __future__ import annotations

from dawndusk.core.errors import problem


def check_counts(**counts: int) -> None:
    """Refuse a count below one, or a seed below zero.

    Raises
    ------
    UserError
        Naming the option of the command line.
    """
    for name, value in counts.items():
        low = 0 if name == "seed" else 1
        if value < low:
            raise problem(f"--{name}", value, f"a whole number of at least {low}", f"--{name} {max(low, 1)}")
