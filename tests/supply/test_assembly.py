"""All offers of a scenario together."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.core.offers import FIRM
from dawndusk.core.records import fingerprint, replace
from dawndusk.supply import (
    assemble,
    cost_stacks,
    earliest_service,
    explain_left_out,
    option_of,
    unit_costs,
)


def test_every_draw_has_its_resource_and_every_name_is_once(supply):
    """No offer gives or draws what is not listed; no name stands twice; tables cover the horizon."""
    names = [x.name for x in supply.resources]
    assert len(set(names)) == len(names)
    assert len(set(supply.names())) == len(supply.names())
    for offer in supply.offers:
        assert {d.resource for d in offer.draws} | set(offer.gives) <= set(names)
        tables = (offer.capital, offer.rate, offer.running, offer.limit_order, offer.limit_total)
        tables += (offer.limit_service, offer.initial, *offer.gives.values())
        assert all(x.shape == (24,) and not np.any(np.isnan(x)) for x in tables)
        assert sum(x for _, x in offer.payments) == pytest.approx(1)
        assert offer.source
    for resource in supply.resources:
        assert resource.supply.shape == resource.price.shape == (24,)


def test_compute_comes_with_who_may_use_it_and_why(supply):
    """Offers with compute serve every class, orbit only its shares; each share has its reason."""
    for offer in supply.offers:
        gives = any(x.startswith("compute:") for x in offer.gives)
        assert bool(offer.serves) == gives == bool(offer.pool)
        assert all(x.reason for x in offer.serves.values())
    orbit = {k: x.share for k, x in supply.offer("ai1-dawn").serves.items()}
    assert orbit == pytest.approx({"interactive": 0.5, "batch": 1.0, "training": 0.1})
    assert {x.share for x in supply.offer("chips-north").serves.values()} == {1.0}


def test_what_is_rented_pays_its_running_cost_in_money(supply):
    """Rents and leases count against a limit of spending whole; what is owned with its capital only."""
    whole = {"lease", "rent", "colocation", "capacity contract"}
    assert {x.kind for x in supply.offers if x.cash == "all"} == whole & {x.kind for x in supply.offers}
    assert {x.cash for x in supply.offers if x.kind in {"chip", "build", "launch", "fab"}} == {"capital"}


def test_satellites_say_design_answer_to_shadow_and_light(supply):
    """What flies carries its design, what it does in shadow and its light by month; nothing else does."""
    flying = {x.name for x in supply.offers if x.design}
    assert flying == {x.name for x in supply.offers if x.kind == "launch"} != set()
    for offer in supply.offers:
        known = offer.strategy in {"battery", "shed"} and offer.profile is not None
        assert known == (offer.name in flying)
        assert offer.profile is None or offer.profile.mean() == pytest.approx(1)


def test_orders_end_where_nothing_could_be_in_service(supply):
    """The last order of every option is in service in the last period of the horizon at the latest."""
    for offer in supply.offers:
        assert offer.last + offer.lead <= 23
        assert offer.first >= 0


def test_firm_only_keeps_what_operates_is_contracted_or_built(scenario, designs, supply):
    """Announced, filed and concept options go, all others stay, and each has its reason."""
    firm = assemble(scenario, designs, firm_only=True)
    expected = [x.name for x in supply.offers if x.standing in FIRM]
    assert firm.names() == expected
    gone = dict(explain_left_out(scenario, designs, firm_only=True))
    assert {"ai1-dawn", "fab", "pad", "sky", "engines"} == set(gone) - {"ai1-low"}
    assert gone["pad"].startswith("it is only a concept")
    assert "launches" not in [x.name for x in firm.resources]


def test_what_never_comes_within_the_horizon_is_left_out_with_a_reason(scenario, designs):
    """A queue longer than the horizon is no offer, and the reader is told."""
    site = replace(scenario.ground.sites[0], queue_lead=7.0)
    slow = replace(scenario, ground=replace(scenario.ground, sites=(site, scenario.ground.sites[1])))
    assert "queue-north" not in assemble(slow, designs).names()
    assert "horizon" in dict(explain_left_out(slow, designs))["queue-north"]


def test_a_design_that_was_not_read_is_the_users_mistake(scenario):
    """The error names the path and what was read."""
    with pytest.raises(UserError, match=r"orbit\.satellites\.ai1\.design"):
        assemble(scenario, {})


def test_a_class_without_a_share_in_orbit_gets_none_there(scenario, designs):
    """A class for which no share in orbit is stated is served on the ground only, and told why."""
    video = (replace(scenario.demand.classes[0], name="video"), *scenario.demand.classes[1:])
    supply = assemble(replace(scenario, demand=replace(scenario.demand, classes=video)), designs)
    assert supply.offer("chips-north").serves["video"].share == 1.0
    assert supply.offer("ai1-dawn").serves["video"].share == 0.0
    assert "states no share of video" in supply.offer("ai1-dawn").serves["video"].reason


def test_offers_of_one_site_are_one_option(supply):
    """Queue, shell, chips and plants of a site are the site; a satellite in a shell is itself."""
    options = {x.name: option_of(x) for x in supply.offers}
    assert options["queue-north"] == options["build-north"] == options["chips-north"] == "north"
    assert options["engines"] == "south"
    assert options["ai1-dawn"] == "ai1-dawn"
    assert options["colossus"] == "colossus"


def test_the_same_scenario_gives_the_same_bytes(scenario, designs, supply):
    """Assembling twice gives equal fingerprints."""
    assert fingerprint(assemble(scenario, designs)) == fingerprint(supply)


@pytest.fixture(scope="module")
def colossus():
    """The shipped scenario and its designs."""
    from dawndusk.library.design import read_design
    from dawndusk.library.read import read

    made, _ = read("colossus")
    return made, {x.design: read_design(x.design)[0] for x in made.orbit.satellites}


def test_the_shipped_scenario_offers_all_that_the_decision_needs(colossus):
    """Five grid regions with queue, shell and chips, plants, six shells per satellite, lease, cloud, fab."""
    scenario, designs = colossus
    supply = assemble(scenario, designs)
    names = supply.names()
    assert sum(x.startswith("queue-") for x in names) >= 5
    for site in scenario.ground.sites:
        assert {f"build-{site.name}", f"chips-{site.name}"} <= set(names)
    kinds = {x.kind for x in supply.offers}
    assert {"lease", "rent", "build", "queue", "chip", "power", "fab", "launch", "capacity contract"} <= kinds
    left = {name for name, _ in explain_left_out(scenario, designs)}
    wanted = {f"{o.name}-{s.name}" for o in scenario.orbit.satellites for s in scenario.orbit.shells}
    assert len(wanted) == 12
    assert wanted <= set(names) | left


def test_the_shipped_scenario_costs_what_the_rough_study_found(colossus):
    """Ground 0.85-1.25 USD per H100e-hour at the start, cloud 2.35, orbit always above ground."""
    scenario, designs = colossus
    supply = assemble(scenario, designs)
    now = unit_costs(supply, 0)
    sites = [x.name for x in scenario.ground.sites]
    assert all(0.85 < now[x] < 1.25 for x in sites)
    assert now["cloud-year"] == pytest.approx(2.35)
    for period in range(8, 36, 4):
        costs = unit_costs(supply, period)
        orbit = [v for k, v in costs.items() if k.startswith(("ai1", "conservative"))]
        assert min(orbit) > max(costs[x] for x in sites)


def test_every_option_with_compute_has_a_first_date_and_a_stack(colossus):
    """What can be in service has a cost in some period."""
    supply = assemble(*colossus)
    seen = {name for period in range(40) for name in cost_stacks(supply, period)}
    assert set(earliest_service(supply)) == seen


def test_the_shipped_ranges_can_be_drawn_through_to_unit_costs(colossus):
    """Every uncertain number of the shipped scenario drawn at once gives finite costs, one per draw."""
    from dawndusk.library.draw import draw
    from dawndusk.library.read import read

    scenario, uncertainty = read("colossus")
    costs = unit_costs(assemble(draw(scenario, uncertainty, 7, 1), colossus[1]), 12)
    central = unit_costs(assemble(scenario, colossus[1]), 12)
    assert costs.keys() == central.keys()
    assert all(np.shape(x) == (7,) and np.all(np.isfinite(x)) and np.all(x > 0) for x in costs.values())
