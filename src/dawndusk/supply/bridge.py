"""From what a satellite costs by its own numbers to what the planner pays for it, line by line.

Both are USD per delivered H100e-hour of one formula (`Bill.hour`); each line replaces one thing and keeps the
rest, so that the lines sum to the difference. Their order moves single lines, never the sum.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import HOURS_PER_YEAR, YEAR
from dawndusk.core.offers import Supply
from dawndusk.core.records import Real, record, replace
from dawndusk.core.scenario.orbit import SatelliteOption, Shell
from dawndusk.economics.annuity import annuity
from dawndusk.physics.spacecraft.closure import Budget
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import FailingParts, at_rates, mean_delivered, mean_left
from dawndusk.supply.chips import chip_resource, technology
from dawndusk.supply.in_service import InService, ServiceTerms, lead_interest, terms_of
from dawndusk.supply.option_cost import order_for, target_period
from dawndusk.supply.orbital import (
    decline_of,
    launch_price,
    offered,
    orbit_rate,
    platform_price,
    satellite_offer,
    shared_resources,
)
from dawndusk.supply.satellite import Closed, cooled_share
from dawndusk.supply.scenario import Scenario
from dawndusk.supply.tables import axis_of, life_periods
from dawndusk.supply.unit_cost import cost_stacks

CHIPS: Final = "chips on sale at the order, not the design's own"
PLATFORM: Final = "platform at the scenario's price for the volume made by then, not the design's own"
RUNNING: Final = "operations as a share of the platform, not ground stations and control of its fleet"
SOLD: Final = "all on offer is sold, and links limit no workload"
LOSSES: Final = "life and accidents of the scenario, not the design's own"
AVERAGE: Final = "compute of each year of life counted alike, not discounted"
NOTHING: Final = 1e-12  # USD/(H100e*h): a line of rounding
SURVIVORS: Final = "operations at prices of the day, of what is still there"


@record
class Bill:
    """All that one satellite's hour costs, in numbers.

    Parameters
    ----------
    installed : H100e
    chips, platform, launch : USD
        Bought once, without what launches lose.
    running : USD/yr
    reliability : 1
        Share of launches that succeed; the rest is bought again.
    rate, life, lead : 1/yr, yr, quarters
    powered, cooled, left, linked, sold : 1
        As in `economics.waterfall`, `left` for the failure law's mean.
    """

    installed: Real
    chips: Real
    platform: Real
    launch: Real
    running: Real
    reliability: Real
    rate: Real
    life: Real
    lead: int
    powered: Real
    cooled: Real
    left: Real
    linked: Real
    sold: Real

    @property
    def hour(self) -> Real:
        """USD per delivered H100e-hour: capital repaid with interest from its payment on, and what runs."""
        early = self.platform * lead_interest(self.rate, self.lead, spread=True)
        once = early + self.chips * lead_interest(self.rate, self.lead, spread=False) + self.launch
        yearly = once / self.reliability * annuity(self.rate, self.life) + self.running
        delivered = self.installed * self.powered * self.cooled * self.left * self.linked * self.sold
        return yearly / (delivered * HOURS_PER_YEAR)


@record
class BridgeLine:
    """One replacement, and what it adds in USD per H100e-hour."""

    label: str
    hour: float


@record
class Bridge:
    """The walk to the planner's number.

    Parameters
    ----------
    planner : USD/(H100e*h)
        Unit cost of the planner's offer (`unit_cost.cost_stacks`).
    own_orbit : USD/(H100e*h)
        Before the last two lines: on the planner's terms in its own orbit, as `dawndusk design` has it.
    lines : tuple of BridgeLine
        Their sum is the planner's number less the satellite's own.
    offer, ordered : str
        Label of the cheapest offer of the design, and quarter of its order.
    flown : bool
        Whether the scenario flies the design; if not, its terms meet the design's own platform cost.
    loss, fit : float
        The offer's loss per quarter, and its largest distance from the failure law (`health.Decline`).
    """

    planner: float
    own_orbit: float
    lines: tuple[BridgeLine, ...]
    offer: str
    ordered: str
    flown: bool
    loss: float
    fit: float


def bill_of(found: InService, terms: ServiceTerms, life: Real) -> Bill:
    """The bill of a satellite in service, of a life in yr."""
    stages, yearly = found.project.stages, found.project.yearly
    return Bill(
        installed=stages.installed,
        chips=found.cost.compute,
        platform=found.cost.platform,
        launch=found.launch.launch,
        running=yearly["ground segment"] + yearly["operations"],
        reliability=terms.launch.reliability,
        rate=terms.rate,
        life=life,
        lead=terms.lead,
        powered=stages.powered / stages.installed,
        cooled=stages.cooled / stages.powered,
        left=found.left,
        linked=stages.linked / stages.healthy,
        sold=stages.used / stages.linked,
    )


def planned_bill(budget: Budget, parts: FailingParts, terms: ServiceTerms, *, launch: Real) -> Bill:
    """The bill of a closed satellite in its own orbit on the planner's terms (single numbers)."""
    power = budget.power
    installed, platform = power.run / terms.watts, terms.platform * power.compute
    return Bill(
        installed=installed,
        chips=installed * terms.chip_price,
        platform=platform,
        launch=launch,
        running=terms.operations * platform + _disposal(terms),
        reliability=terms.launch.reliability,
        rate=terms.rate,
        life=terms.life,
        lead=terms.lead,
        powered=power.compute / power.run,
        cooled=cooled_share(budget),
        left=mean_delivered(_at(parts, terms), terms.life * YEAR),
        linked=terms.utilisation,
        sold=1.0,
    )


