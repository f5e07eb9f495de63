"""Constellation files: the shipped ones hold what was filed, a wrong file is told what to write."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from dawndusk.core.errors import Problem, UserError
from dawndusk.library.filing import (
    built_ins,
    constellation_text,
    read_constellation,
    read_constellation_text,
)
from dawndusk.physics.motion.orbit import sun_synchronous_inclination


def refused(text: str) -> dict[str, Problem]:
    """What is wrong with a file of this text, by path."""
    with pytest.raises(UserError) as caught:
        read_constellation_text(text, "mine.yaml")
    assert all(p.file == "mine.yaml" and p.line for p in caught.value.problems)
    return {p.path: p for p in caught.value.problems}


@pytest.fixture
def starcloud() -> str:
    """Text of a file with one group."""
    return constellation_text("starcloud")[0]


@pytest.mark.parametrize("name", ["spacex_2026_05", "starcloud", "blue_origin", "suncatcher"])
def test_shipped_constellations_carry_the_name_of_their_file(name: str) -> None:
    """Each of the four built-ins reads, is called as its file, and says what it is in its first line."""
    made = read_constellation(name)
    assert made.name == name
    assert len(built_ins()[name]) > 30
    assert all(isinstance(g.shells * g.planes * g.satellites, int) for g in made.groups)


def test_the_filing_has_six_groups_1908_planes_and_a_million_satellites() -> None:
    """Table 1 adds up to 1,198,120 satellites in 1,908 planes; a million are asked for."""
    made = read_constellation("spacex_2026_05")
    assert [g.name for g in made.groups] == [f"group-{i}" for i in range(1, 7)]
    assert sum(g.filed for g in made.groups) == 1_198_120
    assert sum(g.shells * g.planes for g in made.groups) == 1908
    assert made.cap == 1_000_000
    assert {round(math.degrees(g.raan_tolerance), 9) for g in made.groups} == {30.0}


def test_group_4_is_kept_as_filed() -> None:
    """Group 4 starts at dawn and dusk at 97.2 deg, more than 1 deg from sun-synchronous."""
    group = read_constellation("spacex_2026_05").groups[3]
    assert (group.arrangement, group.sun_synchronous) == ("dawn-dusk", False)
    assert math.degrees(group.inclination_low) == pytest.approx(97.2)
    assert math.degrees(sun_synchronous_inclination(group.altitude_low) - group.inclination_low) > 1.0


def test_the_other_filings_have_the_number_of_satellites_filed() -> None:
    """Starcloud 88,000, Blue Origin 51,600, Suncatcher 81."""
    totals = {n: sum(g.filed for g in read_constellation(n).groups) for n in built_ins()}
    assert (totals["starcloud"], totals["blue_origin"], totals["suncatcher"]) == (88_000, 51_600, 81)


def test_a_file_of_ones_own_is_read(tmp_path: Path, starcloud: str) -> None:
    """A copy of a shipped file under another name reads as the same groups."""
    path = tmp_path / "mine.yaml"
    path.write_text(
        starcloud.replace("shells: 44", "shells: 22").replace("cap: 88000", "cap: 44000"), "utf-8"
    )
    assert read_constellation(path).groups[0].filed == 44_000


def test_an_unknown_name_lists_the_built_ins() -> None:
    """A wrong name is answered with all names, the nearest first to write."""
    with pytest.raises(UserError) as caught:
        read_constellation("starclod")
    (found,) = caught.value.problems
    assert found.write == "starcloud"
    assert all(name in found.expected for name in built_ins())


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are no text, and files far too large, are the user's mistake."""
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="no UTF-8 text"):
        read_constellation(path)
    path.write_bytes(b"# " + b"x" * 6_000_000)
    with pytest.raises(UserError, match="6 MB"):
        read_constellation(path)


