"""The account of one satellite: lines that add up, stages that fall, terms that come from the scenario."""

import re
from functools import cache

import numpy as np
import pytest

from dawndusk.core.constants import HOURS_PER_YEAR, YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.economics.annuity import annuity
from dawndusk.library.design import presets, read_sourced
from dawndusk.library.draw import draw
from dawndusk.library.read import read
from dawndusk.physics.spacecraft.health import at_rates, mean_delivered
from dawndusk.space.account.account import DRAWS, Refused, account
from dawndusk.space.account.as_json import account_json, lines
from dawndusk.space.account.links import LASER, links_of, mesh_rate, one_site
from dawndusk.space.sheet import close_sheet, parts_of
from dawndusk.supply.in_service import fleet_of, guesses, own_cost, terms_of

PLACE = {"altitude": 600e3, "inclination": np.deg2rad(97.8)}


@cache
def sheet_of(name):
    """A preset closed at its central values, and its ranges."""
    design, uncertainty = read_sourced(name)
    return close_sheet(design, {}), uncertainty


@cache
def account_of(name, *, drawn=False):
    """Its account on the terms of the shipped scenario."""
    sheet, uncertainty = sheet_of(name)
    scenario, spread = read("colossus")
    return account(sheet, scenario, name=name, ranges=(uncertainty, spread) if drawn else None)


@pytest.mark.parametrize("name", sorted(presets()))
def test_lines_add_up_to_the_charge(name):
    """Yearly lines sum to the charge behind the metrics, and capital lines to what is bought."""
    found = account_of(name)
    figures, rows = found.flown.project.account, lines(found)
    assert sum(x.yearly for x in rows) == pytest.approx(figures.charge, rel=1e-9)
    bought = figures.compute + figures.platform + figures.launch + figures.other
    assert sum(x.capital for x in rows) == pytest.approx(bought, rel=1e-9)
    assert all(x.boundary for x in rows)
    assert all(x.yearly >= 0 for x in rows)


@pytest.mark.parametrize("name", sorted(presets()))
def test_the_designs_own_price_is_kept(name):
    """Splitting the price of the body by mass changes neither platform nor total."""
    sheet, _ = sheet_of(name)
    cost, whole = own_cost(sheet.budget), sheet.budget.cost
    parts = (cost.structure, cost.avionics, cost.loop, cost.shielding, cost.propulsion)
    assert sum(parts) == pytest.approx(whole.body, rel=1e-12)
    assert cost.total == whole.total


def test_waterfall_follows_light_and_the_scenario():
    """Powered is the orbit average over what is installed; reachable is the scenario's 90 %."""
    found = account_of("ai1-2026-06")
    stages, power = found.flown.project.stages, found.sheet.budget.power
    assert stages.powered / stages.installed == pytest.approx(power.compute / power.run, rel=1e-12)
    assert stages.cooled == stages.powered
    assert stages.linked / stages.healthy == pytest.approx(0.9, rel=1e-12)
    assert stages.installed > stages.powered > stages.healthy > stages.linked > stages.used > 0


def test_a_radiator_too_small_derates():
    """Where the radiator holds four fifths of the running compute, a fifth of it is lost."""
    sheet, _ = sheet_of("ai1-2026-06")
    budget = sheet.budget
    held = replace(budget.power, held=0.8 * budget.power.run)
    hot = replace(sheet, budget=replace(budget, power=held))
    stages = account(hot, read("colossus")[0], name="ai1-2026-06").flown.project.stages
    assert stages.cooled / stages.powered == pytest.approx(0.8, rel=1e-9)


def test_a_thin_link_limits_what_it_must():
    """A vector for each token through one laser leaves less than text does, and a dearer hour."""
    sheet, _ = sheet_of("conservative")
    scenario = read("colossus")[0]
    thin = account(sheet, scenario, name="conservative", workload="vector per token")
    text = account_of("conservative")
    row = next(r for r in text.links.rows if r.workload == "vector per token")
    linked = [x.flown.project.stages.linked / x.flown.project.stages.healthy for x in (thin, text)]
    ratio = linked[0] / linked[1]
    alive = thin.flown.project.stages
    assert ratio < 0.7
    assert row.mesh == pytest.approx(LASER / row.download, rel=1e-9)
    assert alive.used < text.flown.project.stages.used


def test_compute_metric_is_charge_over_hours():
    """The cost of an hour is the sum of all lines over the hours that a customer gets."""
    found = account_of("conservative")
    hour = next(m.value for m in found.in_orbit if m.name == "compute")
    used = found.flown.project.stages.used * HOURS_PER_YEAR
    assert hour == pytest.approx(sum(x.yearly for x in lines(found)) / used, rel=1e-9)


