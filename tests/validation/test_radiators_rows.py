"""Published radiators beside ours."""

from __future__ import annotations

import math

import pytest

from dawndusk.validation import radiators


@pytest.fixture(scope="module")
def rows():
    """All rows, computed once."""
    return radiators.rows()


def test_what_the_published_inputs_give_is_reproduced(rows):
    """Peak flux, ideal panel, averages, the published model of AI1 and the station's numbers hold."""
    found = [r.quantity for r in rows if r.verdict == "reproduced"]
    assert len(found) == 9
    assert all(r.verdict == "reproduced" for r in rows if r.case == radiators.BOUNDS)


def test_what_cannot_hold_is_refuted(rows):
    """The station's 156 m2, its ideal attitude and AI1's 45 degC inlet are refuted, the last by over 7 K."""
    refuted = [r for r in rows if r.verdict == "refuted"]
    assert {r.case for r in refuted} == {radiators.EATCS, radiators.AI1}
    assert [r.difference > 7 for r in refuted if r.case == radiators.AI1] == [True]


def test_unpublished_inputs_are_told(rows):
    """Where a paper gives no number ours stands alone, with what is missing."""
    alone = [r for r in rows if r.verdict == "not reproducible"]
    assert {r.case for r in alone} == {radiators.PVR, radiators.ISCR}
    assert all(math.isfinite(r.ours) and r.why for r in alone)


def test_every_case_has_a_story_and_every_story_a_row(rows):
    """Cases and stories are the same."""
    assert {row.case for row in rows} == set(radiators.STORIES)
