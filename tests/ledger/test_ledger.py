"""The ledger: rows as recorded, in our units, and reasons that lean on rows that exist."""

from __future__ import annotations

import pytest

from dawndusk import ledger
from dawndusk.core.errors import UserError
from dawndusk.core.units import Unit, UnitError

SUBJECTS = ("scenario", "satellites", "constellations")


def test_every_row_of_the_record_is_shipped() -> None:
    """The ledger holds the 218 rows of the record, each key once."""
    assert len(ledger.entries()) == 218


def test_a_row_is_copied_unchanged() -> None:
    """P050 says what was recorded: price, date, evidence and confidence."""
    row = ledger.entry("P050")
    assert (row.low, row.central, row.high, row.unit, row.year) == ("", "1.25", "", "USD bn/month", "2026")
    assert (row.evidence, row.confidence) == ("filing", "high")
    assert row.source.startswith("SpaceX S-1 2026-05-20")


def test_rows_keep_their_order() -> None:
    """Where all three numbers are given, low <= central <= high in every row."""
    full = [r for r in ledger.entries().values() if r.unit != "-" and r.low and r.central and r.high]
    assert len(full) > 80
    assert all(float(r.low) <= float(r.central) <= float(r.high) for r in full)


@pytest.mark.parametrize(
    ("key", "unit", "expected"),
    [
        ("P050", "USD/yr", (15e9, 15e9, 15e9)),
        ("G013", "1/yr", (0.025, 0.04, 0.06)),
        ("X003", "yr", (1.0, 1.75, 2.0)),
        ("P040", "W", (300e6, 300e6, 300e6)),
        ("D009", "1", (2.7, 3.3, 4.1)),
        ("P034", "USD", (55e9, 55e9, 55e9)),
        ("X011", "m3/J", (0.12e-3 / 3.6e6, 0.2e-3 / 3.6e6, 0.3e-3 / 3.6e6)),
        ("S024", "W/m2", (1257.0, 1415.0, 1588.0)),
        ("P005", "W/kg", (100.0, 100.0, 100.0)),
        ("R001", "m2/s2/yr", (61.0, 64.0, 67.0)),
    ],
)
def test_a_row_reads_in_our_units(key: str, unit: str, expected: tuple[float, float, float]) -> None:
    """Recorded units become units of our table; a side left open is closed with the central value."""
    *values, text = ledger.range_of(key)
    assert [Unit(unit).read(f"{v!r} {text}") for v in values] == pytest.approx(expected, rel=1e-9)


def test_mapped_units_are_units_of_our_table() -> None:
    """Rows whose unit is written in words of the record read as a unit that our table can parse."""
    words = ("%/yr", "years", "months", "USD bn", "launches/yr", "USD/GPU-hour", "krad(Si)", "t LEO", "x/yr")
    read = [key for key, row in ledger.entries().items() if row.unit in words and row.central]
    for key in read:
        *_, text = ledger.range_of(key)
        assert Unit(text).read(f"1 {text}" if text != "1" else 1) == pytest.approx(1.0), key
    assert len(read) > 20


def test_a_row_of_words_is_refused_as_a_number() -> None:
    """P008 (a status in words) and P033 (no central value) cannot be used as numbers."""
    for key in ("P008", "P033", "P007"):
        with pytest.raises(UnitError, match="central number"):
            ledger.range_of(key)


def test_an_unknown_key_names_the_nearest() -> None:
    """A key that is not there is answered with keys that look like it."""
    with pytest.raises(UserError, match="P050"):
        ledger.entry("P0500")
    with pytest.raises(UnitError, match="P050"):
        ledger.range_of("P0500")


def test_search_takes_beginnings_and_words() -> None:
    """A prefix gives the rows of a subject, a word the rows that speak of it."""
    assert {row.key[0] for row in ledger.search("L")} == {"L"}
    assert "S022" in [row.key for row in ledger.search("radiator areal")]
    assert ledger.search("no such words") == []


def test_reasons_lean_on_rows_that_exist() -> None:
    """Each reason has a known kind of evidence, a text, and only keys of the ledger; none stands twice."""
    kinds = {*ledger.EVIDENCE.values(), "guess", "choice"}
    every = [reason for subject in SUBJECTS for reason in ledger.reasons(subject)]
    for reason in every:
        assert reason.evidence in kinds, reason.path
        assert reason.text, reason.path
        assert set(reason.basis) <= set(ledger.entries()), reason.path
        assert reason.evidence in ("guess", "choice", "believed") or reason.basis, reason.path
        assert not reason.factor or len(reason.basis) == 1, reason.path
    assert len({r.path for r in every}) == len(every)
    assert all(len(ledger.reasons(subject)) > 5 for subject in SUBJECTS)


def test_the_most_exact_reason_wins() -> None:
    """A site's own reason stands before the one for all sites."""
    campus = ledger.reason_for("ground.sites.campus.power_price")
    texas = ledger.reason_for("ground.sites.texas.power_price")
    assert campus is not None
    assert texas is not None
    assert (campus.path, texas.path) == ("ground.sites.campus.power_price", "ground.sites.*.power_price")
    assert ledger.reason_for("ground.sites.texas") is None
