"""The headline dictionary and its sentences."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr
from tests.report.synthetic_result import BRANCHES, NAMES, PERIODS, build_tree, tree_arrays
from tests.report.synthetic_result import decisions as made

from dawndusk.report import decisions, measures, summary
from dawndusk.report.view import View, leaf_paths, view_of


@pytest.fixture(scope="module")
def tree() -> xr.DataTree:
    """The made-up result."""
    return build_tree()


@pytest.fixture(scope="module")
def view(tree: xr.DataTree) -> View:
    """Its view."""
    return view_of(tree)


def replaced(tree: xr.DataTree, group: str, **values: object) -> View:
    """The view with some variables or attributes of a group changed."""
    changed = tree.copy(deep=True)
    data = changed[group].to_dataset()
    for name, value in values.items():
        if name in data:
            data[name] = (data[name].dims, np.asarray(value))
        else:
            data.attrs[name] = value
    changed[group] = xr.DataTree(dataset=data)
    return view_of(changed)


def test_the_dictionary_is_plain_and_complete(tree: xr.DataTree) -> None:
    """Every key of the command's contract is there, and JSON can hold all of it without NaN."""
    found = summary.summarise(tree, build_s=1.5, solve_s=3.0, result_path="a.nc", report_path="a.html")
    for key in ("scenario", "seed", "leaves", "paths", "adaptivity_usd", "now", "unit_cost_usd_per_h100e_h"):
        assert found[key] is not None
    keys = ("status", "objective_usd", "bound_usd", "gap", "nodes", "columns", "rows", "nonzeros")
    assert all(found["plan"][k] is not None for k in keys)
    assert (found["plan"]["build_s"], found["plan"]["solve_s"]) == (1.5, 3.0)
    assert found["orbit"]["share_band_2pct"] == [0.04, 0.19]
    json.dumps(found, allow_nan=False)


def test_every_path_has_one_node_in_each_period(view: View) -> None:
    """The paths to the leaves run through one node a period and their probabilities sum to 1."""
    paths = leaf_paths(view)
    assert paths.shape == (2 ** len(BRANCHES), PERIODS)
    assert (view.demand.period[paths] == np.arange(PERIODS)).all()
    assert view.demand.probability[paths[:, -1]].sum() == pytest.approx(1.0)


def test_the_expectation_of_one_is_one(view: View) -> None:
    """Probabilities of each period sum to 1, so the expectation of a constant is that constant."""
    ones = np.ones((2, view.demand.period.size))
    assert measures.expected_by_period(view, ones) == pytest.approx(np.ones((2, PERIODS)))


def test_quantiles_over_futures_follow_probability(view: View) -> None:
    """The lower child of the first branching has 60 %: its value is the 60 % point, the other's the 95 %."""
    child = np.flatnonzero(view.demand.period == 3)
    values = np.zeros(view.demand.period.size)
    values[child] = [1.0, 2.0]
    low, middle, high = measures.band_by_period(view, values, (0.05, 0.6, 0.95))[:, 3]
    assert (low, middle, high) == (1.0, 1.0, 2.0)


def test_the_orders_now_are_those_of_the_root(tree: xr.DataTree) -> None:
    """Orders now are the root's, with amount and unit, and nothing else."""
    found = {x["option"]: (x["amount"], x["unit"]) for x in summary.summarise(tree)["now"]}
    assert found["queue-texas"] == (0.6e9, "W")
    assert found["colossus-1"] == (1.0, "facility")
    assert "ai1-group-4" not in found


def test_a_lease_says_when_it_is_given_up(view: View) -> None:
    """Both children with low demand, 60 % of futures, give notice in the ninth quarter."""
    share, quarter = measures.given_up(view, NAMES.index("colossus-1"))
    assert (pytest.approx(share), quarter) == (0.6, "2028Q2")
    assert "275k H100e at 3.25 $/H100e-h; given up by 2028Q2 in 60 % of futures" in summary.now_texts(view)[0]


def test_the_first_orbital_order_is_found_on_the_tree(view: View) -> None:
    """Orbit is ordered first in the tenth quarter, in as many futures as have a path with an order."""
    orders = made(tree_arrays())["orders"][NAMES.index("ai1-group-4")]
    paths = leaf_paths(view)
    chance = view.demand.probability[paths[:, -1]]
    expected = chance[(orders[paths] > 0.5).any(axis=1)].sum()
    quarter, probability = measures.first_order(view, measures.orbital_offers(view)) or ("", 0.0)
    assert quarter == "2028Q3"
    assert probability == pytest.approx(expected)


def test_no_orbit_means_no_first_order(tree: xr.DataTree) -> None:
    """A plan without orbital orders has no first order, and the sentences say so."""
    orders = tree["plan/orders"].values.copy()
    orders[NAMES.index("ai1-group-4")] = 0.0
    view = replaced(tree, "plan", orders=orders)
    assert summary.summarise(view)["orbit"]["first_order"] is None
    assert summary.orbit_texts(view)[0].startswith("not ordered in any future")
    assert "ordered in no future" in summary.headline(view)


