"""What happens in shadow: all compute carried on batteries, none of it, or a part.

The battery is sized to carry a share of compute through the longest shadow; in shorter ones the same energy
carries more. That is why a part can be cheapest where shadows are seasonal; where all are alike, cost per
delivered watt is a ratio of two straight lines in the share, and the best is all or nothing.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.spacecraft.battery_life import Chemistry, allowed_depth, battery_energy
from dawndusk.physics.spacecraft.shadow_calendar import ShadowCalendar, equivalent_orbits


@record
class BusLoad:
    """Powers on the bus (converter losses in them), W."""

    run: Annotated[float, Unit("W", 0.0)]  # compute in sunlight, with what cools and feeds it
    bus: Annotated[float, Unit("W", 0.0)]  # always on: avionics, links, pumps, heaters
    restart: Annotated[float, Unit("s", 0.0)] = 0.0  # compute lost per shadow when all of it is switched off


@record
class Strategy:
    """A share of compute carried through the longest shadow, and what follows from it."""

    share: Real
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
    demand: BusLoad,
    calendar: ShadowCalendar,
    battery: Chemistry,
    life: Real,
    deepest: Real = 1.0,
) -> Strategy:
    """Battery, array and delivered power if a share of compute is carried through shadow.

    Parameters
    ----------
    share : Real
        Of compute in the longest shadow, 0 (shed) to 1 (battery for all).
    demand, calendar, battery
        Loads, shadows (sample axis last, after the levels) and chemistry.
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
    rows = np.broadcast_arrays(share, delivered, energy, depth, charge, array)
    names = ("share", "delivered", "energy", "depth", "charge", "array")
    return Strategy(**{name: np.array(row)[()] for name, row in zip(names, rows, strict=True)})


def largest_share(*, array: Real, demand: BusLoad, longest: Real, period: Real, efficiency: Real) -> Real:
    """Largest share of compute that a given array can carry through the longest shadow.

    Parameters
    ----------
    array : Real
        Power on the bus at end of life, W.
    demand : BusLoad
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
