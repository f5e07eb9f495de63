"""Published traffic and links."""

from __future__ import annotations

from collections import Counter

import pytest

from dawndusk.validation import communication


@pytest.fixture(scope="module")
def rows():
    """All rows, computed once."""
    return communication.rows()


def test_every_case_has_a_story_and_rows(rows):
    """No story without numbers and no numbers without a story."""
    assert {r.case for r in rows} == set(communication.STORIES)


def test_verdicts(rows):
    """What comes out as published, what does not, and what nobody can compute."""
    found = {case: Counter(r.verdict for r in rows if r.case == case) for case in communication.STORIES}
    assert found == {
        communication.STARLINK: {"refuted": 1, "not reproducible": 2},
        communication.TBIRD: {"refuted": 2},
        communication.AI1: {"reproduced": 7, "refuted": 2},
        communication.SUNCATCHER: {"not reproducible": 3},
        communication.SPACEDC: {"reproduced": 4, "refuted": 2},
    }


def test_figures_told_in_the_stories(rows):
    """The numbers in the stories are those of the rows."""
    ours = {r.quantity: r.ours for r in rows}
    assert ours["42 PB a day, as a rate"] == pytest.approx(3.889, abs=1e-3)
    assert ours["mean load of a laser"] == pytest.approx(0.432, abs=1e-3)
    assert ours["chips that 1 Tbit/s keeps at work: prompts for the ground"] == pytest.approx(0.83, abs=5e-3)
    assert ours["chips that 1 Tbit/s keeps at work: 405B in lock step"] == pytest.approx(0.38, abs=5e-3)
    assert ours["text inference, as used"] == pytest.approx(0.9, abs=0.05)
    assert ours["a day over one station, 34 deg north, above 20 deg, clear sky"] == pytest.approx(
        12.2, abs=0.1
    )
