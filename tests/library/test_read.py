"""Scenario files: the shipped ones read, every default has its origin, every mistake its message."""

from __future__ import annotations

from pathlib import Path

import pytest

from dawndusk import ledger
from dawndusk.core.errors import UserError
from dawndusk.core.ranges import Uncertainty
from dawndusk.library.addresses import numbers
from dawndusk.library.origins import origins
from dawndusk.library.read import read, read_text, set_values, shipped, text_of
from dawndusk.supply.scenario import Scenario


@pytest.fixture(scope="module")
def colossus() -> tuple[Scenario, Uncertainty]:
    """The default scenario."""
    return read("colossus")


def mistakes(**changes: tuple[str, str]) -> dict[str, tuple[int | None, str, str]]:
    """Path -> (line, read, write) of the problems in colossus with some text replaced."""
    text, _ = text_of("colossus")
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(UserError) as caught:
        read_text(text, "changed.yaml")
    assert all(p.file == "changed.yaml" and p.expected and p.write for p in caught.value.problems)
    return {p.path: (p.line, p.read, p.write) for p in caught.value.problems}


def line_of(part: str) -> int:
    """Line of the first occurrence of some text in colossus."""
    text, _ = text_of("colossus")
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenarios_are_valid(name: str) -> None:
    """Each shipped scenario reads without a problem and carries its own name."""
    assert read(name)[0].name == name


def test_every_default_has_an_origin(colossus: tuple[Scenario, Uncertainty]) -> None:
    """No number of the default scenario stands there without a ledger row or a reason."""
    found = list(origins(*colossus))
    assert len(found) > 300
    assert [o.path for o in found if o.evidence == "file"] == []
    assert all(o.reason for o in found)


def test_every_reason_is_about_a_number(colossus: tuple[Scenario, Uncertainty]) -> None:
    """No reason is left over from a number that is gone."""
    explained = [p for p, _, _ in numbers(colossus[0]) if p not in colossus[1].ledger]
    used = {reason.path for p in explained if (reason := ledger.reason_for(p)) is not None}
    assert {r.path for r in ledger.reasons()} - used == set()


def test_numbers_agree_with_the_row_they_are_computed_from(colossus: tuple[Scenario, Uncertainty]) -> None:
    """Where a reason says `factor x row`, the scenario's number and range are that, within 1 %."""
    compared = 0
    for origin in origins(*colossus):
        reason = ledger.reason_for(origin.path)
        if origin.ledger or reason is None or not reason.factor:
            continue
        row = ledger.entry(reason.basis[0])
        for said, value in zip(
            (row.low, row.central, row.high), (origin.low, origin.central, origin.high), strict=True
        ):
            if said:
                assert value == pytest.approx(float(said) * float(reason.factor), rel=0.01), origin.path
                compared += 1
    assert compared >= 20


def test_sources_named_in_the_file_exist(colossus: tuple[Scenario, Uncertainty]) -> None:
    """Every key in a `source` is a row of the ledger, or the word guess."""
    s = colossus[0]
    lists = (s.leases, s.rentals, s.commitments, s.colocations, s.plants, s.capacity, s.fabs)
    orbit = (s.orbit.shells, s.orbit.satellites, s.orbit.pads, (s.orbit.launch,))
    words = [w for items in (*lists, s.ground.sites, *orbit) for item in items for w in item.source.split()]
    assert len(words) > 50
    assert {w for w in words if w != "guess"} <= set(ledger.entries())


def test_the_scenario_says_what_the_design_says(colossus: tuple[Scenario, Uncertainty]) -> None:
    """Contract, fleet, shells and launch price are those of May 2026."""
    s, u = colossus
    monthly = sum(lease.price * lease.compute for lease in s.leases) / 12
    assert monthly == pytest.approx(1.25e9, rel=0.005)
    assert s.leases[0].compute + s.leases[1].compute == 525e3
    assert sum(a.amount for a in s.commitments[1].arrivals) == pytest.approx(8e6)
    assert sum(shell.satellites for shell in s.orbit.shells) == 1_198_120
    assert s.orbit.launch.price / 100e3 == pytest.approx(600)
    assert len([x for x in s.ground.sites if x.queue_first > 0]) >= 5
    assert (s.calendar.start, s.calendar.periods) == ("2026Q2", 40)
    price = u.ranges["orbit.satellites.ai1.platform_price"]
    assert (price.low, price.mode, price.high, price.shape) == (5, 22, 200, "log-triangular")
    assert u.ledger["demand.usage_growth"] == "D001"


