"""Failures in orbit against what was counted and claimed: Starlink by launch year, GPUs, disks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import numpy as np

from dawndusk.core.constants import DAY, YEAR
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.hazards import (
    NEVER,
    Hazard,
    constant_hazard,
    known_hazard,
    mean_surviving,
    surviving,
)
from dawndusk.validation.row import Row, table

ATTRITION, STORM, GPUS, DISKS = (
    "starlink-attrition",
    "starlink-lost-launches",
    "gpus-in-orbit",
    "disks-in-orbit",
)
STORIES: Final[Mapping[str, str]] = {
    ATTRITION: (
        "Starlink satellites by launch year, launched (GCAT) and still listed by CelesTrak in May 2025 and "
        "August 2026. A study takes 1 % a year (0.5 to 2.5) for whole satellites, from this fleet. The list "
        "shows some 3.5 % lost in the first year, 2 % a year after it for the launches of 2024, and more "
        "with every year of age: 4 % for 2023, 6 % for 2022, 13 % for 2021. Many of those are taken down on "
        "purpose (which ones the list does not say), and a plan pays for them all the same. Early failures "
        "and 1 % a year describe the first three years. A law of wear-out by age, fitted to the launch years "
        "as they stood in May 2025, leaves 0.70 of the satellites of 2022 and 0.38 of 2021 for August 2026, "
        "where 0.84 and 0.59 were left: satellites are retired by generation, not by age, so our planning "
        "takes a design life instead."
    ),
    STORM: (
        "Two of 218 Starlink launches to December 2024 lost their satellites: on 3 February 2022 a weak "
        "storm met 49 of them at 210 km and 38 fell back, on 12 July 2024 an upper stage left 20 too low. So "
        "a launch costs half a percent of what it carries by failure and half a percent by storm, each from "
        "one event (0.01 to 2.5 % with 95 % confidence); large vehicles early in their life lose more."
    ),
    GPUS: (
        "A study's permanent failures of GPUs in orbit are said to be those on the ground (2.5, 4, 6 % a "
        "year) times 1.3, 1.7, 3. The first two products hold, the third is 18 % and not 16.1. Its "
        "capacity-weighted life of a satellite (2.2, 3.8, 5.9 years) follows from those failures and its "
        "satellite losses for design lives of 2.9, 4.5 and 6.7 years, which it does not give."
    ),
    DISKS: (
        "Nine of twenty disks of Spaceborne Computer-1 failed in 615 days on the space station: 30 % a year, "
        "14 to 50 % with 95 % confidence, where about 1 % is believed in computer halls."
    ),
}
# launch year -> launched, listed in May 2025, listed in August 2026, mean ages then (yr)
COHORTS: Final[Mapping[int, tuple[int, int, int, float, float]]] = {
    2019: (120, 29, 14, 5.77, 7.01),
    2020: (833, 427, 212, 4.91, 6.15),
    2021: (989, 689, 582, 4.03, 5.27),
    2022: (1722, 1555, 1448, 2.90, 4.15),
    2023: (1984, 1879, 1794, 1.91, 3.15),
    2024: (1896, 1825, 1778, 0.91, 2.15),
}
LATER: Final = (990, 974)  # launched in 2025: listed in May 2025, and of these in August 2026
STORM_BATCH: Final = (49, 9)  # of 2022-010: launched, listed at either date
LOW_BATCH: Final = (20, 0)  # of 2024-129
LISTS: Final = (dt.date(2025, 5, 24), dt.date(2026, 8, 21))
WEAR: Final = (5.44, 4.82)  # yr and shape of the law fitted to the launch years 2020-2024 in May 2025
_LISTS_SOURCE: Final = "GCAT launch log (2024-12); CelesTrak GP data of 2025-05-24 and 2026-08-21"
_STUDY: Final = "research-viewer (2026), orbital-ai-datacenters-3 (ledger R013 to R015)"


def rows() -> list[Row]:
    """All rows of reliability."""
    return [*_losses(), *_survival(), *_totals(), *_batches(), *_gpus(), *_disks()]


def yearly_loss(year: int) -> float:
    """Share lost per year between the two lists, of one launch year's satellites."""
    _, first, second, *ages = COHORTS[year]
    return float(-np.expm1(-constant_hazard(second / first, ages[1] - ages[0])))


def ageing() -> Hazard:
    """The satellite's hazard with a wear-out fitted across launch years to the list of May 2025."""
    life, shape = WEAR
    return replace(known_hazard("satellite"), wear_life=life * YEAR, wear_shape=shape)


def gone(day: dt.date) -> float:
    """Satellites launched to May 2025 that had left the list by a day, linear between the lists."""
    gone_first = sum(c[0] - c[1] for c in COHORTS.values())
    between = sum(c[1] - c[2] for c in COHORTS.values()) + LATER[0] - LATER[1]
    return gone_first + between * (day - LISTS[0]).days / (LISTS[1] - LISTS[0]).days


