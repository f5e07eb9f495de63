"""Tables by period from a scenario's numbers: leads, lives, growth, yearly ramps.

Tables have shape (T,); where a number was drawn, shape (T, n), sample axis last. What gives the plan its
structure (leads, lives, windows) must be one whole number: of drawn years the median counts.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.constants import YEAR
from dawndusk.core.records import Floats, Real, record
from dawndusk.supply.market import AbstractMarket

PERIODS_PER_YEAR: Final = 4.0
SECONDS_PER_PERIOD: Final = YEAR / PERIODS_PER_YEAR
ROUNDING: Final = 1e-9  # 1.5 yr written in months must stay six quarters


@record
class Axis:
    """The period axis of every table.

    Parameters
    ----------
    calendar : Calendar
        Horizon.
    """

    calendar: Calendar

    @property
    def size(self) -> int:
        """Number of periods."""
        return self.calendar.periods

    def index(self, text: str) -> int:
        """Period of a quarter; may be negative or past the end."""
        return self.calendar.index(text)

    def clip(self, period: int | Floats) -> int:
        """The nearest period inside the horizon."""
        return int(np.clip(period, 0, self.size - 1))

    def time(self, *values: Real) -> Floats:
        """Period numbers 0 .. T-1, with a sample axis of length 1 if one of the values was drawn."""
        numbers = np.arange(self.size, dtype=np.float64)
        return numbers[:, None] if any(np.ndim(x) for x in values) else numbers

    def constant(self, value: Real) -> Floats:
        """The same value in every period; shape (T,) or (T, n)."""
        return np.broadcast_to(np.asarray(value, dtype=np.float64), (self.size, *np.shape(value)))

    def geometric(self, start: Real, growth: Real, first: int = 0) -> Floats:
        """`start` in period `first`, times (1 + `growth`) each later period, 0 before it."""
        time = self.time(start, growth)
        value = start * (1 + growth) ** np.maximum(time - first, 0)
        return np.where(time >= first, value, 0.0)

    def two_speeds(self, start: Real, early: Real, late: Real, change: int) -> Floats:
        """`start` in period 0, growing by `early` per period up to period `change`, then by `late`."""
        time = self.time(start, early, late)
        turn = np.maximum(change, 0)
        table: Floats = (
            start * (1 + early) ** np.minimum(time, turn) * (1 + late) ** np.maximum(time - turn, 0)
        )
        return table

    def ramp(self, yearly: Real, factor: Real, first: int) -> Floats:
        """Amount per period that sums to `yearly` in the first year and to `factor` times more each year.

        Parameters
        ----------
        yearly : Real
            Sum of the first four periods.
        factor : Real
            Each four periods over the four before; above 0.
        first : int
            First period with output; nothing before it.

        Notes
        -----
        Smooth inside the year (a geometric series), each year's sum exact.
        """
        time = self.time(yearly, factor)
        step = np.asarray(factor, dtype=np.float64) ** (1 / PERIODS_PER_YEAR)
        start = yearly / (1 + step + step**2 + step**3)
        return np.where(time >= first, start * step ** np.maximum(time - first, 0), 0.0)

    def made_before(self, yearly: Real, factor: Real, first: int) -> Floats:
        """Sum of `ramp` before each period, also over periods before the horizon."""
        ramp = self.ramp(yearly, factor, first)
        growth = np.asarray(factor, dtype=np.float64)
        years = max(-first, 0) / PERIODS_PER_YEAR
        rate = np.where(growth == 1, 1.0, np.log(growth))
        past = np.where(growth == 1, years, np.expm1(years * rate) / np.expm1(rate))
        return yearly * past + np.cumsum(ramp, axis=0) - ramp

    def last_order(self, lead: int) -> int:
        """Latest order that is in service within the horizon; negative if there is none."""
        return self.size - 1 - lead


def axis_of(market: AbstractMarket) -> Axis:
    """The scenario's period axis."""
    return Axis(calendar=market.calendar)


def aligned(*tables: Floats) -> list[Floats]:
    """The tables with a sample axis on all if one has it: (T,) beside (T, n) would not broadcast."""
    deep = max(np.ndim(x) for x in tables)
    return [x[:, None] if x.ndim < deep else x for x in tables]


def product(*tables: Floats) -> Floats:
    """Product of tables, drawn or not."""
    return np.asarray(math.prod(aligned(*tables)))


def total(*tables: Floats) -> Floats:
    """Sum of tables, drawn or not."""
    return np.asarray(sum(aligned(*tables)))


def _one(years: Real) -> float:
    return float(np.median(years))


def lead_periods(years: Real) -> int:
    """Whole periods of a lead: rounded up, but below half a quarter is at once."""
    quarters = _one(years) * PERIODS_PER_YEAR
    return 0 if quarters < 0.5 else math.ceil(quarters - ROUNDING)


def life_periods(years: Real) -> int:
    """Whole periods of a life or term: the nearest, at least one."""
    return max(1, math.floor(_one(years) * PERIODS_PER_YEAR + 0.5))


def per_period(rate: Real) -> Real:
    """Share lost in a period when the share `rate` is lost in a year: 1 - (1 - rate)^(1/4)."""
    lost: Real = -np.expm1(np.log1p(-np.asarray(rate)) / PERIODS_PER_YEAR)[()]
    return lost


def even_payments(lead: int) -> tuple[tuple[int, float], ...]:
    """Progress payments in equal parts from the order until the period before service."""
    count = max(lead, 1)
    return tuple((lag, 1.0 / count) for lag in range(count))


def yearly_price(axis: Axis, start: Real, decline: Real) -> Floats:
    """Price per year by date of the order, falling smoothly by `decline` a year."""
    return axis.geometric(start, (1 - decline) ** (1 / PERIODS_PER_YEAR) - 1)


def rents(lead: int, term: int) -> tuple[tuple[int, float], ...]:
    """Payments in equal parts in each period of a term."""
    return tuple((lead + k, 1.0 / term) for k in range(term))
