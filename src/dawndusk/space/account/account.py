"""The account of one closed satellite: cost, metrics, compute delivered, carbon, links; a data centre beside.

Physics closes the satellite (`space.sheet`), a scenario gives the terms, `supply.in_service` charges them.
One function serves the central case and draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.ranges import Distribution, Uncertainty
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.core.scenario.orbit import SatelliteOption
from dawndusk.economics.ground_segment import GroundSegment, gateways_for, ground_segment
from dawndusk.economics.launch_cost import premium
from dawndusk.economics.metrics import Metric, metrics
from dawndusk.economics.projects import Money, Project
from dawndusk.economics.satellite_cost import SatelliteCost
from dawndusk.library.draw import draw
from dawndusk.physics.network.downlink import usable_share
from dawndusk.physics.network.workload_traffic import BITS, Workload, link_need
from dawndusk.physics.spacecraft.closure import Budget, close
from dawndusk.physics.spacecraft.conditions import Conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import Ages, FailingParts, at_rates, delivered_by_age, mean_delivered
from dawndusk.space.account.ground import GRID, SCENARIO, GroundTerms, build, ground_of, money_of
from dawndusk.space.account.links import SITE_CLEAR, Links, links_of, mesh_rate, workload_of
from dawndusk.space.claims import Beyond
from dawndusk.space.sheet import Sheet, parts_of
from dawndusk.supply.bridge import Bridge, bill_of, bridge, own_option
from dawndusk.supply.in_service import (
    InService,
    ServiceTerms,
    by_parts,
    fleet_of,
    guesses,
    launched,
    own_cost,
    serve,
    stowed,
    terms_of,
)
from dawndusk.supply.satellite import payload
from dawndusk.supply.scenario import Scenario
from dawndusk.supply.tables import axis_of

SMALLEST_SHARE: Final = 1e-3  # of a satellite's size, where the largest that fits is looked for
SIZES: Final = 400  # looked at: each 2 % larger
GATEWAYS: Final = number("gateways_least")  # ground stations at least: sight and weather
DRAWS: Final = 2000  # 10 and 90 % points of a cost within about 2 %
WITHOUT_COMPUTE: Final = ("launched power", "capital without chips", "capital with chips", "electricity")
TAILS: Final = (0.1, 0.5, 0.9)
Points = dict[str, tuple[float, ...]]


@record
class Refused:
    """Why a satellite is not costed, and which limits of a launch it breaks."""

    why: str
    beyond: tuple[Beyond, ...]


@record
class Case:
    """A satellite and its terms, central or drawn, with what stays the same; `payload` in kg."""

    design: Design
    budget: Budget
    terms: ServiceTerms
    money: Money
    on_ground: GroundTerms
    parts: FailingParts
    work: Workload
    link: float
    payload: Real
    place: Conditions

    def projects(self) -> tuple[InService, Project]:
        """In orbit, and on the ground."""
        terms = self.terms
        ground = build(self.design, self.budget, self.on_ground, sold=terms.sold, chip=terms.carbon_chip)
        return self._flown(), ground

    def _flown(self) -> InService:
        terms, cost, mass = self.terms, own_cost(self.budget), self.budget.mass.total
        launch = launched(
            terms, payload=self.payload, mass=mass, volume=stowed(terms, mass), value=cost.total
        )
        fleet = fleet_of(terms, launch.per_launch)
        left = mean_delivered(self.parts, self.design.life, discount=np.log1p(terms.rate) / YEAR)
        alive = np.maximum(self.budget.gpus * self.design.payload.gpu_compute * left, 0.0)
        return serve(
            self.design,
            self.budget,
            self.parts,
            terms,
            self.money,
            cost=cost,
            launch=launch,
            segment=self._segment(fleet),
            fleet=fleet,
            usable=usable_share(self.work, alive, self.link, self.link),
            sold=terms.sold,
            discount=terms.rate,
        )

    def _segment(self, fleet: Real) -> GroundSegment:
        """Ground stations for what the fleet's compute needs, `GATEWAYS` at least."""
        life = self.design.life
        new = self.budget.gpus * self.design.payload.gpu_compute
        need = link_need(self.work, new * mean_delivered(self.parts, life))
        rate = (need.download + need.upload) / BITS * fleet
        return ground_segment(
            fleet,
            gateways=np.maximum(gateways_for(rate, availability=SITE_CLEAR), GATEWAYS),
            life=life / YEAR,
            disposal=self.terms.disposal,
        )


