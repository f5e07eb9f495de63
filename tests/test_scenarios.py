"""Every shipped scenario runs, with the headline numbers it had when they were last looked at."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from dawndusk.library.design import read_design
from dawndusk.library.draw import draw
from dawndusk.library.read import read, shipped
from dawndusk.plan.formulation import build
from dawndusk.plan.outcome import plan_of
from dawndusk.plan.session import Session
from dawndusk.study.evaluate import evaluate
from dawndusk.study.instance import pose
from dawndusk.study.result.result import Result
from dawndusk.supply import assemble
from dawndusk.supply.option_cost import drawn_costs, option_costs

ROOT = Path(__file__).parents[1]
# Runs of the size in conftest.SIZE, seed 1. Totals are optima, the same for all plans that are equally good:
# 0.1 %. Shares may differ between equal plans: 0.5 points, 1.5 points for orbit's.
HEADLINES = {
    "tiny": {"objective": 327.88e9, "planned": 0.3882, "orbit": 0.0, "adaptivity": 42.11e9},
    "colossus": {"objective": 4648.0e9, "planned": 0.3649, "orbit": 0.0148, "adaptivity": 806.4e9},
}
# Whole machines, failures and months against the plan's own capacity on the same fresh futures. Against what
# the plan promises the futures differ too: 40 fresh ones are a fair sample of it, six are not.
OPERATED, OPERATED_AT_FULL_SIZE = 0.02, 0.05


@pytest.fixture(params=shipped())
def run(request: pytest.FixtureRequest, finished: Callable):
    """The run of each shipped scenario."""
    return finished(request.param)


def test_every_scenario_is_planned_to_proven_optimality(run) -> None:
    """Status optimal, a gap below 1e-6, and an account of the decisions that agrees to 1e-6."""
    assert (run.code, run.errors) == (0, "")
    plan = run.printed["plan"]
    assert plan["status"] == "Optimal"
    assert plan["gap"] < 1e-6
    assert plan["bound_usd"] == pytest.approx(plan["objective_usd"], rel=1e-6)
    attrs = Result.load(run.result).plan.attrs
    assert attrs["evaluator_difference"] < 1e-6
    assert attrs["violation"] < 1e-6


def test_headline_numbers_are_as_before(run) -> None:
    """Totals within 0.1 %, shares within 0.5 points (orbit 1.5), against the numbers kept here."""
    kept, found = HEADLINES[run.printed["scenario"]], run.printed
    assert found["plan"]["objective_usd"] == pytest.approx(kept["objective"], rel=1e-3)
    assert found["adaptivity_usd"] == pytest.approx(kept["adaptivity"], rel=1e-2)
    assert found["service"]["planned"] == pytest.approx(kept["planned"], abs=0.005)
    assert found["orbit"]["share_final_year"] == pytest.approx(kept["orbit"], abs=0.015)


def test_operation_delivers_about_what_was_planned(run) -> None:
    """On the same futures the simulated fleet serves what the plan's capacity would, within 2 points."""
    service = run.printed["service"]
    assert service["operated"] == pytest.approx(service["followed"], abs=OPERATED)
    assert 0 < service["operated"] <= 1


def test_the_result_keeps_its_books(run) -> None:
    """Demand is served or not, nothing negative, and no pool serves more than its offers deliver."""
    result = Result.load(run.result)
    plan, demand = result.plan, result.demand["demand"]
    served = plan["served"].sum("pool")
    assert np.allclose(served + plan["unserved"], demand, rtol=1e-6)
    for name in ("orders", "capacity", "delivered", "served", "unserved"):
        assert float(plan[name].min()) >= -1e-6, name
    pools = result.offers["pool"].to_numpy()
    for pool in plan["pool"].to_numpy():
        delivered = plan["delivered"].to_numpy()[pools == pool].sum(axis=0)
        given = plan["served"].sel(pool=pool).sum("stream").to_numpy()
        assert (given <= delivered * (1 + 1e-6) + 1).all(), pool


def test_orbit_share_lies_in_its_band(run) -> None:
    """The plan's own share of orbit is one of the near-optimal ones."""
    orbit = run.printed["orbit"]
    low, high = orbit["share_band_2pct"]
    assert low - 1e-6 <= orbit["share_final_year"] <= high + 1e-6


def test_every_price_at_which_orbit_enters_is_proven(run) -> None:
    """Each threshold was confirmed by solving 1 % below and 1 % above it, and each has a sentence."""
    study = Result.load(run.result).study
    assert study["proven"].to_numpy().all()
    assert all(study["sentence"].to_numpy())