def _at(parts: FailingParts, terms: ServiceTerms) -> FailingParts:
    return at_rates(parts, chip=terms.chip_failure, satellite=terms.satellite_loss)


def _disposal(terms: ServiceTerms) -> Real:
    """Paid with the satellite, USD/yr over its life."""
    paid: Real = terms.disposal * lead_interest(terms.rate, terms.lead, spread=True)
    return paid * annuity(terms.rate, terms.life)


def bridge(
    design: Design,
    budget: Budget,
    parts: FailingParts,
    own: Bill,
    scenario: Scenario,
    option: SatelliteOption,
    *,
    flown: bool,
) -> tuple[Bridge | None, str]:
    """The walk from a satellite's own bill to the planner's cheapest offer of it; None and why there is none.

    Parameters
    ----------
    design, budget, parts : Design, Budget, FailingParts
        Closed in its own orbit, and what can fail there at its own rates.
    own : Bill
        See `bill_of`.
    scenario, option : Scenario, SatelliteOption
        Whose offers are meant, at central values.
    flown : bool
        False where the option was made for a design that the scenario does not fly (`own_option`).
    """
    axis, terms = axis_of(scenario), terms_of(scenario, option)
    found = [(shell, *offered(option, shell, design, scenario)) for shell in scenario.orbit.shells]
    works = [(shell, closed) for shell, closed, _ in found if closed is not None]
    if not works:
        return None, "; ".join(f"{shell.label}: {reason}" for shell, _, reason in found) or "no shell"
    offers = [satellite_offer(option, shell, design, scenario)[0] for shell, _ in works]
    known = tuple(x for x in offers if x is not None)
    order = order_for(known[0].first, known[0].last, known[0].lead, target_period(scenario.calendar))
    supply = Supply(offers=known, resources=(chip_resource(scenario), *shared_resources(scenario)))
    costs = {name: float(sum(x.values())) for name, x in cost_stacks(supply, order).items()}
    if not costs:
        return None, "nothing of it can be ordered early enough to be in service within the horizon"
    name = min(costs, key=lambda x: costs[x])
    at = next(k for k, x in enumerate(known) if x.name == name)
    shell, closed = works[at]
    planned = planned_bill(budget, parts, terms, launch=own.launch)
    there, running = _in_shell(closed, terms, scenario, option, order)
    lines = [*_terms_lines(own, planned, parts, terms), *_orbit_lines(planned, there, running, shell, closed)]
    return Bridge(
        planner=costs[name],
        own_orbit=float(planned.hour),
        lines=tuple(x for x in lines if abs(x.hour) > NOTHING),
        offer=known[at].label,
        ordered=axis.calendar.label(order),
        flown=flown,
        loss=float(known[at].loss),
        fit=float(decline_of(closed, scenario).error),
    ), ""


