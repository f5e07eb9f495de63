"""Traffic of training between satellites."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.network.collectives import (
    DENSE_405B,
    bits_per_trained_operation,
    exchanged,
    member_need,
    member_operations,
    trained_share,
    training_operations,
)

TENSOR = replace(DENSE_405B, division="tensor", members=8.0)
PIPELINE = replace(DENSE_405B, division="pipeline", members=8.0)


def test_two_members_each_send_all_gradients_once():
    """A ring sum of two sends 2 (n-1)/n = 1 times the gradients."""
    assert exchanged(replace(DENSE_405B, members=2.0)) == pytest.approx(405e9 * 16.0)


def ring_sum(members: int, numbers: int) -> tuple[np.ndarray, int]:
    """A ring all-reduce done by hand: what each ends with, and the numbers each one sent."""
    rng = np.random.default_rng(1)
    held = rng.normal(size=(members, members, numbers // members))
    total, sent = held.sum(axis=0), 0
    for phase, add in ((0, True), (1, False)):
        for step in range(members - 1):
            block = (np.arange(members) - step + phase) % members
            moving = held[np.arange(members), block].copy()
            target = (np.arange(members) + 1) % members
            held[target, block] = held[target, block] + moving if add else moving
            sent += moving.shape[1]
    assert np.allclose(held, total)
    return held, sent


@pytest.mark.parametrize("members", [2, 3, 8])
def test_a_ring_sum_sends_what_the_formula_says(members):
    """Counting the blocks of an all-reduce gives 2 (n-1)/n of the numbers."""
    numbers = 24 * members
    _, sent = ring_sum(members, numbers)
    job = replace(DENSE_405B, parameters=float(numbers), members=float(members), number_bytes=1.0)
    assert exchanged(job) == pytest.approx(8.0 * sent)


def test_gradients_cost_fewer_bits_per_operation_the_more_tokens_a_copy_takes():
    """N cancels: 2 (n-1)/n 16 bits over 6 tokens."""
    assert bits_per_trained_operation(DENSE_405B) == pytest.approx(
        2.0 * 127.0 / 128.0 * 16.0 / (6.0 * DENSE_405B.tokens)
    )


def test_cut_layers_move_twenty_times_as_much_as_gradients_and_pipelines_a_twentieth():
    """The order in which large models are laid over ever slower links."""
    tensor, data, pipeline = (bits_per_trained_operation(j) for j in (TENSOR, DENSE_405B, PIPELINE))
    assert 10.0 < tensor / data < 30.0
    assert 10.0 < data / pipeline < 30.0


def test_a_member_of_a_cut_model_does_its_part_of_the_operations():
    """Eight members share a step, eight copies do one each."""
    assert member_operations(TENSOR) == pytest.approx(training_operations(TENSOR) / 8.0)
    assert member_operations(DENSE_405B) == pytest.approx(training_operations(DENSE_405B))


def test_five_hundred_steps_between_exchanges_need_a_five_hundredth():
    """DiLoCo's manner trades lock step for links."""
    rare = replace(DENSE_405B, steps=500.0)
    assert member_need(rare, 164.0) == pytest.approx(member_need(DENSE_405B, 164.0) / 500.0)


def test_training_lives_in_the_cluster_and_layers_in_the_satellite():
    """9.6 Tbit/s carry gradients of 164 H100e, not cut layers; a gigabit to the ground carries neither."""
    assert trained_share(DENSE_405B, 164.0, 9.6e12) == 1.0
    assert trained_share(TENSOR, 164.0, 9.6e12) < 0.25
    assert trained_share(DENSE_405B, 164.0, 1e9) < 1e-3


def test_waiting_for_a_link_that_just_suffices_halves_the_work():
    """Without overlap the shares of arithmetic and sending are equal there."""
    need = member_need(DENSE_405B, 164.0)
    assert trained_share(DENSE_405B, 164.0, need, hidden=False) == pytest.approx(0.5)
    assert trained_share(DENSE_405B, 164.0, need) == pytest.approx(1.0)


def test_draws_broadcast():
    """Drawn links and members give drawn shares."""
    job = replace(DENSE_405B, members=np.array([2.0, 8.0, 81.0]))
    shares = trained_share(job, 164.0, np.array([0.0, 1e12, 1e13]))
    assert shares.shape == (3,)
    assert (shares[0], shares[2]) == (0.0, 1.0)


def test_what_cannot_be_is_refused():
    """A single member, an unknown division and a negative link teach what to write."""
    with pytest.raises(UserError, match="members"):
        exchanged(replace(DENSE_405B, members=1.0))
    with pytest.raises(UserError, match="division"):
        exchanged(replace(DENSE_405B, division="experts"))
    with pytest.raises(UserError, match="link"):
        trained_share(DENSE_405B, 164.0, -1.0)
