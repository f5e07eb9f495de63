"""Scenario files: found, read, checked; all mistakes at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from dawndusk import ledger
from dawndusk.core.errors import Problem, UserError, problem
from dawndusk.core.ranges import Uncertainty
from dawndusk.formats.yaml_document import Document, read_document
from dawndusk.formats.yaml_records import examine, settle
from dawndusk.library.checks import findings
from dawndusk.library.find import SCENARIOS, Source, find, shelved
from dawndusk.library.origins import EXPLAINED, written
from dawndusk.library.study import Flown, Study, changed, fly
from dawndusk.supply.scenario import Scenario


def shipped() -> list[str]:
    """Names of the scenarios that come with the program."""
    return list(shelved(SCENARIOS))


def read(file_or_name: str | Path | Study) -> Study:
    """The study of a scenario file or of a shipped name: the scenario, its designs, ranges and origins.

    Parameters
    ----------
    file_or_name : str or path
        ``my.yaml``, ``folder/my.yaml``, or the name of a shipped scenario (``colossus``). A Study is
        given back as it is.

    Raises
    ------
    UserError
        With every problem of the file at once: path, line, what was read and what to write. Also for
        what is neither a name nor a path.
    """
    if isinstance(file_or_name, Study):
        return file_or_name
    if not isinstance(file_or_name, str | Path):
        raise problem(
            "scenario",
            f"a {type(file_or_name).__name__}",
            "a shipped name, the path of a scenario file, or what dawndusk.read gives",
            'dawndusk.read("colossus")',
        )
    return read_source(find(SCENARIOS, file_or_name))


def as_study(scenario: str | Path | Study | Scenario, uncertainty: Uncertainty | None = None) -> Study:
    """A study of whatever says which: also of a Scenario record and its ranges.

    Raises
    ------
    UserError
        As `read`; or for a design that the record names and that is not to be found.
    """
    if not isinstance(scenario, Scenario):
        return read(scenario)
    source = Source(name=scenario.name, file=scenario.name, text="", folder=Path())
    flown, problems = fly(scenario, source, {})
    if problems:
        raise UserError(*problems)
    ranges = uncertainty or Uncertainty(ranges={}, ledger={})
    return Study(scenario=scenario, uncertainty=ranges, source=source, flown=flown)


def read_text(text: str, file: str) -> Study:
    """As `read`, from the text of a file; `file` is the name for messages."""
    return read_source(Source(name=file, file=file, text=text, folder=Path()))


def read_source(source: Source) -> Study:
    """As `read`, from a text that was found; what it names is meant from its folder."""
    document = read_document(source.text, source.file)
    made, problems = examine(Scenario, document, ledger.range_of)
    flown: dict[str, Flown] = {}
    if made is not None:
        problems += _cross_checks(made, document, {p.path for p in problems})
        flown, missing = fly(made, source, {}, document)
        problems += missing
    if problems or made is None:
        raise UserError(*sorted(problems, key=lambda p: (p.line or 0, p.path)))
    plain, uncertainty = settle(made)
    explained = _explained(plain.name, source.text, document)
    return Study(
        scenario=plain,
        uncertainty=dataclasses.replace(uncertainty, explained=explained),
        source=source,
        flown=flown,
    )


def _explained(name: str, text: str, document: Document) -> frozenset[str]:
    """Addresses of a copy of the explained scenario where it still says what the original says."""
    if name != EXPLAINED:
        return frozenset()
    mine = written(document)
    original = find(SCENARIOS, EXPLAINED)
    theirs = mine if text == original.text else written(read_document(original.text, original.file))
    return frozenset(path for path, said in mine.items() if theirs.get(path) == said)


def _cross_checks(made: Scenario, document: Document, known: set[str]) -> list[Problem]:
    found = []
    for finding in findings(made):
        path = document.position(finding.path)
        if not any(finding.path == k or finding.path.startswith(f"{k}.") for k in known):
            found.append(document.problem(path, finding.read, finding.expected, finding.write))
    return found


def set_values(
    scenario: Scenario, uncertainty: Uncertainty, texts: Mapping[str, str]
) -> tuple[Scenario, Uncertainty]:
    """As `changed`, for a scenario and its ranges alone."""
    source = Source(name=scenario.name, file=scenario.name, text="", folder=None)
    made = changed(Study(scenario=scenario, uncertainty=uncertainty, source=source), texts)
    return made.scenario, made.uncertainty


def text_of(file_or_name: str | Path) -> tuple[str, str]:
    """Text of a scenario file or shipped scenario, and the name to print in messages.

    Raises
    ------
    UserError
        As `find`.
    """
    source = find(SCENARIOS, file_or_name)
    return source.text, source.file
