"""Orbit: satellites by design and shell, launches, pads, the factory, and the filed places.

Who flies which watts: a satellite's platform is paid per watt of orbit-average compute, its chips are
those that run in sunlight, and launches carry whole satellites. A failed launch loses satellite and chips
as well, so that everything is bought 1 / reliability times per satellite that works.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.offers import Offer, Resource, compute
from dawndusk.core.records import Floats, Real
from dawndusk.core.scenario.orbit import SatelliteOption, Shell
from dawndusk.economics.annuity import annuity
from dawndusk.economics.learning import unit_price
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import Decline, at_rates, planned_decline
from dawndusk.supply.chips import CHIPS, technology
from dawndusk.supply.kinds import Files, Kind, Made, Words
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose, flow, serves_orbit
from dawndusk.supply.satellite import Closed, close_in, sunlight
from dawndusk.supply.tables import (
    PERIODS_PER_YEAR,
    aligned,
    axis_of,
    even_payments,
    lead_periods,
    life_periods,
    product,
    total,
)

LAUNCHES: Final = "launches"
SATELLITES: Final = "satellites"


def satellite_offer(
    option: SatelliteOption, shell: Shell, design: Design, scenario: AbstractMarket
) -> tuple[Offer | None, str]:
    """A design in a shell, ordered by the satellite; None and the reason where it does not work.

    Notes
    -----
    Chips are drawn at the order; satellites and launches at delivery: the factory's output of a quarter is
    in service in that quarter (optimistic by the months of raising the orbit and commissioning).
    """
    axis, orbit = axis_of(scenario), scenario.orbit
    closed, reason = offered(option, shell, design, scenario)
    if closed is None:
        return None, reason
    lead = lead_periods(orbit.lead)
    first = axis.index(option.first) - lead
    bought = axis.constant(1 / np.asarray(orbit.launch.reliability))
    tech = technology(scenario)
    price = product(platform_price(option, scenario), axis.constant(closed.platform))
    decline = decline_of(closed, scenario)
    watts = np.multiply(np.multiply(closed.average, orbit.utilisation), decline.level)
    delivered = product(axis.constant(watts), 1 / tech.watts)
    offer = compose(
        axis,
        name=f"{option.name}-{shell.name}",
        label=f"{option.label} in {shell.label} ({closed.strategy} in shadow)",
        kind="launch",
        design=option.name,
        strategy=closed.strategy,
        profile=light_by_month(shell, scenario.calendar.year(axis.size // 2)),
        standing=option.standing,
        pool="orbit",
        site=shell.name,
        unit="satellite",
        first=first,
        lead=lead,
        life=life_periods(orbit.life),
        loss=decline.loss,
        gives={compute("orbit"): delivered},
        draws={
            (CHIPS, "order"): product(axis.constant(closed.run), 1 / tech.watts, bought),
            (SATELLITES, "delivery"): bought,
            (LAUNCHES, "delivery"): product(axis.constant(1 / np.asarray(closed.per_launch)), bought),
            (f"slots:{shell.name}", "service"): 1.0,
        },
        capital=total(product(price, bought), axis.constant(orbit.disposal_cost)),
        payments=even_payments(lead),
        rate=orbit_rate(scenario),
        asset_life=orbit.life,
        running=product(price, axis.constant(orbit.operations)) / PERIODS_PER_YEAR,
        serves=serves_orbit(scenario),
        limit_order=float(shell.satellites),
        factors={"limit": orbit.gate} if orbit.gate else {},
        source=" ".join(x for x in (option.source, shell.source) if x),
    )
    return offer, reason


def offered(
    option: SatelliteOption, shell: Shell, design: Design, scenario: AbstractMarket
) -> tuple[Closed | None, str]:
    """The design in a shell with its cheaper answer to shadow; None and the reason where it does not work."""
    axis, orbit = axis_of(scenario), scenario.orbit
    year = scenario.calendar.year(axis.size // 2)
    found, reason = close_in(design, option, shell, orbit.launch, year, scenario.numbers)
    if not found:
        return None, reason
    first = axis.clip(axis.index(option.first) - lead_periods(orbit.lead))
    return min(found, key=lambda x: _charge(x, option, scenario, first)), reason


def light_by_month(shell: Shell, year: int) -> Floats:
    """Sunlight of each month of a shell relative to the year's mean, shape (12,)."""
    months = np.asarray(sunlight(shell, year).sunlit_by_month, dtype=np.float64)
    return np.asarray(months / months.mean(), dtype=np.float64)


def decline_of(closed: Closed, scenario: AbstractMarket) -> Decline:
    """The failure law at the scenario's rates, as a constant loss per quarter of its life."""
    rates = {"chip": scenario.chips.failure_orbit, "satellite": scenario.orbit.satellite_loss}
    return planned_decline(
        at_rates(closed.parts, **rates),
        at_rates(closed.own_parts, **rates),
        quarters=life_periods(scenario.orbit.life),
    )


