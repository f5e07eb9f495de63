"""What it costs to bring a satellite to orbit: whole satellites per launch, or by the kilogram.

A launch carries whole satellites and is full by mass or by volume, whichever comes first. Lost launches
are either carried by the buyer (everything is bought 1 / reliability times) or insured; never both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

import numpy as np

from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit

PACKING: Final = number("fairing_packing")  # share of the fairing's volume that stowed satellites can fill
LOADING: Final = number("insurance_loading")  # of the insurer, on the expected loss
INSURED_SHARE: Final = number("insured_share")  # of the value on board

BOUNDARIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "launch": "price of a launch shared by the whole satellites on it; empty room is paid for",
        "rideshare": "price per kilogram on somebody else's launch, at least the minimum ticket",
        "insurance": "premium for launch and commissioning; what is insured is bought once",
        "loss": "satellites, chips and launches bought again for what was lost, where nothing is insured",
    }
)


@record
class Vehicle:
    """A launch vehicle as its buyer sees it, to one orbit."""

    price: Annotated[Real, Unit("USD/launch", 0.0)]
    payload: Annotated[Real, Unit("kg", 1.0)]  # to that orbit
    volume: Annotated[Real, Unit("m3", 1.0)]  # usable
    reliability: Annotated[Real, Unit("1", 0.5, 1.0)]  # share of launches whose satellites then work


@record
class LaunchCost:
    """USD per satellite that works in orbit.

    Parameters
    ----------
    per_launch : Real
        Whole satellites on a launch; 0 where one does not fit, and then all costs are infinite.
    by_mass : Real
        1 where mass fills the launch, 0 where volume does.
    launch : Real
        One satellite's share of a launch that succeeds.
    risk : Real
        Premium, or what is bought again: see `BOUNDARIES`.
    total : Real
    """

    per_launch: Real
    by_mass: Real
    launch: Real
    risk: Real
    total: Real


def satellites_per_launch(vehicle: Vehicle, *, mass: Real, volume: Real, packing: Real = PACKING) -> Real:
    """Whole satellites that fit by mass and by volume.

    Parameters
    ----------
    vehicle : Vehicle
        One to the orbit in question.
    mass, volume : Real
        Of one satellite at launch, kg, and stowed, m3; above 0.
    packing : Real
        Share of the vehicle's volume that can be filled, 0 to 1.
    """
    room = np.minimum(vehicle.payload / mass, vehicle.volume * packing / volume)
    return np.floor(room)


def launches_for(*, mass: Real, volume: Real, payload: Real, room: Real) -> Real:
    """Whole launches for something that can be cut into any pieces: the larger need, rounded up.

    Parameters
    ----------
    mass, volume : Real
        Of all, kg and stowed m3.
    payload, room : Real
        Of a launch, kg and usable m3.
    """
    return np.ceil(np.maximum(mass / payload, volume / room))


def premium(value: Real, *, reliability: Real, share: Real = INSURED_SHARE, loading: Real = LOADING) -> Real:
    """Insurance premium of one launch, USD: the expected loss with the insurer's loading.

    Parameters
    ----------
    value : Real
        Of satellite and launch, USD.
    reliability : Real
        0.5 to 1.
    share : Real
        Of the value that is insured, 0 to 1.
    loading : Real
        Of the insurer on the expected loss, 0 and more.
    """
    return value * share * (1.0 - reliability) * (1.0 + loading)


def launch_cost(
    vehicle: Vehicle,
    *,
    mass: Real,
    volume: Real,
    value: Real,
    insured: bool = False,
    packing: Real = PACKING,
    loading: Real = LOADING,
) -> LaunchCost:
    """Cost of bringing one satellite to work in orbit on launches of its own.

    Parameters
    ----------
    vehicle : Vehicle
        One to the orbit in question.
    mass, volume : Real
        Of one satellite at launch, kg, and stowed, m3.
    value : Real
        Of the satellite with its chips, USD: what a failure destroys besides the launch.
    insured : bool
        True: a premium is paid. False: what was lost is bought again, 1 / reliability times in the mean.
    packing, loading : Real
        See `satellites_per_launch` and `premium`.
    """
    count = satellites_per_launch(vehicle, mass=mass, volume=volume, packing=packing)
    by_mass = np.where(vehicle.payload * volume <= vehicle.volume * packing * mass, 1.0, 0.0)[()]
    fits = count >= 1.0
    launch = np.where(fits, vehicle.price / np.maximum(count, 1.0), np.inf)[()]
    if insured:
        risk = premium(value + launch, reliability=vehicle.reliability, loading=loading)
    else:
        risk = (value + launch) * (1.0 / vehicle.reliability - 1.0)
    risk = np.where(fits, risk, np.inf)[()]
    return LaunchCost(per_launch=count, by_mass=by_mass, launch=launch, risk=risk, total=launch + risk)