def test_orbit_may_cost_more_where_demand_is_higher(finished: Callable) -> None:
    """Each lever's entry price rises from the 20 to the 50 to the 80 % demand path."""
    study = Result.load(finished("colossus").result).study
    for lever in set(study["lever"].to_numpy()):
        rows = study.where(study["lever"] == lever, drop=True)
        by_path = dict(zip(rows["demand_path"].to_numpy(), rows["value"].to_numpy(), strict=True))
        assert by_path["20 %"] <= by_path["50 %"] <= by_path["80 %"], lever


def test_colossus_one_is_leased_at_once(finished: Callable) -> None:
    """On the shipped decision the lease that can be had within a month is taken in the first quarter."""
    orders = {order["option"]: order["amount"] for order in finished("colossus").printed["now"]}
    assert orders["colossus-1"] > 0.5


def planned_totals(changes: Mapping[str, str]) -> tuple[float, float]:
    """Objective and cost of the colossus plan with some numbers replaced, USD."""
    posed = pose(read("colossus").set(changes), leaves=4, seed=1)
    model = build(posed.inputs)
    plan, account = plan_of(posed.inputs, model, Session(model).first(), unavoidable=0.0, build_s=0.0)
    return plan.objective, account.cost


def test_two_guesses_decide_more_than_the_launch_price() -> None:
    """From end to end of their ranges, service value and trend each move total and cost thrice as much."""
    _, ranges = read("colossus")
    levers = {
        "launch": {"orbit.launch.price": "USD/launch"},
        "value": {f"demand.step_values.{i}": "USD/(H100e*yr)" for i in range(5)},
        "trend": {"demand.trend": ""},
    }
    moved = {}
    for name, units in levers.items():
        low, high = (
            planned_totals(
                {path: f"{getattr(ranges.ranges[path], end)} {unit}" for path, unit in units.items()}
            )
            for end in ("low", "high")
        )
        moved[name] = [abs(b - a) for a, b in zip(low, high, strict=True)]
    for name in ("value", "trend"):
        assert all(x > 3 * y for x, y in zip(moved[name], moved["launch"], strict=True)), moved


def test_drawn_costs_are_those_of_the_run() -> None:
    """The 5 and 95 % points of the draws are the range that a run prints beside the cost."""
    scenario, ranges = read("colossus")
    designs = {option.design: read_design(option.design)[0] for option in scenario.orbit.satellites}
    central, drawn = (assemble(x, designs) for x in (scenario, draw(scenario, ranges, 200, 1)))
    costs = drawn_costs(drawn, scenario.calendar, 200, central)
    for option, points in option_costs(central, scenario.calendar, drawn).later_range.items():
        assert np.quantile(costs[option], (0.05, 0.95), method="inverted_cdf") == pytest.approx(points)


def test_evaluate_gives_the_ranges_of_the_run(finished: Callable) -> None:
    """`evaluate` with as many draws gives the 5 and 95 % points that the result of a run holds."""
    offers = Result.load(finished("colossus").result).offers
    costs = evaluate("colossus", draws=int(offers.attrs["draws"]), seed=1)
    for option, drawn in costs.items():
        kept = offers.sel(option=option)
        found = np.quantile(drawn, (0.05, 0.95), method="inverted_cdf")
        assert found == pytest.approx([float(kept["unit_cost_2030_low"]), float(kept["unit_cost_2030_high"])])


@pytest.mark.slow
def test_the_demo_prints_what_the_readme_shows(tmp_path: Path) -> None:
    """The demo at full size gives the total and the planned service of the pasted screen."""
    done = subprocess.run(
        [sys.executable, "-m", "dawndusk", "run", "colossus", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    picture = (ROOT / "README.md").read_text("utf-8").partition("$ dawndusk run colossus")[2]
    total = re.search(r"^Total\s+([\d,.]+) bn \$", picture, re.MULTILINE)
    planned = re.search(r"planned ([\d.]+)", picture)
    assert total
    assert planned
    assert found["plan"]["objective_usd"] == pytest.approx(float(total[1].replace(",", "")) * 1e9, rel=1e-3)
    assert found["service"]["planned"] == pytest.approx(float(planned[1]) / 100, abs=0.003)
    service = found["service"]
    assert service["operated"] == pytest.approx(service["planned"], abs=OPERATED_AT_FULL_SIZE)
    assert service["operated"] == pytest.approx(service["followed"], abs=OPERATED)
