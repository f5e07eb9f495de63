"""Optical links between satellites: received power, beam width, photons per bit, data rate.

Apertures are round and evenly lit, equal at both ends unless told otherwise. The power is what the link
equation gives far away, and never more than all of the light: the two meet at the confocal distance.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import PLANCK, SPEED_OF_LIGHT
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real

PHOTONS_OOK: Final = number("photons_per_bit_ook")  # per bit, on-off keying with a direct detector
PHOTONS_PM_16QAM: Final = number("photons_per_bit_16qam")  # per bit, both polarisations, 16 levels
RAYLEIGH: Final = number("first_dark_ring")  # first dark ring of a round aperture, 3.8317 / pi = 1.2197


def _positive(path: str, value: Real, unit: str, write: str) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    good = np.isfinite(array) & (array > 0.0)
    if not np.all(good):
        raise problem(path, f"{array[~good].flat[0]:g} {unit}", f"a positive number of {unit}", write)
    return array


def aperture_gain(diameter: Real, wavelength: Real, efficiency: Real = 1.0) -> Floats:
    """Gain of a round aperture over an antenna that shines evenly to all sides (1).

    Parameters
    ----------
    diameter : float or array
        Of the aperture (m).
    wavelength : float or array
        Of the light (m).
    efficiency : float or array
        Share of the ideal gain that is left, 0 to 1.

    Notes
    -----
    efficiency (pi D / lambda)^2; Saleh & Teich, *Fundamentals of Photonics* (2nd ed., 2007), section 4.3.
    """
    size = _positive("diameter", diameter, "m", "0.1 m") / _positive("wavelength", wavelength, "m", "1.55e-6")
    return np.asarray(efficiency * (np.pi * size) ** 2)


def divergence(diameter: Real, wavelength: Real) -> Floats:
    """Angle from the beam's axis to its first dark ring (rad), far away.

    Parameters
    ----------
    diameter, wavelength : float or array
        Of the aperture and of the light (m).

    Notes
    -----
    1.22 lambda / D (Rayleigh 1879); for even light, exact to the rounding of 1.2197.
    """
    apart = _positive("wavelength", wavelength, "m", "1.55e-6") / _positive(
        "diameter", diameter, "m", "0.1 m"
    )
    return np.asarray(RAYLEIGH * apart)


def confocal_distance(radius: Real, wavelength: Real, split: Real = 1.0) -> Floats:
    """Distance up to which one aperture can focus nearly all its light into another of its size (m).

    Parameters
    ----------
    radius : float or array
        Of the whole aperture (m).
    wavelength : float or array
        Of the light (m).
    split : float or array
        Beams side by side along each edge, as many apertures of radius / split: 1, 2 for 2 x 2, 4 for 4 x 4.

    Notes
    -----
    pi a^2 / lambda: the Rayleigh length of a beam as wide as the aperture, Saleh & Teich (2007), ch. 3; in
    Agueera y Arcas et al. (2025), arXiv 2511.19468.
    """
    each = _positive("radius", radius, "m", "0.05 m") / _positive("split", split, "beams", "1")
    return np.asarray(np.pi * each**2 / _positive("wavelength", wavelength, "m", "1.55e-6"))


def received_power(
    power: Real,
    *,
    distance: Real,
    diameter: Real,
    wavelength: Real,
    efficiency: Real = 1.0,
    loss: Real = 1.0,
    receiver_diameter: Real | None = None,
) -> Floats:
    """Light that arrives in the receiver (W).

    Parameters
    ----------
    power : float or array
        Sent (W), not negative.
    distance : float or array
        Between the apertures (m).
    diameter, wavelength : float or array
        Of the sending aperture and of the light (m).
    efficiency : float or array
        Of each telescope's gain, 0 to 1; counts at both ends.
    loss : float or array
        Share left after everything else: coupling, pointing; 0.5 for -3 dB.
    receiver_diameter : float or array, optional
        Of the receiving aperture (m); as the sender's unless given.

    Raises
    ------
    UserError
        For a distance, size or wavelength that is not positive, or a share outside 0 to 1.

    Notes
    -----
    P G_s G_r loss (lambda / 4 pi R)^2 (Friis 1946, doi:10.1109/JRPROC.1946.234568), and no more than the
    light that was sent: (A_s A_r / (lambda R)^2) is cut at 1. Against the best focus between two round
    apertures (prolate functions, Slepian 1964, doi:10.1002/j.1538-7305.1964.tb01037.x) this is too high
    everywhere: by 59 % at the confocal distance, where it is worst, 13 % at twice and 3 % at four times
    that, 13 % at two thirds and 3 % at half of it. The atmosphere is left out.
    """
    wave = _positive("wavelength", wavelength, "m", "1.55e-6")
    span = _positive("distance", distance, "m", "5000e3")
    other = diameter if receiver_diameter is None else receiver_diameter
    for path, share in (("efficiency", efficiency), ("loss", loss)):
        if not np.all((np.asarray(share) >= 0.0) & (np.asarray(share) <= 1.0)):
            raise problem(path, share, "a share from 0 to 1 (0.5 for -3 dB)", "0.8")
    if not np.all(np.asarray(power) >= 0.0):
        raise problem("power", power, "a power of 0 W or more", "5")
    far = aperture_gain(diameter, wave) * aperture_gain(other, wave) * (wave / (4.0 * np.pi * span)) ** 2
    return np.asarray(power * loss * np.square(efficiency) * np.minimum(far, 1.0))


def photon_energy(wavelength: Real) -> Floats:
    """Energy of one photon (J): h c / wavelength, the wavelength in m."""
    return np.asarray(PLANCK * SPEED_OF_LIGHT / _positive("wavelength", wavelength, "m", "1.55e-6"))


def photon_rate(power: Real, *, wavelength: Real, photons_per_bit: Real) -> Floats:
    """Bits per second that a received power carries (bit/s).

    Parameters
    ----------
    power : float or array
        Received (W).
    wavelength : float or array
        Of the light (m).
    photons_per_bit : float or array
        What the receiver needs: 71 for on-off keying, 196 for PM-16QAM, at least 1.39.

    Notes
    -----
    Sensitivities from Agueera y Arcas et al. (2025), arXiv 2511.19468, with error correction; a real
    receiver is 3-6 dB worse (a guess). No background light.
    """
    need = np.asarray(photons_per_bit, dtype=np.float64)
    if not np.all(need > 0.0):
        raise problem("photons_per_bit", photons_per_bit, "photons per bit above 0", "196")
    return np.asarray(power / (photon_energy(wavelength) * need))


def link_rate(
    power: Real,
    *,
    wavelength: Real,
    photons_per_bit: Real,
    channels: Real,
    channel_rate: Real,
    split: int = 1,
) -> Floats:
    """Data rate of a link of many wavelengths (bit/s): what the light carries, at most what the modems do.

    Parameters
    ----------
    power : float or array
        Received over all channels and beams (W).
    wavelength : float or array
        In the middle of the band (m).
    photons_per_bit : float or array
        As in `photon_rate`.
    channels : float or array
        Wavelengths side by side.
    channel_rate : float or array
        Of one modem (bit/s).
    split : int
        Beams along each edge; there are split^2 of them (only within their `confocal_distance`).

    Notes
    -----
    24 channels of 400 Gbit/s are 9.6 Tbit/s, as in arXiv 2511.19468; the band's width over the channels'
    spacing gives their number.
    """
    carried = photon_rate(power, wavelength=wavelength, photons_per_bit=photons_per_bit)
    return np.asarray(np.minimum(carried, channels * channel_rate * split**2))
