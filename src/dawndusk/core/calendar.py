"""Quarters: the planner's periods, counted from the scenario's first quarter."""

from __future__ import annotations

import re

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.records import record

HOURS_PER_PERIOD = HOURS_PER_YEAR / 4.0  # h in a quarter of a Julian year
_QUARTER = re.compile(r"^(\d{4})Q([1-4])$")


def quarter_number(text: str) -> int:
    """Quarters since year 0 of a text such as ``2026Q2``.

    Raises
    ------
    ValueError
        If the text is no quarter.
    """
    found = _QUARTER.match(text)
    if not found:
        raise ValueError(f"a quarter such as '2026Q2', not '{text}'")
    return int(found[1]) * 4 + int(found[2]) - 1


def quarter_text(number: int) -> str:
    """``2026Q2`` for the number that `quarter_number` gives."""
    return f"{number // 4}Q{number % 4 + 1}"


@record
class Calendar:
    """The planning horizon in whole quarters.

    Parameters
    ----------
    start : str
        First quarter, ``2026Q2``.
    periods : int
        Number of quarters.
    """

    start: str
    periods: int

    @property
    def first(self) -> int:
        """Number of the first quarter."""
        return quarter_number(self.start)

    def index(self, text: str) -> int:
        """Period index of a quarter; may be negative or past the end."""
        return quarter_number(text) - self.first

    def label(self, index: int) -> str:
        """The quarter with this period index."""
        return quarter_text(self.first + int(index))

    def labels(self) -> list[str]:
        """All quarters of the horizon."""
        return [self.label(i) for i in range(self.periods)]

    def year(self, index: int) -> int:
        """Calendar year of a period."""
        return (self.first + int(index)) // 4

    def years_after_start(self, index: int) -> float:
        """Years from the start of the horizon to the start of a period."""
        return index / 4.0
