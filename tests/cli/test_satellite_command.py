"""`dawndusk satellite`: the sheet, its JSON, and its mistakes."""

import json
import re
from importlib.resources import files

import pytest

from dawndusk.cli import cli
from dawndusk.library.design import presets, read_design
from dawndusk.space.sheet import close_sheet

FOLDER = files("dawndusk") / "library" / "satellites"


@pytest.fixture
def call(capsys):
    """Run the command line; gives exit code, standard output and standard error."""

    def run(*words):
        code = cli.main(["satellite", *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_presets_are_listed(call):
    """Without a name all presets are listed, each with a line of its own."""
    code, out, _ = call()
    assert code == 0
    assert set(presets()) == {
        "ai1-2026-06",
        "ai1-later",
        "conservative",
        "mccalip",
        "starcloud-3",
        "starlink-v2-mini",
        "starlink-v3",
        "suncatcher-node",
    }
    assert all(any(line.startswith(name) for line in out.splitlines()) for name in presets())


@pytest.mark.parametrize("name", sorted(presets()))
def test_budget_as_json(call, name):
    """Every preset prints its closed budget, its verdict and the binding balance in words."""
    code, out, err = call(name, "--json")
    sheet = json.loads(out)
    assert (code, err) == (0, "")
    assert list(sheet)[:3] == ["format", "command", "version"]
    assert {"compute", "bus", "array_bol", "array_eol"} <= set(sheet["power_w"])
    assert {"array", "radiator"} == set(sheet["area_m2"])
    assert {"coolant", "radiator", "junction"} <= set(sheet["temperature_c"])
    assert sheet["kw_per_t"] == pytest.approx(sheet["power_w"]["compute"] / sheet["mass_kg"]["total"])
    assert sheet["cost_usd"]["total"] > 0
    assert sheet["life_yr"] == 5
    assert sheet["radiator_w_per_m2"] > 0
    assert isinstance(sheet["closes"], bool)
    assert sheet["binding"]
    low, middle, high = sheet["range"]["mass_kg"]
    assert low < middle < high


def test_june_sheet_is_out_of_limits_at_its_peak_only(call):
    """AI1 of June 2026 closes on average, heavier than claimed; held at its peak it is too hot."""
    sheet = json.loads(call("ai1-2026-06", "--json")[1])
    assert not sheet["closes"]
    out = {x["what"]: x for x in sheet["out_of_limits"]}
    assert set(out) == {"junction temperature at peak", "memory temperature at peak"}
    hot = out["junction temperature at peak"]
    assert (hot["unit"], hot["limit"]) == ("degC", pytest.approx(105.0))
    assert hot["value"] == sheet["temperature_c"]["junction_peak"]
    assert hot["by"] == pytest.approx(hot["value"] - hot["limit"])
    assert "out of limits at 4.25 t" in call("ai1-2026-06")[1]
    assert "t claimed" in sheet["binding"]
    assert sheet["mass_kg"]["total"] > 1.5 * 2143
    assert sheet["range"]["share_at_claimed_mass"] < 0.01


def test_later_sheet_does_not_close(call):
    """The later AI1 sheet fails: 45 degC coolant and hot chips on 160 m2, and 175 kW from 210 kW of array."""
    sheet = json.loads(call("ai1-later", "--json")[1])
    assert not sheet["closes"]
    assert "coolant" in sheet["binding"]
    assert "array power, begin of life: 175 kW" in sheet["binding"]
    failed = {c["name"] for c in sheet["checks"] if c["balance"] and not c["holds"]}
    assert {"coolant, inlet 45 degC", "array power, begin of life"} <= failed


@pytest.mark.parametrize("name", sorted(presets()))
def test_it_never_closes_out_of_limits(call, name):
    """`closes` is said exactly where nothing breaks its limit; what does is said with value, limit and by."""
    sheet = json.loads(call(name, "--json")[1])
    assert sheet["closes"] == (sheet["out_of_limits"] == [])
    assert all(x["by"] > 0 for x in sheet["out_of_limits"])


def test_the_bridge_is_printed(call):
    """JSON and screen walk from the satellite's own number to the planner's, line by line."""
    sheet = json.loads(call("ai1-2026-06", "--json")[1])
    own, planner = sheet["usd_per_h100e_h"], sheet["planner_usd_per_h100e_h"]
    assert own + sum(x["usd_per_h100e_h"] for x in sheet["bridge"]) == pytest.approx(planner, abs=1e-9)
    assert own == next(x["value"] for x in sheet["metrics"] if x["name"] == "compute")
    page = call("ai1-2026-06")[1]
    assert f"{planner:.3f}" in page
    assert "chips on sale at the order" in page


def test_a_satellite_of_many_launches_is_not_costed(call, tmp_path):
    """9.6 MW are refused for costing: by how much too heavy, and the largest that one launch lifts."""
    text = (FOLDER / "ai1-2026-06.yaml").read_text("utf-8")
    text = text.replace("average: {ledger: P018}", "average: 9.6 MW").replace(
        "peak: {ledger: P017}", "peak: 9.6 MW"
    )
    text = text.replace("area: {ledger: P020}", "area: 0 m2").replace("mass: 2.143 t", "mass: 0 t")
    path = tmp_path / "monolith.yaml"
    path.write_text(text, "utf-8")
    sheet = json.loads(call(str(path), "--json")[1])
    assert not sheet["closes"]
    assert {"mass on one Starship"} <= {x["what"] for x in sheet["out_of_limits"]}
    assert "one launch lifts has" in sheet["not_costed"]
    assert sheet["usd_per_h100e_h"] is None
    page = call(str(path))[1]
    assert "Not costed: one Starship carries" in page
    assert "closes at" not in page


def test_options(call):
    """Altitude and the answer to shadow can be changed from the command line."""
    sheet = json.loads(call("ai1-2026-06", "--altitude", "800 km", "--eclipse", "battery", "--json")[1])
    assert sheet["orbit"]["altitude_km"] == 800
    assert sheet["eclipse"] == "battery"
    assert sheet["battery_kwh"] > 50


@pytest.mark.parametrize("name", sorted(presets()))
def test_page_fits_a_screen(call, name):
    """The sheet is at most 80 wide, shows the verdict and no placeholder."""
    code, out, _ = call(name)
    assert code == 0
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "Verdict: " in out
    assert "nan" not in out.lower()


def test_unknown_preset(call):
    """An unknown name lists the presets and ends with exit code 2."""
    code, out, err = call("ai1", "--json")
    assert (code, out) == (2, "")
    row = json.loads(err)["errors"][0]
    assert row["read"] == "'ai1', neither a file nor a shipped name"
    assert all(name in row["expected"] for name in presets())


def test_altitude_needs_a_unit(call):
    """A bare altitude is refused with what to write."""
    code, _, err = call("ai1-2026-06", "--altitude", "650")
    assert code == 2
    assert "'650 km'" in err


def test_all_mistakes_of_a_file_at_once(call, tmp_path):
    """A file with three mistakes gets three problems, each with file, line and path."""
    text = (FOLDER / "ai1-2026-06.yaml").read_text("utf-8")
    text = text.replace("area: {ledger: P020}", "area: 110 kg").replace("  tank: 10 %", "  tanks: 10 %")
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    code, _, err = call(str(path), "--json")
    rows = json.loads(err)["errors"]
    assert code == 2
    assert {r["path"] for r in rows} == {"radiator.area", "body.tanks", "body.tank"}
    assert all(r["file"] == str(path) and r["line"] for r in rows)


IMPOSSIBLE = {
    "radiator colder than its sink": ("  junction: .*", "  junction: 0.12 K/W", "colder than its sink"),
    "array that never recharges": (
        "  area: 0 m2\n  areal",
        "  area: 300 m2\n  areal",
        "battery is never full",
    ),
    "shield heavier than all else": ("wall: 0 mm", "wall: 400 mm", "lighter than the satellite"),
    "dose beyond any wall": ("dose_limit: .*", "dose_limit: 0.1 krad", "krad"),
    "power out of nothing": ("areal_power: .*", "areal_power: 1190 W/m2", "energy balance of the array"),
    "nothing but structure": ("structure: .*", "structure: 60 %", "mass balance"),
    "battery that does not last": ("life: 5 yr", "life: 200 yr", "capacity balance of the battery"),
}


@pytest.mark.parametrize("words", [(), ("--json",)])
@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_impossible_design(call, tmp_path, words, case):
    """A design that nothing can close is refused: which balance, by how much, what to write instead."""
    pattern, new, said = IMPOSSIBLE[case]
    text, count = re.subn(pattern, new, (FOLDER / "starcloud-3.yaml").read_text("utf-8"))
    assert count
    if "structure" in new:
        text = (
            text.replace("margin: 0 %", "margin: 35 %")
            .replace("specific_impulse: {ledger: S036}", "specific_impulse: 50 s")
            .replace("tank: 10 %", "tank: 80 %")
        )
    path = tmp_path / "impossible.yaml"
    path.write_text(text, "utf-8")
    code, out, err = call(str(path), *words)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())
    assert "nan" not in err.lower()


def test_same_seed_same_numbers():
    """Two runs with one seed draw the same masses; another seed draws others."""
    first, again, other = (close_sheet(*read_design("ai1-2026-06"), seed=s).drawn["mass"] for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_file_may_cite_the_ledger(call, tmp_path):
    """`{ledger: KEY}` reads in a satellite file as in a scenario; a key that is none names the nearest."""
    text = (FOLDER / "ai1-2026-06.yaml").read_text("utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace("area: {ledger: P020}", "area: {ledger: P082}"), "utf-8")
    assert json.loads(call(str(path), "--json")[1])["area_m2"]["radiator"] == 160
    path.write_text(text.replace("area: {ledger: P020}", "area: {ledger: P0200}"), "utf-8")
    code, _, err = call(str(path), "--json")
    row = json.loads(err)["errors"][0]
    assert (code, row["path"]) == (2, "radiator.area")
    assert "P020" in row["write"]


@pytest.mark.parametrize("table", ["mass_kg", "cost_usd"])
def test_the_parts_of_a_budget_add_up_to_its_total(call, table):
    """Mass and cost by subsystem sum to the total that stands beside them."""
    parts = json.loads(call("ai1-2026-06", "--json")[1])[table]
    assert sum(v for k, v in parts.items() if k != "total") == pytest.approx(parts["total"], rel=1e-9)


@pytest.mark.parametrize("name", sorted(presets()))
def test_account_as_json(call, name):
    """Every preset prints cost, metrics with their boundaries, waterfall, carbon, links and ages."""
    sheet = json.loads(call(name, "--json")[1])
    assert all(m["boundary"] and m["unit"] for m in sheet["metrics"])
    names = [m["name"] for m in sheet["metrics"]]
    assert names[:3] == ["launched power", "capital without chips", "capital with chips"]
    assert names[3:] == [
        "electricity",
        "compute",
        "PFLOP-day",
        "million tokens",
        "net present value",
        "carbon",
    ]
    parts = {x["name"]: x["usd"] for x in sheet["cost_by_subsystem"]}
    assert {"array", "radiator", "structure", "launch", "loss", "disposal", "licence"} <= set(parts)
    platform = sheet["cost_usd"]["total"]
    fixed = ("launch", "loss", "losses", "gateways", "licence", "operations", "spectrum", "disposal")
    assert sum(v for k, v in parts.items() if k not in fixed) == pytest.approx(platform, rel=1e-9)
    assert sheet["carbon"]["orbit"]["launch_kg"] > 0
    if sheet["compute_h100e"] == 0:
        assert sheet["waterfall"] == []
        assert sheet["metrics"][4]["value"] is None
        assert sheet["delivered"] is None
        return
    stages = [row["h100e"] for row in sheet["waterfall"]]
    assert [row["stage"] for row in sheet["waterfall"]] == [
        "installed", "powered", "cooled", "healthy", "linked", "used",
    ]  # fmt: skip
    assert stages == sorted(stages, reverse=True)
    ages = sheet["delivered"]
    assert len(ages["age_yr"]) == len(ages["share"]) == len(ages["low"]) == len(ages["high"])
    words = {row["workload"]: row["words"] for row in sheet["links"]["workloads"]}
    assert "not limited" in words["text"]["one_site"]
    assert "limits it" in words["vector per token"]["one_site"]


def test_account_on_the_page(call):
    """The page shows what each metric counts, and the data centre beside the satellite."""
    out = " ".join(call("ai1-2026-06")[1].split())
    for text in (
        "Cost of one satellite in service",
        "launch only, per power at the chips",
        "Texas",
        "alumina",
    ):
        assert text in out


def test_unknown_workload(call):
    """An unknown workload is refused with the list of those known."""
    code, _, err = call("ai1-2026-06", "--workload", "poem", "--json")
    row = json.loads(err)["errors"][0]
    assert (code, row["path"], row["write"]) == (2, "--workload", "text")
    assert "vector per token" in row["expected"]


def test_a_scenario_that_is_none(call):
    """Terms from a scenario that does not exist are refused with those that do."""
    code, _, err = call("ai1-2026-06", "--scenario", "nowhere")
    assert code == 2
    assert "colossus" in err
