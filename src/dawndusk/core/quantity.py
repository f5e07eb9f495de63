"""Quantities: what stands in a file for one number, with its range and where it came from."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
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
        raise UnitError(
            "a range with the keys low, mode, high (and shape, if not triangular), or {ledger: KEY}",
            _in_words([unit.sample(factor) for factor in (0.9, 1, 1.1)], unit),
        )
    said = [value[key] for key in ("low", "mode", "high")]
    try:
        low, mode, high = (unit.read(x) for x in said)
    except UnitError as error:
        raise UnitError(error.expected, _range_proposal(unit, said)) from None
    shape = value.get("shape", "triangular")
    return _ranged((low, mode, high), shape, None, lambda: _in_words(said, unit))


def _range_proposal(unit: Unit, said: list[Any]) -> str:
    """Ranges that can be read: the writer's own numbers where only their unit is missing."""
    found = []
    for text in dict.fromkeys((unit.text, usual(unit.text))):
        meant = [x if unit.accepts(x) else f"{x} {text}" for x in said]
        if all(map(unit.accepts, meant)):
            found.append(_in_words(meant, unit))
    if not found:
        return _in_words([unit.sample(factor) for factor in (0.9, 1, 1.1)], unit)
    return " or ".join(found) + (", whichever is meant" if len(found) > 1 else "")


def _in_words(texts: list[Any], unit: Unit) -> str:
    """Three texts as a range, in rising order."""
    low, mode, high = sorted(texts, key=unit.read)
    return f"{{low: {low}, mode: {mode}, high: {high}}}"


def _ranged(
    range_: tuple[float, float, float], shape: str, ledger: str | None, write: Callable[[], str]
) -> float:
    low, mode, high = range_
    if not low <= mode <= high:
        raise UnitError("low <= mode <= high", write())
    if shape not in ("triangular", "log-triangular", "uniform"):
        raise UnitError("shape triangular, log-triangular or uniform", write())
    if shape == "log-triangular" and low <= 0:
        raise UnitError("a positive low for a log-triangular range, or shape triangular", write())
    return Uncertain.of(mode, Distribution(low=low, mode=mode, high=high, shape=shape), ledger)  # type: ignore[arg-type]


def _from_ledger(unit: Unit, key: object, context: Any) -> float:
    look_up = (context or {}).get("ledger")
    if look_up is None:
        raise UnitError("a value (no ledger is at hand here)", f"'{unit.sample()}'")
    try:
        low, central, high, text = look_up(str(key))
        values = [unit.read(f"{x!r} {text}" if text != "1" else x) for x in (low, central, high)]
    except UnitError as error:
        raise UnitError(error.expected, _row_proposal(unit, error, context)) from None
    if values[0] == values[1] == values[2]:
        return Uncertain.of(values[1], None, str(key))
    return _ranged((values[0], values[1], values[2]), "triangular", str(key), unit.sample)


def _row_proposal(unit: Unit, error: UnitError, context: Any) -> str:
    """The first of the rows that the error names which fits the field; a number where none does."""
    for key in re.findall(r"\b[A-Z]\d+\b", error.write):
        try:
            _from_ledger(unit, key, {"ledger": context["ledger"]})
        except UnitError:
            continue
        return f"{{ledger: {key}}}"
    return f"'{unit.sample()}', or your own number in that unit and range"
