"""From a scenario to its Supply: every option as Offers, every shared thing as a Resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dawndusk.core.errors import problem
from dawndusk.core.offers import FIRM, POOLS, Offer, Resource, Supply
from dawndusk.core.scenario import Scenario
from dawndusk.physics.spacecraft.design import Design
from dawndusk.supply import chips, contracts, ground, orbital
from dawndusk.supply.offer import flow
from dawndusk.supply.tables import axis_of

LeftOut = tuple[str, str]


def assemble(scenario: Scenario, designs: Mapping[str, Design], *, firm_only: bool = False) -> Supply:
    """All offers of a scenario, and the resources that they give and draw.

    Parameters
    ----------
    scenario : Scenario
        Central values. Drawn values give tables of shape (T, n), for unit costs only.
    designs : mapping
        `SatelliteOption.design` -> the design, read by `study`.
    firm_only : bool
        Leave out what is only announced, filed or a concept.

    Raises
    ------
    UserError
        For a design that is not given, a class without a share in orbit, chips without a generation.
    """
    offers = tuple(x for x in _candidates(scenario, designs, []) if not _why_not(x, firm_only=firm_only))
    used = {d.resource for x in offers for d in x.draws} | {key for x in offers for key in x.gives}
    kept = tuple(x for x in _resources(scenario) if x.name in used or x.name.startswith("compute:"))
    return Supply(offers=offers, resources=kept)


def explain_left_out(
    scenario: Scenario, designs: Mapping[str, Design], *, firm_only: bool = False
) -> tuple[LeftOut, ...]:
    """Name and reason, one sentence, of every option that `assemble` leaves out."""
    found: list[LeftOut] = []
    for offer in _candidates(scenario, designs, found):
        reason = _why_not(offer, firm_only=firm_only)
        if reason:
            found.append((offer.name, reason))
    return tuple(found)


def option_of(offer: Offer) -> str:
    """The reader's name of the option an offer belongs to: its ground site, or the offer itself."""
    return offer.site if offer.site and offer.pool != "orbit" else offer.name


def _why_not(offer: Offer, *, firm_only: bool) -> str:
    if firm_only and offer.standing not in FIRM:
        standing = "a concept" if offer.standing == "concept" else offer.standing
        return f"it is only {standing}, and the plan is for firm options only"
    if not offer.orderable and not (offer.initial > 0).any():
        return "nothing of it can be ordered early enough to be in service within the horizon"
    return ""


def _candidates(scenario: Scenario, designs: Mapping[str, Design], failed: list[LeftOut]) -> Iterator[Offer]:
    """Every offer in the order of the scenario's blocks; satellites that cannot work go to `failed`."""
    yield from (contracts.commitment_offer(x, scenario) for x in scenario.commitments)
    yield from (contracts.lease_offer(x, scenario) for x in scenario.leases)
    yield from (contracts.rental_offer(x, scenario) for x in scenario.rentals)
    for place in scenario.colocations:
        yield from contracts.colocation_offers(place, scenario)
    for site in scenario.ground.sites:
        yield from ground.site_offers(site, scenario)
    yield from (ground.plant_offer(x, scenario) for x in scenario.plants)
    yield from (chips.fab_offer(x, scenario) for x in scenario.fabs)
    yield from (orbital.pad_offer(x, scenario) for x in scenario.orbit.pads)
    yield from (contracts.capacity_offer(x, scenario) for x in scenario.capacity)
    yield from _satellites(scenario, designs, failed)


def _satellites(scenario: Scenario, designs: Mapping[str, Design], failed: list[LeftOut]) -> Iterator[Offer]:
    for option in scenario.orbit.satellites:
        if option.design not in designs:
            known = ", ".join(designs) or "none"
            path = f"orbit.satellites.{option.name}.design"
            raise problem(
                path,
                option.design,
                f"a design that was read ({known})",
                f"design: {next(iter(designs), '...')}",
            )
        for shell in scenario.orbit.shells:
            offer, reason = orbital.satellite_offer(option, shell, designs[option.design], scenario)
            if offer is None:
                failed.append((f"{option.name}-{shell.name}", f"the satellite does not work there: {reason}"))
            else:
                yield offer


def _resources(scenario: Scenario) -> list[Resource]:
    axis = axis_of(scenario)
    found = [flow(axis, f"compute:{pool}", "H100e", f"Compute, {pool}") for pool in POOLS]
    found.append(chips.chip_resource(scenario))
    for site in scenario.ground.sites:
        found.extend(ground.site_resources(site, scenario))
    for place in scenario.colocations:
        found.extend(contracts.colocation_resources(place, scenario))
    return found + orbital.shared_resources(scenario)


def group_of(offer: Offer) -> str:
    """The reader's option: a ground site, a satellite design over all shells, or the offer itself."""
    if offer.unit == "satellite" and offer.site:
        return offer.name.removesuffix(f"-{offer.site}")
    return option_of(offer)
