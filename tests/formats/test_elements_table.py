from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.formats.orbit_samples import ring

from dawndusk.core.errors import UserError
from dawndusk.core.records import fingerprint, replace
from dawndusk.formats.elements_table import read_elements, write_elements


def test_elements_come_back_bit_by_bit(tmp_path) -> None:
    """What is written is read again, names and groups with it."""
    elements, names, groups = ring(), tuple(f"S{k}" for k in range(12)), ("a", "b") * 6
    found = read_elements(write_elements(tmp_path / "a.parquet", elements, names=names, groups=groups))
    assert fingerprint(found.elements) == fingerprint(elements)
    assert (found.names, found.groups) == (names, groups)


def test_columns_carry_units_in_name_and_metadata(tmp_path) -> None:
    """A reader who knows nothing of us finds unit and meaning beside each column."""
    schema = pq.read_schema(write_elements(tmp_path / "a.parquet", ring()))
    assert schema.names == [
        "semi_major_axis_m",
        "eccentricity",
        "inclination_rad",
        "raan_rad",
        "argument_of_perigee_rad",
        "mean_anomaly_rad",
        "epoch_s",
    ]
    assert [schema.field(name).metadata[b"unit"] for name in schema.names] == [
        b"m", b"1", b"rad", b"rad", b"rad", b"rad", b"s",
    ]  # fmt: skip
    assert schema.metadata[b"time_scale"] == b"TT"


def test_the_same_elements_give_the_same_bytes(tmp_path) -> None:
    """No time of day gets into the file."""
    one, two = (write_elements(tmp_path / name, ring(), groups=("g",) * 12) for name in ("1", "2"))
    assert one.read_bytes() == two.read_bytes()


def test_a_wrong_number_of_names_and_no_numbers_are_refused(tmp_path) -> None:
    """Names that do not fit and an element that is no number are errors; no file is left."""
    with pytest.raises(UserError, match="12, one for each"):
        write_elements(tmp_path / "a.parquet", ring(), names=("a",))
    bad = replace(ring(), raan=np.where(np.arange(12) == 7, np.nan, 0.0))
    with pytest.raises(UserError, match="satellite 7"):
        write_elements(tmp_path / "a.parquet", bad)
    assert list(tmp_path.iterdir()) == []


def test_foreign_files_are_refused(tmp_path) -> None:
    """A table of somebody else, text and nothing at all are users' mistakes."""
    pq.write_table(pa.table({"x": [1.0]}), tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_text("PAR1 and no more")
    for name in ("b.parquet", "c.parquet", "none.parquet"):
        with pytest.raises(UserError, match="dawndusk-elements-1"):
            read_elements(tmp_path / name)
