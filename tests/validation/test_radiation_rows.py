"""Published radiation tables and beam tests, as rows."""

import pytest

from dawndusk.validation.radiation import STORIES, rows

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.case}: {r.quantity}")
def test_published_radiation_is_reproduced(row):
    """Every published number is found within what was allowed before the first comparison."""
    assert row.verdict == "reproduced", (row.ours, row.published)


def test_every_case_has_its_story_and_rows():
    """Cases of the rows and of the stories are the same."""
    assert {row.case for row in ROWS} == set(STORIES)
