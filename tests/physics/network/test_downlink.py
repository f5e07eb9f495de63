"""What the way to the ground leaves usable."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.physics.network.collectives import DENSE_405B
from dawndusk.physics.network.downlink import (
    GroundLink,
    limit_words,
    mean_rate,
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


def test_work_without_traffic_is_never_limited():
    """No bytes, no need: all the compute, without any link."""
    still = Workload(item="x", operations=1e12, utilisation=0.4, upload=0.0, download=0.0)
    assert usable_share(still, 164.0, 0.0, 0.0) == 1.0
    assert "needs no link" in limit_words("x", still, 164.0, 0.0, 0.0)


def test_a_missing_link_stops_all_work():
    """Without any way down nothing is usable."""
    assert usable_share(WORKLOADS["text"], 164.0, 1e9, 0.0) == 0.0


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
        (lambda: usable_share(WORKLOADS["text"], 1.0, np.nan, 1e9), "rate"),
    ],
)
def test_what_cannot_be_is_refused(call, word):
    """Shares above 1 and no number."""
    with pytest.raises(UserError, match=word):
        call()
