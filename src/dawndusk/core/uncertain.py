"""Numbers with a range: read in place, carried beside the central value, drawn on request."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from dawndusk.core.units import Unit, UnitError, usual

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Shape = Literal["triangular", "log-triangular", "uniform"]


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """Range of one number, in the unit of its field.

    Parameters
    ----------
    low, mode, high : float
        Ordered; the mode is the central value used by a scenario without draws.
    shape : {"triangular", "log-triangular", "uniform"}
        ``log-triangular`` draws the logarithm from a triangle (all three must be positive).
    """

    low: float
    mode: float
    high: float
    shape: Shape = "triangular"

    def quantile(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values at the probabilities `u` (any shape, in [0, 1]).

        Source: inverse of the triangular distribution, Evans, Hastings & Peacock, *Statistical
        Distributions* (2000), ch. 40.
        """
        import numpy as np

        if self.low == self.high:
            return np.full_like(u, self.low)
        if self.shape == "uniform":
            return self.low + u * (self.high - self.low)
        log = self.shape == "log-triangular"
        low, mode, high = (np.log(x) if log else x for x in (self.low, self.mode, self.high))
        cut = (mode - low) / (high - low)
        u, shape = np.atleast_1d(np.asarray(u, dtype=np.float64)), np.shape(u)
        drawn = (1 - u) * (high - low)  # in place from here on: a million draws of 60 inputs pass here
        drawn *= high - mode
        np.subtract(high, np.sqrt(drawn, out=drawn), out=drawn)
        rising = u * (high - low)
        rising *= mode - low
        np.sqrt(rising, out=rising)
        rising += low
        np.copyto(drawn, rising, where=u < cut)
        found = np.exp(drawn, out=drawn) if log else drawn
        return found.reshape(shape)


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """What a scenario file says beyond the central values, by dotted path (``demand.in_use``).

    Items of a list are addressed by their `name` (``orbit.satellites.ai1.platform_price``), or by their
    position if they have none.

    Parameters
    ----------
    ranges : mapping of str to Distribution
        Numbers with a range, in the units of their fields.
    ledger : mapping of str to str
        Numbers written ``{ledger: KEY}``, with or without a range, and their key.
    explained : frozenset of str
        Numbers that are as in the shipped scenario, so that the reasons in the ledger are about them.
    """

    ranges: Mapping[str, Distribution]
    ledger: Mapping[str, str]
    explained: frozenset[str] = frozenset()


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