@record
class Account:
    """All that one satellite costs, delivers and emits, beside the same chips in a data centre.

    Parameters
    ----------
    sheet, terms, money, workload : Sheet, ServiceTerms, Money, str
        What was accounted: the closed satellite, the terms, and the workload that uses its links.
    payload : kg
        Of one launch to its orbit.
    flown, ground, on_ground_terms : InService, Project, GroundTerms
        In orbit; and the same chips on the ground.
    bridge, no_bridge : Bridge or None, str
        From its own cost of an hour to the planner's; why there is none.
    by_parts : SatelliteCost
        A second opinion on the satellite's price: by parts, with margin, development and learning.
    premium : float
        USD that an insurer would ask, instead of buying again what launches lose.
    in_orbit, on_ground : tuple of Metric
        Side by side, in the same order.
    spread, spread_ground : mapping of str to three floats
        10, 50 and 90 % points of the metrics over the ranges of design and terms; empty without ranges.
    cheaper : float
        Share of the draws in which orbit delivers the cheaper hour.
    links : Links
    ages : Ages
    """

    sheet: Sheet
    terms: ServiceTerms
    money: Money
    workload: str
    payload: float
    flown: InService
    ground: Project
    on_ground_terms: GroundTerms
    bridge: Bridge | None
    no_bridge: str
    by_parts: SatelliteCost
    premium: float
    in_orbit: tuple[Metric, ...]
    on_ground: tuple[Metric, ...]
    spread: Mapping[str, tuple[float, ...]]
    spread_ground: Mapping[str, tuple[float, ...]]
    cheaper: float
    links: Links
    ages: Ages


def account(
    sheet: Sheet,
    scenario: Scenario,
    *,
    name: str,
    workload: str = "text",
    ranges: tuple[Uncertainty, Uncertainty] | None = None,
    seed: int = 1,
) -> Account | Refused:
    """The account of a closed satellite, or why it is not costed: no mass, or more than one launch lifts.

    Parameters
    ----------
    sheet : Sheet
        From `space.sheet.close_sheet`.
    scenario : Scenario
        Gives the terms (`in_service.terms_of`).
    name : str
        Of the preset, for its maker's link and its place in the scenario.
    workload : str
        One of `workload_traffic.WORKLOADS`: uses the links, and so sizes the ground stations.
    ranges : pair of Uncertainty, optional
        Of the design and of the scenario: numbers citing one ledger row are drawn together.
    seed : int
        Of the draws.

    Raises
    ------
    UserError
        For an unknown workload, or a scenario without satellites, sites on the grid or rented compute.
    """
    work = workload_of(workload)
    if not np.isfinite(sheet.budget.mass.total):
        return Refused(why="no such satellite has a mass", beyond=())
    option = _option(scenario, name)
    case = _central(sheet, scenario, name, work, option)
    refused = _too_large(case, sheet)
    if refused is not None:
        return refused
    flown, ground = case.projects()
    spread: tuple[Points, Points, float] = ({}, {}, 0.0)
    if ranges is not None and (ranges[0].ranges or ranges[1].ranges):
        spread = _spread(_drawn(case, scenario, option, name, ranges, seed))
    walk, why = _bridge(case, flown, scenario, option, name)
    value = flown.cost.total + flown.launch.launch
    return Account(
        sheet=sheet,
        terms=case.terms,
        money=case.money,
        workload=workload,
        payload=float(case.payload),
        flown=flown,
        ground=ground,
        on_ground_terms=case.on_ground,
        bridge=walk,
        no_bridge=why,
        by_parts=by_parts(case.design, case.budget, flown.fleet),
        premium=float(premium(value, reliability=case.terms.launch.reliability)),
        in_orbit=_known(flown.project),
        on_ground=_known(ground),
        spread=spread[0],
        spread_ground=spread[1],
        cheaper=spread[2],
        links=_links(case, flown, sheet, name),
        ages=_ages(case, flown),
    )


