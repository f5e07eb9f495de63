"""Memory that positions need."""

from __future__ import annotations

import os

import pytest

from dawndusk.core import memory
from dawndusk.core.errors import UserError


def test_need_grows_by_24_bytes_for_each_further_place():
    """One more instant of a satellite costs three float64, a satellite about 31."""
    assert memory.memory_needed(1000, 11) - memory.memory_needed(1000, 10) == 24_000
    assert memory.memory_needed(1_000_000) == 248_000_000


def test_too_much_is_refused_with_a_way_out(monkeypatch):
    """The sample that the error names fits, and one more per cent does not."""
    monkeypatch.setattr(memory, "memory_here", lambda: 16e9)
    with pytest.raises(UserError, match="sample of at most 51,612,903 satellites"):
        memory.require_memory(10**9)
    memory.require_memory(51_612_903)
    with pytest.raises(UserError, match="fewer instants"):
        memory.require_memory(1, 10**12)


def test_machines_that_do_not_tell_are_trusted(monkeypatch):
    """Without sysconf there is no limit; with it there is a plausible one."""
    assert 1e8 < memory.memory_here() < 1e16
    monkeypatch.delattr(os, "sysconf")
    assert memory.memory_here() == float("inf")
    memory.require_memory(10**12)
