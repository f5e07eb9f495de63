"""Heat from chip to space in steady state: the nodes' temperatures, the radiator's area, the chips' limit.

Nodes: junction and HBM, cold plate, coolant (supply and return), fin root along the flow, space. Closed forms
and fixed numbers of steps, so that arrays of draws (sample axis last) cost about a microsecond each.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import STEFAN_BOLTZMANN
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.spacecraft.fin import Panel, panel_efficiency
from dawndusk.physics.spacecraft.loop import (
    Coolant,
    Loop,
    Pumped,
    film_conductance,
    pump_share,
    pumped,
)
from dawndusk.physics.spacecraft.radiator import temperature_for
from dawndusk.physics.spacecraft.surroundings import sink_temperature

ROOT_STEPS: Final = 3  # Newton's, coolant to root: 1e-6 K
FIN_STEPS: Final = 3  # of efficiency and root in turn, one less from near
LIMIT_STEPS: Final = 5  # Newton's, for the power at the limit: 1e-3 of it
SAME_EFFICIENCY: Final = 1e-9  # where turns have come to rest
SAME_ROOT: Final = 0.1  # K, apart: too near for a straight line through two efficiencies
SMALLEST_EFFICIENCY: Final = 0.01
COLDEST: Final = 1.0  # K, stands for a sink at nothing


@record
class ColdPlate:
    """One chip on its cold plate; resistances from its power to local coolant, in series."""

    junction: Annotated[float, Unit("K/W", 0.0, 1.0)]  # junction to lid
    interface: Annotated[float, Unit("K/W", 0.0, 1.0)]  # thermal interface material
    plate: Annotated[float, Unit("K/W", 0.0, 1.0)]  # lid side of the plate to coolant
    hbm: Annotated[float, Unit("K/W", 0.0, 1.0)]  # hottest HBM die to coolant, per W of the whole chip
    junction_limit: Annotated[float, Unit("K", 273.0, 500.0)]
    hbm_limit: Annotated[float, Unit("K", 273.0, 500.0)]


@record
class ThermalNetwork:
    """Everything between the chips and space; environment and coating are told apart, as they age."""

    plate: ColdPlate
    coolant: Coolant
    loop: Loop
    panel: Panel


@record
class Steady:
    """The network in balance. Temperatures K; where no panel closes, area is infinite."""

    area: Real  # m2, planform
    heat: Real  # W, with the pump's
    junction: Real
    hbm: Real
    supply: Real
    outlet: Real  # coolant that leaves the cold plates: the return
    root: Real  # of the fins, mean over the panel
    efficiency: Real  # of the panel (`fin.panel_efficiency`)
    gradient: Real  # K, root at the panel's inlet less root at its outlet
    loop: Pumped


def junction_resistance(plate: ColdPlate) -> Real:
    """Junction to local coolant, K/W."""
    return plate.junction + plate.interface + plate.plate


def coolant_limit(plate: ColdPlate, chip_power: Real) -> Real:
    """Hottest coolant, K, at which neither junction nor HBM of a chip of that power (W) is too hot.

    Notes
    -----
    The chip meant sits where the coolant leaves: with chips side by side on a rise of 15 K the average one is
    7 K cooler. Channels are laminar: their resistance does not depend on flow.
    """
    junction = plate.junction_limit - chip_power * junction_resistance(plate)
    return np.minimum(junction, plate.hbm_limit - chip_power * plate.hbm)


def root_temperature(coolant: Real, taken: Real, *, emissivity: Real, efficiency: Real, film: Real) -> Real:
    """Fin root, K, below coolant of a temperature (K): film conductance against radiation.

    Parameters
    ----------
    coolant : Real
        K.
    taken : Real
        Absorbed by both faces, W/m2.
    emissivity, efficiency : Real
        Of the panel.
    film : Real
        W/(m2 K) of planform, 30 or more.
    """
    steep = 2 * efficiency * emissivity * STEFAN_BOLTZMANN
    root = coolant
    for _ in range(ROOT_STEPS):
        cube = root * root * root
        excess = steep * cube * root - efficiency * taken - film * (coolant - root)
        root = root - excess / (4 * steep * cube + film)
    return root


def flow_integral(hot: Real, cold: Real, sink: Real) -> Real:
    """Integral of dT / (T^4 - sink^4) from cold to hot, 1/K3: panel area per heat capacity of the flow.

    Parameters
    ----------
    hot, cold : Real
        Root temperatures at the panel's inlet and outlet, K; infinite unless cold is above the sink.
    sink : Real
        K; at 0 the integral is (cold^-3 - hot^-3) / 3.

    Notes
    -----
    Partial fractions: (artanh x - arctan y) / (2 sink^3) with x, y = sink (hot - cold) / (hot cold -+
    sink^2), which loses no digits for small differences. Kreith, *Radiation Heat Transfer for Spacecraft
    and Solar Power Plant Design* (1962), has it for tubes.
    """
    low = np.maximum(sink, COLDEST)
    open_ = np.asarray(cold) > low
    product, square = hot * cold, low * low
    way = low * (hot - cold)
    across = way / np.where(open_, product - square, np.inf)
    found = (np.arctanh(across) - np.arctan(way / (product + square))) / (2 * square * low)
    return np.where(open_, found, np.inf)[()]


def sized(
    network: ThermalNetwork,
    *,
    chip_power: Real,
    heat: Real,
    taken: Real,
    emissivity: Real,
    margin: Real = 0.0,
) -> Steady:
    """The smallest panel that keeps junction and HBM at their limits.

    Parameters
    ----------
    network : ThermalNetwork
        Chips, coolant, loop, panel.
    chip_power : Real
        Of one chip, W.
    heat : Real
        All that the loop carries, W, without its own pump's.
    taken : Real
        Absorbed by the panel, W/m2 (`surroundings.absorbed`).
    emissivity : Real
        Of each face, at the age meant.
    margin : Real
        K by which the coolant stays below its limit.

    Notes
    -----
    Area = flow x specific heat x (integral of dT/q along the flow), with q the flux at the local root; film
    and radiation in series integrate to `flow_integral` / (2 eta eps sigma) + ln(q_hot/q_cold) / film.
    Exact for constant properties and one efficiency, taken at the middle root.
    """
    loop, coolant = network.loop, network.coolant
    outlet = coolant_limit(network.plate, chip_power) - margin
    rise = loop.rise if loop.kind == "single-phase" else 0.0
    film = film_conductance(loop, coolant, network.panel)
    sink = sink_temperature(taken, emissivity)
    middle, efficiency = _middle_root(network, outlet - 0.5 * rise, taken, emissivity, sink, film)
    optics = {"emissivity": emissivity, "efficiency": efficiency, "film": film}
    hot, cold = middle, middle
    flux: Real = efficiency * (2 * emissivity * STEFAN_BOLTZMANN * np.square(np.square(middle)) - taken)
    if loop.kind == "single-phase":
        hot, cold = (root_temperature(t, taken, **optics) for t in (outlet, outlet - rise))
        flux = rise / _path(hot, cold, sink, outlet, rise, **optics)
    flux = np.where(np.asarray(cold) > sink, flux, 0.0)[()]
    carried = heat / (1 - pump_share(loop, coolant, network.panel, np.maximum(flux, 1.0)))
    with np.errstate(divide="ignore"):
        area = carried / flux
    return Steady(
        area=area,
        heat=carried,
        junction=outlet + chip_power * junction_resistance(network.plate),
        hbm=outlet + chip_power * network.plate.hbm,
        supply=outlet - rise,
        outlet=outlet,
        root=middle,
        efficiency=efficiency,
        gradient=hot - cold,
        loop=pumped(loop, coolant, network.panel, heat=heat, area=heat / np.maximum(flux, 1.0)),
    )


def _middle_root(
    network: ThermalNetwork, coolant: Real, taken: Real, emissivity: Real, sink: Real, film: Real
) -> tuple[Real, Real]:
    """Root and efficiency where the coolant is halfway, in turn: 2 rounds bring 0.01 K."""
    root = coolant
    efficiency: Real = 1.0
    for _ in range(2):
        efficiency = panel_efficiency(network.panel, root, sink, emissivity=emissivity)
        root = root_temperature(coolant, taken, emissivity=emissivity, efficiency=efficiency, film=film)
    return root, efficiency


def _path(
    hot: Real,
    cold: Real,
    sink: Real,
    outlet: Real,
    rise: Real,
    *,
    emissivity: Real,
    efficiency: Real,
    film: Real,
) -> Real:
    """Integral of dT/q over the coolant's cooling, K m2/W. At each end q = film x (coolant - root)."""
    first, last = outlet - hot, outlet - rise - cold
    ratio = np.where(np.asarray(cold) > sink, first / np.where(np.asarray(cold) > sink, last, 1.0), 1.0)
    plain = flow_integral(hot, cold, sink) / (2 * efficiency * emissivity * STEFAN_BOLTZMANN)
    return plain + np.log(ratio) / film


