"""Published link budgets and round trips."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dawndusk.validation import optics

SERIES = Path(__file__).parents[1] / "reference" / "kuiper_630_manila_dalian.csv"


@pytest.fixture(scope="module")
def rows():
    """All rows, computed once."""
    return optics.rows()


def test_every_row_is_reproduced(rows):
    """Suncatcher's link numbers and Hypatia's round trips come out within the allowed difference."""
    assert len(rows) == 14
    assert [f"{r.quantity}: {r.ours}" for r in rows if r.verdict != "reproduced"] == []


def test_round_trips_are_the_published_ones(rows):
    """The numbers in the validation rows are those of the reference file."""
    with SERIES.open(encoding="utf-8") as file:
        published = {float(row["time_s"]): float(row["round_trip_ms"]) for row in csv.DictReader(file)}
    shared = {time: value for time, value in optics.MANILA_DALIAN.items() if time in published}
    assert len(shared) >= 5
    assert shared == pytest.approx({time: published[time] for time in shared}, abs=1e-6)
    assert {r.published for r in rows if r.case == "kuiper-630"} == set(optics.MANILA_DALIAN.values())