def test_ground_pays_for_the_same_chips():
    """On the ground chips cost what they cost in orbit, and the cluster network on top."""
    found = account_of("ai1-2026-06")
    power = found.sheet.budget.power.run
    network = found.on_ground_terms.network_cost * power
    assert found.ground.account.compute == pytest.approx(found.flown.cost.compute + network, rel=1e-12)
    assert found.ground.stages.installed == found.flown.project.stages.installed


def test_terms_are_the_scenarios():
    """Volume, rate and fleet come from the scenario: 20 m3, 15 % for an order of 2029, what is made."""
    scenario = read("colossus")[0]
    option = scenario.orbit.satellites[0]
    terms = terms_of(scenario, option)
    assert (terms.quarter, terms.volume, terms.rate) == ("2030Q1", 20.0, pytest.approx(0.15))
    assert terms.launch_price < scenario.orbit.launch.price
    assert terms.platform == option.platform_price  # ordered in the factory's first year
    assert fleet_of(terms, 1e9) == terms.satellites * scenario.orbit.life
    assert fleet_of(terms, 1.0) == terms.launches * scenario.orbit.life
    assert terms_of(scenario, option, priced=False).volume == 0.0


def test_drawn_terms_hold_the_central_ones():
    """Draws of the scenario give terms with a sample axis, on both sides of the central values."""
    scenario, spread = read("colossus")
    many = draw(scenario, spread, 500, 1)
    central, drawn = (terms_of(x, x.orbit.satellites[0]) for x in (scenario, many))
    assert drawn.launch_price.shape == (500,)
    assert drawn.launch_price.min() < central.launch_price < drawn.launch_price.max()
    assert all(d.low <= d.mode <= d.high for d in guesses().values())


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"rentals": ()}, "rentals"),
        ({"orbit": "satellites"}, "orbit.satellites"),
        ({"ground": "sites"}, "ground.sites"),
    ],
)
def test_a_scenario_without_terms_is_refused(change, path):
    """Without rented compute, a satellite or a site the message names what is missing."""
    scenario = read("colossus")[0]
    changes = {k: replace(getattr(scenario, k), **{v: ()}) if v else v for k, v in change.items()}
    with pytest.raises(UserError, match=path.rsplit(".", maxsplit=1)[-1]):
        account(sheet_of("ai1-2026-06")[0], replace(scenario, **changes), name="ai1-2026-06")


def test_ranges_are_ordered_and_repeatable():
    """Points of every metric rise, hold for one seed, and orbit's cheaper share is a share."""
    first = account_of("ai1-2026-06", drawn=True)
    sheet, uncertainty = sheet_of("ai1-2026-06")
    scenario, spread = read("colossus")
    again = account(sheet, scenario, name="ai1-2026-06", ranges=(uncertainty, spread))
    assert first.spread == again.spread
    assert set(first.spread) == {m.name for m in first.in_orbit}
    assert all(low <= mid <= high for low, mid, high in first.spread.values())
    assert 0.0 <= first.cheaper <= 1.0
    assert DRAWS >= 1000


def test_cheap_launch_and_satellite_make_orbit_cheaper():
    """With launch, satellite and capital almost free orbit wins: the comparison is no foregone conclusion."""
    sheet, _ = sheet_of("ai1-2026-06")
    scenario = read("colossus")[0]
    orbit, money = scenario.orbit, scenario.finance
    free = replace(
        scenario,
        orbit=replace(orbit, launch=replace(orbit.launch, price=1e5, price_floor=1e5)),
        finance=replace(money, orbit_rate_early=0.02, orbit_rate_late=0.02),
    )
    cost = sheet.budget.cost
    cheap = replace(cost, total=cost.compute, platform=0.0, array=0.0, radiator=0.0, body=0.0, assembly=0.0)
    given = replace(sheet, budget=replace(sheet.budget, cost=cheap))
    found = account(given, free, name="ai1-2026-06")
    hours = [next(m.value for m in s if m.name == "compute") for s in (found.in_orbit, found.on_ground)]
    assert hours[0] < hours[1]


def test_health_without_failures_is_what_upsets_leave():
    """Without accidents of chips more is delivered, and never more than upsets leave."""
    sheet, _ = sheet_of("ai1-2026-06")
    parts, life = parts_of(sheet), sheet.design.life
    best = at_rates(parts, chip=0.0, satellite=0.0)
    usual, better = (mean_delivered(x, life) for x in (parts, best))
    assert usual < better < best.available
    assert usual < mean_delivered(parts, life, discount=0.1 / YEAR)


