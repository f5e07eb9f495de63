"""The account of one closed satellite: cost, metrics, compute delivered, carbon, links; a data centre beside.

Physics closes the satellite (`space.sheet`), a scenario gives the terms (`space.account.terms`), and
economics charges them; nothing is modelled here. One function serves the central case and draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.economics.launch_cost import premium
from dawndusk.economics.metrics import Metric, metrics
from dawndusk.economics.projects import Project
from dawndusk.economics.satellite_cost import SatelliteCost
from dawndusk.library.draw import draw
from dawndusk.physics.network.workload_traffic import Workload
from dawndusk.physics.spacecraft.closure import Budget, close
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import Ages, FailingParts, at_rates, delivered_by_age
from dawndusk.space.account.flight import Flown, build, by_parts, fly, health_of
from dawndusk.space.account.links import Links, links_of, mesh_rate, workload_of
from dawndusk.space.account.terms import Terms, guesses, terms_of
from dawndusk.space.sheet import Sheet, parts_of
from dawndusk.supply.scenario import Scenario

DRAWS: Final = 2000  # 10 and 90 % points of a cost within about 2 %
WITHOUT_COMPUTE: Final = ("launched power", "capital without chips", "capital with chips", "electricity")
TAILS: Final = (0.1, 0.5, 0.9)
Points = dict[str, tuple[float, ...]]


@record
class Case:
    """A satellite and its terms, central or drawn, with what stays the same."""

    design: Design
    budget: Budget
    terms: Terms
    parts: FailingParts
    work: Workload
    link: float

    def projects(self) -> tuple[Flown, Project]:
        """In orbit, and on the ground."""
        health = health_of(self.parts, self.design.life, rate=self.terms.money.rate)
        flown = fly(self.design, self.budget, self.terms, health, self.work, self.link)
        return flown, build(self.design, self.budget, self.terms)


@record
class Account:
    """All that one satellite costs, delivers and emits, beside the same chips in a data centre.

    Parameters
    ----------
    sheet, terms, workload : Sheet, Terms, str
        What was accounted: the closed satellite, the terms, and the workload that uses its links.
    flown, ground : Flown, Project
        In orbit; and the same chips on the ground.
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
    terms: Terms
    workload: str
    flown: Flown
    ground: Project
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
) -> Account | None:
    """The account of a closed satellite; None where it has no mass, so that nothing can be launched.

    Parameters
    ----------
    sheet : Sheet
        From `space.sheet.close_sheet`.
    scenario : Scenario
        Gives the terms (`terms_of`).
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
        For an unknown workload, or a scenario that lacks what `terms_of` needs.
    """
    work = workload_of(workload)
    if not np.isfinite(sheet.budget.mass.total):
        return None
    case = _central(sheet, scenario, name, work)
    flown, ground = case.projects()
    spread: tuple[Points, Points, float] = ({}, {}, 0.0)
    if ranges is not None and (ranges[0].ranges or ranges[1].ranges):
        spread = _spread(_drawn(case, sheet, scenario, name, ranges, seed))
    value = flown.cost.total + flown.launch.launch
    return Account(
        sheet=sheet,
        terms=case.terms,
        workload=workload,
        flown=flown,
        ground=ground,
        by_parts=by_parts(case.design, case.budget, case.terms),
        premium=float(premium(value, reliability=case.terms.vehicle.reliability)),
        in_orbit=_known(flown.project),
        on_ground=_known(ground),
        spread=spread[0],
        spread_ground=spread[1],
        cheaper=spread[2],
        links=_links(case, flown, sheet, name),
        ages=_ages(case, flown),
    )


def _central(sheet: Sheet, scenario: Scenario, name: str, work: Workload) -> Case:
    height, tilt = float(sheet.design.orbit.altitude), sheet.inclination
    return Case(
        design=sheet.design,
        budget=sheet.budget,
        terms=terms_of(scenario, name, altitude=height, inclination=tilt),
        parts=parts_of(sheet),
        work=work,
        link=mesh_rate(name)[0],
    )


def _links(case: Case, flown: Flown, sheet: Sheet, name: str) -> Links:
    return links_of(
        name,
        compute=float(flown.project.stages.healthy),
        satellites=float(case.terms.satellites),
        altitude=float(case.design.orbit.altitude),
        inclination=sheet.inclination,
    )


def _ages(case: Case, flown: Flown) -> Ages:
    batches = float(case.terms.satellites / np.maximum(flown.launch.per_launch, 1.0))
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
    sheet: Sheet,
    scenario: Scenario,
    name: str,
    ranges: tuple[Uncertainty, Uncertainty],
    seed: int,
) -> Case:
    """The case with draws; the orbit stays, as its year of light is computed once."""
    mine = {k: v for k, v in ranges[0].ranges.items() if k != "orbit.altitude"}
    ledger = {k: v for k, v in ranges[0].ledger.items() if k in mine}
    design = draw(sheet.design, Uncertainty(ranges=mine, ledger=ledger), DRAWS, seed)
    guess: dict[str, Real] = {k: v.quantile(_uniform(k, seed)) for k, v in guesses().items()}
    terms = terms_of(
        draw(scenario, ranges[1], DRAWS, seed),
        name,
        altitude=float(sheet.design.orbit.altitude),
        inclination=sheet.inclination,
        guess=guess,
    )
    with np.errstate(all="ignore"):
        budget = close(design, sheet.conditions)
    rates = {"chip": design.payload.chip_failure * YEAR, "satellite": design.satellite_loss * YEAR}
    return replace(case, design=design, budget=budget, terms=terms, parts=at_rates(case.parts, **rates))


def _uniform(name: str, seed: int) -> Floats:
    order = sorted(guesses()).index(name)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(order,))).random(DRAWS)
