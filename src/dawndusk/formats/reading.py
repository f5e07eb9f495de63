"""What readers of orbit files hand on: the satellites, where each stood, and what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import Problem
from dawndusk.core.records import Floats, Ints, record

REV_PER_DAY: Final = 2.0 * np.pi / DAY  # rad/s
Mask = NDArray[np.bool_]


@record
class Reading:
    """Satellites read from a file, before anybody asked whether their orbits can be.

    Parameters
    ----------
    catalogue : Catalogue
        What could be read, in the order of the file.
    records : array of int
        Which record of the file each was, counted from 1.
    lines : array of int
        The line its elements stand in, counted from 1; 0 where the format has no lines.
    problems : tuple of Problem
        One for each record that could not be read.
    """

    catalogue: Catalogue
    records: Ints
    lines: Ints
    problems: tuple[Problem, ...]

    def flaw(self, k: int, file: str, what: str, read: str, expected: str, write: str) -> Problem:
        """Something wrong with the k-th satellite that was read."""
        path = f"record {self.records[k]} ({self.catalogue.names[k]}): {what}"
        line = int(self.lines[k]) or None
        return Problem(path=path, read=read, expected=expected, write=write, file=file, line=line)


class Sieve:
    """Records that are still good, and one problem for each that is not.

    Parameters
    ----------
    size : int
        Number of records.
    """

    def __init__(self, size: int) -> None:
        self.good: Mask = np.ones(size, dtype=bool)
        self.problems: list[Problem] = []

    def drop(self, bad: Mask, flaw: Callable[[int], Problem]) -> None:
        """Take out the bad ones; `flaw` says of each what is wrong. None is blamed twice."""
        newly = np.flatnonzero(bad & self.good)
        self.problems += [flaw(int(k)) for k in newly]
        self.good[newly] = False


def numbers(values: Iterable[Any]) -> Floats:
    """Numbers of texts or numbers, NaN where one is none."""
    listed = values if isinstance(values, np.ndarray | list) else list(values)
    try:
        plain = np.asarray(listed, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        plain = np.empty((0, 0))
    if plain.ndim == 1:
        return plain
    return np.array([_number(value) for value in listed], dtype=np.float64)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return float("nan")