def test_links_by_preset():
    """AI1 has its maker's terabit, any other design one laser; one site sees it 0.5 to 1 % of the time."""
    assert mesh_rate("ai1-2026-06") == (1e12, True, "P024")
    assert mesh_rate("mine") == (LASER, False, "C001")
    assert 0.005 < one_site(**PLACE).sight < 0.01
    found = links_of("ai1-2026-06", compute=100.0, satellites=10.0, **PLACE)
    rows = {r.workload: r for r in found.rows}
    assert rows["text"].one_site == 1.0
    assert rows["fast picture"].one_site < 0.2 < rows["fast picture"].mesh
    assert "limits it" in rows["fast picture"].one_site_words
    assert links_of("ai1-2026-06", compute=0.0, satellites=10.0, **PLACE).rows == ()


def test_chips_are_repaid_over_the_satellites_life():
    """Chips in orbit are repaid at their rate over the five years of their satellite."""
    found = account_of("ai1-2026-06")
    chips = next(x for x in lines(found) if x.name == "compute")
    rate = float(annuity(found.money.chip_rate, 5.0))
    assert chips.yearly == pytest.approx(chips.capital * rate, rel=1e-9)


def test_carbon_counts_what_is_lost():
    """Carbon per hour is its parts over the hours; losing launches makes more of every part but power."""
    found = account_of("ai1-2026-06")
    carbon = found.flown.project.carbon
    assert carbon.total == pytest.approx(carbon.chips + carbon.platform + carbon.launch, rel=1e-12)
    assert carbon.per_hour < found.ground.carbon.per_hour
    scenario = read("colossus")[0]
    launch = replace(scenario.orbit.launch, reliability=0.7)
    risky = replace(scenario, orbit=replace(scenario.orbit, launch=launch))
    more = account(found.sheet, risky, name="ai1-2026-06").flown.project.carbon
    assert more.launch / carbon.launch == pytest.approx(0.97 / 0.7, rel=1e-9)
    assert found.flown.launch.risk < account(found.sheet, risky, name="ai1-2026-06").flown.launch.risk


def test_no_mass_no_account():
    """A design without finite mass has no account, and its keys are null or empty."""
    sheet, _ = sheet_of("ai1-2026-06")
    mass = replace(sheet.budget.mass, total=np.inf)
    heavy = replace(sheet, budget=replace(sheet.budget, mass=mass))
    found = account(heavy, read("colossus")[0], name="ai1-2026-06")
    assert isinstance(found, Refused)
    told = account_json(heavy, found)
    assert not any(v for k, v in told.items() if k not in {"not_costed", "closes", "out_of_limits"})
    assert "mass" in told["not_costed"]
    assert set(told) - {"closes", "out_of_limits"} == set(account_json(sheet, account_of("ai1-2026-06")))


def test_what_no_launch_lifts_is_refused_with_the_largest(tmp_path):
    """80 times AI1 is not costed: by how much it is too heavy is said, and the largest of its kind fits."""
    sheet, _ = sheet_of("ai1-2026-06")
    scenario = read("colossus")[0]
    found = account(close_sheet(scaled(sheet.design, 80.0)), scenario, name="mine")
    assert isinstance(found, Refused)
    mass = found.beyond[0]
    assert (mass.what, mass.unit) == ("mass on one Starship", "t")
    assert mass.by == pytest.approx(mass.value - mass.limit)
    size = float(re.search(r"lifts has ([0-9,]+) kW", found.why)[1].replace(",", ""))
    fits = account(close_sheet(scaled(sheet.design, size / 120.0)), scenario, name="mine")
    assert fits.flown.launch.per_launch == 1.0
    more = account(close_sheet(scaled(sheet.design, 1.05 * size / 120.0)), scenario, name="mine")
    assert isinstance(more, Refused)


def scaled(design, ratio):
    """A design of another size, all that grows with it scaled."""
    fields = {
        "payload": ("average", "peak"),
        "bus": ("power", "mass"),
        "array": ("area",),
        "radiator": ("area",),
        "body": ("shielding", "propulsion"),
    }
    return replace(
        design,
        **{
            part: replace(
                getattr(design, part), **{x: getattr(getattr(design, part), x) * ratio for x in names}
            )
            for part, names in fields.items()
        },
        claim=replace(design.claim, mass=0.0),
    )