def orbit_rate(scenario: AbstractMarket) -> Floats:
    """Cost of capital of what flies, 1/yr, by date of the order."""
    axis, money = axis_of(scenario), scenario.finance
    late = np.arange(axis.size) >= axis.index(money.orbit_rate_from)
    early, later = axis.constant(money.orbit_rate_early), axis.constant(money.orbit_rate_late)
    return total(product(early, np.where(late, 0.0, 1.0)), product(later, np.where(late, 1.0, 0.0)))


def platform_price(option: SatelliteOption, scenario: AbstractMarket) -> Floats:
    """USD per watt of orbit-average compute, by date of the order; constant in the factory's first year.

    Notes
    -----
    Wright's law on what the factory, a stand-in for the industry, has made before the delivery, counted
    from its first year on; see `economics.learning`.
    """
    axis, factory = axis_of(scenario), scenario.orbit.factory
    first = axis.index(factory.first) - lead_periods(scenario.orbit.lead)
    made = axis.made_before(factory.output, factory.growth, first)
    return _learned(option.platform_price, option.learning, made, factory.output, scenario)


def _learned(price: Real, rate: Real, made: Floats, start: Real, scenario: AbstractMarket) -> Floats:
    """Price after cumulative amounts, learning from `start` on."""
    axis = axis_of(scenario)
    first = axis.constant(start)
    made, first, price, rate = aligned(made, first, axis.constant(price), axis.constant(rate))
    one = np.where(first > 0, first, 1.0)
    return np.asarray(unit_price(price, made=np.maximum(made, one), start=one, rate=rate))


def _charge(closed: Closed, option: SatelliteOption, scenario: AbstractMarket, vintage: int) -> float:
    """Yearly cost per watt of compute at one date, to choose between battery and shedding (USD/(W yr)).

    Both have the same life, losses and rate, so capital over watts decides; operations follow the platform.
    """
    orbit, tech = scenario.orbit, technology(scenario)
    repaid = annuity(orbit_rate(scenario)[vintage], orbit.life)
    platform = platform_price(option, scenario)[vintage] * closed.platform * (repaid + orbit.operations)
    chips = closed.run / tech.watts[vintage] * tech.price[vintage] * repaid
    launch = launch_price(scenario)[vintage] / closed.per_launch / orbit.launch.reliability * repaid
    cost = platform + chips + launch
    average = np.asarray(closed.average)
    return float(np.median(np.where(average > 0, cost / np.where(average > 0, average, 1.0), np.inf)))


def launch_price(scenario: AbstractMarket) -> Floats:
    """Price per launch by period, USD: falls with all flights flown after the first year, to the floor."""
    axis, launch = axis_of(scenario), scenario.orbit.launch
    made = axis.made_before(launch.flights, launch.growth, axis.index(launch.first))
    price = _learned(launch.price, launch.learning, made, launch.flights, scenario)
    price, floor, start = aligned(price, axis.constant(launch.price_floor), axis.constant(launch.price))
    return np.maximum(price, np.minimum(floor, start))


def shared_resources(scenario: AbstractMarket) -> list[Resource]:
    """Launches that can be ours, satellites that can be made for us, and the places filed per shell."""
    axis, orbit = axis_of(scenario), scenario.orbit
    launch, factory = orbit.launch, orbit.factory
    flights = axis.ramp(launch.flights, launch.growth, axis.index(launch.first))
    ours = product(flights, axis.constant(launch.share))
    made = axis.ramp(factory.output, factory.growth, axis.index(factory.first))
    price = launch_price(scenario)
    found = [
        flow(axis, LAUNCHES, "launch", f"{launch.label} launches for us", supply=ours, price=price),
        flow(axis, SATELLITES, "satellite", "Satellites made for us", supply=made),
    ]
    for shell in orbit.shells:
        label = f"Places filed in {shell.label}"
        found.append(flow(axis, f"slots:{shell.name}", "satellite", label, supply=float(shell.satellites)))
    return found


def satellite_offers(option: SatelliteOption, market: AbstractMarket, designs: Files) -> Iterator[Made]:
    """The design in every shell, or why it does not work there.

    Raises
    ------
    UserError
        For a design that is not given.
    """
    if option.design not in designs:
        known = ", ".join(designs) or "none"
        path = f"orbit.satellites.{option.name}.design"
        write = f"design: {next(iter(designs), '...')}"
        raise problem(path, option.design, f"a design that was read ({known})", write)
    for shell in market.orbit.shells:
        offer, reason = satellite_offer(option, shell, designs[option.design], market)
        yield offer or (f"{option.name}-{shell.name}", f"the satellite does not work there: {reason}")


KIND: Final = Kind(
    block="orbit.satellites",
    item=SatelliteOption,
    title="satellite designs",
    words=(
        Words(
            kind="launch",
            verb="order",
            form="count",
            unit="satellite",
            smallest=0.5,
            capital="platform",
            running="operations",
        ),
    ),
    offers=satellite_offers,
    example="""
name: ai1
label: AI1 as shown in June 2026
standing: filed
design: ai1-2026-06
learning: 20 %
first: 2027Q3
platform_price: 22 USD/W
volume: 20 m3/satellite
eclipse: cheaper
""",
)
