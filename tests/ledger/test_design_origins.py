"""The shipped satellite designs: every number has its row or its reason, and says the same as it."""

from __future__ import annotations

import pytest

from dawndusk import ledger
from dawndusk.core.errors import UserError
from dawndusk.core.units import Unit
from dawndusk.library.design import design_address, design_origins, presets, read_sourced
from dawndusk.library.origins import origins

UNSTATED = (
    "satellites.*.claim.*",
    "satellites.*.orbit.inclination",
    "satellites.*.radiator.area",
    "satellites.*.array.area",
    "satellites.*.body.wall",
)


@pytest.mark.parametrize("name", sorted(presets()))
def test_every_number_of_a_design_has_an_origin(name: str) -> None:
    """No number of a shipped design stands there without a ledger row or a reason."""
    found = design_origins(name)
    assert len(found) > 50
    assert [o.path for o in found if o.evidence == "file"] == []
    assert all(o.reason and o.path.startswith(f"satellites.{name}.") for o in found)


def test_every_reason_is_about_a_number_of_a_design() -> None:
    """No reason is left over from a number that is gone, or that became a ledger row."""
    explained = [o.path for name in presets() for o in design_origins(name) if not o.ledger]
    used = {reason.path for path in explained if (reason := ledger.reason_for(path)) is not None}
    assert {r.path for r in ledger.reasons("satellites")} - used == set()


def test_reasons_for_nothing_are_about_zeros() -> None:
    """The patterns that say 'not given' explain no number that is given."""
    found = [o for name in presets() for o in design_origins(name) if not o.ledger]
    said = [(o, ledger.reason_for(o.path)) for o in found]
    unstated = [o for o, reason in said if reason is not None and reason.path in UNSTATED]
    assert len(unstated) > 10
    assert [o.path for o in unstated if o.central] == []


def test_numbers_agree_with_the_row_they_are_computed_from() -> None:
    """`factor x row` is the number within 1 %, and its range where it has one."""
    compared = 0
    for origin in (o for name in presets() for o in design_origins(name)):
        reason = ledger.reason_for(origin.path)
        if origin.ledger or reason is None or not reason.factor:
            continue
        row, factor = ledger.entry(reason.basis[0]), float(reason.factor)
        pairs = [(row.central, origin.central)]
        if origin.shape:
            pairs += [(row.low, origin.low), (row.high, origin.high)]
        for said, value in pairs:
            assert value == pytest.approx(float(said) * factor, rel=0.01), origin.path
            compared += 1
    assert compared >= 30


def test_no_number_repeats_a_row_it_could_cite() -> None:
    """A number that leans on one row and equals it, range and shape too, is written {ledger: KEY}."""
    repeated = []
    for origin in (o for name in presets() for o in design_origins(name)):
        for key in () if origin.ledger else origin.basis:
            try:
                *values, text = ledger.range_of(key)
                read = [Unit(origin.unit).read(f"{v!r} {text}" if text != "1" else v) for v in values]
            except ValueError:  # words, or another quantity
                continue
            same = read == pytest.approx([origin.low, origin.central, origin.high], rel=1e-12)
            if same and origin.shape in ("", "triangular"):
                repeated.append(origin.path)
    assert repeated == []


def test_a_ledger_row_gives_a_design_its_number_and_range() -> None:
    """S030 gives the payload's mass; P020 a single figure without a range."""
    design, uncertainty = read_sourced("ai1-2026-06")
    assert uncertainty.ledger["payload.mass"] == "S030"
    mass = uncertainty.ranges["payload.mass"]
    assert (mass.low, mass.mode, mass.high) == pytest.approx((0.004, 0.006, 0.009))
    assert (design.radiator.area, "radiator.area" in uncertainty.ranges) == (110.0, False)


def test_a_file_of_ones_own_has_no_reasons_of_ours(tmp_path) -> None:
    """Numbers of another file that are no rows are the file's own; of its path only the name is kept."""
    from dawndusk.library.design import design_text

    path = tmp_path / "mine.yaml"
    path.write_text(design_text("conservative")[0], "utf-8")
    found = {o.path: o for o in origins(*read_sourced(str(path)), under=design_address(str(path)))}
    assert found["satellites.mine.bus.power"].evidence == "file"
    assert found["satellites.mine.payload.mass"].ledger == "S030"


def test_an_unknown_key_in_a_design_is_the_users_mistake(tmp_path) -> None:
    """A row that does not exist is answered with path, line and the nearest keys."""
    from dawndusk.library.design import design_text

    path = tmp_path / "mine.yaml"
    path.write_text(design_text("conservative")[0].replace("S030", "S0300"), "utf-8")
    with pytest.raises(UserError, match="S030") as caught:
        read_sourced(str(path))
    assert [(p.path, bool(p.line)) for p in caught.value.problems] == [("payload.mass", True)]
