"""All cases, by key: where each is computed and what it is about."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import MappingProxyType, ModuleType
from typing import Final

from dawndusk.core.errors import problem
from dawndusk.validation.row import Row

# Topic -> module of this package with `STORIES` (case -> what it is about) and `rows()` -> case -> headline.
# Kept here, and held against the modules by a test, so that one case loads one module.
_CASES: Final[dict[str, dict[str, dict[str, str]]]] = {
    "Satellites and money": {
        "mccalip": {"mccalip": "51.1 against 15.9 BUSD; two slips mended"},
        "launched_power": {"suncatcher-launch": "Launch alone: 810 USD/kW/yr at 200 USD/kg"},
        "starcloud": {
            "starcloud-radiator": "633 W/m2; with the Earth's infrared 585",
            "starcloud-40mw": "8.2 MUSD in orbit against 167: sums right",
            "starcloud-5gw": "4 km x 4 km give 4.3 GW, not 5",
        },
        "ai1": {"ai1-closure": "AI1 is no 2.1 t; 70 kW/t is its array's"},
        "starship": {
            "starship-orbit": "100 t to orbit: 40 to 95 t to AI1's",
            "suncatcher-starship": "460, 60, 15 USD/kg by number of flights",
        },
        "economics": {
            "semianalysis-2026": "10.91 against 2.49 USD per GPU-hour",
            "novaspace-2026": "46 against 17 BUSD for a gigawatt",
            "angadh-launches": "40 MW in 22 launches, 13 for radiators",
            "spacedc-mdao": "18.7 times the ground, in the wrong orbit",
            "economist-2026": "11 to 16.7 BUSD for 1 GW in orbit",
            "dirty-bits": "Ten times the carbon of the ground",
        },
    },
    "Filings": {
        "filed_shells": {
            "spacex-filing": "A million satellites, table by table",
            "blue-origin-filing": "51,600 satellites: planes and spacing",
        },
        "spacex": {"spacex-disposal": "50 m/s: no controlled re-entry anywhere"},
    },
    "Heat, power, failures": {
        "radiators": {
            "iss-eatcs": "70 kW on 156 m2: they are 475",
            "iss-pvr": "14 kW on 42 m2, and ten years of debris",
            "ai1-heat": "1,400 W/m2 and 45 degC at the inlet",
            "ai1-bounds": "337 and 353 K by orbital-thermal-bounds",
            "iscr-panel": "Cells, computer and radiator in one panel",
        },
        "power": {
            "suncatcher-array": "28 kW of a Starlink V2 mini, as a rating",
            "mccalip-array": "27 kW on 116 m2: 17 %, elsewhere 22 %",
            "ai1-array": "250 W/m2 new; 88 kW of 120 after 5 years",
            "starcloud-array": "1,000 W/kg: bare silicon, not a wing",
            "flown-arrays": "28 and 59 W/kg, flown",
        },
        "reliability": {
            "starlink-attrition": "1 % a year: first years only",
            "starlink-lost-launches": "Two of 218 launches lost their load",
            "gpus-in-orbit": "GPU failures on the ground times 1.3 to 3",
            "disks-in-orbit": "Nine of twenty disks in 615 days",
        },
    },
    "Links and neighbours": {
        "optics": {
            "suncatcher-link": "1.6 uW at 5,000 km, 9.6 Tbit/s when near",
            "kuiper-630": "Hypatia's round trips, to a microsecond",
        },
        "communication": {
            "starlink-lasers": "42 PB a day over 9,000 lasers",
            "tbird-downlink": "200 Gbit/s at the top, 1 over a year",
            "ai1-link": "What 1 Tbit/s carry, workload by workload",
            "suncatcher-traffic": "10 Tbit/s needed: for what is not said",
            "spacedc-traffic": "Bits moved for each operation",
        },
        "formation.cluster": {
            "suncatcher-cluster": "81 satellites within 1 km, and J2",
            "relative-motion": "Schweighart & Sedwick, integrated",
        },
        "neighbours": {
            "random-shell": "Pairs of random satellites, counted",
            "pairs-at-instants": "Pairs of the filing at instants",
            "kinetic-limit": "Satellites as a gas: n sigma v",
            "screening-10000": "10,000 satellites, pair by pair",
            "screening-slots": "The same, holding their phases",
        },
    },
    "Light, orbits, air": {
        "shadows": {
            "filing-99-percent": "Sun for more than 99 %: no group of it",
            "eclipse-ephemeris": "A year of shadows under DE421",
            "eclipse-sample": "One orbit a day, as noted before",
            "sso-inclination": "Sun-synchronous inclination by brahe",
        },
        "propagators": {
            "sun-synchronous": "Once around in a tropical year",
            "j2-secular": "How far J2's secular theory strays",
        },
        "radiation": {
            "suncatcher-radiation": "Dose at 650 km, Google's proton tests",
            "trapped-particles": "AP8 and AE8 along two days of track",
            "spenvis-550": "Doses at 550 km by SPENVIS",
            "spenvis-altitude": "Doses from 500 to 2,000 km by SPENVIS",
        },
        "decay": {
            "spacex-letter": "A dead satellite down in 1.2 to 1.9 years",
            "million-reentries": "200,000 re-entries, 51,000 t of alumina",
            "msis-density": "Air by NRLMSIS 2.1",
            "drag": "Lives and make-up velocity in that air",
        },
    },
}
TOPICS: Final = MappingProxyType(
    {topic: tuple(c for cases in modules.values() for c in cases) for topic, modules in _CASES.items()}
)
HEADLINES: Final = MappingProxyType(
    {c: line for modules in _CASES.values() for cases in modules.values() for c, line in cases.items()}
)
MODULES: Final = MappingProxyType(
    {name: tuple(cases) for modules in _CASES.values() for name, cases in modules.items()}
)


def story(case: str) -> str:
    """What was claimed and what we find, in a paragraph.

    Raises
    ------
    UserError
        For an unknown case.
    """
    text: str = _module(_known(case)).STORIES[case]
    return text


def rows(case: str | None = None, progress: Callable[[float, str], None] | None = None) -> list[Row]:
    """Rows of one case, or of all in the order of `HEADLINES`.

    Parameters
    ----------
    case : str, optional
        Key of `HEADLINES`.
    progress : callable, optional
        Told the share done and what comes next.

    Raises
    ------
    UserError
        For an unknown case.
    """
    wanted = list(MODULES) if case is None else [_known(case)]
    found: list[Row] = []
    for k, name in enumerate(wanted):
        if progress is not None:
            progress(k / len(wanted), name)
        found += [row for row in _module(name).rows() if case in (None, row.case)]
    place = {key: k for k, key in enumerate(HEADLINES)}
    return sorted(found, key=lambda row: place[row.case])


def _known(case: str) -> str:
    """The module that has the case."""
    for name, keys in MODULES.items():
        if case in keys:
            return name
    raise problem("CASE", case, f"one of {', '.join(HEADLINES)}", "dawndusk validate mccalip")


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"dawndusk.validation.{name}")