def settled(
    network: ThermalNetwork,
    *,
    chip_power: Real,
    heat: Real,
    area: Real,
    taken: Real,
    emissivity: Real,
    near: Steady | None = None,
) -> Steady:
    """Temperatures on a panel of given area.

    Parameters
    ----------
    network, chip_power, heat, taken, emissivity
        As in `sized`; the pump keeps the coolant's rise.
    area : Real
        Planform, m2, positive.
    near : Steady, optional
        The same network at another power, within a factor of 1.5: where the search begins.

    Notes
    -----
    The mean flux along the flow is that of the middle coolant temperature less a share kappa rise^2, kappa =
    (2 (q'/q)^2 - q''/q) / 24 (second order of the integral in `sized`, from which it differs by 0.01 K
    for a rise of 15 K and by 0.07 K for 40 K at 60 degC).
    """
    loop = network.loop
    film: Real | None = None
    start: Real = 0.9
    steps = FIN_STEPS
    if near is not None:
        film, start, steps = near.loop.film, near.efficiency, FIN_STEPS - 1
    work = pumped(loop, network.coolant, network.panel, heat=heat, area=area, film=film)
    flux = (heat + work.power) / area
    sink = sink_temperature(taken, emissivity)
    root, efficiency = _root_for(network.panel, flux, taken, emissivity, sink, steps, start)
    bent = flux * (1 + _gradient_loss(root, flux, efficiency * emissivity, work.film) * work.rise**2)
    root = temperature_for(bent, taken, emissivity=emissivity, fin_efficiency=efficiency)
    middle = root + bent / work.film
    outlet = middle + 0.5 * work.rise
    steep = 8 * efficiency * emissivity * STEFAN_BOLTZMANN * (root * root * root)
    return Steady(
        area=area,
        heat=heat + work.power,
        junction=outlet + chip_power * junction_resistance(network.plate),
        hbm=outlet + chip_power * network.plate.hbm,
        supply=middle - 0.5 * work.rise,
        outlet=outlet,
        root=root,
        efficiency=efficiency,
        gradient=work.rise * work.film / (work.film + steep),
        loop=work,
    )