def test_class_steps_weighted_give_the_value_curve(colossus: tuple[Scenario, Uncertainty]) -> None:
    """All classes together hold 25/25/20/15/15 % of demand on the five steps."""
    classes = colossus[0].demand.classes
    total = [sum(c.share * c.steps[i] for c in classes) for i in range(5)]
    assert total == pytest.approx([0.25, 0.25, 0.20, 0.15, 0.15], abs=0.002)


def test_a_changed_number_loses_the_shipped_reason() -> None:
    """In an edited copy the reasons are only about what is still as shipped."""
    text, _ = text_of("colossus")
    copy = read_text(text.replace("discount: 8 %/yr", "discount: 9 %/yr"), "copy.yaml")
    assert [o.path for o in origins(*copy) if o.evidence == "file"] == ["finance.discount"]


def test_all_problems_come_at_once_with_path_and_line() -> None:
    """One look names every mistake: unknown key, unit, dimension, NaN, sign, sums, dates, names."""
    found = mistakes(
        bare=("discount: 8 %/yr", "discount: 0.08"),
        unknown=("spending_share: 1\n", "spending_shar: 1\n"),
        nan=("planned_growth: 10", "planned_growth: .nan"),
        shares=("share: 0.45", "share: 0.55"),
        negative=("lead: {low: 0.25 yr, mode: 0.5 yr, high: 1 yr}", "lead: -1 yr"),
        dimension=("{low: 40 USD/MWh, mode: 50 USD/MWh, high: 70 USD/MWh}", "50 USD/MW"),
        lease=("end: 2029Q1", "end: 2026Q1"),
        quarter=("first: 2027Q4", "first: 2027-Q4"),
        gate=("orbit:\n  gate: licence", "orbit:\n  gate: license"),
        order=("low: 25e6 USD/launch", "low: 65e6 USD/launch"),
        key=("{ledger: L017}", "{ledger: L0017}"),
        choice=("standing: announced", "standing: planned"),
        missing=("  batch_share: 1\n", ""),
        probability=("probability: 0.7", "probability: 1.7"),
    )
    assert set(found) == {
        "finance.discount",
        "finance.spending_shar",
        "finance.spending_share",
        "demand.planned_growth",
        "demand.classes",
        "chips.lead",
        "ground.sites.texas.power_price",
        "leases.colossus-1.end",
        "plants.engines.first",
        "orbit.gate",
        "orbit.launch.price",
        "orbit.launch.learning",
        "fabs.terafab.standing",
        "orbit.batch_share",
        "gates.licence.probability",
    }
    assert found["finance.discount"][0] == line_of("discount: 8")
    assert found["finance.spending_shar"][2].startswith("spending_share")
    assert found["ground.sites.texas.power_price"][0] == line_of("power_price: {low: 40")
    assert found["leases.colossus-1.end"][0] == line_of("end: 2029Q1")
    assert "2026Q2" in found["leases.colossus-1.end"][1]
    assert found["orbit.gate"][2] == "gate: licence"


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("steps: [0.40, 0.30", "steps: [0.50, 0.30", "demand.classes.interactive.steps"),
        ("steps: [0.40, 0.30, ", "steps: [0.70, ", "demand.classes.interactive.steps"),
        ("mode: 6 USD/(H100e*h)", "mode: 9 USD/(H100e*h)", "demand.step_values.1"),
        ("periods: 40", "periods: 0", "calendar.periods"),
        ("periods: 40", "periods: 81", "calendar.periods"),
        ("periods: 40", "periods: 4.5", "calendar.periods"),
        ("target_from: 2028Q1", "target_from: 2040Q1", "demand.target_from"),
        ("site: campus", "site: campos", "plants.engines.site"),
        ("name: cloud-demand", "name: cloud-year", "rentals.cloud-year.name"),
        ("name: cloud-demand", "name: cloud demand", "rentals.cloud demand.name"),
        ("altitude_high: 568 km", "altitude_high: 540 km", "orbit.shells.group-1.altitude_high"),
        ("satellites: 99900", "satellites: -1", "orbit.shells.group-1.satellites"),
        ("satellites: 99900", "satellites: many", "orbit.shells.group-1.satellites"),
        ("format: dawndusk-scenario-1", "format: dawndusk-scenario-9", "format"),
        ("last: 2026Q2", "last: 2026Q1", "leases.colossus-1.last"),
        ("start: 2026Q1", "start: 2026Q4", "chips.generations.GB300.start"),
        ("{start: 2028Q1, amount", "{start: 2026Q4, amount", "commitments.firm.arrivals.2.start"),
        ("gate: licence\n    source", "gate: permit\n    source", "capacity.orbit-capacity.gate"),
        ("price_floor: {low: 3.3e6 USD/launch, mode: 10e6 USD/launch,",
         "price_floor: 70e6 USD/launch\n    unknown: {", "orbit.launch.price_floor"),
        ("flexible_lead: {low: 1 yr, mode: 1.5 yr, high: 3 yr}", "flexible_lead: 5 yr",
         "ground.sites.texas.flexible_lead"),
        ("sun_synchronous: false", "sun_synchronous: perhaps", "orbit.shells.group-1.sun_synchronous"),
        ("share: 0.45", "share: [0.45]", "demand.classes.interactive.share"),
        ("gates:\n  - {", "gates:\n  {", "gates"),
        ("{low: 50 MW, mode: 100 MW, high: 200 MW}", "{low: 50 MW, high: 200 MW}",
         "colocations.powered-shell.limit"),
        ("shape: log-triangular}\n      learning", "shape: normal}\n      learning",
         "orbit.satellites.ai1.platform_price"),
    ],
)  # fmt: skip
def test_contradictions_are_found(old: str, new: str, path: str) -> None:
    """Each rule between numbers, names and dates names the place that breaks it."""
    assert path in mistakes(change=(old, new))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "5",
        "a: [1,",
        "a: 1\na: 2\n",
        "a: &x [*x]",
        "\t- a",
        "{" * 3000,
        "a: b: c",
        "\x00",
        "- " * 2000,
    ],
)
def test_text_that_is_no_scenario_is_refused(text: str) -> None:
    """Whatever the text, the answer is a list of problems and never another error."""
    with pytest.raises(UserError) as caught:
        read_text(text, "odd.yaml")
    assert caught.value.problems


