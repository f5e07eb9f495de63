"""Losses in common: means as the hazards say, spread as the shocks say, drawn the same each time."""

import numpy as np
import pytest

from dawndusk.core.constants import YEAR
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.shocks import (
    Shocks,
    expected_launch_loss,
    expected_loss,
    loss_band,
    lost_at_launch,
    lost_on_station,
    yearly_loss,
)

OFTEN = Shocks(hazard=0.05 / YEAR, common=0.4, storm_rate=0.2 / YEAR, storm_share=0.2)
SIZES = {"periods": 4, "batches": 5, "paths": 20_000, "period": YEAR / 4}


def rng(seed=11):
    """A seeded generator."""
    return np.random.default_rng(seed)


def test_mean_loss_is_the_hazard():
    """Whatever share fails by batches, the mean loss of a period is the closed form."""
    losses = lost_on_station(OFTEN, rng(), **SIZES)
    error = losses.mean(axis=(0, 1)).std() / SIZES["paths"] ** 0.5
    assert losses.mean() == pytest.approx(expected_loss(OFTEN, YEAR / 4), abs=4 * error)
    assert losses.shape == (4, 5, 20_000)


def test_storms_join_batches_and_batch_events_do_not():
    """Without storms batches are independent; with storms alone they are lost together."""
    apart = lost_on_station(replace(OFTEN, storm_rate=0.0), rng(), **SIZES)[0]
    assert abs(np.corrcoef(apart)[0, 1]) < 0.03
    together = lost_on_station(replace(OFTEN, hazard=0.0), rng(), **SIZES)[0]
    np.testing.assert_array_equal(together, together[:1].repeat(5, axis=0))
    assert together.std() > 0


def test_size_of_storms():
    """Storms take their mean share, with the variance of u^(1/m - 1)."""
    share = 0.2
    only = Shocks(hazard=0.0, storm_rate=0.01 / YEAR, storm_share=share)
    sizes = lost_on_station(only, rng(), periods=1, batches=1, paths=400_000, period=YEAR)
    hit = sizes[sizes > 0]
    assert hit.mean() == pytest.approx(share, abs=0.02)
    assert np.mean(hit**2) == pytest.approx(share / (2 - share), abs=0.02)


def test_nothing_in_common_is_no_spread():
    """Without shared causes each batch loses just its expectation."""
    alone = Shocks(hazard=0.02 / YEAR, common=0.0, storm_rate=0.0)
    found = lost_on_station(alone, rng(), **SIZES)
    np.testing.assert_allclose(found, expected_loss(alone, YEAR / 4), rtol=1e-12)


def test_launches():
    """Launches are lost as often as said, whole or by the share that a storm takes."""
    shocks = Shocks(launch_loss=0.05, deployment_storm=0.1)
    losses = lost_at_launch(shocks, rng(), launches=20, paths=5000)
    assert set(np.unique(losses)) == {0.0, 38 / 49, 1.0}
    assert losses.mean() == pytest.approx(expected_launch_loss(shocks), abs=5e-3)


def test_bad_years():
    """The year's loss has the mean of its parts, and its 95 % point lies well above them."""
    shocks = Shocks()
    losses = yearly_loss(shocks, rng(), batches=50, launches=10, draws=40_000)
    band = loss_band(losses)
    wanted = expected_loss(shocks, YEAR) + 10 / 50 * expected_launch_loss(shocks)
    assert band.mean == pytest.approx(wanted, abs=4 * losses.std() / 200)
    assert band.low < band.mean < band.high
    assert band.high > 1.5 * band.mean


def test_more_in_common_is_a_wider_band():
    """The same mean loss by batches has the worse bad years."""
    bands = [
        loss_band(
            yearly_loss(
                Shocks(hazard=0.05 / YEAR, common=c, severity=1.0),
                rng(),
                batches=20,
                launches=0,
                draws=20_000,
            )
        )
        for c in (0.0, 0.5)
    ]
    assert bands[1].high > bands[0].high + 0.02


def test_same_seed_same_losses():
    """The same generator state gives the same losses, another seed others."""
    first, again, other = (lost_on_station(OFTEN, rng(s), **SIZES) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_shocks_drawn_per_path():
    """Fields may have a number for each path."""
    drawn = replace(OFTEN, hazard=np.linspace(0, 0.1, 6) / YEAR, storm_rate=0.0)
    found = lost_on_station(drawn, rng(), periods=2, batches=3, paths=6, period=YEAR)
    assert found.shape == (2, 3, 6)
    assert (found[:, :, 0] == 0).all()
