"""McCalip's calculator "Economics of Orbital vs Terrestrial Data Centers", restated, and put right.

`exact` computes what the public page of December 2025 computes, errors included (andrewmccalip/thoughts,
commit e59571e, static/js/math.js); `corrected` changes what is wrong by its own premises and nothing else:
the view factor of its heat balance and the costs that its break-even forgets. All units are the page's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

import numpy as np

from dawndusk.core.errors import Problem, UserError
from dawndusk.physics.environment.earth import earth_view
from dawndusk.validation.row import Row

# Constants of the page (peers' values, kept as they are).
HOURS: Final = 8760.0
STARLINK_ARRAY_M2, STARLINK_KW = 116.0, 27.0
STARSHIP_KG: Final = 100_000.0
OPERATIONS: Final = 0.01  # 1/yr, share of hardware
SUNLIGHT, EARTH_IR, ALBEDO, SPACE_K = 1361.0, 237.0, 0.30, 3.0
EARTH_KM: Final = 6371.0
SIGMA: Final = 5.67e-8
CELSIUS: Final = 273.15
TURBINE_USD_PER_KW: Final = 1800.0
BUILDING_USD_PER_W: Final = 5.25 + 3.0 + 2.5 + 1.75  # electrical, mechanical, civil, network
BACKSIDE: Final = 0.05  # of the nadir view, seen by a face that looks away
POINTS: Final = 72  # of the orbit in its heat balance
# Where the numbers make sense at all; its sliders are narrower.
LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "years": (1, 50),
    "target_gw": (1e-3, 1e5),
    "launch_usd_per_kg": (0, 1e6),
    "satellite_usd_per_w": (0, 1e5),
    "specific_power_w_per_kg": (0.1, 1e5),
    "satellite_kw": (0.1, 1e7),
    "sun_fraction": (0.01, 1),
    "cell_degradation_pct": (0, 99),
    "gpu_failure_pct": (0, 100),
    "nre_musd": (0, 1e7),
    "pue": (1, 10),
    "gas_usd_per_mmbtu": (0, 1e3),
    "heat_rate_btu_per_kwh": (3412, 1e5),
    "capacity_factor": (0.01, 1),
    "altitude_km": (150, 50000),
    "beta_deg": (0, 90),
    "solar_absorptivity": (0, 1),
    "emissivity_pv": (0, 1),
    "emissivity_rad": (0.01, 1),
}


@dataclass(frozen=True, kw_only=True)
class PageSettings:
    """The page's sliders at their defaults; names end with the page's units."""

    years: float = 5
    target_gw: float = 1.0
    launch_usd_per_kg: float = 500.0
    satellite_usd_per_w: float = 22.0
    specific_power_w_per_kg: float = 36.5
    satellite_kw: float = 27.0
    sun_fraction: float = 0.98
    cell_degradation_pct: float = 2.5
    gpu_failure_pct: float = 9.0
    nre_musd: float = 1000.0
    pue: float = 1.2
    gas_usd_per_mmbtu: float = 4.30
    heat_rate_btu_per_kwh: float = 6200.0
    capacity_factor: float = 0.85
    altitude_km: float = 550.0
    beta_deg: float = 90.0
    solar_absorptivity: float = 0.92
    emissivity_pv: float = 0.85
    emissivity_rad: float = 0.90


def settings(changes: Mapping[str, str]) -> PageSettings:
    """The sliders with some changed from text.

    Raises
    ------
    UserError
        With every unknown name, text that is no number, and value out of range.
    """
    known = [f.name for f in fields(PageSettings)]
    problems, values = [], {}
    for name, text in changes.items():
        if name not in known:
            problems.append(_problem(name, name, f"one of {', '.join(known)}", "launch_usd_per_kg=1000"))
            continue
        low, high = LIMITS[name]
        whole = name == "years"
        wanted = f"{'a whole number' if whole else 'a number'} from {low:g} to {high:g}"
        example = f"{name}={getattr(PageSettings(), name):g}"
        try:
            value = float(text)
        except ValueError:
            problems.append(_problem(name, text, wanted, example))
            continue
        if not low <= value <= high or (whole and value != int(value)):
            problems.append(_problem(name, text, wanted, example))
        values[name] = value
    if problems:
        raise UserError(*problems)
    return replace(PageSettings(), **values)


def _problem(name: str, read: str, expected: str, write: str) -> Problem:
    return Problem(path=f"--set {name}", read=read, expected=expected, write=f"--set {write}")


def mean_capacity(years: float, degradation_pct: float) -> float:
    """Mean power over the years per initial power, as cells degrade year by year."""
    kept = 1.0 - degradation_pct / 100.0
    return float(np.mean(kept ** np.arange(int(years))))


def orbital(s: PageSettings) -> dict[str, float]:
    """Costs and sizes of the fleet in orbit."""
    target = s.target_gw * 1e9
    wanted = target / (mean_capacity(s.years, s.cell_degradation_pct) * s.sun_fraction)
    each = s.satellite_kw * 1000.0
    count = math.ceil(wanted / each)
    mass = count * (each / s.specific_power_w_per_kg)
    hardware = s.satellite_usd_per_w * count * each
    total = (
        hardware
        + s.launch_usd_per_kg * mass
        + OPERATIONS * hardware * s.years
        + s.gpu_failure_pct / 100.0 * hardware * s.years
        + s.nre_musd * 1e6
    )
    energy = target / 1e6 * s.years * HOURS
    return {
        "total_usd": total,
        "usd_per_w": total / target,
        "lcoe_usd_per_mwh": total / energy,
        "satellites": count,
        "mass_kg": mass,
        "array_km2": count * STARLINK_ARRAY_M2 * (s.satellite_kw / STARLINK_KW) / 1e6,
        "launches": math.ceil(mass / STARSHIP_KG),
    }


def ground(s: PageSettings) -> dict[str, float]:
    """Costs of the gas plant and building on the ground."""
    target = s.target_gw * 1e9
    capital = (TURBINE_USD_PER_KW * s.pue / 1000.0 + BUILDING_USD_PER_W) * target
    energy = target / 1e6 * s.years * HOURS * s.capacity_factor
    fuel = s.heat_rate_btu_per_kwh * s.gas_usd_per_mmbtu / 1000.0 * energy * s.pue
    total = capital + fuel
    return {"total_usd": total, "usd_per_w": total / target, "lcoe_usd_per_mwh": total / energy}


def breakeven_shown(s: PageSettings) -> float:
    """Launch price at which the page says both cost the same, USD/kg: it forgets three of five costs."""
    wanted = s.target_gw * 1e9 / (mean_capacity(s.years, s.cell_degradation_pct) * s.sun_fraction)
    left = ground(s)["total_usd"] - s.satellite_usd_per_w * wanted
    return left / (wanted / s.specific_power_w_per_kg)


def breakeven_true(s: PageSettings) -> float:
    """Launch price at which its own two totals are equal, USD/kg."""
    fleet = orbital(replace(s, launch_usd_per_kg=0.0))
    return (ground(s)["total_usd"] - fleet["total_usd"]) / fleet["mass_kg"]


def views_shown(s: PageSettings) -> tuple[float, float]:
    """Mean view factors of both faces to the Earth as the page has them."""
    nadir = (EARTH_KM / (EARTH_KM + s.altitude_km)) ** 2
    around = np.arange(POINTS) / POINTS * 2.0 * np.pi
    cosine = np.cos(s.beta_deg * np.pi / 180.0) * np.cos(around)
    faces = (np.where(c > 0, nadir * c, BACKSIDE * nadir).mean() for c in (cosine, -cosine))
    front, back = (float(x) for x in faces)
    return front, back


def views_true(s: PageSettings) -> tuple[float, float]:
    """The same with the exact view factor of a tilted plate (`physics.environment.earth.earth_view`)."""
    around = (np.arange(360) + 0.5) / 360 * 2.0 * np.pi
    cosine = np.cos(np.deg2rad(s.beta_deg)) * np.cos(around)
    tilts = (np.arccos(c) for c in (cosine, -cosine))
    faces = (np.mean(earth_view(s.altitude_km, t, radius=EARTH_KM)) for t in tilts)
    front, back = (float(x) for x in faces)
    return front, back


def equilibrium(s: PageSettings, views: tuple[float, float]) -> float:
    """Temperature of array and radiator back to back, degC, with given view factors of the two faces."""
    front, back = views
    absorbed = (
        SUNLIGHT * s.solar_absorptivity
        + EARTH_IR * (front * s.emissivity_pv + back * s.emissivity_rad)
        + SUNLIGHT * ALBEDO * front * math.cos(math.radians(s.beta_deg)) * s.solar_absorptivity
    )
    fourth = absorbed / (SIGMA * (s.emissivity_pv + s.emissivity_rad)) + SPACE_K**4
    return float(fourth**0.25 - CELSIUS)


def outputs(s: PageSettings) -> dict[str, dict[str, Any]]:
    """All outputs at some settings: ``exact`` as the page, ``corrected`` with its two errors mended."""
    both = {"orbital": orbital(s), "ground": ground(s)}
    return {
        "exact": both
        | {
            "thermal": {"equilibrium_c": equilibrium(s, views_shown(s))},
            "breakeven_usd_per_kg": breakeven_shown(s),
        },
        "corrected": both
        | {
            "thermal": {"equilibrium_c": equilibrium(s, views_true(s))},
            "breakeven_usd_per_kg": breakeven_true(s),
        },
    }


def inputs(s: PageSettings) -> dict[str, float]:
    """The settings by name."""
    return asdict(s)


CASE: Final = "mccalip"
STORIES: Final = {
    CASE: (
        "McCalip's page (December 2025, cited by The Economist in March 2026) puts 1 GW for five years at "
        "51.1 billion USD in orbit against 15.9 on the ground. Our restatement gives every output of it, "
        "digit for digit. Two of them are wrong by its own premises: an edge-on plate sees twelve times "
        "more of the Earth than it assumes, so that the array is 6.3 K warmer, and its break-even launch "
        "price leaves out operations, replaced chips and engineering: it is not -264 but -699 USD/kg "
        "(both below zero: with its satellite price no launch is cheap enough). Left as they are, being "
        "choices and no slips: sunlight as a slider (a dawn-dusk orbit at 560 km has 95.3 %, not 98), no "
        "discounting, a building paid off in five years, no radiators, chips replaced without launching "
        "them."
    ),
}
SOURCE: Final = "A. McCalip, thoughts, commit e59571e (Dec 2025), run at its defaults with Node 20"
PUBLISHED: Final[Mapping[str, tuple[float, str]]] = {
    "orbital.total_usd": (51095348397.26028, "USD"),
    "orbital.usd_per_w": (51.095348397260274, "USD/W"),
    "orbital.lcoe_usd_per_mwh": (1166.5604656908738, "USD/MWh"),
    "orbital.satellites": (39731, "satellite"),
    "orbital.mass_kg": (29390054.79452055, "kg"),
    "orbital.array_km2": (4.608796, "km2"),
    "orbital.launches": (294, "launch"),
    "ground.total_usd": (15851062160.0, "USD"),
    "ground.usd_per_w": (15.85106216, "USD/W"),
    "ground.lcoe_usd_per_mwh": (425.76046629062586, "USD/MWh"),
    "thermal.equilibrium_c": (62.5995380282601, "degC"),
    "breakeven_usd_per_kg": (-263.65720555455283, "USD/kg"),
}
MENDED: Final = {
    "thermal.equilibrium_c": "the view factor of an edge-on plate to the Earth is (theta - sin(2 theta)/2)"
    "/pi = 0.2578 at 550 km for each face; the page has 0.05 of the nadir view on half of the orbit, 0.0212",
    "breakeven_usd_per_kg": "the page compares the ground's total with hardware and launch alone; operations "
    "(1 %/yr), replaced chips (9 %/yr) and engineering (1,000 MUSD) belong to its own total in orbit",
}


def _at(tree: Mapping[str, Any], path: str) -> float:
    for part in path.split("."):
        tree = tree[part]
    return float(tree)  # type: ignore[arg-type]


def rows() -> list[Row]:
    """Every output at the defaults, as published, and the two that are wrong once more, corrected."""
    found = outputs(PageSettings())
    made = [
        Row(
            case=CASE,
            quantity=path,
            unit=unit,
            published=value,
            ours=_at(found["exact"], path),
            allowed=1e-9 * abs(value),
            why="the same formulas in double precision: equal to rounding (1e-9)",
            source=SOURCE,
        )
        for path, (value, unit) in PUBLISHED.items()
    ]
    return made + [
        Row(
            case=CASE,
            quantity=f"{path}, corrected",
            unit=PUBLISHED[path][1],
            published=PUBLISHED[path][0],
            ours=_at(found["corrected"], path),
            allowed=1e-9 * abs(PUBLISHED[path][0]),
            why=why,
            source=SOURCE,
            refuted=True,
        )
        for path, why in MENDED.items()
    ]
