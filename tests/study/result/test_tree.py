from __future__ import annotations

import numpy as np
import pytest
from tests.study import tiny_run

from dawndusk.core.records import replace
from dawndusk.library import read as scenarios
from dawndusk.study.result.found import constellation_group
from dawndusk.study.result.given import ledger_group, offers_group, scenario_group
from dawndusk.study.result.labelled import dataset
from dawndusk.study.result.labels import ATTRIBUTES, GROUPS, LABELS
from dawndusk.study.result.result import run_folder
from dawndusk.supply import assemble as assemble_supply


@pytest.fixture(scope="module")
def result():
    """The tiny run's result."""
    return tiny_run.result()


@pytest.fixture(scope="module")
def colossus():
    """Parts whose scenario and supply are those of colossus; plan and simulation stay tiny's."""
    study = scenarios.read("colossus")
    parts = tiny_run.parts()
    inputs = replace(parts.inputs, supply=assemble_supply(study.scenario, study.designs))
    return replace(parts, study=study, inputs=inputs)


def test_every_label_is_in_the_tree_with_its_dimensions_and_unit(result):
    """The tree holds what the table of labels says, and nothing else."""
    found = {
        f"{g}/{v}": x for g in GROUPS for v, x in result.tree[g].to_dataset(inherit=False).variables.items()
    }
    assert set(found) == set(LABELS)
    for path, label in LABELS.items():
        assert found[path].dims == label.dims
        assert found[path].attrs.get("units", "") == label.unit
        assert found[path].attrs["long_name"] == label.long_name
        assert (found[path].dtype.kind == "U") == (label.unit == "")


def test_attributes_are_texts_and_plain_numbers(result):
    """Groups carry exactly the attributes of the table, each a text or a number."""
    for name, known in ATTRIBUTES.items():
        attrs = (result.tree[name] if name else result.tree).attrs
        assert list(attrs) == list(known)
        assert {type(x) for x in attrs.values()} <= {str, int, float}


def test_the_root_has_no_coordinates(result):
    """Groups share no index, so the root holds attributes only."""
    assert not result.tree.variables
    assert list(result.tree.children) == list(GROUPS)


def test_numbers_are_undefined_only_where_there_is_nothing_to_define(result):
    """NaN stands only for costs and prices that an option has not got, and parts that are not counted."""
    allowed = (
        "offers/cost_stack",
        "offers/unit_cost",
        "alternatives/price",
        "satellite/mass",
        "satellite/cost",
    )
    holes = [
        path
        for path, label in LABELS.items()
        if label.unit and np.isnan(np.asarray(result[path], dtype=float)).any()
    ]
    assert holes
    assert all(path.startswith(allowed) for path in holes)


def test_served_and_unserved_make_up_demand(result):
    """In the plan and on every path, served plus unserved is what was wanted."""
    plan, trace = result.plan, result.trace
    wanted = result.demand["demand"].values
    assert np.allclose(plan["served"].sum("pool") + plan["unserved"], wanted, rtol=1e-6, atol=1.0)
    assert np.allclose(trace["served"] + trace["unserved"], trace["latent"], rtol=1e-12)


def test_parts_of_the_objective_sum(result):
    """Cost, lost value and risk are the objective; what cannot be controlled is taken off once."""
    about = result.plan.attrs
    total = about["cost_usd"] + about["lost_value_usd"] + about["risk_usd"]
    assert total == pytest.approx(about["objective_usd"], rel=1e-9)
    left = about["objective_usd"] - about["unavoidable_usd"]
    assert about["controllable_usd"] == pytest.approx(left)
    assert result.plan["by_offer_cost"].sum().item() == pytest.approx(about["cost_usd"], rel=1e-9)


def test_value_not_served_is_lost_value(result):
    """The share of value served and the lost value are two sides of the same sum."""
    about = result.plan.attrs
    assert about["lost_value_usd"] == pytest.approx(
        (1 - about["value_share"]) * about["demand_value_usd"], rel=1e-6
    )
    assert about["service"] <= about["value_share"] <= 1


def test_service_stands_equally_in_plan_and_trace(result):
    """Views may take the planned service from either group."""
    trace = result.trace
    assert trace.attrs["planned"] == result.plan.attrs["service"]
    assert trace["planned_by_pool"].sum().item() == pytest.approx(trace.attrs["planned"], rel=1e-6)
    assert trace["service_by_pool"].sum().item() == pytest.approx(trace.attrs["service"], rel=1e-9)
    assert (np.diff(trace["service_quantile"]) >= 0).all()


