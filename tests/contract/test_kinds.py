"""What every kind of supply must do, over the registry: a kind without its hand calculation fails here."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest
from tests.conftest import run_command
from tests.contract.kinds import everything, example, from_table, scenario_of, text_with, to_table

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.offers import Offer
from dawndusk.core.records import fingerprint, replace, units_of
from dawndusk.core.scenario.orbit import SatelliteOption
from dawndusk.library.design import read_design
from dawndusk.library.read import read_text
from dawndusk.report import page
from dawndusk.report.decisions import short_label
from dawndusk.report.summary import now_texts
from dawndusk.report.view import View, view_of
from dawndusk.study.result.tree import Result
from dawndusk.supply import assemble, option_of
from dawndusk.supply.kinds import Kind
from dawndusk.supply.scenario import KINDS, Scenario, words_of
from dawndusk.supply.unit_cost import PARTS, unit_costs

EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.block)
QUARTER = HOURS_PER_YEAR / 4  # h
WATTS = 1833 / 2.5  # W per H100e of tiny's chips


def offers(kind: Kind, **changes: Any) -> dict[str, Offer]:
    """Name -> offer that the example makes."""
    scenario, item = scenario_of(kind, **changes)
    files = {x.design: read_design(x.design)[0] for x in scenario.orbit.satellites}
    return {x.name: x for x in kind.offers(item, scenario, files) if isinstance(x, Offer)}


def lists_of_supply(cls: type, path: str = "") -> dict[str, type]:
    """Path -> record of every list whose items have a standing."""
    found: dict[str, type] = {}
    for name, hint in get_type_hints(cls).items():
        where = f"{path}{name}"
        inner = get_args(hint)[0] if get_args(hint) else hint
        if not dataclasses.is_dataclass(inner):
            continue
        if get_args(hint) and "standing" in {f.name for f in dataclasses.fields(inner)}:
            found[where] = inner  # type: ignore[assignment]
        elif not get_args(hint):
            found |= lists_of_supply(inner, f"{where}.")  # type: ignore[arg-type]
    return found


def test_every_list_of_supply_is_a_kind() -> None:
    """Whatever stands in a scenario with a standing is in the registry, once, with its record."""
    assert {kind.block: kind.item for kind in KINDS} == lists_of_supply(Scenario)
    assert len({kind.title for kind in KINDS}) == len(KINDS)


def test_words_are_said_once() -> None:
    """Two kinds that speak of the same offers share the words, they do not state them twice."""
    every = [words for kind in KINDS for words in kind.words]
    assert len({id(x) for x in every}) == len({x.kind for x in every})
    assert {x.capital for x in every} | {x.running for x in every} <= set(PARTS)


@EVERY
def test_it_reads(kind: Kind) -> None:
    """The example of the reference page is an item of the kind, with every field that has no default."""
    _, item = scenario_of(kind)
    assert type(item) is kind.item
    required = {f.name for f in dataclasses.fields(kind.item) if f.default is dataclasses.MISSING}
    assert required <= set(example(kind))


@EVERY
def test_its_numbers_keep_their_range(kind: Kind) -> None:
    """A number below the least or above the most that its field allows is refused at its own address."""
    checked = 0
    for name, unit in units_of(kind.item).items():
        for bound, beyond in ((unit.low, unit.low - 1), (unit.high, unit.high + 1)):
            if np.isfinite(bound):
                with pytest.raises(UserError) as caught:
                    scenario_of(kind, **{name: f"{beyond!r} {'' if unit.text == '1' else unit.text}".strip()})
                path = f"{kind.block}.{example(kind)['name']}.{name}"
                assert path in [p.path for p in caught.value.problems]
                checked += 1
    assert checked > 0


# A change of the example that its fields allow one by one, but that cannot be.
IMPOSSIBLE: dict[str, list[dict[str, Any]]] = {
    "commitments": [
        {"arrivals": [{"start": "2027Q1", "amount": "1 H100e"}, {"start": "2027Q1", "amount": "2 H100e"}]}
    ],
    "leases": [{"last": "2026Q1"}, {"end": "2026Q1"}, {"last": "2028Q4"}, {"first": "2026"}],
    "rentals": [{"name": "cloud two"}, {"term": "1"}],
    "colocations": [{"name": "12"}, {"lead": "2"}],
    "ground.sites": [{"flexible_lead": "1 yr"}, {"hall": "30"}],
    "plants": [{"site": "texs"}, {"first": "2027"}],
    "fabs": [{"late_from": "soon"}, {"name": "cloud-year"}],
    "orbit.pads": [{"first": "2027Q5"}],
    "capacity": [{"gate": "license"}, {"first": "next"}],
    "orbit.satellites": [{"first": "2027 Q3"}],
}


@EVERY
def test_it_refuses_what_is_impossible(kind: Kind) -> None:
    """Each contradiction is refused once, at its address; what is proposed is accepted when written there."""
    for changes in IMPOSSIBLE[kind.block]:
        with pytest.raises(UserError) as caught:
            scenario_of(kind, **changes)
        (found,) = caught.value.problems
        item = example(kind) | changes
        *above, last = found.path.removeprefix(f"{kind.block}.").split(".")[1:]
        here: Any = item
        for word in above:
            here = here[int(word) if isinstance(here, list) else word]
        quoted = re.search(r"'(.*?)'", found.write)
        here[last] = quoted[1] if quoted else found.write.removeprefix(f"{last}: ")
        read_text(text_with((kind, item)), "tiny.yaml")


def _lasting(rate: float, quarters: int) -> float:
    """Mean share left over the quarters of a life when `rate` is lost a year."""
    return float(np.mean((1 - rate) ** (np.arange(quarters) / 4)))


def _repaid(rate: float, years: float) -> float:
    """Yearly payment that repays 1."""
    return rate / (1 - (1 + rate) ** -years)


# USD per H100e and quarter: chips at 51.4 kUSD per 2.5 H100e, network at 3 USD/W, ordered a quarter ahead.
CHIP = (51.4e3 / 2.5 + 3 * WATTS) * 1.1**0.25 * _repaid(0.1, 5) / 4
CHIP_HOURS = 0.95 * _lasting(0.04, 20) * QUARTER


def _commitment(made: dict[str, Offer], _: dict[str, Any]) -> None:
    offer = made["in-use"]
    assert offer.initial[[0, 4, 8]] == pytest.approx([700e3, 630e3, 567e3])  # a tenth leaves each year
    assert offer.running[0] == pytest.approx(2.5 * QUARTER)
    assert not offer.orderable


def _lease(made: dict[str, Offer], costs: dict[str, Any]) -> None:
    offer = made["colossus-1"]
    assert given(offer) == [275e3]
    assert offer.running[3] == pytest.approx(275e3 * 3.25 * QUARTER)
    assert costs["colossus-1"] == pytest.approx(3.25)


def _rental(made: dict[str, Offer], costs: dict[str, Any]) -> None:
    offer = made["cloud-year"]
    assert given(offer) == [1]
    assert offer.capital[[0, 4]] == pytest.approx([2.35 * HOURS_PER_YEAR, 0.8 * 2.35 * HOURS_PER_YEAR])
    assert offer.limit_service[1] == pytest.approx(330e3)
    assert costs["cloud-year"] == pytest.approx(2.35)


def _colocation(made: dict[str, Offer], costs: dict[str, Any]) -> None:
    rent = 0.15 * 3  # USD per W and quarter
    assert made["rent-powered-shell"].running[0] == pytest.approx(rent)
    assert given(made["rent-powered-shell"]) == [1, 1]  # space and power
    assert given(made["chips-powered-shell"]) == [0.95]
    assert costs["powered-shell"] == pytest.approx((CHIP + WATTS * rent) / CHIP_HOURS)


def _site(made: dict[str, Offer], costs: dict[str, Any]) -> None:
    assert given(made["queue-texas"]) == [0.7]
    assert made["queue-texas"].limit_total[2] == pytest.approx(0.9e9 / 0.7)
    assert given(made["flexible-texas"]) == [0.97]
    assert given(made["build-texas"]) == [1]
    # Paid in four parts over the year of construction; then 3 % a year of operation.
    build = 13.8 * (np.mean(1.1 ** (np.arange(4, 0, -1) / 4)) * _repaid(0.1, 15) + 0.03) / 4
    energy = 50e-6 * QUARTER  # USD per W
    place = 0.05 * 1.1**0.5 * _repaid(0.1, 15) / 4 / 0.97  # the early connection gives more of a deposit
    hand = (CHIP + WATTS * (build + 1.18 * (energy + place))) / CHIP_HOURS
    assert costs["texas"] == pytest.approx(hand)


def _plant(made: dict[str, Offer], _: dict[str, Any]) -> None:
    offer = made["engines"]
    assert given(offer) == [0.96]
    assert offer.capital[0] == 1.8
    per_kwh = 8650 * 4.3e-6 + 12e-3
    assert offer.running[0] == pytest.approx(per_kwh / 1000 * 0.96 * QUARTER, rel=1e-6)
    assert offer.limit_order[[0, 1]] == pytest.approx([0.25e9, 0.2575e9])


def _fab(made: dict[str, Offer], _: dict[str, Any]) -> None:
    offer = made["terafab"]
    assert (offer.first, offer.lead, offer.capital[3]) == (3, 2, 55e9)
    # Of 2.5 M a quarter 30 % in the two quarters of 2027 and 60 % in the three that are left of the horizon.
    assert offer.gives["chips"][3] == pytest.approx(2.5e6 * (2 * 0.3 + 3 * 0.6) / 5)
    assert offer.running[5] == 0  # its chips cost less than the market's 15 kUSD: paid at the market's price
    assert offer.limit_total[0] == 0.5


def _pad(made: dict[str, Offer], _: dict[str, Any]) -> None:
    offer = made["own-pad"]
    assert given(offer) == [5]  # launches a quarter
    assert (offer.first, offer.capital[1], offer.limit_total[1]) == (1, 2e9, 2)


def _capacity(made: dict[str, Offer], costs: dict[str, Any]) -> None:
    offer = made["orbit-deal"]
    assert given(offer) == pytest.approx([0.9])
    assert offer.limit_service[[4, 5, 9]] == pytest.approx([0, 50e3, 100e3])
    assert costs["orbit-deal"] == pytest.approx(3 * 0.9 ** (3 / 4))  # what is not delivered is not paid


def _satellite(made: dict[str, Offer], _: dict[str, Any]) -> None:
    offer = made["ai1-group-2"]
    draws = {draw.resource: draw.amount[3] for draw in offer.draws}
    assert draws["satellites"] == pytest.approx(1 / 0.97)  # a launch in thirty-three is lost
    assert (1 / 0.97 / draws["launches"]) % 1 == pytest.approx(0, abs=1e-9)  # whole satellites in a launch
    platform = (offer.capital[3] - 50e3) * 0.97  # without disposal
    assert offer.running[5] == pytest.approx(platform * 0.05 / 4)
    dear = offers(made_by(SatelliteOption), platform_price="44 USD/W")["ai1-group-2"]
    assert dear.capital[3] - 50e3 == pytest.approx(2 * (offer.capital[3] - 50e3))


HAND: dict[str, Callable[[dict[str, Offer], dict[str, Any]], None]] = {
    "commitments": _commitment,
    "leases": _lease,
    "rentals": _rental,
    "colocations": _colocation,
    "ground.sites": _site,
    "plants": _plant,
    "fabs": _fab,
    "orbit.pads": _pad,
    "capacity": _capacity,
    "orbit.satellites": _satellite,
}


def given(offer: Offer) -> list[float]:
    """What one unit gives when it is new, in the first quarter of order."""
    return [float(x[max(offer.first, 0)]) for x in offer.gives.values()]


def made_by(item: type) -> Kind:
    """The kind of a record."""
    return next(kind for kind in KINDS if kind.item is item)


@EVERY
def test_it_gives_and_costs_what_a_hand_calculation_says(kind: Kind) -> None:
    """What the example gives and costs, per unit and per delivered H100e-hour, is worked out by hand."""
    scenario, item = scenario_of(kind)
    files = {x.design: read_design(x.design)[0] for x in scenario.orbit.satellites}
    supply = assemble(scenario, files)
    made = {x.name: x for x in kind.offers(item, scenario, files) if isinstance(x, Offer)}
    first = max(0, *(x.first for x in made.values()))
    HAND[kind.block](made, unit_costs(supply, first))


@EVERY
def test_it_survives_the_way_to_a_table_and_back(kind: Kind) -> None:
    """Written as CSV rows of field, value and unit, and read again as a scenario's lines, it is the same."""
    _, item = scenario_of(kind)
    scenario, _ = read_text(text_with((kind, from_table(to_table(item)))), "tiny.yaml")
    again = next(x for x in kind.items(scenario) if x.name == item.name)
    assert fingerprint(again) == fingerprint(item)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """The result of a run of `tiny` with one of each kind."""
    folder = tmp_path_factory.mktemp("kinds")
    file = folder / "everything.yaml"
    file.write_text(everything(), encoding="utf-8")
    return view_of(Result.load(run_command(str(file), folder).result))


