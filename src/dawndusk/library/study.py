"""A Study: what was read to answer a question, all of it, once; what every door takes."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from dawndusk import ledger
from dawndusk.core.errors import Problem, UserError, problem
from dawndusk.core.ranges import Distribution, Uncertainty
from dawndusk.core.records import fingerprint, record, replace
from dawndusk.formats.yaml_document import Document, read_document
from dawndusk.formats.yaml_records import read_value, settle
from dawndusk.library.addresses import hint_at, replace_paths
from dawndusk.library.checks import findings
from dawndusk.library.contents import summarise
from dawndusk.library.design import settled
from dawndusk.library.find import SATELLITES, Source, find
from dawndusk.library.origins import spelled_at, written
from dawndusk.physics.spacecraft.design import Design
from dawndusk.supply.scenario import Scenario


@record
class Change:
    """One value that was replaced after reading.

    Parameters
    ----------
    address : str
        Where it stands.
    was, now : str
        As people write it, with its unit.
    """

    address: str
    was: str
    now: str


@record
class Flown:
    """A satellite design that a scenario names, as read.

    Parameters
    ----------
    design, uncertainty : records
        Central values, and their ranges and origins.
    source : Source
        Its file.
    """

    design: Design
    uncertainty: Uncertainty
    source: Source

    @property
    def ranges(self) -> Mapping[str, Distribution]:
        """Its numbers with a range."""
        return self.uncertainty.ranges


@record
class Study:
    """A scenario with everything that was read with it; nothing is opened again.

    Parameters
    ----------
    scenario, uncertainty : records
        Central values after all changes, and their ranges and origins.
    source : Source
        The scenario's own file.
    flown : mapping of str to Flown
        Each design by the name that the scenario gives it.
    changes : tuple of Change
        What was replaced after reading, in order.
    label : str
        The user's own word for it.
    """

    scenario: Scenario
    uncertainty: Uncertainty
    source: Source
    flown: Mapping[str, Flown] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    label: str = ""

    def __iter__(self) -> Iterator[Any]:
        """Scenario and ranges, as ``scenario, ranges = read(...)`` takes them."""
        return iter((self.scenario, self.uncertainty))

    def __getitem__(self, place: int) -> Any:
        """Scenario (0) or ranges (1), as of the pair that `read` gave in 0.1.0."""
        return (self.scenario, self.uncertainty)[place]

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self.scenario.name

    @property
    def designs(self) -> dict[str, Design]:
        """Designs by the name that the scenario gives them."""
        return {name: each.design for name, each in self.flown.items()}

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file that was read, the scenario's own first."""
        return (self.source, *(each.source for each in self.flown.values()))

    def set(self, changes: Mapping[str, object]) -> Study:
        """The study with some values replaced, by address: ``{"orbit.launch.price": "30e6 USD/launch"}``.

        Raises
        ------
        UserError
            With all wrong addresses, values and contradictions at once.
        """
        return changed(self, changes)

    def check(self) -> dict[str, Any]:
        """Counts of what it holds: options by standing, numbers, ranges, evidence."""
        return dataclasses.asdict(summarise(self.scenario, self.uncertainty))

    def fingerprint(self, *more: object) -> str:
        """Short hash of all that decides a run's numbers: scenario, ranges, designs, and `more`."""
        designs = {name: (x.design, x.uncertainty) for name, x in self.flown.items()}
        return fingerprint((self.scenario, self.uncertainty, designs, *more))

    def __repr__(self) -> str:
        """One line: the scenario, its horizon and what was changed."""
        calendar = self.scenario.calendar
        end = calendar.label(calendar.periods - 1)
        changed = "".join(f", {x.address} = {x.now}" for x in self.changes)
        return f"<dawndusk study {self.name}, {calendar.start}-{end}, {len(self.sources)} files{changed}>"


