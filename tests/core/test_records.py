"""Records: frozen, keyword-only, with units, compared by fingerprint."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import numpy as np
import pytest

from dawndusk.core.records import Floats, fingerprint, record, replace, units_of
from dawndusk.core.units import Unit


@record
class Sail:
    """A record for these tests."""

    area: Annotated[float, Unit("m2")]
    masses: Annotated[float, Unit("kg")] | None
    table: Floats
    notes: dict[str, object]


def sail(**changes: object) -> Sail:
    """A sail with some fields changed."""
    fields = {"area": 2.0, "masses": None, "table": np.arange(3.0), "notes": {}} | changes
    return Sail(**fields)  # type: ignore[arg-type]


def test_records_are_frozen_and_keyword_only():
    """A record's fields cannot be set again, and it takes no positional arguments."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        sail().area = 3.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        Sail(1.0, None, np.zeros(1), {})  # type: ignore[misc]


def test_units_are_found_on_the_fields():
    """The unit of a field is found where the field is declared, also behind an optional."""
    assert {k: u.text for k, u in units_of(Sail).items()} == {"area": "m2", "masses": "kg"}


def test_replace_changes_a_copy():
    """A changed record is a new one."""
    first = sail()
    assert replace(first, area=5.0).area == 5.0
    assert first.area == 2.0


def test_equal_content_has_equal_fingerprints():
    """Content counts, not identity, order of keys, memory layout or numpy scalars."""
    base = fingerprint(sail(notes={"a": 1, "b": 2}))
    assert fingerprint(sail(notes={"b": 2, "a": 1})) == base
    assert fingerprint(sail(notes={"a": np.int64(1), "b": 2})) == base
    assert fingerprint(sail(area=np.float64(2.0), notes={"a": 1, "b": 2})) == base
    wide = np.arange(6.0)[::2] / 2
    assert fingerprint(sail(table=wide)) == fingerprint(sail())


@pytest.mark.parametrize(
    "changes",
    [
        {"area": 2.0000000000000004},
        {"table": np.arange(3.0, dtype=np.float32)},
        {"table": np.arange(3.0)[:, None]},
        {"notes": {"a": {}, "b": 1}},
        {"notes": {"a": {"b": 1}}},
        {"notes": {"a": None}},
        {"notes": {"a": (1, 2)}},
        {"notes": {"a": ((1,), 2)}},
        {"notes": {"a": "1"}},
        {"notes": {"a": 1}},
    ],
)
def test_different_content_has_different_fingerprints(changes: dict[str, object]):
    """A last digit, a type, a shape or a nesting makes another fingerprint."""
    assert fingerprint(sail(**changes)) != fingerprint(sail())


def test_nesting_is_part_of_the_fingerprint():
    """The same keys and values nested otherwise are other content."""
    assert fingerprint({"a": {}, "b": 1}) != fingerprint({"a": {"b": 1}})
    assert fingerprint({"ab": 1}) != fingerprint({"a": {"b": 1}})
