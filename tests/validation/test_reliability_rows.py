"""Counts and claims of failures in orbit, as rows."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import least_squares

from dawndusk.core.constants import YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.hazards import known_hazard, surviving
from dawndusk.validation.reliability import (
    ATTRITION,
    COHORTS,
    GPUS,
    LATER,
    LOW_BATCH,
    STORIES,
    STORM_BATCH,
    WEAR,
    ageing,
    rows,
)

ROWS = rows()
TABLE = Path(__file__).parents[1] / "reference" / "starlink_attrition.csv"
BEYOND = [f"satellites lost per year, May 2025 to August 2026, launched in {y}" for y in range(2019, 2024)]
REFUTED = {"permanent failure, high: 6 x 3", *BEYOND}
MISSING = {"capacity-weighted life, low", "capacity-weighted life, high", "disks lost per year"} | {
    f"share still listed in August 2026, launched in {y}" for y in (2021, 2022)
}


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.case}: {r.quantity}")
def test_verdicts(row):
    """All is reproduced, but for losses beyond a study's range, its product, and what lacks inputs."""
    wanted = "refuted" if row.quantity in REFUTED else "not reproducible" if row.quantity in MISSING else None
    assert row.verdict == (wanted or "reproduced"), (row.ours, row.published)


def test_every_case_has_its_story_and_rows():
    """Cases of the rows and of the stories are the same."""
    assert {row.case for row in ROWS} == set(STORIES)


def test_the_counts_are_those_of_the_table():
    """What the rows compare with is the reference table, number by number."""
    with TABLE.open(encoding="utf-8") as file:
        found = {x["cohort"]: x for x in csv.DictReader(file)}
    for year, (launched, first, second, *ages) in COHORTS.items():
        line = found[str(year)]
        counts = [int(line[k]) for k in ("launched", "listed_2025_05", "listed_2026_08")]
        assert counts == [launched, first, second]
        assert [float(line["age_2025_05_yr"]), float(line["age_2026_08_yr"])] == ages
    later = found["2025 listed in 2025-05"]
    assert (int(later["listed_2025_05"]), int(later["listed_2026_08"])) == LATER
    for tag, batch in (("2022-010", STORM_BATCH), ("2024-129", LOW_BATCH)):
        assert (int(found[tag]["launched"]), int(found[tag]["listed_2025_05"])) == batch


def test_the_law_is_the_fit_to_the_first_list():
    """Early failures and wear-out of the satellite's law are those that fit the launch years in May 2025."""
    launched, left, ages = (np.array([COHORTS[y][k] for y in range(2020, 2025)]) for k in (0, 1, 3))
    share = left / launched

    def misfit(x):
        law = replace(known_hazard("satellite"), infant=x[0], wear_life=x[1] * YEAR, wear_shape=x[2])
        return (surviving(law, ages * YEAR) - share) / np.sqrt(share * (1 - share) / launched)

    found = least_squares(misfit, [0.03, 6.0, 5.0]).x
    assert found == pytest.approx([number("satellite_early_loss"), *WEAR], rel=0.03)


def test_wear_out_by_age_takes_too_many():
    """The story's 0.70 and 0.38 are what the law by age leaves of the satellites of 2022 and 2021."""
    left = [float(surviving(ageing(), COHORTS[y][4] * YEAR)) for y in (2022, 2021)]
    assert left == pytest.approx([0.70, 0.38], abs=0.005)
    assert "0.70" in STORIES[ATTRITION]
    assert "0.38" in STORIES[ATTRITION]


def test_lives_that_the_study_must_have_used():
    """The missing design lives in the story reproduce its capacity-weighted lives."""
    for chips, loss, life, said in (
        (0.161, 0.025, 2.9, 2.2),
        (0.068, 0.01, 4.5, 3.8),
        (0.032, 0.005, 6.7, 5.9),
    ):
        x = -life * np.log((1.0 - chips) * (1.0 - loss))
        found = life * -np.expm1(-x) / x
        assert found == pytest.approx(said, abs=0.05)
        assert f"{life}" in STORIES[GPUS]
