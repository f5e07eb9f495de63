"""Numbers that stand in the code: facts and judgements are rows of numbers.csv, the rest are settings."""

from __future__ import annotations

import ast
import csv
import importlib
from numbers import Real
from pathlib import Path

import numpy as np

import dawndusk
from dawndusk import ledger
from dawndusk.core.compiled import kernel_sources
from dawndusk.core.numbers import SOURCE, all_numbers

ROOT = Path(dawndusk.__file__).parent
LAYERS = ("physics", "economics", "supply", "demand", "operate", "formats", "library", "space", "study")
FORMATION = [path for path in (ROOT / "validation" / "formation").glob("*.py") if path.stem != "cluster"]

# How finely something is computed, drawn or shown, and names of things: no facts about the world.
SETTINGS = {
    "study.counts": {"MOST"},
    "space.orbit": {"DAWN_DUSK"},
    "economics.carbon": {"METHANE_CO2"},  # molar masses
    "physics.network.workload_traffic": {"BITS"},
    "physics.motion.sun": {"MILLENNIUM", "_LONGITUDE", "_LONGITUDE_SECULAR", "_DISTANCE", "_DISTANCE_MEAN"},
    "physics.spacecraft.closure": {"ROUNDING"},
    "physics.spacecraft.conditions": {"ARCS"},
    "physics.spacecraft.balances": {"LEAST_FLUX"},
    "physics.motion.orbit": {"LOWEST_ALTITUDE", "HIGHEST_ALTITUDE", "DEGREE", "MEAN_SUN_RATE"},
    "physics.environment.atmosphere": {
        "LOWEST",
        "HIGHEST",
        "GRID_STEP",
    },
    "physics.environment.drag": {"ANOMALIES", "ELLIPTIC_STEPS"},
    "physics.environment.flux": {"ARCS"},
    "library.filing": {"STAND_IN"},
    "validation.formation.motion": {"ANGLES", "MOST"},
    "validation.formation.oblate_paths": {"PRECISION"},
    "physics.motion.precession": {
        "_ARCSECOND",
        "_ZETA",
        "_Z",
        "_THETA",
        "_NODE",
        "_SUN",
        "_MOON",
        "_ALONG",
        "_ACROSS",
        "_OBLIQUITY",
    },
    "physics.motion.sgp4_fit": {"CLOSE", "MOST_STEPS", "BLOCK"},
    "physics.motion.sgp4_orbits": {"_ITERATIONS", "_J2000_JULIAN", "_SGP4_JULIAN", "_MINUTE", "_KM"},
    "space.constellation.catalogue": {"SHOWN"},
    "space.constellation.shells": {"LEAST", "LEAST_IN_PLANE"},
    "formats.czml": {"_COLOURS", "_SPEED", "_DEGREE", "_PATH_ALPHA", "_POINT"},
    "formats.elements_table": {"ROW_GROUP"},
    "formats.instants": {"_MICRO"},
    "formats.oem": {"_KM", "_DEGREE"},
    "formats.omm.read": {"_DEGREE", "_LARGEST"},
    "formats.proposals": {"LONGEST"},
    "formats.reading": {"REV_PER_DAY"},
    "formats.tle": {"COLUMNS", "_CENTURY", "LARGEST_NUMBER"},
    "physics.network.latency": {"LARGEST", "MATRIX"},
    "physics.network.network": {"BLOCK"},
    "physics.network.ground_stations": {"FLATTENING", "BLOCK"},
    "physics.network.topology": {"_TIE"},
    "physics.network.reduced_network": {"FEWEST", "_UNEVEN"},
    "space.cities": {"CITIES"},
    "physics.environment.trapped": {
        "MEV",
        "FLUX",
        "HIGHEST_ENERGY",
        "HIGHEST",
        "LOWEST",
        "FLOOR",
        "NOTHING",
        "ARGUMENTS",
        "BLOCK",
        "THRESHOLDS",
    },
    "physics.environment.dose": {"PROTON_MASS", "KRAD", "THINNEST", "THICKEST", "STEPS", "TURNS", "WIDENS"},
    "physics.motion.layout": {"DUSK", "_TURN", "_GOLDEN"},
    "physics.light.sunlight": {"STRIPS", "SAMPLES_PER_DAY", "CHUNK"},
    "physics.light.local_time": {"SPREAD_SAMPLES_PER_DAY", "SPREAD_NODES", "STEP"},
    "space.constellation.fleet": {
        "YEAR",
        "FIRST_NUMBER",
        "MOST_ECCENTRIC",
        "OLD_YEARS",
        "DAWN_DUSK_SLACK",
        "HIGHEST_SYNCHRONOUS",
    },
    "space.constellation.environment": {"SHIELDS", "CEILING", "SPREAD_LIMIT", "FOLLOWED"},
    "space.constellation.snapshot": {"SHOWN"},
    "space.constellation.export": {"STEPS", "SAMPLE", "FIRST_IN_TLE"},
    "physics.motion.secular": {"LONGEST", "SOLVED", "MOST_STEPS"},
    "physics.motion.sincos": {"SINE", "COSINE"},
    "physics.motion.orbit_kernels": {
        "CIRCULAR",
        "NEARLY_CIRCULAR",
        "ECCENTRIC",
        "LIMITS",
        "AXIS",
        "COSINE_TILT",
        "SINE_TILT",
        "NODE",
        "NODE_RATE",
        "PHASE",
        "PHASE_RATE",
        "ECCENTRICITY",
        "FLATNESS",
        "PERIGEE",
        "PERIGEE_RATE",
        "BLOCK",
        "LIMB",
        "INVERSE_PI",
    },
    "physics.motion.propagation": {"EVEN"},
    "supply.satellite": {"EVEN_PLANES"},
    "physics.traffic.proximity": {"MOST_PAIRS", "SAMPLE"},
    "physics.traffic.crossings": {"NODES", "SIGMAS", "FLAT"},
    "physics.traffic.drifts": {"FINE", "COARSE", "BEARINGS", "PER_SPREAD", "CHUNK"},
    "physics.traffic.meetings": {"ROWS", "NEAR", "PAIRS", "MOST_AHEAD", "FALLS"},
    "physics.traffic.encounters": {"FURTHEST"},
    "physics.traffic.phasing": {"STEPS"},
    "physics.traffic.collisions": {"LOWEST_DEBRIS", "HIGHEST_DEBRIS"},
    "space.constellation.traffic": {"NEAR", "CLOSE"},
    "physics.network.contact": {"NODES"},
    "physics.network.downlink": {"ENOUGH"},
    "physics.spacecraft.cells": {"TECHNOLOGIES"},
    "physics.spacecraft.cell_damage": {"STEPS", "DAMAGE"},
    "physics.spacecraft.wing": {"STEPS"},
    "physics.spacecraft.battery_life": {"STEPS", "CHEMISTRIES", "_FIELDS"},
    "physics.spacecraft.shadow_calendar": {"LEVELS"},
    "physics.spacecraft.shielding": {"GRID"},
    "physics.spacecraft.hazards": {"NODES", "CROWDED", "NEVER"},
    "physics.spacecraft.health": {"PATHS", "MOST_BATCHES", "QUARTER", "HALVINGS", "LARGEST_RADIATOR"},
    "physics.spacecraft.spares": {"MOST_PARTS", "NOTHING"},
    "physics.spacecraft.upset_losses": {"LONGEST"},
    "physics.spacecraft.thermal": {
        "SAME_ROOT",
        "SAME_EFFICIENCY",
        "SMALLEST_EFFICIENCY",
        "ROOT_STEPS",
        "FIN_STEPS",
        "LIMIT_STEPS",
        "COLDEST",
    },
    "physics.spacecraft.surroundings": {"EDGE_ON"},
    "physics.spacecraft.transient": {"SUNLIT_STEPS", "SHADOW_STEPS", "FIRST", "SECOND", "ROUNDS"},
    "space.account.account": {"DRAWS", "TAILS", "SIZES", "SMALLEST_SHARE"},
    "space.design.frame": {"LEVELS"},
    "space.design.as_json": {"WARM", "SHORT"},
    "space.design.search": {
        "SAMPLE",
        "POPULATION",
        "GENERATIONS",
        "FEW_GENERATIONS",
        "LOOKS",
        "AROUND",
        "WIDEST",
        "CLOSEST",
        "REFUSED",
        "LOGARITHMIC",
    },
    "space.design.choice": {"WEIGHTS", "WORTH", "FRONT", "STEP", "BINDS", "SIZES", "ALTITUDES"},
    "supply.bridge": {"NOTHING"},
    "supply.tables": {"PERIODS_PER_YEAR", "SECONDS_PER_PERIOD", "ROUNDING"},
    "demand.partition": {"NODES_PER_LEAF", "THRIFTY_FROM", "_TEN_YEARS", "_BEND", "_EARLIEST_LAST"},
    "demand.atoms": {"LEVELS", "_TAIL", "_GIVE", "_STRETCH"},
    "demand.quality": {"_LEVELS", "_ALLOWED"},
    "operate.dispatch": {"MOST_STREAMS"},
    "operate.simulation": {"BLOCK", "MET"},
    "operate.service": {"YEAR", "LEVELS"},
    "operate.flows": {"CLOSE"},
    "operate.environment": {"MONTHS"},
    "supply.option_cost": {"TAILS"},
    "study.result.found": {"TAILS", "SHIELD"},
    "study.result.given": {"FAN", "NOWHERE"},
    "space.sheet": {"DRAWS", "TAILS", "DRIFTING"},
    "study.instance": {"SAMPLED", "STRATUM"},
    "study.orbit_thresholds": {"PATHS"},
    "study.result.file": {"LARGE"},
    "library.find": {"LARGEST"},
    "study.run": {"LEAVES", "PATHS", "SEED", "COST_DRAWS", "LONGEST_LABEL"},
    "study.result.result": {"LONGEST"},
    "study.evaluate": {"SEED"},
    "library.checks": {"_SLACK", "_PERIODS"},
}


