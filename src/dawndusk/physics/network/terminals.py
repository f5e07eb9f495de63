"""Optical terminals and radio gateways: rate, laser power, mass, electricity and price by distance.

A terminal is a head (telescope, pointing, laser) and modems. Head and modems are sized for a rate at a
distance; where light or wavelengths do not suffice, the rate is what they allow. The scalings are fits by
eye through few points: mass within a factor of 1.5, power within 2, price within 5 (guesses; Tesat's SCOT80
of 11.9 kg for 10 Gbit/s over 8,000 km through 80 mm, Satellite Today 28 May 2024, is the only one with a
published mass that we use).
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.network import optical_link

Topology = Literal["plane", "grid", "cluster"]

WAVELENGTH: Final = number("laser_wavelength")  # m
CHANNELS: Final = number("laser_channels")  # wavelengths of one beam
CHANNEL_RATE: Final = number("laser_channel_rate")  # bit/s of one modem
LARGEST_LASER: Final = number("laser_largest_power")  # W of light from one head
LINK_LOSS: Final = number("laser_light_left")  # share of the light left after coupling, pointing and receiver
TELESCOPE: Final = number("telescope_gain_share")  # share of a telescope's ideal gain
HEAD_MASS: Final = number("laser_head_mass")  # kg, of a head of REFERENCE_APERTURE
APERTURE_POWER: Final = number("laser_head_exponent")  # exponent of aperture in mass and price of a head
REFERENCE_APERTURE: Final = number("laser_head_aperture")  # m
HEAD_POWER: Final = number("laser_head_power")  # W: pointing, heaters, computer
LASER_EFFICIENCY: Final = number("laser_efficiency")  # light for electricity, amplifier with its supply
MODEM_MASS: Final = number("modem_mass")  # kg for each 400 Gbit/s
MODEM_ENERGY: Final = number("modem_energy")  # J for each bit, both directions of one link at one end
HEAD_PRICE: Final = number("laser_head_price")  # USD, of a head of REFERENCE_APERTURE, made by the thousand
MODEM_PRICE: Final = number("modem_price")  # USD for each 400 Gbit/s


@record
class Terminal:
    """An optical terminal for one link, sized.

    Parameters
    ----------
    rate : bit/s
        Carried each way: what was wanted or what light and wavelengths allow.
    laser : W
        Light sent.
    beams : 1
        Side by side along each edge of the aperture.
    mass : kg
    power : W
        Electricity.
    price : USD
    """

    rate: Annotated[Floats, Unit("bit/s")]
    laser: Annotated[Floats, Unit("W")]
    beams: Annotated[Floats, Unit("1")]
    mass: Annotated[Floats, Unit("kg")]
    power: Annotated[Floats, Unit("W")]
    price: Annotated[Floats, Unit("USD")]


def _above(path: str, value: Real, unit: str, write: str) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    good = np.isfinite(array) & (array > 0.0)
    if not np.all(good):
        raise problem(path, f"{array[~good].flat[0]:g} {unit}", f"a number of {unit} above 0", write)
    return array


def beams_along(distance: Real, diameter: Real, most: int = 4) -> Floats:
    """Beams that fit side by side along each edge of an aperture without mixing: 1 to `most`.

    Parameters
    ----------
    distance, diameter : float or array
        Between the apertures, and of each (m).
    most : int
        Largest number that anyone would build.

    Notes
    -----
    The largest k with pi (a / k)^2 / wavelength no less than the distance (confocal), as arXiv 2511.19468 has
    it: 5 km for one beam of 10 cm, 1.25 km for 2 x 2, 0.32 km for 4 x 4.
    """
    reach = optical_link.confocal_distance(np.asarray(diameter) / 2.0, WAVELENGTH)
    fit = np.floor(np.sqrt(reach / _above("distance", distance, "m", "150")))
    return np.asarray(np.clip(fit, 1.0, float(most)))


def size_terminal(
    rate: Real,
    distance: Real,
    *,
    diameter: Real = REFERENCE_APERTURE,
    photons_per_bit: Real = optical_link.PHOTONS_PM_16QAM,
    loss: Real = LINK_LOSS,
    largest_laser: Real = LARGEST_LASER,
    most_beams: int = 4,
) -> Terminal:
    """A terminal for a rate over a distance, or for the largest rate that it can carry.

    Parameters
    ----------
    rate : float or array
        Wanted each way (bit/s), above 0.
    distance : float or array
        Longest of the link (m), above 0.
    diameter : float or array
        Of both telescopes (m).
    photons_per_bit : float or array
        As in `optical_link.photon_rate`.
    loss : float or array
        Share of the light left after everything but distance and gain, 0.25 for -6 dB.
    largest_laser : float or array
        Most light that one head can send (W).
    most_beams : int
        As in `beams_along`.

    Raises
    ------
    UserError
        For a rate, distance, aperture or laser that is not positive.

    Notes
    -----
    `optical_link.received_power` for one watt gives the light needed; modems and wavelengths the ceiling. One
    laser feeds all beams. What the scalings of mass, power and price are worth stands at the module's top.
    """
    wanted = _above("rate", rate, "bit/s", "100e9")
    most_light = _above("largest_laser", largest_laser, "W", "5")
    beams = beams_along(distance, diameter, most_beams)
    one_watt = optical_link.received_power(
        1.0, distance=distance, diameter=diameter, wavelength=WAVELENGTH, efficiency=TELESCOPE, loss=loss
    )
    per_watt = optical_link.photon_rate(one_watt, wavelength=WAVELENGTH, photons_per_bit=photons_per_bit)
    carried = np.minimum(wanted, np.minimum(per_watt * most_light, CHANNELS * CHANNEL_RATE * beams**2))
    laser, modems = carried / per_watt, np.ceil(carried / CHANNEL_RATE - 1e-9)
    size = (np.asarray(diameter, dtype=np.float64) / REFERENCE_APERTURE) ** APERTURE_POWER
    return Terminal(
        rate=carried,
        laser=laser,
        beams=beams,
        mass=HEAD_MASS * size + MODEM_MASS * modems,
        power=HEAD_POWER + laser / LASER_EFFICIENCY + MODEM_ENERGY * carried,
        price=HEAD_PRICE * size + MODEM_PRICE * modems,
    )


def links_of(topology: Topology, *, diagonal: bool = False) -> int:
    """Optical links of one satellite.

    Parameters
    ----------
    topology : {"plane", "grid", "cluster"}
        A ring in its plane (2), "+Grid" with both neighbouring planes (4), a square lattice flying together
        (4).
    diagonal : bool
        Also the diagonal neighbours of a cluster (8).
    """
    links = {"plane": 2, "grid": 4, "cluster": 8 if diagonal else 4}
    if topology not in links:
        raise problem("topology", topology, "plane, grid or cluster", "grid")
    return links[topology]
