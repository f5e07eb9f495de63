"""Elements of a constellation as a Parquet table: a column for each element, with its unit.

The same elements give the same bytes with the same pyarrow: nothing tells when, where or by whom the file was
written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from dawndusk.core.errors import Problem, UserError
from dawndusk.core.records import Floats, record
from dawndusk.formats.aside import aside
from dawndusk.physics.motion.elements import Elements

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT: Final = "dawndusk-elements-1"
ROW_GROUP: Final = 131072
# field of Elements -> column, unit, what it is
_COLUMNS: Final = {
    "semi_major_axis": ("semi_major_axis_m", "m", "mean semi-major axis"),
    "eccentricity": ("eccentricity", "1", "mean eccentricity"),
    "inclination": ("inclination_rad", "rad", "mean inclination"),
    "raan": ("raan_rad", "rad", "right ascension of the ascending node"),
    "argument_of_perigee": ("argument_of_perigee_rad", "rad", "argument of perigee"),
    "mean_anomaly": ("mean_anomaly_rad", "rad", "mean anomaly"),
    "epoch": ("epoch_s", "s", "seconds TT since 2000-01-01 12:00:00 TT"),
}
_ABOUT: Final = {
    "format": FORMAT,
    "theory": "secular J2 mean elements",
    "frame": "mean equator and equinox of date, Earth",
    "time_scale": "TT",
}


@record
class ElementsTable:
    """What an elements table holds.

    Parameters
    ----------
    elements : Elements
        Mean elements of n satellites.
    names, groups : tuple of str
        One for each satellite, or empty where the file has none.
    """

    elements: Elements
    names: tuple[str, ...]
    groups: tuple[str, ...]


def write_elements(
    path: Path, elements: Elements, *, names: Sequence[str] = (), groups: Sequence[str] = ()
) -> Path:
    """Write elements to a Parquet file, in one step; the path.

    Parameters
    ----------
    path : Path
        File to make or replace.
    elements : Elements
        n satellites, of a generated constellation or of `physics.motion.sgp4_orbits.as_elements`.
    names, groups : sequence of str
        n names and group names, or none.

    Raises
    ------
    UserError
        If there is not one name or group for each satellite, or an element is no number.
    """
    import pyarrow.parquet as pq

    for what, texts in (("names", names), ("groups", groups)):
        if len(texts) not in {0, elements.size}:
            raise UserError(
                Problem(
                    path=what,
                    read=f"{len(texts)} {what}",
                    expected=f"{elements.size}, one for each satellite",
                    write=f"as many {what}, or none",
                )
            )
    table = _table(elements, names, groups)
    with aside(path) as file:
        pq.write_table(table, file, compression="zstd", row_group_size=ROW_GROUP)
    return path


def _table(elements: Elements, names: Sequence[str], groups: Sequence[str]) -> pa.Table:
    import pyarrow as pa

    columns, fields = [], []
    for what, texts in (("name", names), ("group", groups)):
        if len(texts):
            column = pa.array(texts, pa.string())
            columns.append(column.dictionary_encode() if what == "group" else column)
            fields.append(pa.field(what, columns[-1].type, nullable=False))
    for name, (column_name, unit, label) in _COLUMNS.items():
        values = _finite(name, getattr(elements, name))
        columns.append(pa.array(values))
        about = {"unit": unit, "long_name": label}
        fields.append(pa.field(column_name, pa.float64(), nullable=False, metadata=about))
    return pa.Table.from_arrays(columns, schema=pa.schema(fields, metadata=_ABOUT))


def _finite(name: str, values: Floats) -> Floats:
    bad = ~np.isfinite(values)
    if bad.any():
        raise UserError(
            Problem(
                path=name,
                read=f"no number at satellite {int(bad.argmax())}",
                expected="finite elements",
                write="a constellation without it",
            )
        )
    return np.ascontiguousarray(values, dtype=np.float64)


def read_elements(path: Path) -> ElementsTable:
    """Elements, names and groups of a Parquet file written by `write_elements`.

    Raises
    ------
    UserError
        If it is no such file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path).read()
    except (OSError, pa.ArrowException) as error:
        raise _foreign(path, str(error).split("\n")[0][:120]) from None
    said = (table.schema.metadata or {}).get(b"format", b"").decode()
    lost = [column for column, _, _ in _COLUMNS.values() if column not in table.column_names]
    if said != FORMAT or lost:
        raise _foreign(path, f"format '{said}'" if said != FORMAT else f"no column {lost[0]}")
    elements = {name: table[column].to_numpy() for name, (column, _, _) in _COLUMNS.items()}
    texts = {
        what: tuple(table[what].to_pylist()) if what in table.column_names else ()
        for what in ("name", "group")
    }
    return ElementsTable(elements=Elements(**elements), names=texts["name"], groups=texts["group"])


def _foreign(path: Path, read: str) -> UserError:
    return UserError(
        Problem(
            path="elements file",
            read=read,
            expected=f"a Parquet table of the format {FORMAT}",
            write="a file that dawndusk wrote with its elements",
            file=str(path),
        )
    )