def test_the_fan_opens_upwards_and_the_plan_lies_below_what_came(result):
    """Quantiles rise, and demand planned at 10x a year is below the same process at 80x."""
    demand = result.demand
    assert (demand["fan"].diff("quantile") >= 0).all()
    assert (demand["planned"] < demand["expected"]).all()
    assert demand["probability"].values @ (demand["node_period"].values == 9) == pytest.approx(1.0)


def test_the_cost_stack_sums_to_the_unit_cost(result):
    """Parts of the cost add up, and drawn ranges hold the central cost of a satellite."""
    offers = result.offers
    known = offers["unit_cost_2030"].notnull()
    assert known.sum() == 6
    summed = offers["cost_stack"].sum("part", skipna=False)
    assert np.allclose(summed[known], offers["unit_cost_2030"][known], rtol=1e-12)
    orbit = offers.sel(option="ai1-group-2")
    assert orbit["unit_cost_2030_low"] < orbit["unit_cost_2030"] < orbit["unit_cost_2030_high"]
    assert np.isnan(orbit["unit_cost"])
    assert offers["unit_cost"].sel(option="colossus-1") == pytest.approx(3.25)


def test_subsystems_sum_to_the_satellite(result):
    """Masses add up to the launched mass, costs to the cost without launch."""
    satellite = result.satellite
    assert np.allclose(satellite["mass"].sum("part"), satellite["mass_total"], rtol=1e-9)
    assert np.allclose(satellite["cost"].sum("part"), satellite["cost_total"], rtol=1e-9)
    assert satellite["kw_per_t"].item() == pytest.approx(
        satellite["compute"].item() / satellite["mass_total"].item()
    )


def test_assumptions_read_as_the_file_writes_them(result):
    """Values stand with the unit of the file, not in SI."""
    rows = {str(p): i for i, p in enumerate(result.scenario["path"].values)}
    table = result.scenario.isel(assumption=rows["ground.sites.texas.power_price"])
    assert table["value"] == "50 USD/MWh"
    ranged = result.scenario.isel(assumption=rows["orbit.launch.price"])
    said = [str(ranged[x].values) for x in ("low", "value", "high")]
    assert said == ["25e6 USD/launch", "60e6 USD/launch", "160e6 USD/launch"]


def test_a_changed_value_is_shown_instead_of_the_files():
    """A number that was set after reading shows what was set, says so, and what the file says."""
    parts = tiny_run.parts()
    study = parts.study.set({"orbit.launch.payload_sso": "80 t/launch"})
    table = scenario_group(replace(parts, study=study))
    row = list(table["path"].values).index("orbit.launch.payload_sso")
    assert str(table["value"].values[row]) == "80000 kg/launch"
    assert str(table["evidence"].values[row]) == "changed"
    assert "80 t/launch" in str(table["reason"].values[row])
    assert table["change"].values.tolist() == ["orbit.launch.payload_sso"]
    assert table["change_was"].values.tolist() != [""]


def test_only_the_last_part_of_the_files_path_is_kept(result):
    """No folder of the machine gets into a result."""
    assert result.scenario.attrs["file"] == "tiny.yaml"
    assert result.scenario.attrs["text"] == tiny_run.parts().study.source.text
    assert result.scenario["source"].values.tolist()[0] == "tiny.yaml"


def test_the_ledger_holds_cited_rows_and_guesses_only(colossus):
    """Rows that neither the scenario nor an offer cites stay out; every guess has its reason."""
    table = ledger_group(colossus)
    keys = set(table["key"].values)
    assert "P050" in keys
    assert "S020" not in keys
    guesses = table.isel(row=np.flatnonzero(table["evidence"] == "guess"))
    assert guesses.sizes["row"] == scenario_group(colossus).attrs["guesses"] > 50
    assert (guesses["note"] != "").all()
    assert (guesses["central"] != "").all()


def test_a_ledger_row_gives_its_range_to_the_assumption(colossus):
    """A number written as a ledger key shows the row's central value, and the key as its origin."""
    table = scenario_group(colossus)
    row = list(table["path"].values).index("leases.colossus-1.power")
    assert str(table["origin"].values[row]) == "P040"
    assert str(table["value"].values[row]) == "300 MW"


def test_each_shell_says_what_its_satellites_do_in_shadow(colossus):
    """Every satellite offer of colossus says battery or shed, in a shell with the light it was closed for."""
    table = constellation_group(colossus)
    assert table.sizes["shell"] == 6
    offered = [o.name for o in colossus.inputs.supply.offers if o.unit == "satellite"]
    for design in table["design"].values:
        for shell in table["shell"].values:
            said = str(table["strategy"].sel(design=design, shell=shell).values)
            assert said in (("battery", "shed") if f"{design}-{shell}" in offered else ("",))
    assert np.allclose(table["sunlit_by_month"].mean("month"), table["sunlit_fraction"], atol=2e-3)


