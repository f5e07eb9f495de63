"""Demand for compute as a random process: net log growth per quarter = trend + excess + noise.

Net demand is usage divided by the efficiency with which compute turns into usage. Its growth starts at
the observed rate (`usage_growth` / `efficiency_growth`); the part of it above the trend dies away, the
trend itself decays to its long-run value, rare regimes replace both, and a share of the world's stock
caps the level. Conventions, chosen so that the quantiles of the design note come out:

- The level `in_use` holds when the horizon opens; period t has seen t + 1 growth steps, so the first
  growth is already in period 0. World stock follows the same count.
- `noise_sd` is the stationary standard deviation of an AR(1) started at zero (its innovations have
  ``noise_sd * sqrt(1 - noise_correlation**2)``), so the first quarters vary less than later ones.
- The cap cuts the level, not the process below it: demand pressed against the cap stays there until the
  world's stock outgrows the uncut level.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import problem
from dawndusk.core.paths import Paths
from dawndusk.core.records import Floats, Ints, Real, replace
from dawndusk.core.scenario.demand import Demand, Gate, Regime


def sample(
    demand: Demand,
    gates: tuple[Gate, ...],
    calendar: Calendar,
    *,
    n: int,
    seed: int,
    subsystem: int = 0,
) -> Paths:
    """Draw `n` paths of demand and gates.

    Parameters
    ----------
    demand : Demand
        Numbers, or arrays of shape (n,) where ranges were drawn.
    gates : tuple of Gate
        Events resolved at a date, independent of demand and of each other.
    calendar : Calendar
        T periods.
    n : int
        Number of paths, at least 1.
    seed, subsystem : int
        The stream of random numbers: same numbers in, same bytes out.

    Raises
    ------
    UserError
        For n below 1, or a drawn range that has not n values.

    Notes
    -----
    A regime starts in a quarter with 1 - (1 - probability)^(1/4) while none runs and lasts a whole number
    of quarters (an error of up to an eighth of a year). The trend and excess go on decaying meanwhile.
    All rates of this process are judgements: ten years ahead the 5-95 % range spans a factor of 25 before
    any range is drawn, and that width, not its centre, is the result to plan with.
    """
    if n < 1:
        raise problem("paths", n, "at least one path", "1000")
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(subsystem,)))
    shape = (n, calendar.periods)
    try:
        growth = np.broadcast_to(_drift(demand, calendar.periods), shape)
        cap = np.broadcast_to(_log_cap(demand, calendar.periods), shape)
    except ValueError:
        raise problem("demand", "ranges of another length", f"{n} drawn values each", f"n={n}") from None
    noise = _noise(demand, random.standard_normal(shape))
    growth = _with_regimes(demand, growth, random.random(shape)) + noise
    net = np.cumsum(growth, axis=1)
    return Paths(
        log_demand=np.minimum(_column(np.log(demand.in_use)) + net, cap),
        gates={gate.name: _gate_states(gate, calendar, random.random(n)) for gate in gates},
    )


def expected_path(demand: Demand, calendar: Calendar) -> Floats:
    """Log of total demand (H100e) without noise and regimes: the median before ranges are drawn.

    Shape (T,) for numbers, (n, T) where `demand` holds drawn ranges. Regimes with equal chances shift the
    true median by less than their yearly probability times the growth they replace (a few per cent a
    year).
    """
    growth = _drift(demand, calendar.periods)
    level = _column(np.log(demand.in_use)) + np.cumsum(growth, axis=1)
    path = np.minimum(level, _log_cap(demand, calendar.periods))
    return path[0] if path.shape[0] == 1 else path


def planned_path(demand: Demand, calendar: Calendar) -> Floats:
    """Log of total demand (H100e) had usage grown as planned: `expected_path` at `planned_growth`.

    Only the growth at the start differs; it goes over to the same trend with the same half-life, so the
    distance between the two paths is what the surprise is worth. Shape as `expected_path`.
    """
    return expected_path(replace(demand, usage_growth=demand.planned_growth), calendar)


def _column(value: Real) -> Floats:
    """A number or (n,) as (1, 1) or (n, 1), to meet periods along the last axis."""
    return np.asarray(value, dtype=np.float64).reshape(-1, 1)


def _decay(half_life: Real, periods: int) -> Floats:
    """Share left at the start of each quarter of what halves every `half_life` years, (1 or n, T)."""
    years = np.arange(periods) / 4.0
    left: Floats = np.exp2(-years / _column(half_life))
    return left


def _drift(demand: Demand, periods: int) -> Floats:
    """Trend + excess of net log growth per quarter, shape (1 or n, T)."""
    start, end = _column(np.log(demand.trend)), _column(np.log(demand.trend_end))
    observed = _column(np.log(demand.usage_growth)) - _column(np.log(demand.efficiency_growth))
    trend = end + (start - end) * _decay(demand.trend_half_life, periods)
    excess = (observed - start) * _decay(demand.excess_half_life, periods)
    return (trend + excess) / 4.0


def _log_cap(demand: Demand, periods: int) -> Floats:
    """Log of the largest demand the world's stock allows, shape (1 or n, T)."""
    share = np.asarray(demand.world_share)
    if np.any(share <= 0):
        raise problem("demand.world_share", float(share.min()), "a share above 0", "0.1")
    start, end = _column(np.log(demand.world_growth)), _column(np.log(demand.world_growth_end))
    growth = end + (start - end) * _decay(demand.world_half_life, periods)
    ceiling: Floats = _column(np.log(demand.world_stock * share)) + np.cumsum(growth, axis=1) / 4.0
    return ceiling