def test_missing_and_odd_files_are_refused(tmp_path: Path) -> None:
    """A wrong name, a folder and a binary file are the user's mistake, said in words."""
    with pytest.raises(UserError, match="colossus"):
        read("colosus")
    with pytest.raises(UserError, match="no file of this name"):
        read(tmp_path / "nothing.yaml")
    with pytest.raises(UserError):
        read(tmp_path)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="UTF-8"):
        read(binary)


def test_set_values_reads_units_and_drops_the_range(colossus: tuple[Scenario, Uncertainty]) -> None:
    """A value set by text is converted; its old range and origin no longer hold; the original stays."""
    changed, rest = set_values(
        *colossus, {"orbit.launch.price": "30e6 USD/launch", "demand.service": "target", "chips.life": "4 yr"}
    )
    assert (changed.orbit.launch.price, changed.demand.service, changed.chips.life) == (30e6, "target", 4.0)
    assert "orbit.launch.price" not in rest.ranges
    assert "chips.life" not in rest.ledger
    assert "orbit.launch.price" in colossus[1].ranges
    assert [o.evidence for o in origins(changed, rest) if o.path == "orbit.launch.price"] == ["file"]


def test_set_values_takes_ranges_and_items_of_lists(colossus: tuple[Scenario, Uncertainty]) -> None:
    """A range, a ledger row and a position in a list can be set as in the file."""
    changed, rest = set_values(
        *colossus,
        {
            "demand.in_use": "{low: 1e6 H100e, mode: 2e6 H100e, high: 3e6 H100e}",
            "demand.step_values.0": "9 USD/(H100e*h)",
            "chips.lead": "{ledger: X003}",
        },
    )
    assert rest.ranges["demand.in_use"].high == 3e6
    assert changed.demand.step_values[0] == 9 * 8766
    assert rest.ledger["chips.lead"] == "X003"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("orbit.lanch.price", "1 USD/launch"),
        ("orbit.launch.price", "30"),
        ("orbit.launch", "1"),
        ("demand.service", "often"),
        ("calendar.periods", "4.5"),
        ("calendar.periods", "99"),
        ("leases.colossus-9.price", "1 USD/(H100e*h)"),
        ("leases.colossus-1.name", "x"),
        ("demand.classes.batch.share", "0.9"),
        ("demand.in_use", "[1"),
    ],
)
def test_set_values_refuses(colossus: tuple[Scenario, Uncertainty], path: str, text: str) -> None:
    """Wrong addresses, values and contradictions are refused with what to write instead."""
    with pytest.raises(UserError):
        set_values(*colossus, {path: text})


def test_a_year_where_a_quarter_belongs_is_told_what_a_quarter_is() -> None:
    """A bare year is refused with a quarter to write, which is accepted when written."""
    text, file = text_of("tiny")
    with pytest.raises(UserError) as caught:
        read_text(text.replace("last: 2026Q3", "last: 2026"), file)
    (found,) = caught.value.problems
    assert (found.path, found.read) == ("leases.colossus-1.last", "2026")
    read_text(text.replace("last: 2026Q3", f"last: {found.write}"), file)
