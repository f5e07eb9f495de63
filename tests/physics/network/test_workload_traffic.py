"""Bits per operation and links needed, by workload."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.network.workload_traffic import (
    DENSE_70B,
    RATED,
    WORKLOADS,
    LanguageModel,
    Workload,
    bits_per_operation,
    cache_workload,
    forward_operations,
    item_rate,
    link_need,
    text_workload,
)


def test_a_token_of_text_moves_32_bits_for_two_operations_per_parameter():
    """At 70e9 parameters that is 2.3e-10 bits for each operation, at 8e9 2e-9."""
    bits = bits_per_operation(4.0, 2.0 * np.array([70e9, 8e9]))
    assert bits == pytest.approx([2.2857e-10, 2e-9], rel=1e-4)


def test_attention_doubles_the_work_where_the_context_outweighs_the_parameters():
    """Kaplan's second term equals the first at N / (layers width) tokens of context."""
    equal = DENSE_70B.parameters / (DENSE_70B.layers * DENSE_70B.width)
    assert forward_operations(DENSE_70B, 1.0, equal) == pytest.approx(4.0 * DENSE_70B.parameters)


def test_a_request_counts_prompt_answer_and_hidden_tokens():
    """Without attention the operations are 2 N for each token, and hidden ones are not sent."""
    model = LanguageModel(parameters=1e9)
    work = text_workload(model, 100.0, 50.0, hidden=25.0, token_bytes=4.0, framing=1.0)
    assert work.operations == pytest.approx(2e9 * 175.0)
    assert (float(work.upload), float(work.download)) == (400.0, 200.0)


def test_utilisation_of_a_request_lies_between_reading_and_writing():
    """Times add: equal work at 0.4 and 0.1 runs at their harmonic mean of 0.16."""
    work = text_workload(LanguageModel(parameters=1e9), 100.0, 100.0, reading=0.4, writing=0.1)
    assert work.utilisation == pytest.approx(0.16)


def test_the_best_published_serving_rate_is_within_what_the_chips_can_do():
    """DeepSeek-R1 (37e9 active) at 420,000 tokens/s on 72 GB300 (G018) uses 17 % of rated operations."""
    used = 420e3 / 72.0 * float(forward_operations(LanguageModel(parameters=37e9), 1.0)) / (2.5 * RATED)
    assert used == pytest.approx(0.17, abs=0.01)


def test_pictures_come_at_the_published_rate():
    """Our picture is set so that eight H100e make 13.8 a second, as eight H200 did in MLPerf v4.0."""
    assert float(item_rate(WORKLOADS["picture"], 8.0)) == pytest.approx(13.8, rel=0.05)


def test_keys_and_values_of_a_70b_model_take_320_kib_a_token():
    """80 layers, 8 heads of 128 numbers, keys and values, two bytes each."""
    assert float(cache_workload(DENSE_70B, 1.0).download) == 320 * 1024


def test_text_moves_least_and_prompts_for_the_ground_most_downward():
    """Bits down for each operation rise from text over pictures and vectors to caches."""
    order = ["text", "picture", "live video", "fast picture", "vector per token", "prompts for the ground"]
    bits = [float(bits_per_operation(WORKLOADS[k].download, WORKLOADS[k].operations)) for k in order]
    assert bits == sorted(bits)
    assert bits[-1] / bits[0] > 1e4


@given(compute=st.floats(0.0, 1e6), up=st.floats(0.0, 1e9), down=st.floats(0.0, 1e9))
def test_need_is_linear_in_compute_and_bytes(compute, up, down):
    """The link is bits per operation times useful operations per second."""
    work = Workload(item="x", operations=1e12, utilisation=0.5, upload=up, download=down)
    need = link_need(work, compute)
    useful = 0.5 * RATED * compute
    assert need.upload == pytest.approx(8.0 * up / 1e12 * useful)
    assert need.download == pytest.approx(8.0 * down / 1e12 * useful)


def test_draws_broadcast():
    """A request of drawn prompts needs one link for each draw."""
    prompts = np.array([100.0, 1000.0, 10000.0])
    need = link_need(text_workload(DENSE_70B, prompts, 400.0), 164.0)
    assert need.upload.shape == need.download.shape == (3,)
    assert np.all(np.diff(need.upload) > 0.0)
    assert np.all(np.diff(need.download) < 0.0)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: bits_per_operation(1.0, 0.0), "operations"),
        (lambda: bits_per_operation(-1.0, 1.0), "amount"),
        (lambda: bits_per_operation(np.nan, 1.0), "amount"),
        (lambda: link_need(WORKLOADS["text"], -1.0), "compute"),
        (lambda: text_workload(DENSE_70B, 0.0, 0.0), "prompt"),
        (lambda: text_workload(DENSE_70B, 1.0, 1.0, writing=0.0), "writing"),
        (lambda: item_rate(replace(WORKLOADS["text"], operations=0.0)), "operations"),
    ],
)
def test_what_cannot_be_is_refused(call, word):
    """Nothing done, less than nothing moved, and chips that never finish teach what to write."""
    with pytest.raises(UserError, match=word):
        call()
