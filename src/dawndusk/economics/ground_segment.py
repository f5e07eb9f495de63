"""Money on the ground for a fleet in orbit: gateways, operations, spectrum and licence, disposal.

All rates are guesses with wide ranges: nobody has operated such a fleet. At a million satellites they
are a few per cent of its yearly cost, at a hundred they can exceed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record

GATEWAY_PRICE: Final = number("gateway_price")  # USD per optical ground station with its fibre
GATEWAY_RATE: Final = number("optical_down_rate") / 8.0  # B/s that one carries while it sees a satellite
GATEWAY_RUNNING: Final = number("gateway_running")  # 1/yr of its price
OPERATIONS: Final = number("fleet_operations")  # USD/yr per satellite of a fleet of `FLEET`
FLEET: Final = number("fleet_operations_size")  # satellites, where `OPERATIONS` holds
OPERATIONS_SCALE: Final = number("fleet_operations_scale")  # exponent of the fleet's operations with its size
LICENCE: Final = number("licence_cost")  # USD per constellation: filing, coordination, counsel
SPECTRUM: Final = number("spectrum_fee")  # USD/yr per satellite: regulatory fees
DISPOSAL: Final = number("disposal_operations")  # USD per satellite: operations of its re-entry

BOUNDARIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gateways": "optical ground stations with their fibre; the network behind them is not in it",
        "licence": "filing, coordination, counsel, once per constellation",
        "operations": "mission control, flight dynamics, avoidance, software; with the gateways' upkeep",
        "spectrum": "yearly regulatory fees; no spectrum is bought at auction",
        "disposal": "operations of the re-entry at the end; no liability for what reaches the ground",
    }
)


@record
class GroundSegment:
    """Of a whole fleet: `gateways` and `licence` as capital, USD; the rest a year, USD/yr."""

    gateways: Real
    licence: Real
    operations: Real
    spectrum: Real
    disposal: Real

    @property
    def capital(self) -> Real:
        """USD."""
        return self.gateways + self.licence

    @property
    def running(self) -> Real:
        """USD/yr."""
        return self.operations + self.spectrum + self.disposal


def fleet_operations(satellites: Real, *, first: Real = OPERATIONS, scale: Real = OPERATIONS_SCALE) -> Real:
    """Operations of a fleet, USD/yr: `first` per satellite at `FLEET`, growing as its size to `scale`.

    Parameters
    ----------
    satellites : Real
        In service, above 0.
    first : Real
        USD/yr per satellite.
    scale : Real
        Exponent, 0 (a fixed crew) to 1 (no economies).
    """
    return first * FLEET * np.exp(scale * np.log(satellites / FLEET))


def gateways_for(rate: Real, *, availability: Real, each: Real = GATEWAY_RATE) -> Real:
    """Ground stations for a mean data rate to the ground.

    Parameters
    ----------
    rate : Real
        Of the fleet, B/s.
    availability : Real
        Share of the time in which a station is clear and sees a satellite, above 0.
    each : Real
        B/s.
    """
    return np.ceil(rate / (each * availability))


def ground_segment(
    satellites: Real,
    *,
    gateways: Real,
    life: Real,
    price: Real = GATEWAY_PRICE,
    upkeep: Real = GATEWAY_RUNNING,
    first: Real = OPERATIONS,
    scale: Real = OPERATIONS_SCALE,
    licence: Real = LICENCE,
    spectrum: Real = SPECTRUM,
    disposal: Real = DISPOSAL,
) -> GroundSegment:
    """Ground segment, operations, spectrum and disposal of a fleet in steady state.

    Parameters
    ----------
    satellites, gateways : Real
        In service; see `gateways_for`.
    life : Real
        Of a satellite, yr: 1 / life of the fleet is disposed of each year.
    price : Real
        USD per gateway.
    upkeep : Real
        1/yr of it.
    first, scale : Real
        See `fleet_operations`.
    licence, spectrum, disposal : Real
        USD, USD/yr per satellite, USD per satellite.
    """
    return GroundSegment(
        gateways=gateways * price,
        licence=licence,
        operations=fleet_operations(satellites, first=first, scale=scale) + upkeep * gateways * price,
        spectrum=spectrum * satellites,
        disposal=disposal * satellites / life,
    )