def _too_large(case: Case, sheet: Sheet) -> Refused | None:
    """Why a satellite that one launch does not carry is not costed, with the largest of its kind."""
    launch, mass = case.terms.launch, float(case.budget.mass.total)
    volume = float(stowed(case.terms, mass))
    limits = (("mass", mass / 1e3, float(case.payload) / 1e3, "t"), ("volume", volume, launch.volume, "m3"))
    beyond = tuple(
        Beyond(what=f"{what} on one {launch.label}", value=value, limit=most, by=value - most, unit=unit)
        for what, value, most, unit in limits
        if value > most
    )
    if not beyond:
        return None
    size = largest(case.design, case.place, payload=float(case.payload), share=launch.volume / volume)
    worst = beyond[0]
    why = (
        f"one {launch.label} carries {worst.limit:.3g} {worst.unit} to this orbit, it is {worst.value:.3g} "
        f"{worst.unit}; satellites of several launches are not costed. The largest of its kind that one "
        f"launch lifts has {size / 1e3:,.0f} kW of average compute, where this has "
        f"{sheet.budget.power.compute / 1e3:,.0f}"
    )
    return Refused(why=why, beyond=beyond)


def largest(design: Design, place: Conditions, *, payload: float, share: float) -> float:
    """Average compute (W) of the largest satellite of a design's kind that one launch carries.

    Parameters
    ----------
    design, place : Design, Conditions
        All that grows with its size is scaled: compute, bus, areas that are given, shielding, propulsion.
    payload : float
        Of a launch, kg.
    share : float
        Of its stowed volume that a launch has room for, above 0; the volume goes with the size.
    """
    ratio = np.geomspace(SMALLEST_SHARE, 1.0, SIZES)
    grown = {
        "payload": {"average": design.payload.average * ratio, "peak": design.payload.peak * ratio},
        "bus": {"power": design.bus.power * ratio, "mass": design.bus.mass * ratio},
        "array": {"area": design.array.area * ratio},
        "radiator": {"area": design.radiator.area * ratio},
        "body": {
            "shielding": design.body.shielding * ratio,
            "propulsion": design.body.propulsion * ratio,
        },
    }
    scaled = replace(
        design, **{part: replace(getattr(design, part), **fields) for part, fields in grown.items()}
    )
    with np.errstate(all="ignore"):
        mass = np.asarray(close(scaled, place).mass.total)
    fits = ratio[(mass <= payload) & (ratio <= share)]
    return float(design.payload.average * fits.max(initial=0.0))


def _option(scenario: Scenario, design: str) -> SatelliteOption:
    """The scenario's offer of this design, or else its earliest."""
    options = scenario.orbit.satellites
    if not options:
        raise problem("orbit.satellites", "none", "a satellite, which dates the account", SCENARIO)
    same = [item for item in options if item.design == design]
    return same[0] if same else min(options, key=lambda item: axis_of(scenario).index(item.first))


def _central(sheet: Sheet, scenario: Scenario, name: str, work: Workload, option: SatelliteOption) -> Case:
    terms = terms_of(scenario, option, priced=option.design == name)
    return Case(
        design=sheet.design,
        budget=sheet.budget,
        terms=terms,
        money=money_of(scenario, terms.rate),
        on_ground=ground_of(scenario),
        parts=parts_of(sheet),
        work=work,
        link=mesh_rate(name)[0],
        payload=payload(scenario.orbit.launch, float(sheet.design.orbit.altitude), sheet.inclination),
        place=sheet.conditions,
    )