def assignments(path: Path) -> dict[str, ast.expr | None]:
    """Names in capitals that a module assigns at its top, and what each is."""
    found: dict[str, ast.expr | None] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            names = [p.id for p in parts if isinstance(p, ast.Name) and p.id.isupper()]
            found |= dict.fromkeys(names, getattr(node, "value", None))
    return found


def numeric(value: object) -> bool:
    """Whether a value is a number or is made of numbers."""
    if isinstance(value, dict):
        return bool(value) and all(map(numeric, value.values()))
    if isinstance(value, tuple | list):
        return bool(value) and all(map(numeric, value))
    return isinstance(value, np.ndarray) or (isinstance(value, Real) and not isinstance(value, bool))


def taken(tree: ast.AST) -> set[str]:
    """Rows of numbers.csv that a piece of code takes: ``number("name")``."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "number"]
    return {str(c.args[0].value) for c in calls if isinstance(c.args[0], ast.Constant)}


def written_in_code() -> set[str]:
    """Module and name of every number that a module of these layers names and does not take from a row."""
    found = set()
    for path in sorted([p for layer in LAYERS for p in (ROOT / layer).rglob("*.py")] + FORMATION):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name, value in assignments(path).items():
            plain = value is None or not taken(value)
            if plain and numeric(getattr(importlib.import_module(f"dawndusk.{module}"), name)):
                found.add(f"{module}.{name}")
    return found


def test_every_number_in_the_code_is_a_setting_or_a_row() -> None:
    """A number named in a module is in the list of settings, or is taken from its row: number("name")."""
    settings = {f"{module}.{name}" for module, names in SETTINGS.items() for name in names}
    assert written_in_code() ^ settings == set()


def test_every_row_is_used() -> None:
    """Each number of the world is taken by code somewhere, and what code takes is a row."""
    used = set().union(*(taken(ast.parse(p.read_text("utf-8"))) for p in ROOT.rglob("*.py")))
    assert used ^ set(all_numbers()) == set()


def test_rows_are_sound() -> None:
    """Rows stand in order, each once, inside its range, with known evidence and keys and a reason."""
    with SOURCE.open(newline="", encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert names == sorted(set(names))
    kinds = {*ledger.EVIDENCE.values(), "guess", "choice"}
    for row in all_numbers().values():
        assert row.low <= row.value <= row.high, row.name
        assert row.evidence in kinds, row.name
        assert row.reason, row.name
        assert set(row.basis) <= set(ledger.entries()), row.name


def test_no_kernel_takes_a_row() -> None:
    """Machine code is kept by the hash of sources, so no module with a kernel takes a row."""
    assert [p for p in kernel_sources() if taken(ast.parse(p.read_text("utf-8")))] == []


def test_constants_of_nature_name_their_source() -> None:
    """Each constant stands on a line with its unit and its source."""
    text = (ROOT / "core" / "constants.py").read_text("utf-8")
    lines = [line for line in text.splitlines() if ": Final = " in line]
    assert len(lines) > 12
    assert [line for line in lines if len(line.partition("  # ")[2]) < 8] == []
