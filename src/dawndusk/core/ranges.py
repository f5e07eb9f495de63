"""Numbers with a range: read in place, carried beside the central value, drawn on request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

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