def test_the_watch_line_names_demand_and_gate(view: View) -> None:
    """The triggers name what is seen, when, and what is then ordered more."""
    text = "\n".join(summary.watch_texts(view))
    assert "demand above" in text
    assert "licence by 2028Q2 (40 % of futures)" in text
    assert "satellites" in text


def test_a_gate_is_one_trigger_whatever_came_before(view: View) -> None:
    """Outcomes of a gate after different histories are put together: probabilities of a quarter sum to 1."""
    gates = [x for x in decisions.triggers(view) if x.kind == "gate"]
    assert {x.condition for x in gates} == {"licence by 2028Q2", "no licence by 2028Q2"}
    assert sum(x.probability for x in gates) == pytest.approx(1.0)


def test_triggers_of_a_branching_balance(view: View) -> None:
    """Differences from the mean, weighted with their probabilities, cancel for every offer."""
    balance: dict[int, float] = {}
    for item in (x for x in decisions.triggers(view) if x.kind == "gate"):
        for order in (*item.more, *item.less):
            balance[order.offer] = balance.get(order.offer, 0.0) + item.probability * order.amount
    assert balance
    assert all(abs(x) < 1.0 for x in balance.values())


def test_a_limit_that_binds_almost_everywhere_is_named(tree: xr.DataTree, view: View) -> None:
    """Above 80 % of the nodes the summary says that the study is about that limit, below it does not."""
    assert not any("this study is about" in x for x in summary.binding_texts(view))
    binding = tree["plan/binding"].values.copy()
    binding[0] = 1.0
    heavy = replaced(tree, "plan", binding=binding)
    assert summary.binding_texts(heavy)[1].startswith("this study is about chips")
    assert summary.summarise(heavy)["binding"]["chips"] == 1.0


def test_both_totals_and_adaptivity_are_printed(view: View) -> None:
    """The total and its controllable part stand side by side, and adaptivity is a share of the latter."""
    text = summary.total_texts(view)[0]
    assert "412 bn $" in text
    assert "231 bn $" in text
    assert "14 bn $ (6 % of that)" in text


def test_service_weighs_with_probability(view: View, tree: xr.DataTree) -> None:
    """Planned service is expected served over expected demand, and stays between the futures' extremes."""
    found = measures.service(view)
    demand = tree_arrays()
    share = tree["plan/served"].values.sum((0, 1))
    expected = (share @ demand["probability"]) / (demand["total"] @ demand["probability"])
    assert found["planned"] == pytest.approx(expected)
    by_future, _ = measures.service_of_futures(view)
    assert by_future.min() <= found["planned_low"] <= found["planned_high"] <= by_future.max()


def test_what_orbit_needs_is_said_by_path(tree: xr.DataTree, view: View) -> None:
    """Thresholds read as conditions; a path on which nothing helps, and one already in, say so."""
    text = summary.need_texts(view)
    levers = "launch price below 310 $/kg (today 600 $/kg) or platform price below 9 $/W (today 22 $/W)"
    assert text == [f"20 % demand path: {levers}"]
    never = replaced(tree, "study", value=[0.0, 0.0])
    assert "of nothing is still too much" in summary.need_texts(never)[0]
    inside = replaced(tree, "study", value=[900.0, 40.0])
    assert summary.need_texts(inside)[0].endswith("out above 900 $/kg or 40 $/W on the 20 % demand path")


def test_a_bare_result_is_still_summarised(tree: xr.DataTree) -> None:
    """Without simulation, alternatives and tables of their own the summary leaves out what it cannot say."""
    bare = tree.copy()
    for name in ("trace", "alternatives", "study", "constellation", "satellite", "ledger", "scenario"):
        del bare[name]
    found = summary.summarise(bare)
    assert found["service"]["operated"] is None
    assert found["orbit"]["share_band_2pct"] == [None, None]
    json.dumps(found, allow_nan=False)


def test_tree_quality_is_said_in_numbers_and_words(tree, view):
    """The worst errors of the tree stand in the summary, in standard deviations of the sample."""
    found = summary.summarise(tree)["tree"]
    assert {"mean", "5 %", "95 %"} <= {x["statistic"] for x in found}
    (text,) = {line.title: line.texts for line in summary.lines(view)}["Tree"]
    assert found[0]["period"] in text
    worst = max(abs(x["error_sd"]) for x in found if x["statistic"] in ("5 %", "95 %"))
    assert f"{100 * worst:.0f} % (5 and 95 % points)" in text or worst < 0.01


def test_capacity_has_an_expectation_inside_its_band(tree, view):
    """Each option's compute by quarter: low <= high, and the pools' expectations add up to the plan's."""
    found = summary.summarise(tree)["capacity"]
    assert found["quarters"] == list(view.quarters)
    for option in found["options"]:
        low, mean, high = (np.asarray(option[k]) for k in ("low", "expected", "high"))
        assert np.all(low <= high + 1e-9)
        assert np.all(mean >= 0)
    total = sum(np.asarray(x["expected"]) for x in found["options"])
    assert total == pytest.approx(measures.expected_by_period(view, view.plan.delivered).sum(axis=0))
