"""The workbench from Python: one family of answers, quantities as text, tables, a notebook view."""

from __future__ import annotations

import importlib.metadata
import json
import math

import pandas as pd
import pytest

import dawndusk as dd
from dawndusk.cli import cli

QUESTIONS = {
    "satellite": (lambda: dd.satellite("starlink-v3"), ("satellite", "starlink-v3")),
    "constellation": (lambda: dd.constellation("suncatcher"), ("constellation", "suncatcher")),
    "orbit": (lambda: dd.orbit(altitude="650 km"), ("orbit", "--altitude", "650 km")),
    "latency": (
        lambda: dd.latency("Manila", "Dalian", seconds=range(11)),
        ("latency", "Manila", "Dalian", "--duration", "10"),
    ),
    "validate": (lambda: dd.validate("ai1-closure"), ("validate", "ai1-closure")),
}


@pytest.fixture(params=QUESTIONS, scope="module")
def asked(request):
    """Name, answer and command line of each question."""
    ask, words = QUESTIONS[request.param]
    return request.param, ask(), words


def test_python_answers_what_the_command_line_answers(asked, capsys) -> None:
    """The data are those of `--json`, but for the files that only a command writes."""
    _, answer, words = asked
    assert isinstance(answer, dd.Reply)
    assert cli.main([*words, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    rest = {"format", "command", "version", "document", "files"}
    assert set(answer) == set(printed) - rest
    for key, value in answer.items():
        if isinstance(value, float) and math.isfinite(value):
            assert value == pytest.approx(printed[key], rel=1e-12)


def test_every_answer_has_short_words_tables_and_a_notebook_view(asked) -> None:
    """The repr is one line; each table is a frame; the view is HTML; the text is that of the terminal."""
    _, answer, _ = asked
    assert "\n" not in repr(answer)
    assert len(repr(answer)) < 600
    assert answer._repr_html_().startswith("<h1>")
    assert answer.document.title in str(answer)
    assert answer.tables
    for title in answer.tables:
        assert isinstance(answer.table(title), pd.DataFrame)
    assert len(answer.table(0))


def test_an_unknown_table_or_key_is_told(asked) -> None:
    """What is not there is answered with what is."""
    _, answer, _ = asked
    with pytest.raises(dd.UserError, match="one of"):
        answer.table("nothing like it")
    with pytest.raises(KeyError, match="the keys are"):
        answer["nothing"]


def test_fields_of_the_record_are_at_hand() -> None:
    """What was found stands behind the answer: a satellite's budget, in SI."""
    sheet = dd.satellite("ai1-2026-06", altitude="650 km")
    assert sheet.design.orbit.altitude == 650e3
    assert sheet.budget.mass.total == pytest.approx(sheet["mass_kg"]["total"])


def test_quantities_are_numbers_in_si_or_text() -> None:
    """650e3 and "650 km" are one altitude; a bare number as text is refused with what to write."""
    one, other = dd.orbit(altitude=650e3, ltan=6), dd.orbit(altitude="650 km")
    assert one["sunlit_fraction"] == other["sunlit_fraction"]
    tilted = dd.orbit(altitude="550 km", inclination="53 deg", raan="0 deg")
    assert tilted["inclination_deg"] == pytest.approx(53.0)
    with pytest.raises(dd.UserError, match="650 km"):
        dd.orbit(altitude="650")


def test_the_version_is_the_packages() -> None:
    """`dd.__version__` is what is installed."""
    assert dd.__version__ == importlib.metadata.version("dawndusk")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: dd.satellite("ai1-2026-06", eclipse="x"), "battery or shed"),
        (lambda: dd.orbit(altitude="650 km", year="2027"), "year"),
        (lambda: dd.orbit(altitude="650 km", ltan="06:00"), "ltan"),
        (lambda: dd.evaluate("tiny", draws=1.5), "whole number"),
        (lambda: dd.evaluate("tiny", draws=10**11), "at most"),
        (lambda: dd.run("tiny", leaves="2", paths=2), "whole number"),
    ],
)
def test_wrong_arguments_are_users_mistakes(ask, words) -> None:
    """What is no such value is refused in words, before any work."""
    with pytest.raises(dd.UserError, match=words):
        ask()
