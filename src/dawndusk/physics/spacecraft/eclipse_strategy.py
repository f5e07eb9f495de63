"""What to do in shadow: carry all compute on batteries, shed it, or carry a part; chosen by cost.

The battery is sized to carry a share of compute through the longest shadow; in shorter ones the same energy
carries more. That is why a part can be cheapest where shadows are seasonal; where all are alike, cost per
delivered watt is a ratio of two straight lines in the share, and the best is all or nothing.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.spacecraft.battery_life import Chemistry, allowed_depth, battery_energy
from dawndusk.physics.spacecraft.shadow_calendar import ShadowCalendar, equivalent_orbits

GRID: Final = 17  # shares tried before the search
STEPS: Final = 14  # of the search by the golden section: the share within 1e-4
GOLDEN: Final = 0.6180339887498949


@record
class Demand:
    """Powers on the bus (converter losses in them), W."""

    run: Annotated[float, Unit("W", 0.0)]  # compute in sunlight, with what cools and feeds it
    bus: Annotated[float, Unit("W", 0.0)]  # always on: avionics, links, pumps, heaters
    restart: Annotated[float, Unit("s", 0.0)] = 0.0  # compute lost per shadow when all of it is switched off


@record
class Worth:
    """All-in prices: made, launched, insured; what a share more or less carried really costs."""

    array: Annotated[float, Unit("USD/W", 0.0)]  # per W on the bus at end of life
    battery: Annotated[float, Unit("USD/J", 0.0)]  # per J of nameplate energy
    rest: Annotated[float, Unit("USD/W", 0.0)]  # chips, radiator and all else per W of `Demand.run`
    fixed: Annotated[float, Unit("USD", 0.0)] = 0.0


@record
class Strategy:
    """A share of compute carried through the longest shadow, and what follows from it."""

    share: Real
    cost: Real  # USD per W delivered on average over the year
    delivered: Real  # W of compute, mean of the year
    energy: Real  # J, nameplate
    depth: Real  # of the nameplate, in the longest shadow
    charge: Real  # W into the battery in the sunlit part of the worst orbit
    array: Real  # W on the bus at end of life that all this needs


def carried(calendar: ShadowCalendar, share: Real, headroom: Real = np.inf) -> Floats:
    """Share of compute carried in each shadow of a calendar, shape (LEVELS, ...).

    Parameters
    ----------
    calendar : ShadowCalendar
        The shadows.
    share : Real
        Carried in the longest one, 0 to 1.
    headroom : Real
        Largest discharge over that in the longest shadow (C-rate); infinite where it never binds.
    """
    lengths, wanted = np.asarray(calendar.lengths), np.asarray(share)
    reach = np.where(lengths > 0, calendar.longest / np.where(lengths > 0, lengths, 1.0), 1.0)
    return np.asarray(np.minimum(wanted * np.minimum(reach, np.minimum(headroom, 1e9)), 1.0))


def strategy(
    share: Real,
    *,
    demand: Demand,
    calendar: ShadowCalendar,
    battery: Chemistry,
    worth: Worth,
    life: Real,
    deepest: Real = 1.0,
) -> Strategy:
    """Battery, array and cost per delivered watt if a share of compute is carried through shadow.

    Parameters
    ----------
    share : Real
        Of compute in the longest shadow, 0 (shed) to 1 (battery for all).
    demand, calendar, battery, worth
        Loads, shadows (sample axis last, after the levels), chemistry and prices.
    life : Real
        s; the battery must last that long.
    deepest : Real
        Largest depth of discharge, whatever wear allows.

    Notes
    -----
    Energy balance of the worst orbit; wear by Miner's rule over the whole calendar; discharge in shorter
    shadows capped by the pack's rate. `carried` is counted at full power until the energy is spent, which
    is the same as running slower. Left out: chips that do more per joule when slowed (up to 30 % in favour
    of carrying a part) and thermal cycling by switching (in favour of carrying).
    """
    load = demand.bus + share * np.asarray(demand.run)
    taken = load * calendar.longest
    whole = bool(np.all((np.asarray(share) == 0.0) | (np.asarray(share) == 1.0)))
    if whole:  # all or nothing: the same load in every shadow
        depths = calendar.lengths / np.where(calendar.longest > 0, calendar.longest, 1.0)
    else:
        used = (demand.bus + demand.run * carried(calendar, share)) * calendar.lengths
        depths = used / np.where(taken > 0, taken, 1.0)
    cycles = equivalent_orbits(calendar, depths, battery.exponent) * life / YEAR
    depth = np.minimum(allowed_depth(battery, cycles=cycles, age=life), deepest)
    charge = taken / (battery.efficiency * (calendar.period - calendar.longest))
    energy = battery_energy(battery, taken=taken, depth=depth, discharge=load, charge=charge)
    with np.errstate(divide="ignore", invalid="ignore"):
        most = (energy * battery.discharge_rate - demand.bus) / (share * np.asarray(demand.run))
    headroom = np.where(np.isfinite(most), np.maximum(most, 1.0), np.inf)
    shaded = calendar.lengths * calendar.orbits
    if whole:
        dark = (1.0 - np.asarray(share)) * shaded.sum(axis=0)
    else:
        dark = ((1.0 - carried(calendar, share, headroom)) * shaded).sum(axis=0)
    stops = np.where(np.asarray(share) > 0, 0.0, calendar.orbits.sum(axis=0)) * demand.restart
    delivered = demand.run * np.maximum(1.0 - (dark + stops) / YEAR, 0.0)
    array = demand.run + demand.bus + charge
    lasts = np.isfinite(energy)
    pack = np.where(lasts, worth.battery * np.where(lasts, energy, 0.0), np.inf)
    total = worth.array * array + pack + worth.rest * demand.run + worth.fixed
    with np.errstate(divide="ignore"):
        cost = total / delivered
    rows = np.broadcast_arrays(share, cost, delivered, energy, depth, charge, array)
    names = ("share", "cost", "delivered", "energy", "depth", "charge", "array")
    return Strategy(**{name: np.array(row)[()] for name, row in zip(names, rows, strict=True)})


def largest_share(*, array: Real, demand: Demand, longest: Real, period: Real, efficiency: Real) -> Real:
    """Largest share of compute that a given array can carry through the longest shadow.

    Parameters
    ----------
    array : Real
        Power on the bus at end of life, W.
    demand : Demand
        Loads.
    longest, period : Real
        Longest shadow and orbit, s.
    efficiency : Real
        Of the battery, energy out over in.

    Notes
    -----
    Balance of one orbit: what is left of the array in sunlight refills what the shadow took. Not limited
    to 1: above it the array has power to spare; below 0 it cannot even carry the bus.
    """
    spare = (np.asarray(array) - demand.run - demand.bus) * efficiency * (period - np.asarray(longest))
    with np.errstate(divide="ignore"):
        return ((spare - demand.bus * longest) / (demand.run * np.asarray(longest)))[()]


def cheapest(
    *,
    demand: Demand,
    calendar: ShadowCalendar,
    battery: Chemistry,
    worth: Worth,
    life: Real,
    most: Real = 1.0,
) -> Strategy:
    """The share carried through shadow that costs least per delivered watt, for every sample at once.

    Parameters
    ----------
    demand, calendar, battery, worth, life
        As in `strategy`.
    most : Real
        Upper limit of the share, 0 to 1 (`largest_share` of a given array).

    Notes
    -----
    Best of GRID shares, then the golden section between its neighbours. The cost is quasi-convex where
    depth does not hang on the share (a straight line over a concave function); wear bends it little, and
    the grid guards against it: within 2e-5 of the cost of 800 shares. The share itself is coarser (0.05):
    it likes the lengths that stand for the year's shadows, and the cost is flat around it. Takes 20 us a
    sample where `strategy` takes 0.6: choose once per design, not once per draw.
    """
    told = {"demand": demand, "calendar": calendar, "battery": battery, "worth": worth, "life": life}
    limit = np.clip(most, 0.0, 1.0)

    def cost(share: Real) -> Floats:
        return np.asarray(strategy(share, **told).cost)  # type: ignore[arg-type]

    costs = np.stack(np.broadcast_arrays(*(cost(limit * k / (GRID - 1)) for k in range(GRID))))
    best = np.argmin(costs, axis=0)
    low, high = (limit * np.clip(best + k, 0, GRID - 1) / (GRID - 1) for k in (-1, 1))
    for _ in range(STEPS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        keep = cost(left) <= cost(right)
        low, high = np.where(keep, low, left), np.where(keep, right, high)
    middle, node = 0.5 * (low + high), limit * best / (GRID - 1)
    found = np.where(cost(middle) < costs.min(axis=0), middle, node)
    return strategy(found[()], **told)  # type: ignore[arg-type]
