"""What an error says to write: followed to the letter, for every field of every record that is read."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from dawndusk import ledger
from dawndusk.core.constellation import Constellation
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.scenario.finance import Finance
from dawndusk.core.units import Unit
from dawndusk.formats.proposals import sample
from dawndusk.formats.yaml_document import Document, read_document
from dawndusk.formats.yaml_records import examine, read_value
from dawndusk.formats.yaml_schema import classes
from dawndusk.physics.spacecraft.design import Design
from dawndusk.supply.scenario import Scenario

CLASSES = {
    cls.__qualname__ + cls.__module__: cls
    for top in (Scenario, Design, Constellation)
    for cls in classes(top).values()
}
WRONG: list[Any] = [
    5,
    -3,
    1e31,
    None,
    float("nan"),
    "5 furlong",
    "2.10 EUR",
    "5 ton",
    "400 %",
    "nonsense",
    {"a": 1},
    {"low": 1, "mode": 2, "high": 3},
    {"low": "3 km", "mode": 2, "high": 1},
    {"low": 0, "mode": 0, "high": 0, "shape": "log-triangular"},
    {"ledger": "L0017"},
]


def problems(cls: type, data: Any) -> list[Problem]:
    """What is wrong with some data as a record."""
    return examine(cls, Document(data=data, lines={}, file="x.yaml"), ledger.range_of)[1]


@cache
def written(text: str) -> Any:
    """Data of a proposed text."""
    return read_document(text, "write").data


def followed(data: Any, problem: Problem) -> Iterator[Any]:
    """The data as told: a key removed, a line written, or each text in quotes (or all) in its place."""
    path = Document(data=data, lines={}, file="x.yaml").position(problem.path)
    quoted = re.findall(r"'[^']*'", problem.write) if problem.write.startswith("'") else []
    if problem.write.endswith(", whichever is meant") and not quoted:
        quoted = problem.write.removesuffix(", whichever is meant").split(" or ")
    for text in quoted or [problem.write.removeprefix(f"{path[-1]}: ")]:
        made = copy.deepcopy(data)
        here = made
        for part in path[:-1]:
            here = here[part]
        if problem.read.startswith("unknown key") or problem.expected.startswith("the key '"):
            here.pop(path[-1], None)
            here.update({} if "remove" in text else written(problem.write))
        else:
            here[path[-1]] = written(text)
        yield made


@pytest.mark.parametrize("cls", CLASSES.values(), ids=lambda x: x.__name__)
def test_what_an_error_says_to_write_is_accepted(cls: type) -> None:
    """Every field, given fifteen wrong values: each proposed text is read without a problem."""
    data = read_document(sample(cls), "sample").data or {}
    assert problems(cls, data) == []
    for field in dataclasses.fields(cls):
        for value in WRONG:
            wrong = {**data, field.name: value}
            for problem in problems(cls, wrong):
                if problem.write.startswith("lines with the keys"):
                    continue
                for made in followed(wrong, problem):
                    left = [x for x in problems(cls, made) if x.path == problem.path]
                    assert left == [], (value, problem)


@pytest.mark.parametrize("cls", CLASSES.values(), ids=lambda x: x.__name__)
def test_a_missing_and_a_misspelt_key_can_be_mended_as_told(cls: type) -> None:
    """A key that is left out, or written with a letter too many, is proposed with a value that fits."""
    data = read_document(sample(cls), "sample").data or {}
    for key in data:
        rest = {k: v for k, v in data.items() if k != key}
        (missing,) = problems(cls, rest)
        misspelt = {**rest, f"{key}x": data[key]}
        unknown = next(x for x in problems(cls, misspelt) if x.read.startswith("unknown key"))
        for wrong, problem in ((rest, missing), (misspelt, unknown)):
            if "lines with the keys" not in problem.write:
                assert [problems(cls, made) for made in followed(wrong, problem)] == [[]]


def test_a_key_that_stands_there_already_is_not_proposed_again() -> None:
    """A second spelling beside the right one is to be removed: renamed, the key would stand twice."""
    data = read_document(sample(Finance), "sample").data
    (found,) = problems(Finance, {**data, "discountx": "8 %/yr"})
    assert found.write == "nothing here; remove this key"


@pytest.mark.parametrize(
    ("unit", "value", "write"),
    [
        (Unit("m", 150e3, 50e6), 550, "'550 km'"),
        (Unit("rad"), "53", "'53 rad' or '53 deg', whichever is meant"),
        (Unit("1", 0, 1), 45, "'45 %'"),
        (Unit("kg"), "5 ton", "'5 t'"),
        (Unit("1/yr", 0, 1), 8, "'8 %/yr'"),
    ],
)
def test_the_writers_number_is_kept_where_its_unit_can_be_told(unit: Unit, value: Any, write: str) -> None:
    """A bare number is offered in the units in which it lies in the field's range."""
    assert unit.proposal(value) == write


@pytest.mark.parametrize(("unit", "value"), [("USD", "2.10 EUR"), ("K", "80 F"), ("USD/J", "80 USD/MW")])
def test_another_currency_or_dimension_is_not_relabelled(unit: str, value: str) -> None:
    """2.10 EUR are not 2.10 USD: the number is not carried over."""
    assert value.split(" ", maxsplit=1)[0] not in Unit(unit).proposal(value)


@pytest.mark.parametrize("unit", [Unit("1", 0, 0.999), Unit("kg/W", 0, 0.1), Unit("1", 0, 1)])
def test_a_sample_lies_inside_the_range_and_not_on_its_edge(unit: Unit) -> None:
    """What is proposed for a missing number is no extreme: not all is lost, nothing is certain."""
    assert unit.low < unit.read(unit.sample()) < unit.high


def test_each_mistake_in_a_group_given_as_text_stands_at_its_own_address() -> None:
    """Of a group every wrong number is named; a text that is no group is told with a whole one."""
    keys = [key for key in written(sample(Finance)) if key != "cvar_level"]
    with pytest.raises(UserError) as caught:
        read_value(
            Finance,
            "{" + ", ".join(f"{key}: furlong" for key in keys) + ", cvar_level: 7}",
            "finance",
            "--set",
        )
    assert {x.path for x in caught.value.problems} == {f"finance.{key}" for key in (*keys, "cvar_level")}
    with pytest.raises(UserError) as caught:
        read_value(Finance, "1", "finance", "--set")
    (found,) = caught.value.problems
    assert found.path == "finance"
    read_value(Finance, found.write, "finance", "--set")
