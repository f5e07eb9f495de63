"""Orbit: satellites, shells, launches, pads."""

from __future__ import annotations

from typing import Annotated, Literal

from dawndusk.core.calendar import Quarter
from dawndusk.core.offers import Standing
from dawndusk.core.records import record
from dawndusk.core.units import Unit


@record
class Shell:
    """A group of orbital shells as filed.

    Parameters
    ----------
    altitude_low, altitude_high : m
        Range of the group; the physics uses the middle.
    inclination : rad
        As filed.
    sun_synchronous : bool
        Whether the supply side flies it at the sun-synchronous inclination of its altitude (LTAN 06/18)
        instead of the filed one.
    satellites : int
        Most satellites filed.
    raan_tolerance : rad
        Filed tolerance of the plane's RAAN, for the report.
    """

    name: str
    label: str
    altitude_low: Annotated[float, Unit("m", low=150e3)]
    altitude_high: Annotated[float, Unit("m", low=150e3)]
    inclination: Annotated[float, Unit("rad", low=0, high=3.15)]
    sun_synchronous: bool
    satellites: int
    raan_tolerance: Annotated[float, Unit("rad", low=0, high=3.15)]
    source: str = ""


@record
class SatelliteOption:
    """A satellite design offered in every shell.

    Parameters
    ----------
    name, label, standing
        As in Offer; offers are ``NAME-SHELL``.
    design : str
        Preset or file of the design that the physics closes.
    platform_price : USD/W
        Platform without compute per watt of orbit-average compute, for the first units at scale.
    learning : 1
        Fall of the platform's price per doubling of the industry's cumulative units.
    first : str
        First quarter of delivery in orbit.
    volume : m3/satellite
        Stowed volume.
    """

    name: str
    label: str
    standing: Standing
    design: str
    platform_price: Annotated[float, Unit("USD/W", low=0)]
    learning: Annotated[float, Unit("1", low=0, high=0.6)]
    first: Quarter
    volume: Annotated[float, Unit("m3/satellite", low=0.01)]
    eclipse: Literal["battery", "shed", "cheaper"]
    source: str = ""


@record
class Launch:
    """A launch vehicle: price per launch, payload by orbit, cadence.

    Parameters
    ----------
    price : USD/launch
        What a buyer pays in the first year of service; falls by `learning` per doubling of the flights
        flown.
    price_floor : USD/launch
        It never falls below.
    payload_sso, payload_low : kg/launch
        To 650 km sun-synchronous, and to 30 deg at 600 km; scaled by shell altitude with
        `payload_per_km`.
    payload_per_km : 1
        Relative loss of payload per 1000 km above the reference altitude.
    volume : m3/launch
        Usable.
    first : str
        First quarter with operational flights.
    flights : launch/yr
        In the first year.
    growth : 1
        Factor per year.
    share : 1
        Share of flights that can be ours.
    reliability : 1
        Share of launches that reach orbit with working satellites.
    """

    name: str
    label: str
    price: Annotated[float, Unit("USD/launch", low=0)]
    learning: Annotated[float, Unit("1", low=0, high=0.6)]
    price_floor: Annotated[float, Unit("USD/launch", low=0)]
    payload_sso: Annotated[float, Unit("kg/launch", low=1)]
    payload_low: Annotated[float, Unit("kg/launch", low=1)]
    payload_per_km: Annotated[float, Unit("1", low=0, high=1)]
    volume: Annotated[float, Unit("m3/launch", low=1)]
    first: Quarter
    flights: Annotated[float, Unit("launch/yr", low=0)]
    growth: Annotated[float, Unit("1", low=0.1, high=10)]
    share: Annotated[float, Unit("1", low=0, high=1)]
    reliability: Annotated[float, Unit("1", low=0.5, high=1)]
    source: str = ""


@record
class Pad:
    """An own pad with vehicles: capital for more launches per year."""

    name: str
    label: str
    standing: Standing
    capital: Annotated[float, Unit("USD", low=0)]
    launches: Annotated[float, Unit("launch/yr", low=0)]
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    life: Annotated[float, Unit("yr", low=0.25, high=60)]
    first: Quarter
    limit: Annotated[float, Unit("1", low=0)]
    source: str = ""


@record
class Factory:
    """Satellites that can be made for us.

    Parameters
    ----------
    first : str
        First quarter of output at scale.
    output : satellite/yr
        In the first year.
    growth : 1
        Factor per year.
    """

    first: Quarter
    output: Annotated[float, Unit("satellite/yr", low=0)]
    growth: Annotated[float, Unit("1", low=0.1, high=20)]


@record
class Orbit:
    """All that orbit needs.

    Parameters
    ----------
    gate : str
        Gate on every order ("" for none): the licence.
    lead : yr
        Order to service: build, launch, raise, commission.
    life : yr
        Design life.
    satellite_loss : 1/yr
        Loss of whole satellites.
    utilisation : 1
        Share of time with links and ground contact good enough to be used.
    operations : 1/yr
        Yearly operations, ground segment and insurance as a share of platform capital.
    disposal_cost : USD/satellite
        Controlled disposal: operations at the end of life (propellant is in the mass closure).
    interactive_share, batch_share, training_share : 1
        Largest share of each class that orbit may serve.
    """

    gate: str
    shells: tuple[Shell, ...]
    satellites: tuple[SatelliteOption, ...]
    launch: Launch
    pads: tuple[Pad, ...]
    factory: Factory
    lead: Annotated[float, Unit("yr", low=0.25, high=20)]
    life: Annotated[float, Unit("yr", low=0.25, high=30)]
    satellite_loss: Annotated[float, Unit("1/yr", low=0, high=0.95)]
    utilisation: Annotated[float, Unit("1", low=0, high=1)]
    operations: Annotated[float, Unit("1/yr", low=0, high=1)]
    disposal_cost: Annotated[float, Unit("USD/satellite", low=0)]
    interactive_share: Annotated[float, Unit("1", low=0, high=1)]
    batch_share: Annotated[float, Unit("1", low=0, high=1)]
    training_share: Annotated[float, Unit("1", low=0, high=1)]
