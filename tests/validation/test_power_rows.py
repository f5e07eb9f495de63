"""Claimed arrays against ours."""

import pytest

from dawndusk.validation import power


@pytest.fixture(scope="module")
def verdicts():
    """Verdict of every row by case and quantity."""
    return {(r.case, r.quantity): r.verdict for r in power.rows()}


def test_verdicts(verdicts):
    """What holds and what does not."""
    refuted = {
        ("mccalip-array", "efficiency of the array"),
        ("ai1-array", "average compute on 700 m2 of silicon after 5 yr"),
        ("ai1-array", "peak compute on 210 kW of array, new"),
        ("ai1-array", "average compute on 210 kW of array after 5 yr"),
        ("starcloud-array", "specific power of the array"),
    }
    assert len(verdicts) == 12
    assert {key for key, verdict in verdicts.items() if verdict == "refuted"} == refuted
    assert "not reproducible" not in verdicts.values()


def test_every_case_has_its_story(verdicts):
    """Stories and rows name the same cases, and the numbers told are those computed."""
    assert {case for case, _ in verdicts} == set(power.STORIES)
    for technology, kilowatts in (("silicon", 88), ("thin silicon", 114), ("III-V", 176)):
        found = power.compute_from(700.0, technology, age=power.LIFE, bus=power.BUS) / 1e3
        assert found == pytest.approx(kilowatts, abs=0.5)
        assert str(kilowatts) in power.STORIES[power.AI1]