def own_option(
    scenario: Scenario, design: Design, name: str, *, platform: float, volume: float
) -> SatelliteOption:
    """The option that a design no scenario flies would be: its own platform price (USD/W), without learning.

    Its first quarter is that of the scenario's earliest satellite.
    """
    axis = axis_of(scenario)
    first = min((x.first for x in scenario.orbit.satellites), key=axis.index)
    return SatelliteOption(
        name=name,
        label=design.name,
        standing="concept",
        design=name,
        platform_price=platform,
        learning=0.0,
        first=first,
        volume=volume,
        eclipse=design.battery.eclipse,
    )


def _terms_lines(own: Bill, planned: Bill, parts: FailingParts, terms: ServiceTerms) -> list[BridgeLine]:
    """From the own bill to the planner's terms in the same orbit."""
    rate = np.log1p(terms.rate) / YEAR
    discounted = mean_delivered(_at(parts, terms), terms.life * YEAR, discount=rate)
    lines, bill = [], own
    for label, names in (
        (CHIPS, ("installed", "chips")),
        (PLATFORM, ("platform",)),
        (RUNNING, ("running",)),
        (SOLD, ("sold", "linked")),
        (LOSSES, ("life", "left")),
        (AVERAGE, ("left",)),
    ):
        changes = {name: getattr(planned, name) for name in names}
        if label == LOSSES:
            changes["left"] = discounted
        after = replace(bill, **changes)
        lines.append(BridgeLine(label=label, hour=float(after.hour - bill.hour)))
        bill = after
    return lines


def _in_shell(
    closed: Closed, terms: ServiceTerms, scenario: Scenario, option: SatelliteOption, order: int
) -> tuple[Bill, Real]:
    """The planner's bill in a shell, with operations as paid at the order; and as the planner pays them."""
    orbit, axis = scenario.orbit, axis_of(scenario)
    service, quarters = min(order + terms.lead, axis.size - 1), life_periods(orbit.life)
    decline, tech = decline_of(closed, scenario), technology(scenario)
    left = mean_left(decline.loss, quarters)
    installed = closed.run / tech.watts[order]
    bill = Bill(
        installed=installed,
        chips=installed * tech.price[order],
        platform=terms.platform * closed.platform,
        launch=launch_price(scenario)[service] / closed.per_launch,
        running=terms.operations * terms.platform * closed.platform + _disposal(terms),
        reliability=orbit.launch.reliability,
        rate=orbit_rate(scenario)[order],
        life=orbit.life,
        lead=terms.lead,
        powered=closed.average / closed.run,
        cooled=1.0,
        left=decline.level * left,
        linked=orbit.utilisation,
        sold=1.0,
    )
    price = platform_price(option, scenario)[service]
    return bill, terms.operations * price * closed.platform * left + _disposal(terms)


def _orbit_lines(planned: Bill, there: Bill, running: Real, shell: Shell, closed: Closed) -> list[BridgeLine]:
    """From the own orbit to the shell, and to what the planner pays for operations."""
    moved = f"flown in {shell.label} ({closed.strategy} in shadow), not in its own orbit"
    last = replace(there, running=running)
    return [
        BridgeLine(label=moved, hour=float(there.hour - planned.hour)),
        BridgeLine(label=SURVIVORS, hour=float(last.hour - there.hour)),
    ]