def _root_for(
    panel: Panel, flux: Real, taken: Real, emissivity: Real, sink: Real, steps: int, start: Real
) -> tuple[Real, Real]:
    """Root at which a panel rejects a flux, with the efficiency that belongs to it.

    In turn, and then to where the turns lead (Aitken): 1e-3 K.
    """
    tried = [start]
    for _ in range(steps):
        root = temperature_for(flux, taken, emissivity=emissivity, fin_efficiency=tried[-1])
        tried.append(panel_efficiency(panel, root, sink, emissivity=emissivity))
    last = tried[-1] - tried[-2]
    bend = np.asarray(last - (tried[-2] - tried[-3]))
    efficiency = tried[-1] - last * last / np.where(np.abs(bend) > SAME_EFFICIENCY, bend, np.inf)
    return temperature_for(flux, taken, emissivity=emissivity, fin_efficiency=efficiency), efficiency


def _gradient_loss(root: Real, flux: Real, gain: Real, film: Real) -> Real:
    """Share of flux lost per squared rise of the coolant, 1/K2."""
    steep = 8 * gain * STEFAN_BOLTZMANN * (root * root * root)
    through = film / (film + steep)
    slope = steep * through / flux
    bend = 3 * steep / root * (through * through * through) / flux
    return (2 * slope * slope - bend) / 24