def _losses() -> list[Row]:
    allowed = "the claim's own range, 0.5 to 2.5"
    removed = "beyond its range, 0.5 to 2.5; those taken down on purpose are counted too, at ages of "
    found = [(y, 100.0 * yearly_loss(y), COHORTS[y][3:]) for y in sorted(COHORTS, reverse=True)]
    return table(
        ATTRITION,
        f"{_STUDY}; {_LISTS_SOURCE}",
        *(
            (
                f"satellites lost per year, May 2025 to August 2026, launched in {year}",
                "%/yr",
                1.0,
                ours,
                1.5,
                allowed if ours <= 2.5 else f"{removed}{ages[0]:.1f} to {ages[1]:.1f} years",
            )
            for year, ours, ages in found
        ),
    )


def _survival() -> list[Row]:
    two = "0.05, two to three years of loss: early failures and 1 % a year, as they stood in May 2025"
    aged = "a law of wear-out by age gives {:.2f}: satellites are retired by generation"
    found = []
    for year, known in ((2024, True), (2023, True), (2022, False), (2021, False)):
        launched, _, second, _, age = COHORTS[year]
        law = known_hazard("satellite") if known else ageing()
        ours = float(surviving(law, age * YEAR))
        quantity = f"share still listed in August 2026, launched in {year}"
        why = two if known else aged.format(ours)
        found += table(
            ATTRITION, _LISTS_SOURCE, (quantity, "1", second / launched, ours if known else np.nan, 0.05, why)
        )
    return found


def _totals() -> list[Row]:
    halves = (LISTS[1] - LISTS[0]).days * DAY / YEAR * 2.0
    half_yearly = (gone(LISTS[1]) - gone(LISTS[0])) / halves
    reentered, idle = gone(dt.date(2026, 1, 15)), gone(dt.date(2026, 3, 23))
    quarter = "115, a quarter's losses: they come in waves, ours are linear between two lists"
    return table(
        ATTRITION,
        f"PCMag (2025) and keeptrack (2026), ledger E004 and E005; {_LISTS_SOURCE}",
        (
            "satellites that left per half-year",
            "1",
            218.0,
            half_yearly,
            254.0,
            "the row's range of two half-years, 218 and 472",
        ),
        ("re-entered by January 2026", "1", 1391.0, reentered, 115.0, quarter),
        ("launched and not working, March 2026", "1", 11641.0 - 10116.0, idle, 115.0, quarter),
    )


def _batches() -> list[Row]:
    storm, low = (batch[0] - batch[1] for batch in (STORM_BATCH, LOW_BATCH))
    others = "3: one or two of eleven others gone in three years"
    return table(
        STORM,
        f"Guarnieri et al. (2025), Nonlin. Processes Geophys. 32, 75, and its sources; {_LISTS_SOURCE}",
        ("satellites of 3 February 2022 lost to the storm", "1", 38.0, float(storm), 3.0, others),
        ("satellites of 12 July 2024 lost", "1", 20.0, float(low), 0.0, "a count"),
    )


def _gpus() -> list[Row]:
    digits = "printed digits: 0.06, ground rates have two"
    accidents = float(constant_hazard((1.0 - 0.068) * (1.0 - 0.01), YEAR))
    both = Hazard(infant=0.0, infant_shape=1.0, random=accidents, wear_life=NEVER * YEAR, wear_shape=1.0)
    life = 5.0 * float(mean_surviving(both, 5.0 * YEAR))
    missing = "its design life is missing; ours needs {} years"
    return table(
        GPUS,
        _STUDY,
        ("permanent failure, low: 2.5 x 1.3", "%/yr", 3.2, 2.5 * 1.3, 0.06, digits),
        ("permanent failure, central: 4 x 1.7", "%/yr", 6.8, 4.0 * 1.7, 0.06, digits),
        (
            "permanent failure, high: 6 x 3",
            "%/yr",
            16.1,
            6.0 * 3.0,
            0.06,
            "the product of its own ends is 18",
        ),
        (
            "capacity-weighted life, central",
            "yr",
            3.8,
            life,
            0.5,
            "design life not given, ours for 5 years; half a year of it is 0.35",
        ),
        ("capacity-weighted life, low", "yr", 2.2, float("nan"), 0.0, missing.format("2.9")),
        ("capacity-weighted life, high", "yr", 5.9, float("nan"), 0.0, missing.format("6.7")),
    )


def _disks() -> list[Row]:
    rate = 100.0 * -np.expm1(-constant_hazard(11.0 / 20.0, 615.0 * DAY) * YEAR)
    why = "it gives none, only 9 of 20 in 615 days; ours is the constant hazard behind that"
    return table(
        DISKS,
        "HPE (2019), not verified (ledger R012)",
        ("disks lost per year", "%/yr", float("nan"), float(rate), 0.0, why),
    )