@EVERY
def test_it_is_in_the_plan_and_in_do_now(kind: Kind, view: View) -> None:
    """Each of its offers is in the plan; an order of it today is named in "Do now" with its verb."""
    for offer in offers(kind).values():
        at = view.offers.name.index(offer.name)
        if not offer.orderable:
            assert kind.words == ()
            continue
        said = words_of(offer.kind)
        assert said in kind.words
        assert (said.unit, said.kind) == (offer.unit, view.offers.kind[at])
        orders = np.zeros_like(view.plan.orders)
        orders[at, 0] = 10 * said.smallest
        text = "; ".join(now_texts(replace(view, plan=replace(view.plan, orders=orders))))
        assert text.startswith(said.verb)
        assert short_label(view, at) in text


@EVERY
def test_it_is_in_the_costs_and_in_the_report(kind: Kind, view: View) -> None:
    """What gives compute has a unit cost, in parts that sum to it; the page names every item by its label."""
    text = page.page(view)
    _, item = scenario_of(kind)
    assert html.escape(item.label) in text
    for offer in offers(kind).values():
        if offer.pool and offer.orderable:
            at = view.offers.options.index(option_of(offer))
            assert view.offers.unit_cost_2030[at] > 0
            assert view.offers.stack[at].sum() == pytest.approx(view.offers.unit_cost_2030[at])