def power_limit(
    network: ThermalNetwork,
    *,
    chips: Real,
    other: Real,
    loss: Real,
    area: Real,
    capacity: Real,
    taken: Real,
    emissivity: Real,
    near: tuple[Steady, Steady] | None = None,
) -> Real:
    """Power of one chip, W, that a panel can just keep at its limits: the derating curve over area and age.

    Parameters
    ----------
    network : ThermalNetwork
        Its loop's `rise` is not used here: the flow stays as it was designed.
    chips : Real
        Number of chips that share the panel.
    other : Real
        Heat on the loop that does not follow the chips (W): bus, pump, battery.
    loss : Real
        Heat on the loop per power of the chips, 1 or more: converters.
    area : Real
        Planform, m2.
    capacity : Real
        Flow x specific heat, W/K; infinite for a two-phase loop.
    taken, emissivity : Real
        At the age meant.
    near : two Steady, optional
        The same network on the same panel at two powers: efficiency is then taken as linear in the root
        through them, which is three times as fast and within 1e-3 as far outside as they lie apart.

    Notes
    -----
    Newton on the root, from the hot side, where heat(root) is convex: it never overshoots (between two known
    states it begins at the second). 0 where even idle
    chips would be too hot. The gradient along the flow counts as in `settled`.
    """
    plate = network.plate
    film = (
        film_conductance(network.loop, network.coolant, network.panel) if near is None else near[0].loop.film
    )
    sink = sink_temperature(taken, emissivity)
    upstream = 1 / (area * film) + 0.5 / capacity
    per_watt = [r / (loss * chips) for r in (junction_resistance(plate), plate.hbm)]
    floors = [np.asarray(t + other * r) for t, r in zip(_limits(plate), per_watt, strict=True)]
    slopes = [np.asarray(upstream + r) for r in per_watt]
    root: Real = np.maximum(*floors) if near is None else near[1].root
    heat: Real = 0.0
    bent: Real = 1.0
    for _ in range(LIMIT_STEPS if near is None else LIMIT_STEPS - 2):
        efficiency = _efficiency_at(network.panel, root, sink, emissivity, near)
        gain = area * efficiency * bent * (2 * emissivity * STEFAN_BOLTZMANN)
        cube = root * root * root
        heat = gain * cube * root - area * efficiency * bent * taken
        flux = np.maximum(heat / area, 1.0)
        bent = 1 / (1 + _gradient_loss(root, flux, efficiency * emissivity, film) * (heat / capacity) ** 2)
        errors = [root + heat * s - f for s, f in zip(slopes, floors, strict=True)]
        slope = np.where(errors[0] >= errors[1], *slopes)
        root = root - np.maximum(*errors) / (1 + 4 * gain * cube * slope)
    return np.maximum((heat - other) / (loss * chips), 0.0)


def _efficiency_at(
    panel: Panel, root: Real, sink: Real, emissivity: Real, near: tuple[Steady, Steady] | None
) -> Real:
    """Efficiency of the panel, or of a straight line through two known ones."""
    if near is None:
        return panel_efficiency(panel, root, sink, emissivity=emissivity)
    first, last = near
    apart = np.asarray(last.root - first.root)
    steep = (last.efficiency - first.efficiency) / np.where(np.abs(apart) > SAME_ROOT, apart, np.inf)
    return np.clip(first.efficiency + steep * (root - first.root), SMALLEST_EFFICIENCY, 1.0)


def _limits(plate: ColdPlate) -> tuple[Real, Real]:
    return plate.junction_limit, plate.hbm_limit
