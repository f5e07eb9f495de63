"""From a scenario to its Supply: every option as Offers, every shared thing as a Resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dawndusk.core.offers import FIRM, POOLS, Offer, Resource, Supply, compute, pool_of
from dawndusk.physics.spacecraft.design import Design
from dawndusk.supply import chips, orbital
from dawndusk.supply.kinds import LeftOut
from dawndusk.supply.offer import flow
from dawndusk.supply.scenario import KINDS, Scenario, items
from dawndusk.supply.tables import axis_of


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
        For a design that is not given, chips without a generation.
    """
    offers = tuple(x for x in _candidates(scenario, designs, []) if not _why_not(x, firm_only=firm_only))
    used = {d.resource for x in offers for d in x.draws} | {key for x in offers for key in x.gives}
    kept = tuple(x for x in _resources(scenario) if x.name in used or pool_of(x.name))
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
    """Every offer in the order of the kinds; what cannot work goes to `failed`."""
    for kind, item in items(scenario):
        for made in kind.offers(item, scenario, designs):
            if isinstance(made, Offer):
                yield made
            else:
                failed.append(made)


def _resources(scenario: Scenario) -> list[Resource]:
    axis = axis_of(scenario)
    found = [flow(axis, compute(pool), "H100e", f"Compute, {pool}") for pool in POOLS]
    found.append(chips.chip_resource(scenario))
    for kind in reversed(KINDS):  # an order like any other; prices of degenerate plans depend on it
        for item in kind.items(scenario):
            found.extend(kind.resources(item, scenario))
    return found + orbital.shared_resources(scenario)


def group_of(offer: Offer) -> str:
    """The reader's option: a ground site, a satellite design over all shells, or the offer itself."""
    return offer.design or option_of(offer)
