"""How much memory positions of many satellites need, and whether this machine has it."""

from __future__ import annotations

import os
from typing import Final

from dawndusk.core.errors import problem

NUMBER: Final = 8  # bytes of a float64
NUMBERS_PER_SATELLITE: Final = 31  # elements 7, table of the loops 11, work while it is made 10, position 3
USABLE: Final = 0.8  # of the machine's memory; the rest is for the system and the program itself


def memory_needed(satellites: int, instants: int = 1) -> int:
    """Bytes that the positions of satellites at instants take, elements and tables included.

    Parameters
    ----------
    satellites : int
        Number of satellites.
    instants : int
        Number of instants kept at once.
    """
    return NUMBER * satellites * (NUMBERS_PER_SATELLITE + 3 * (instants - 1))


def memory_here() -> float:
    """Bytes of memory that this machine has; infinite where the system does not tell."""
    try:
        return float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # not a POSIX system
        return float("inf")


def require_memory(satellites: int, instants: int = 1) -> None:
    """Refuse work that this machine's memory cannot hold, before it is begun.

    Parameters
    ----------
    satellites : int
        Number of satellites.
    instants : int
        Number of instants kept at once.

    Raises
    ------
    UserError
        Saying how much is needed, how much there is, and how many satellites would fit.
    """
    need, here = memory_needed(satellites, instants), memory_here()
    if need <= USABLE * here:
        return
    fit = int(USABLE * here // memory_needed(1, instants))
    fitting = f"one group, or a sample of at most {fit:,} satellites" if fit else "fewer instants at a time"
    raise problem(
        "satellites",
        f"{satellites:,} at {instants:,} instants: needs {need / 1e9:,.3g} GB, "
        f"this machine has {here / 1e9:.3g} GB",
        f"at most {USABLE * here / 1e9:.3g} GB",
        fitting,
    )
