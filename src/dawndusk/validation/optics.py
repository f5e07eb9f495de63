"""Published link budgets and round trips, and ours."""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.records import Floats
from dawndusk.physics.network import optical_link
from dawndusk.space.latency import latency
from dawndusk.validation.row import Row

SUNCATCHER: Final = "Agueera y Arcas et al. (2025), Suncatcher, arXiv 2511.19468v2"
HYPATIA: Final = "Kassing et al. (2020), Hypatia, doi:10.1145/3419394.3423635; satgenpy test data (MIT)"
# seconds after 2000-01-01 0 h UTC -> round trip Manila - Dalian, ms; one instant on each published route
MANILA_DALIAN: Final = {
    0.0: 29.423138,
    20.0: 25.318684,
    50.0: 41.185799,
    100.0: 42.776626,
    127.0: 48.149367,
    150.0: 42.234038,
}
STORIES: Final = {
    "suncatcher-link": (
        "The link budget of Google's Suncatcher paper: 5 W through a 10 cm telescope leave 1.6 uW at "
        "5,000 km; near enough (5 km, or 0.3 km with a 4 x 4 array) the beam does not spread and a link "
        "of 24 channels carries 9.6 Tbit/s. All of it follows from the inputs."
    ),
    "kuiper-630": (
        "Hypatia's published round trips between Manila and Dalian over a shell of 34 x 34 satellites at "
        "630 km, one instant on each of its routes. Ours agree to a microsecond over all 2,000 published "
        "steps. Hypatia's 30 degrees of elevation is a longest ground link of 630 km / sin 30 deg, which "
        "is 25 degrees over the round Earth; with true 30 degrees the same series is up to 16 ms longer."
    ),
}
_WAVELENGTH: Final = 1.55e-6
_APERTURE: Final = 0.1


def rows() -> list[Row]:
    """Suncatcher's inter-satellite link and Hypatia's round trips."""
    return [*_budget(), *_confocal(), *_rates(), *_round_trips()]


def _row(
    quantity: str, unit: str, published: float, ours: float, allowed: float, why: str = "last printed digit"
) -> Row:
    return Row(
        case="suncatcher-link",
        quantity=quantity,
        unit=unit,
        published=published,
        ours=ours,
        allowed=allowed,
        why=why,
        source=SUNCATCHER,
    )


def _decibel(share: Floats) -> float:
    return 10.0 * float(np.log10(share))


def _budget() -> list[Row]:
    gain = optical_link.aperture_gain(_APERTURE, _WAVELENGTH, 0.8)
    power = optical_link.received_power(
        5.0, distance=5000e3, diameter=_APERTURE, wavelength=_WAVELENGTH, efficiency=0.8, loss=0.5
    )
    width = optical_link.divergence(_APERTURE, _WAVELENGTH)
    return [
        _row("gain of a 10 cm telescope, 80 % efficient", "dB", 105.1, _decibel(gain), 0.1),
        _row("light received at 5,000 km from 5 W", "uW", 1.6, float(power) * 1e6, 0.05),
        _row("divergence", "urad", 18.9, float(width) * 1e6, 0.05),
    ]


def _confocal() -> list[Row]:
    published = {1: (5.0, 0.5), 2: (1.25, 0.05), 4: (0.32, 0.005)}
    return [
        _row(
            f"confocal distance, {split} x {split} beams",
            "km",
            value,
            float(optical_link.confocal_distance(_APERTURE / 2.0, _WAVELENGTH, split)) / 1e3,
            allowed,
            "last printed digit, or a quarter of the rounded 5 km" if split == 2 else "last printed digit",
        )
        for split, (value, allowed) in published.items()
    ]


def _rates() -> list[Row]:
    near = optical_link.received_power(5.0, distance=1e3, diameter=_APERTURE, wavelength=_WAVELENGTH)
    rates = [
        float(
            optical_link.link_rate(
                near,
                wavelength=_WAVELENGTH,
                photons_per_bit=optical_link.PHOTONS_PM_16QAM,
                channels=channels,
                channel_rate=400e9,
            )
        )
        / 1e12
        for channels in (24, 32)
    ]
    return [
        _row("link of 24 channels of 400 Gbit/s", "Tbit/s", 9.6, rates[0], 0.05),
        _row("link of 32 channels (75 GHz apart)", "Tbit/s", 12.8, rates[1], 0.05),
    ]


def _round_trips() -> list[Row]:
    instants = np.array(list(MANILA_DALIAN))
    ours = 1e3 * latency("Manila", "Dalian", network="kuiper-630", seconds=instants)
    return [
        Row(
            case="kuiper-630",
            quantity=f"round trip Manila - Dalian at {instant:g} s",
            unit="ms",
            published=published,
            ours=float(found),
            allowed=1.0,
            why="150 km of path each way: below the changes of route, above all details of Earth and orbit",
            source=HYPATIA,
        )
        for (instant, published), found in zip(MANILA_DALIAN.items(), ours, strict=True)
    ]
