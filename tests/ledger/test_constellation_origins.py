"""The shipped constellations: every number has its row or its reason, and says the same as it."""

from __future__ import annotations

import pytest

from dawndusk import ledger
from dawndusk.core.units import Unit
from dawndusk.library.filing import built_ins, constellation_origins
from dawndusk.library.origins import Origin

UNSTATED = (
    "constellations.*.groups.*.phasing",
    "constellations.*.groups.*.raan_tolerance",
    "constellations.*.cap",
)


def every_origin() -> list[Origin]:
    """Origins of all shipped constellations."""
    return [o for name in built_ins() for o in constellation_origins(name)]


def test_every_number_of_a_constellation_has_an_origin() -> None:
    """No number of a shipped constellation stands there without a ledger row or a reason."""
    found = every_origin()
    assert len(found) > 100
    assert [o.path for o in found if o.evidence == "file" or not o.reason] == []


def test_every_reason_is_about_a_number_of_a_constellation() -> None:
    """No reason is left over from a number that is gone, or that became a ledger row."""
    paths = [o.path for o in every_origin() if not o.ledger]
    used = {reason.path for path in paths if (reason := ledger.reason_for(path)) is not None}
    assert {r.path for r in ledger.reasons("constellations")} - used == set()


def test_reasons_for_nothing_are_about_zeros() -> None:
    """The patterns that say 'not filed' explain no number that is given."""
    found = [(o, ledger.reason_for(o.path)) for o in every_origin() if not o.ledger]
    unstated = [o for o, reason in found if reason is not None and reason.path in UNSTATED]
    assert len(unstated) > 10
    assert [o.path for o in unstated if o.central] == []


def test_numbers_agree_with_the_row_they_are_computed_from() -> None:
    """`factor x row` is the number."""
    compared = 0
    for origin in every_origin():
        reason = ledger.reason_for(origin.path)
        if origin.ledger or reason is None or not reason.factor:
            continue
        row = ledger.entry(reason.basis[0])
        assert origin.central == pytest.approx(float(row.central) * float(reason.factor), rel=1e-6), (
            origin.path
        )
        compared += 1
    assert compared >= 5


def test_no_number_repeats_a_row_it_could_cite() -> None:
    """A number that equals a row without range it leans on is written {ledger: KEY}, or its factor is 1."""
    repeated = []
    for origin in every_origin():
        reason = ledger.reason_for(origin.path)
        if origin.ledger or (reason is not None and reason.factor):
            continue
        for key in origin.basis:
            try:
                low, central, high, text = ledger.range_of(key)
                said = Unit(origin.unit).read(f"{central!r} {text}" if text != "1" else central)
            except ValueError:  # words, or another quantity
                continue
            if low == high and said == pytest.approx(origin.central, rel=1e-9):
                repeated.append(origin.path)
    assert repeated == []


@pytest.mark.parametrize(("group", "key"), [(f"group-{i}", f"P07{i - 1}") for i in range(1, 7)], ids=str)
def test_a_group_adds_up_to_its_row(group: str, key: str) -> None:
    """Shells x planes x satellites of each filed group is the number in its ledger row."""
    filed = {o.path: o.central for o in constellation_origins("spacex_2026_05")}
    product = 1.0
    for name in ("shells", "planes", "satellites"):
        product *= filed[f"constellations.spacex_2026_05.groups.{group}.{name}"]
    assert product == float(ledger.entry(key).central)