def fly(
    made: Scenario, source: Source, known: Mapping[str, Flown], document: Document | None = None
) -> tuple[dict[str, Flown], list[Problem]]:
    """Each design that a scenario names, read once; problems stand at the line that names it."""
    flown: dict[str, Flown] = {}
    problems: list[Problem] = []
    for option in made.orbit.satellites:
        name = str(option.design)
        if name in flown:
            continue
        if name in known:
            flown[name] = known[name]
            continue
        try:
            found = find(SATELLITES, name, folder=source.folder)
        except UserError as error:
            address = f"orbit.satellites.{option.name}.design"
            problems += [_moved(each, address, document) for each in error.problems]
            continue
        try:
            design, uncertainty = settled(found)
        except UserError as error:
            problems += error.problems
            continue
        flown[name] = Flown(design=design, uncertainty=uncertainty, source=found)
    return flown, problems


def _moved(found: Problem, address: str, document: Document | None) -> Problem:
    """The problem of a file that is named at an address of another."""
    write = f"design: {found.write}"
    if document is None:
        return Problem(path=address, read=found.read, expected=found.expected, write=found.write)
    return document.problem(document.position(address), found.read, found.expected, write)


def changed(study: Study, changes: Mapping[str, object]) -> Study:
    """The study with some values replaced by what would stand in the file.

    Parameters
    ----------
    study : Study
        Not changed.
    changes : mapping
        Address to value: text with its unit (``"30e6 USD/launch"``), a range ``{low: .., mode: ..,
        high: ..}``, ``{ledger: KEY}``, a plain number where the field is one, or a whole group as YAML
        or as a mapping. List items are addressed by name or position, ``steps.0`` or ``steps[0]``. A
        plain number loses the range it had.

    Raises
    ------
    UserError
        With all wrong addresses, values and contradictions at once.
    """
    texts = {_dotted(path): _text(value) for path, value in changes.items()}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for path, text in texts.items():
        try:
            if path.rsplit(".", 1)[-1] in ("name", "format"):
                raise problem(path, "a name", "a value; names are addresses", "change it in the file")
            values[path] = read_value(hint_at(study.scenario, path), text, path, "--set", ledger.range_of)
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(*problems)
    made = replace_paths(study.scenario, values)
    flown, problems = fly(made, study.source, study.flown)
    problems += [
        Problem(path=f.path, read=f.read, expected=f.expected, write=f.write) for f in findings(made)
    ]
    if problems:
        raise UserError(*problems)
    plain, fresh = settle(made)
    return replace(
        study,
        scenario=plain,
        uncertainty=_merged(study.uncertainty, fresh, values),
        flown=flown,
        changes=(*study.changes, *_named(study, texts)),
    )


def _dotted(path: str) -> str:
    """`demand.step_values[0]` as `demand.step_values.0`."""
    return re.sub(r"\[(\w[^\]]*)\]", r".\1", path.strip()).lstrip(".")


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _merged(old: Uncertainty, fresh: Uncertainty, values: Mapping[str, Any]) -> Uncertainty:
    """Ranges and origins with those of changed values, and of all inside changed groups, replaced."""

    def kept(path: str) -> bool:
        return not any(path == x or path.startswith(f"{x}.") for x in values)

    return Uncertainty(
        ranges={k: v for k, v in old.ranges.items() if kept(k)} | dict(fresh.ranges),
        ledger={k: v for k, v in old.ledger.items() if kept(k)} | dict(fresh.ledger),
        explained=frozenset(path for path in old.explained if kept(path)),
    )


def _named(study: Study, texts: Mapping[str, str]) -> list[Change]:
    """What is changed, with the values before and after as people write them."""
    before = {change.address: change.now for change in study.changes}
    document = read_document(study.source.text, study.source.file)
    said = written(document) if document.data else {}
    return [
        Change(
            address=path,
            was=before.get(path) or said.get(path) or spelled_at(study.scenario, path),
            now=text,
        )
        for path, text in texts.items()
    ]