@pytest.mark.parametrize(
    ("old", "new", "path", "said"),
    [
        ("altitude_low: 600 km", "altitude_low: 149 km", "altitude_low", "at least 150000"),
        ("altitude_low: 600 km", "altitude_low: 900 km", "altitude_low", "at or below altitude_high"),
        ("altitude_low: 600 km", "altitude_low: 600", "altitude_low", "with its unit"),
        ("altitude_low: 600 km", "altitude_low: 850 km", "shells", "differ"),
        ("inclination_low: 97.8 deg", "inclination_low: 53 deg", "inclination_low", "about 97.8 deg"),
        ("inclination_low: 97.8 deg", "inclination_low: 99 deg", "inclination_low", "at or below"),
        ("inclination_low: 97.8 deg", "inclination_low: 181 deg", "inclination_low", "at most"),
        ("altitude_high: 850 km", "altitude_high: 6000 km", "altitude_high", "5970 km"),
        ("shells: 44", "shells: 1", "shells", "one altitude"),
        ("shells: 44", "shells: 44.5", "shells", "whole number"),
        ("planes: 2", "planes: 0", "planes", "at least 1"),
        ("arrangement: dawn-dusk", "arrangement: cluster", "arrangement", "one shell with one plane"),
        ("arrangement: dawn-dusk", "arrangement: walker", "arrangement", "even"),
    ],
)
def test_a_wrong_group_is_answered_with_its_path(
    starcloud: str, old: str, new: str, path: str, said: str
) -> None:
    """Each mistake in a group is found at its place, with what belongs there."""
    assert old in starcloud
    found = refused(starcloud.replace(old, new))
    assert said in found[f"groups.dawn-dusk.{path}"].expected


@pytest.mark.parametrize(
    ("old", "new", "path", "said"),
    [
        ("cap: 88000", "cap: 88001", "cap", "at most the 88,000"),
        ("cap: 88000", "cap: 0.5", "cap", "whole number"),
        ("format: dawndusk-constellation-1", "format: other", "format", "dawndusk-constellation-1"),
        ("mass: {ledger: P016}", "mass: 0 kg", "craft.mass", "at least"),
        ("mass: {ledger: P016}", "mass: .nan kg", "craft.mass", "finite"),
        ("mass: {ledger: P016}", "mass: {ledger: P0160}", "craft.mass", "P016"),
        ("life: 5 yr", "life: {low: 3 yr, mode: 5 yr, high: 7 yr}", "craft.life", "one number"),
        ("failed: 1 %", "failed: 101 %", "craft.failed", "at most 1"),
        ("failed: 1 %", "broken: 1 %", "craft.failed", "'failed'"),
        ("- name: dawn-dusk", "- name: a.b", "groups.a.b", "without dots"),
    ],
)
def test_a_wrong_value_is_answered_with_its_path(
    starcloud: str, old: str, new: str, path: str, said: str
) -> None:
    """Each mistake outside of the groups is found at its place, with what belongs there."""
    assert old in starcloud
    found = refused(starcloud.replace(old, new))
    assert said in found[path].expected


def test_groups_need_names_of_their_own(starcloud: str) -> None:
    """Two groups of one name, and no groups at all, are refused."""
    head, _, group = starcloud.partition("groups:\n")
    assert (
        "own" in refused(f"{head}groups:\n{group}{group}".replace("cap: 88000", "cap: 0"))["groups"].expected
    )
    assert "at least one" in refused(head.replace("cap: 88000", "cap: 0") + "groups: []\n")["groups"].expected


def test_all_mistakes_come_at_once(starcloud: str) -> None:
    """A file with three mistakes is answered with three problems, in the order of its lines."""
    text = starcloud.replace("failed: 1 %", "failed: 2").replace("shells: 44", "shells: 0.5")
    found = refused(text.replace("format: dawndusk-constellation-1", "format: 1.0"))
    assert list(found) == ["format", "craft.failed", "groups.dawn-dusk.shells"]