def test_options_are_named_by_site_or_by_their_offer(colossus):
    """A ground site's offers are one option under the site's label; a design is one group over its shells."""
    table = offers_group(replace(colossus, costs=tiny_run.parts().costs))
    assert str(table["option_label"].sel(option="texas").values).startswith("Texas")
    assert {"chips-texas", "build-texas", "queue-texas"} <= set(
        table["offer"].values[table["offer_option"].values == "texas"]
    )
    assert (
        table["offer_group"].values == "ai1"
    ).sum() == 4  # in two of the six shells no wall holds the dose


def test_equal_inputs_have_equal_fingerprints_and_others_do_not():
    """Seed, sizes, the firm-only switch and any number of the scenario change the fingerprint."""
    parts = tiny_run.parts()
    own = parts.study.fingerprint(parts.settings)
    again = scenarios.read("tiny")
    assert again.fingerprint(replace(parts.settings)) == own
    settings = parts.settings
    others = [replace(settings, **x) for x in ({"seed": 4}, {"leaves": 5}, {"paths": 6}, {"firm_only": True})]
    found = {again.fingerprint(x) for x in others}
    found |= {again.set({"finance.discount": "8.1 %/yr"}).fingerprint(settings), own}
    name, each = next(iter(again.flown.items()))
    heavier = replace(each.design, bus=replace(each.design.bus, mass=each.design.bus.mass * 1.01))
    found |= {replace(again, flown={name: replace(each, design=heavier)}).fingerprint(settings)}
    assert len(found) == 7


def test_the_run_folder_is_named_after_scenario_and_fingerprint(result):
    """Blanks and slashes of a scenario's name cannot lead out of the folder of runs."""
    sign = result.meta.attrs["fingerprint"][:4]
    assert run_folder(result).as_posix() == f"runs/tiny-{sign}"
    odd = tiny_run.changed(scenario=replace(tiny_run.parts().scenario, name="../my plan"))
    assert run_folder(odd, "out").as_posix().startswith("out/my-plan-")


def test_groups_are_attributes_of_a_result(result):
    """`result.plan` is a group, `result["plan/orders"]` a variable; other names raise."""
    assert result.plan["orders"].identical(result["plan/orders"])
    with pytest.raises(AttributeError, match="its groups are meta"):
        _ = result.plans
    with pytest.raises(KeyError):
        _ = result["plan/nothing"]


def test_a_name_outside_the_table_raises():
    """A variable that the table does not know, and one that is missing, are both refused."""
    with pytest.raises(ValueError, match="variables of /ledger"):
        dataset("ledger", {"kez": []}, {"recorded": "today"})
    names = [p.split("/")[1] for p in LABELS if p.startswith("study/")]
    with pytest.raises(ValueError, match="attributes of /study"):
        dataset("study", {name: [] for name in names}, {"extra": 1})


def test_a_result_without_thresholds_and_entries_is_still_whole():
    """Tables may be empty."""
    found = replace(tiny_run.parts().alternatives, entries=())
    empty = tiny_run.changed(thresholds=(), left_out=(), quality=(), sheets={}, alternatives=found)
    assert empty.study.sizes["threshold"] == 0
    assert empty.alternatives.sizes["entry"] == 0
    assert empty.satellite.sizes["satellite"] == 0
    assert empty.demand.sizes["check"] == 0


def test_the_assumptions_hold_the_numbers_of_the_satellites_flown(colossus):
    """Each design that the scenario flies stands in the table once, as its own file writes it."""
    table = scenario_group(colossus)
    rows = {str(path): i for i, path in enumerate(table["path"].values)}
    assert len(rows) == table.sizes["assumption"]
    assert {path.split(".")[1] for path in rows if path.startswith("satellites.")} == {
        "ai1-2026-06",
        "conservative",
    }
    power = table.isel(assumption=rows["satellites.ai1-2026-06.bus.power"])
    assert [str(power[x].values) for x in ("low", "value", "high")] == ["2 kW", "4 kW", "8 kW"]
    assert (str(power["origin"].values), str(power["reason"].values) != "") == ("guess", True)
    mass = table.isel(assumption=rows["satellites.conservative.payload.mass"])
    assert (str(mass["origin"].values), str(mass["value"].values)) == ("S030", "6 kg/kW")