def _noise(demand: Demand, normal: Floats) -> Floats:
    """AR(1) per quarter from standard normals (n, T), started at zero, of stationary sd `noise_sd`."""
    keep = np.asarray(demand.noise_correlation, dtype=np.float64)
    scale = np.asarray(demand.noise_sd) * np.sqrt(1.0 - keep**2)
    found = np.empty_like(normal)
    last = np.zeros(normal.shape[0])
    for t in range(normal.shape[1]):
        last = keep * last + scale * normal[:, t]
        found[:, t] = last
    return found


def _with_regimes(demand: Demand, growth: Floats, uniform: Floats) -> Floats:
    """Growth per quarter (n, T) with that of a regime in its place while one runs."""
    stagnation, surge = demand.stagnation, demand.surge
    starts_slow = _hazard(stagnation)
    starts = starts_slow + _hazard(surge)
    found = growth.copy()
    left = np.zeros(growth.shape[0], dtype=np.int64)
    rate = np.zeros(growth.shape[0])
    slow_rate, fast_rate = np.log(stagnation.growth) / 4.0, np.log(surge.growth) / 4.0
    for t in range(growth.shape[1]):
        begins = (left == 0) & (uniform[:, t] < starts)
        slow = uniform[:, t] < starts_slow
        left = np.where(begins, np.where(slow, _quarters(stagnation), _quarters(surge)), left)
        rate = np.where(begins, np.where(slow, slow_rate, fast_rate), rate)
        found[:, t] = np.where(left > 0, rate, growth[:, t])
        left = np.maximum(left - 1, 0)
    return found


def _hazard(regime: Regime) -> Real:
    """Chance per quarter from the chance per year."""
    return 1.0 - (1.0 - np.asarray(regime.probability)) ** 0.25


def _quarters(regime: Regime) -> Ints:
    """Whole quarters that a regime runs, at least one."""
    return np.maximum(np.rint(4.0 * np.asarray(regime.duration)), 1).astype(np.int64)


def _gate_states(gate: Gate, calendar: Calendar, uniform: Floats) -> Floats:
    """State of a gate per path and period, from one uniform number per path."""
    opens = uniform < np.asarray(gate.probability)
    known = np.arange(calendar.periods) >= calendar.index(gate.resolved)
    return (opens[:, None] & known[None, :]).astype(np.float64)
