"""Radiator panel of tubes with fins between them: how much of it works as if at the tube's temperature.

Both faces radiate. Efficiency counts for what is emitted and for what is absorbed (as in
`radiator.temperature_for`): a panel at its sink temperature rejects nothing, whatever its fins.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from dawndusk.core.constants import STEFAN_BOLTZMANN
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit


@record
class Panel:
    """Tubes at a pitch, joined by plane fins; two face sheets count as one fin of their joint thickness."""

    pitch: Annotated[float, Unit("m", 5e-3, 1.0)]  # between tube axes
    bore: Annotated[float, Unit("m", 5e-4, 0.05)]  # inner diameter of a tube
    wall: Annotated[float, Unit("m", 4e-4, 0.02)]  # of the tube, with armour against impacts
    thickness: Annotated[float, Unit("m", 2e-5, 0.01)]  # of the fin
    conductivity: Annotated[float, Unit("W/(m*K)", 1.0, 2000.0)]  # of the fin, in its plane
    density: Annotated[float, Unit("kg/m3", 500.0, 10000.0)]  # of fin and tube
    bond: Annotated[float, Unit("W/(m2*K)", 10.0, 1e6)]  # tube wall and joint to the fin, per bore area


def fin_number(
    temperature: Real, *, emissivity: Real, length: Real, conductivity: Real, thickness: Real
) -> Real:
    """Radiation over conduction of a fin: 2 eps sigma T^3 L^2 / (k t), dimensionless.

    Parameters
    ----------
    temperature : Real
        At the fin's root, K.
    emissivity : Real
        Of each face, 0 to 1.
    length : Real
        From root to the plane of symmetry, m.
    conductivity, thickness : Real
        W/(m K) and m.

    Notes
    -----
    The conductance parameter of Lieblein (1959), NASA TN D-196, for two radiating faces.
    """
    return (
        2
        * emissivity
        * STEFAN_BOLTZMANN
        * temperature**2
        * temperature
        * length**2
        / (conductivity * thickness)
    )


def fin_efficiency(number: Real, sink: Real = 0.0) -> Real:
    """Heat a radiating fin rejects over what it would if it were all at the temperature of its root.

    Parameters
    ----------
    number : Real
        `fin_number`, not negative.
    sink : Real
        Sink temperature over root temperature, 0 to 1.5; the sink temperature is the one at which the
        panel emits what it absorbs.

    Notes
    -----
    Solves theta'' = N (theta^4 - s^4), theta(0) = 1, theta'(1) = 0. Linearised about the root this is
    tanh(m)/m with m^2 = 4 N (Gilmore 2002, ch. 6), 5 % low at N = 0.5 and 18 % at N = 5. Here m^2 carries a
    factor that falls from 1 so that the series in N is right to second order (16 N^2/15 [2 + 3 (1 - s^4)/4])
    and an infinite fin has its exact heat, the first integral 2 N (1/5 - s^4 + 4 s^5/5) of the equation.
    Against the integrated equation, s from 0 to 0.95: within 0.1 % to N = 0.2 (where efficiency is 0.8),
    within 1 % everywhere to N = 5. Fins that see each other or the tubes' bulge are left out.
    """
    square = sink * sink
    cube = square * sink
    bend = 0.6 * (1 - square * square)
    far = 4.8 * (1 + sink) * (1 + square) * (1 + 2 * sink + 3 * square + 4 * cube)
    far = far / (3 + 9 * sink + 18 * square + cube * (30 + 15 * sink + 5 * square))
    slope = np.sqrt(np.maximum(4 * number * (1 - bend * number / (1 + far * number)), 1e-18))
    return np.tanh(slope) / slope


def panel_efficiency(
    panel: Panel, temperature: Real, sink: Real, *, emissivity: Real, spread: Real = 1.0
) -> Real:
    """Efficiency of a whole panel: tubes at the root's temperature and fins between them, 0 to 1.

    Parameters
    ----------
    panel : Panel
        Its geometry.
    temperature, sink : Real
        Root and sink temperature, K.
    emissivity : Real
        Of each face.
    spread : Real
        Times by which the distance between working tubes is wider than the pitch (loops lost), at least 1.

    Notes
    -----
    The outer diameter of a tube counts as root. One temperature stands for the whole run: along a run
    whose coolant cools by 15 K the efficiency changes by 1 %, to first order about its middle, where it is
    taken; the heat of the whole panel is right to 0.05 %.
    """
    pitch = panel.pitch * spread
    outer = np.minimum(panel.bore + 2 * panel.wall, pitch)
    number = fin_number(
        temperature,
        emissivity=emissivity,
        length=0.5 * (pitch - outer),
        conductivity=panel.conductivity,
        thickness=panel.thickness,
    )
    tube = outer / pitch
    return tube + (1 - tube) * fin_efficiency(number, sink / temperature)


def areal_mass(panel: Panel, *, coolant_density: Real = 0.0) -> Real:
    """Mass of fins, tubes and the coolant in them, kg per m2 of planform.

    Parameters
    ----------
    panel : Panel
        Its geometry.
    coolant_density : Real
        kg/m3.

    Notes
    -----
    Headers, hinges, booms and coating are left out: they double it on flown panels (the ISS's weigh 14-17
    kg/m2, ledger rows S020 and S021).
    """
    ring = np.pi * (panel.bore + panel.wall) * panel.wall
    inside = 0.25 * np.pi * panel.bore**2
    return panel.density * (panel.thickness + ring / panel.pitch) + coolant_density * inside / panel.pitch
