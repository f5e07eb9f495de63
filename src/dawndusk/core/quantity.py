"""Quantities: what stands in a file for one number, with its range and where it came from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dawndusk.core.ranges import Distribution
from dawndusk.core.units import UnitError, usual

if TYPE_CHECKING:
    from dawndusk.core.units import Unit


class Uncertain(float):
    """A central value that still carries its range and origin on the way from file to record."""

    distribution: Distribution | None
    ledger: str | None

    @classmethod
    def of(cls, mode: float, distribution: Distribution | None, ledger: str | None) -> Uncertain:
        """The central value with its range and the ledger row it came from."""
        made = cls(mode)
        made.distribution = distribution
        made.ledger = ledger
        return made


def read_quantity(unit: Unit, value: Any, context: Any = None) -> float:
    """A field's number from what stands in the file.

    Parameters
    ----------
    unit : Unit
        Unit and range of the field.
    value : str, number or mapping
        ``"1500 USD/kg"``; ``{low: .., mode: .., high: .., shape: ..}``; or ``{ledger: KEY}``, where
        `context` must hold a function ``"ledger"`` that gives (low, central, high, unit) of a row.
        With ``"lenient"`` in `context` what cannot be read becomes NaN: only for a second look at a file
        already refused, to find its other mistakes.

    Raises
    ------
    UnitError
        With what was expected and what to write.
    """
    try:
        return _read(unit, value, context)
    except UnitError:
        if (context or {}).get("lenient"):
            return math.nan
        raise


def _read(unit: Unit, value: Any, context: Any) -> float:
    if not isinstance(value, Mapping):
        return unit.read(value)
    if "ledger" in value and set(value) == {"ledger"}:
        return _from_ledger(unit, value["ledger"], context)
    wrong = set(value) - {"low", "mode", "high", "shape"}
    if wrong or not {"low", "mode", "high"} <= set(value):
        text = "" if unit.text == "1" else usual(unit.text)
        raise UnitError(
            "a range with the keys low, mode, high (and shape, if not triangular), or {ledger: KEY}",
            f"{{low: 1 {text}, mode: 2 {text}, high: 3 {text}}}",
        )
    low, mode, high = (unit.read(value[key]) for key in ("low", "mode", "high"))
    return _ranged(low, mode, high, value.get("shape", "triangular"), None)


def _ranged(low: float, mode: float, high: float, shape: str, ledger: str | None) -> float:
    if not low <= mode <= high:
        raise UnitError("low <= mode <= high", "the three in rising order")
    if shape not in ("triangular", "log-triangular", "uniform"):
        raise UnitError("shape triangular, log-triangular or uniform", "shape: triangular")
    if shape == "log-triangular" and low <= 0:
        raise UnitError("a positive low for a log-triangular range", "a low above 0, or shape: triangular")
    return Uncertain.of(mode, Distribution(low=low, mode=mode, high=high, shape=shape), ledger)  # type: ignore[arg-type]


def _from_ledger(unit: Unit, key: object, context: Any) -> float:
    look_up = (context or {}).get("ledger")
    if look_up is None:
        raise UnitError("a value (no ledger is at hand here)", f"'1 {usual(unit.text)}'")
    low, central, high, text = look_up(str(key))
    values = [unit.read(f"{x!r} {text}" if text != "1" else x) for x in (low, central, high)]
    if values[0] == values[1] == values[2]:
        return Uncertain.of(values[1], None, str(key))
    return _ranged(values[0], values[1], values[2], "triangular", str(key))
