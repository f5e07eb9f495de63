"""Quarters: the planner's periods, counted from the scenario's first quarter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.records import record
from dawndusk.core.units import UnitError

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

HOURS_PER_PERIOD = HOURS_PER_YEAR / 4.0  # h in a quarter of a Julian year
_QUARTER = re.compile(r"^([0-9]{4})Q([1-4])$")
_EXAMPLE = "2026Q2"


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


@dataclass(frozen=True)
class QuarterText:
    """Mark of a field whose text names a quarter: how it is read, and what the schema says of it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """How pydantic reads such a field (pydantic is only imported by `formats`)."""
        from pydantic_core import core_schema

        return core_schema.with_info_plain_validator_function(lambda value, info: _read(value, info.context))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """What ``dawndusk schema`` says of such a field."""
        return {"type": "string", "pattern": _QUARTER.pattern, "examples": [_EXAMPLE]}


Quarter = Annotated[str, QuarterText()]


def _read(value: Any, context: Any) -> str:
    if isinstance(value, str) and _QUARTER.match(value):
        return value
    if (context or {}).get("lenient"):  # a second look at a file already refused, to find more mistakes
        return ""
    raise UnitError("a quarter: four digits, Q, and 1 to 4", _EXAMPLE)


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

    start: Quarter
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