def _bridge(
    case: Case, flown: InService, scenario: Scenario, option: SatelliteOption, name: str
) -> tuple[Bridge | None, str]:
    """From the satellite's own cost of an hour to the planner's."""
    if not flown.project.stages.installed > 0.0:
        return None, "it has no compute"
    if option.design != name:
        budget = case.budget
        each = float(budget.cost.platform / budget.power.compute)
        volume = float(stowed(case.terms, budget.mass.total))
        option = own_option(scenario, case.design, name, platform=each, volume=volume)
    own = bill_of(flown, case.terms, case.design.life / YEAR)
    known = option in scenario.orbit.satellites
    return bridge(case.design, case.budget, case.parts, own, scenario, option, flown=known)


def _links(case: Case, flown: InService, sheet: Sheet, name: str) -> Links:
    return links_of(
        name,
        compute=float(flown.project.stages.healthy),
        satellites=float(flown.fleet),
        altitude=float(case.design.orbit.altitude),
        inclination=sheet.inclination,
    )


def _ages(case: Case, flown: InService) -> Ages:
    batches = float(flown.fleet / np.maximum(flown.launch.per_launch, 1.0))
    return delivered_by_age(case.parts, float(case.design.life), batches=batches)


def _spread(drawn: Case) -> tuple[Points, Points, float]:
    """Points of the metrics in orbit and on the ground, and how often orbit delivers the cheaper hour."""
    with np.errstate(all="ignore"):  # a draw that does not close costs without end
        flown, ground = drawn.projects()
        pair = metrics(flown.project.account), metrics(ground.account)
    hours = [next(np.asarray(m.value) for m in side if m.name == "compute") for side in pair]
    return _points(pair[0]), _points(pair[1]), float(np.mean(hours[0] < hours[1]))


def _known(project: Project) -> tuple[Metric, ...]:
    """Metrics of a project; of a satellite without compute those that need some are undefined."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = metrics(project.account)
    if project.stages.installed > 0.0:
        return found
    return tuple(m if m.name in WITHOUT_COMPUTE else _undefined(m) for m in found)


def _undefined(each: Metric) -> Metric:
    return Metric(name=each.name, value=np.nan, unit=each.unit, boundary=each.boundary)


def _points(found: tuple[Metric, ...]) -> dict[str, tuple[float, ...]]:
    """10, 50 and 90 % points; draws that are undefined count as infinite."""
    points = {}
    for each in found:
        values = np.broadcast_to(np.nan_to_num(each.value, nan=np.inf, posinf=np.inf), DRAWS)
        points[each.name] = tuple(float(x) for x in np.quantile(values, TAILS, method="inverted_cdf"))
    return points


def _drawn(
    case: Case,
    scenario: Scenario,
    option: SatelliteOption,
    name: str,
    ranges: tuple[Uncertainty, Uncertainty],
    seed: int,
) -> Case:
    """The case with draws; the orbit stays, as its year of light is computed once."""
    mine = {k: v for k, v in ranges[0].ranges.items() if k != "orbit.altitude"}
    ledger = {k: v for k, v in ranges[0].ledger.items() if k in mine}
    design = draw(case.design, Uncertainty(ranges=mine, ledger=ledger), DRAWS, seed)
    guess: dict[str, Real] = {k: v.quantile(_uniform(k, seed)) for k, v in _guesses().items()}
    grid = guess.pop("grid")
    drawn = draw(scenario, ranges[1], DRAWS, seed)
    mine_option = next(x for x in drawn.orbit.satellites if x.name == option.name)
    terms = terms_of(drawn, mine_option, priced=option.design == name, guess=guess)
    with np.errstate(all="ignore"):
        budget = close(design, case.place)
    rates = {"chip": design.payload.chip_failure * YEAR, "satellite": design.satellite_loss * YEAR}
    return replace(
        case,
        design=design,
        budget=budget,
        terms=terms,
        money=money_of(drawn, terms.rate),
        on_ground=ground_of(drawn, grid),
        parts=at_rates(case.parts, **rates),
        payload=payload(drawn.orbit.launch, float(case.design.orbit.altitude), float(case.place.inclination)),
    )


def _guesses() -> dict[str, Distribution]:
    return guesses() | {"grid": GRID}


def _uniform(name: str, seed: int) -> Floats:
    order = sorted(_guesses()).index(name)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(order,))).random(DRAWS)
