"""Numbers that stand in the code: facts and judgements have a reason in the ledger, the rest are settings."""

from __future__ import annotations

import ast
import importlib
from numbers import Real
from pathlib import Path

import numpy as np
import pytest

import dawndusk
from dawndusk import ledger

ROOT = Path(dawndusk.__file__).parent
LAYERS = ("physics", "economics", "supply", "demand", "operate", "study")

# How finely something is computed, drawn or shown, and names of things: no facts about the world.
SETTINGS = {
    "physics.sun": {"MILLENNIUM", "_LONGITUDE", "_LONGITUDE_SECULAR", "_DISTANCE", "_DISTANCE_MEAN"},
    "physics.satellite": {"ROUNDING"},
    "physics.orbit": {"LOWEST_ALTITUDE", "HIGHEST_ALTITUDE", "DEGREE", "MEAN_SUN_RATE"},
    "physics.eclipse": {"SAMPLES_PER_DAY", "TABLE_SAMPLES_PER_DAY"},
    "physics.shadow": {"NODES", "SUN_RANGE"},
    "supply.tables": {"PERIODS_PER_YEAR", "SECONDS_PER_PERIOD", "ROUNDING"},
    "demand.partition": {"NODES_PER_LEAF", "THRIFTY_FROM", "_TEN_YEARS", "_BEND", "_EARLIEST_LAST"},
    "demand.atoms": {"LEVELS", "_TAIL", "_GIVE", "_STRETCH"},
    "demand.quality": {"_LEVELS", "_ALLOWED"},
    "operate.dispatch": {"MOST_STREAMS"},
    "operate.simulation": {"SUBSYSTEM", "BLOCK", "MET"},
    "operate.service": {"YEAR", "LEVELS"},
    "operate.flows": {"CLOSE"},
    "operate.environment": {"MONTHS"},
    "study.costs": {"TAILS"},
    "study.result_outputs": {"TAILS"},
    "study.result_inputs": {"FAN", "NOWHERE"},
    "study.satellite": {"DRAWS", "TAILS"},
    "study.posing": {"SAMPLED", "STRATUM", "TREE_PATHS", "FRESH_PATHS"},
    "study.needs": {"PATHS"},
    "study.formats.netcdf": {"LARGE"},
    "study.draw": {"_SUBSYSTEM"},
    "study.scenario": {"_LARGEST"},
    "study.run": {"LEAVES", "PATHS", "SEED", "COST_DRAWS"},
    "study.checks": {"_SLACK", "_PERIODS"},
}


def assigned(path: Path) -> set[str]:
    """Names in capitals that a module assigns at its top."""
    names: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else getattr(node, "target", None)
        for target in targets if isinstance(targets, list) else [targets]:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            names |= {p.id for p in parts if isinstance(p, ast.Name) and p.id.isupper()}
    return names


def numeric(value: object) -> bool:
    """Whether a value is a number or is made of numbers."""
    if isinstance(value, dict):
        return bool(value) and all(map(numeric, value.values()))
    if isinstance(value, tuple | list):
        return bool(value) and all(map(numeric, value))
    return isinstance(value, np.ndarray) or (isinstance(value, Real) and not isinstance(value, bool))


def numbers_in_code() -> dict[str, object]:
    """Module and name -> value, of every number that a module of these layers names."""
    found: dict[str, object] = {}
    for path in sorted(p for layer in LAYERS for p in (ROOT / layer).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name in assigned(path):
            value = getattr(importlib.import_module(f"dawndusk.{module}"), name)
            if numeric(value):
                found[f"{module}.{name}"] = value
    return found


def test_every_number_in_the_code_is_a_setting_or_has_a_reason() -> None:
    """A number named in a module is in the list of settings, or the ledger says why it is what it is."""
    settings = {f"{module}.{name}" for module, names in SETTINGS.items() for name in names}
    reasons = {r.path.removeprefix("code.") for r in ledger.reasons("code")}
    found = set(numbers_in_code())
    assert found - settings - reasons == set()
    assert (settings | reasons) - found == set()
    assert settings & reasons == set()


@pytest.mark.parametrize("reason", ledger.reasons("code"), ids=lambda r: r.path)
def test_the_code_says_what_the_ledger_says(reason: ledger.Reason) -> None:
    """The value in the module is the one in the reason's row."""
    module, name = reason.path.removeprefix("code.").rsplit(".", 1)
    value = getattr(importlib.import_module(f"dawndusk.{module}"), name)
    assert value == pytest.approx(float(reason.factor), rel=1e-12)


def test_constants_of_nature_name_their_source() -> None:
    """Each constant stands on a line with its unit and its source."""
    text = (ROOT / "core" / "constants.py").read_text("utf-8")
    lines = [line for line in text.splitlines() if ": Final = " in line]
    assert len(lines) > 12
    assert [line for line in lines if len(line.partition("  # ")[2]) < 8] == []
