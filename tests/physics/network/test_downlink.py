"""What the way to the ground leaves usable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import UserError
from dawndusk.physics.network.collectives import DENSE_405B
from dawndusk.physics.network.downlink import (
    GroundLink,
    Site,
    clear_share,
    ground_expense,
    largest_compute,
    limit_words,
    mean_rate,
    shared_rate,
    training_words,
    usable_share,
)
from dawndusk.physics.network.workload_traffic import WORKLOADS, Workload, link_need

ONE_SITE = GroundLink(download=200e9, upload=10e9, sight=0.0061, clear=0.75, kept=0.85)


def test_a_burst_link_over_one_site_is_under_a_gigabit_on_the_mean():
    """200 Gbit/s for 0.6 % of the time through clouds and handovers."""
    up, down = mean_rate(ONE_SITE)
    assert down == pytest.approx(200e9 * 0.0061 * 0.75 * 0.85)
    assert up == pytest.approx(down / 20.0)


def test_text_is_not_limited_and_rich_outputs_are():
    """164 H100e over one optical site: text runs, quick pictures and vectors hardly do."""
    up, down = (float(rate) for rate in mean_rate(ONE_SITE))
    share = {name: float(usable_share(work, 164.0, up, down)) for name, work in WORKLOADS.items()}
    assert share["text"] == 1.0
    assert share["fast picture"] < 0.1
    assert share["vector per token"] < 0.01
    assert share["prompts for the ground"] < 0.001


@given(st.sampled_from(sorted(WORKLOADS)), st.floats(1e6, 1e13), st.floats(1e6, 1e13))
def test_the_largest_compute_is_just_not_limited(name, up, down):
    """At that many H100e all work, with twice as many half."""
    most = float(largest_compute(WORKLOADS[name], up, down))
    assert usable_share(WORKLOADS[name], most, up, down) == pytest.approx(1.0)
    assert usable_share(WORKLOADS[name], 2.0 * most, up, down) == pytest.approx(0.5)


def test_work_without_traffic_is_never_limited():
    """No bytes, no need: all the compute, without any link."""
    still = Workload(item="x", operations=1e12, utilisation=0.4, upload=0.0, download=0.0)
    assert usable_share(still, 164.0, 0.0, 0.0) == 1.0
    assert largest_compute(still, 0.0, 0.0) == np.inf
    assert "needs no link" in limit_words("x", still, 164.0, 0.0, 0.0)


def test_a_missing_link_stops_all_work():
    """Without any way down nothing is usable, and nothing can be kept at work."""
    assert usable_share(WORKLOADS["text"], 164.0, 1e9, 0.0) == 0.0
    assert largest_compute(WORKLOADS["text"], 1e9, 0.0) == 0.0


def test_clouds_over_two_independent_sites():
    """0.75 alone is 0.9375 with two; with shared weather less."""
    assert clear_share(0.75, 1) == pytest.approx(0.75)
    assert clear_share(0.75, 2) == pytest.approx(0.9375)
    assert 0.75 < clear_share(0.75, 2, 0.5) < 0.9375


def test_a_mesh_shares_its_sites():
    """Fifty sites of 1 Tbit/s for a thousand satellites leave 37.5 Gbit/s each through clouds."""
    site = Site(rate=1e12)
    assert shared_rate(50.0, site, 0.75, 1000.0) == pytest.approx(37.5e9)


def test_ground_sites_cost_capital_over_life_and_running():
    """2 MUSD over ten years and 0.3 a year are half a million a year."""
    assert ground_expense(3.0, Site(rate=1e12)) * YEAR == pytest.approx(1.5e6)


def test_words_name_the_tighter_way_and_the_share():
    """Pictures down, picture search up; text is not limited."""
    assert "download" in limit_words("vectors", WORKLOADS["vector per token"], 164.0, 1e9, 1e9)
    assert "upload" in limit_words("search", WORKLOADS["picture search"], 164.0, 1e9, 1e9)
    assert "not limited" in limit_words("text", WORKLOADS["text"], 164.0, 1e9, 1e9)
    need = float(link_need(WORKLOADS["live video"], 164.0).download)
    assert "limits it to 0.5 " in limit_words("video", WORKLOADS["live video"], 164.0, 1e12, need / 2.0)


def test_training_words_put_training_inside_the_cluster():
    """All of it over 9.6 Tbit/s, next to nothing over a gigabit to the ground."""
    words = training_words(DENSE_405B, 164.0, 9.6e12, 1e9)
    assert "links of the cluster leave 1 and" in words
    assert "links to the ground leave 0.00038 " in words


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: mean_rate(GroundLink(download=1e9, upload=1e9, sight=1.5)), "sight"),
        (lambda: clear_share(0.75, 0), "sites_in_sight"),
        (lambda: shared_rate(1.0, Site(rate=1e9), 0.75, 0.0), "satellites"),
        (lambda: usable_share(WORKLOADS["text"], 1.0, np.nan, 1e9), "rate"),
    ],
)
def test_what_cannot_be_is_refused(call, word):
    """Shares above 1, no site, no satellite, no number."""
    with pytest.raises(UserError, match=word):
        call()
