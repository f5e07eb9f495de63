"""Array and battery of a satellite sized for the end of its life, and what to say when they cannot close."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import problem
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.spacecraft.battery_life import Chemistry, calendar_fade
from dawndusk.physics.spacecraft.cell_damage import array_share
from dawndusk.physics.spacecraft.cells import Cell
from dawndusk.physics.spacecraft.eclipse_strategy import BusLoad, largest_share, strategy
from dawndusk.physics.spacecraft.shadow_calendar import ShadowCalendar
from dawndusk.physics.spacecraft.wing import Chain, Sky, hot_areal_power, wing_temperature


@record
class Load:
    """Electrical loads at their plugs, W."""

    compute: Annotated[float, Unit("W", 0.0)]  # while running in sunlight
    bus: Annotated[float, Unit("W", 0.0)]  # avionics, links, heaters, thrusters; also in shadow
    pump: Annotated[float, Unit("W", 0.0)]  # of the coolant loop, while compute runs
    converter: Annotated[float, Unit("1", 0.5, 1.0)]  # from bus to plugs
    restart: Annotated[float, Unit("s", 0.0)] = 0.0  # compute lost per shadow when switched off


@record
class PowerSystem:
    """Array and battery that carry a load to the end of a life; infinite where none can."""

    array_area: Real  # m2 of wing
    array_eol: Real  # W on the bus in sunlight at the end of life
    remaining: Real  # share of the rating left at the end of life, cold
    temperature: Real  # K of the wing at the end of life
    battery_energy: Real  # J, nameplate
    depth: Real  # of the nameplate, in the longest shadow
    charge: Real  # W into the battery in the worst orbit


def bus_demand(load: Load) -> BusLoad:
    """The loads as the bus sees them: pumps go with compute, converter losses are in both."""
    return BusLoad(
        run=(load.compute + load.pump) / load.converter,
        bus=load.bus / load.converter,
        restart=load.restart,
    )


def size_power(
    load: Load,
    *,
    share: Real,
    calendar: ShadowCalendar,
    cell: Cell,
    sky: Sky,
    chain: Chain,
    damage: Real,
    battery: Chemistry,
    life: Real,
    deepest: Real = 1.0,
) -> PowerSystem:
    """Size array and battery so that the last orbit of the life still closes.

    Parameters
    ----------
    load : Load
        Fields may be arrays of draws, as all below (sample axis last).
    share : Real
        Of compute carried through the longest shadow, 0 to 1.
    calendar : ShadowCalendar
        Shadows of its orbit.
    cell, sky, chain : Cell, Sky, Chain
        The wing: technology, what it sees in the worst orbit, losses. Take aphelion's 1,316 W/m2 and the
        cosine there for the sky of a worst case, the means for an average one.
    damage : Real
        `cell_damage.damage_ratio` of the orbit.
    battery : Chemistry
        Cells of the battery.
    life : Real
        s.
    deepest : Real
        Largest depth of discharge, whatever the battery's wear allows.

    Notes
    -----
    Wertz & Larson, *Space Mission Analysis and Design*, 3rd ed. (1999), ch. 11, with temperature, wear and
    ageing in place of its fixed factors. A new array gives 10-40 % more than it must; that margin is not
    counted as compute. Area within 10 %, of which ageing and temperature are the larger part.
    """
    found = strategy(
        share,
        demand=bus_demand(load),
        calendar=calendar,
        battery=battery,
        life=life,
        deepest=deepest,
    )
    remaining = array_share(cell, ratio=damage, age=life)
    warm = wing_temperature(cell, sky, remaining=remaining)
    areal = np.asarray(hot_areal_power(cell, sky, chain, warm, remaining=remaining))
    with np.errstate(divide="ignore"):  # nothing left of the cells: an infinite array, which does not close
        area: Real = (found.array / np.maximum(areal, 0.0))[()]
    return PowerSystem(
        array_area=area,
        array_eol=found.array,
        remaining=remaining,
        temperature=warm,
        battery_energy=found.energy,
        depth=found.depth,
        charge=found.charge,
    )


def recharge_shortfall(
    *, array: Real, demand: BusLoad, share: Real, longest: Real, period: Real, efficiency: Real
) -> Real:
    """Power on the bus that an array lacks to refill its battery each orbit (W); below 0 with some to spare.

    Parameters
    ----------
    array : Real
        Its power on the bus in sunlight at end of life, W.
    demand, share
        Loads, and the share of compute carried through shadow.
    longest, period : Real
        Longest shadow and orbit, s.
    efficiency : Real
        Of the battery, energy out over in.
    """
    taken = (demand.bus + share * np.asarray(demand.run)) * longest
    charge = taken / (efficiency * (period - np.asarray(longest)))
    lacking: Real = (demand.run + demand.bus + charge - np.asarray(array))[()]
    return lacking


def require_recharge(
    *, array: float, demand: BusLoad, share: float, longest: float, period: float, efficiency: float
) -> None:
    """Refuse an array that can never recharge its battery (single numbers).

    Parameters
    ----------
    array, demand, share, longest, period, efficiency
        As in `recharge_shortfall`.

    Raises
    ------
    UserError
        Saying which balance fails (sunlight or the whole orbit), by how much, and the nearest array, share
        of compute in shadow, or power of compute that closes.
    """
    told = {"longest": longest, "period": period, "efficiency": efficiency}
    short = float(recharge_shortfall(array=array, demand=demand, share=share, **told))
    if short <= 0.0:
        return
    need, sunlit = array + short, demand.run + demand.bus
    which = "in sunlight the load alone" if array < sunlit else "load and recharging, over the worst orbit,"
    best = float(largest_share(array=array, demand=demand, **told))
    ways = [f"an array of {need / 1e3:.4g} kW at end of life"]
    if best >= 0.0:
        ways.append(f"a share of at most {np.floor(1e4 * best) / 1e4:.4g} of compute carried through shadow")
    dark = longest / (efficiency * (period - longest))
    least = (array - demand.bus * (1.0 + dark)) / (1.0 + share * dark)
    if least > 0.0:
        ways.append(f"compute of at most {np.floor(least) / 1e3:.6g} kW on the bus")
    raise problem(
        "array.power",
        f"{array / 1e3:.4g} kW on the bus at end of life",
        f"power balance: {which} takes {need / 1e3 if array >= sunlit else sunlit / 1e3:.4g} kW; the battery "
        f"is never full again, {short / 1e3:.3g} kW ({100 * short / need:.0f} %) short",
        ", or ".join(ways),
    )


def require_battery(battery: Chemistry, *, cycles: float, life: float, depth: float) -> None:
    """Refuse a life that no battery of this chemistry reaches (single numbers).

    Parameters
    ----------
    battery : Chemistry
        Cells of the battery.
    cycles : float
        Equivalent cycles over the life.
    life : float
        s.
    depth : float
        `battery_life.allowed_depth` for them.

    Raises
    ------
    UserError
        With the longest life that closes: rest alone reaches the fade limit there.
    """
    if depth > 0.0:
        return
    longest, rest = (battery.fade_limit / battery.calendar) ** 2, calendar_fade(battery, life)
    raise problem(
        "battery.chemistry",
        f"{life / YEAR:.3g} yr of life and {cycles:.0f} cycles",
        f"capacity balance of the battery: rest alone takes {100 * rest:.0f} % of it, "
        f"{100 * battery.fade_limit:.0f} % may be lost",
        f"a life below {longest:.3g} yr, or another chemistry",
    )
