"""A linear program as arrays, with names: blocks of columns and rows that map back to words.

The builder adds blocks of columns and rows and scatters coefficients; `Assembly.finish` gives an
immutable `Model` in scaled units. Everything that varies a model (another objective, an extra row,
tied columns) makes a new one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse

from dawndusk.core.records import Floats, Ints, record, replace


@record
class Block:
    """A named group of columns or rows.

    Parameters
    ----------
    name : str
        What it is.
    index : Ints
        Number of the column or row by place (any shape, mostly (offer, node)); -1 where there is none.
    scale : Floats
        Size of one scaled unit in real units, same shape as `index` or broadcastable.
    """

    name: str
    index: Ints
    scale: Floats


@record
class Model:
    """min cost x + offset subject to row_lower <= A x <= row_upper and lower <= x <= upper (scaled).

    Parameters
    ----------
    cost, lower, upper : Floats
        Shape (columns,).
    matrix : scipy CSC matrix
        Shape (rows, columns).
    row_lower, row_upper : Floats
        Shape (rows,).
    offset : float
        Constant of the objective.
    money : float
        USD in one unit of the objective.
    columns, rows : mapping
        Name -> Block.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    matrix: sparse.csc_matrix
    row_lower: Floats
    row_upper: Floats
    offset: float
    money: float
    columns: Mapping[str, Block]
    rows: Mapping[str, Block]

    def real(self, name: str, solution: Floats) -> Floats:
        """Values of a column block in real units; 0 where the block has no column."""
        block = self.columns[name]
        inside = block.index >= 0
        return np.where(inside, solution[np.maximum(block.index, 0)], 0.0) * block.scale


class Assembly:
    """Collects columns, rows and coefficients in real units, then scales once.

    Parameters
    ----------
    money : float
        USD in one unit of the objective, for an instance of full size.
    size : float
        Size of the instance, in (0, 1]: every scale and the money unit are multiplied by it. The matrix
        and the costs do not change; amounts stay large against the solver's absolute tolerances.
    """

    def __init__(self, money: float, size: float = 1.0) -> None:
        self.money = money
        self.size = size
        self.columns: dict[str, Block] = {}
        self.rows: dict[str, Block] = {}
        self._column_parts: list[tuple[Floats, Floats, Floats, Floats]] = []
        self._row_parts: list[tuple[Floats, Floats, Floats]] = []
        self._entries: list[tuple[Ints, Ints, Floats]] = []
        self._n_columns = 0
        self._n_rows = 0

    def add_columns(
        self, name: str, mask: np.ndarray, *, lower: object, upper: object, cost: object, scale: object
    ) -> Block:
        """One column wherever `mask` holds; the other arguments broadcast to its shape (real units)."""
        index = np.full(mask.shape, -1, dtype=np.int64)
        index[mask] = self._n_columns + np.arange(int(mask.sum()))
        self._n_columns += int(mask.sum())
        spread = [
            np.broadcast_to(np.asarray(x, dtype=float), mask.shape)[mask] for x in (lower, upper, cost, scale)
        ]
        self._column_parts.append((spread[0], spread[1], spread[2], spread[3]))
        wide = np.broadcast_to(np.asarray(scale, dtype=float), mask.shape)
        self.columns[name] = Block(name=name, index=index, scale=wide)
        return self.columns[name]

    def add_rows(self, name: str, mask: np.ndarray, *, lower: object, upper: object, scale: object) -> Block:
        """One row wherever `mask` holds, with its bounds and scale in real units."""
        index = np.full(mask.shape, -1, dtype=np.int64)
        index[mask] = self._n_rows + np.arange(int(mask.sum()))
        self._n_rows += int(mask.sum())
        spread = [
            np.broadcast_to(np.asarray(x, dtype=float), mask.shape)[mask] for x in (lower, upper, scale)
        ]
        self._row_parts.append((spread[0], spread[1], spread[2]))
        wide = np.broadcast_to(np.asarray(scale, dtype=float), mask.shape)
        self.rows[name] = Block(name=name, index=index, scale=wide)
        return self.rows[name]

    def add(self, rows: Ints, columns: Ints, values: object) -> None:
        """Coefficients in real units; places with a missing row or column (-1) or value 0 are left out."""
        r, c, v = np.broadcast_arrays(rows, columns, np.asarray(values, dtype=float))
        keep = (r >= 0) & (c >= 0) & (v != 0)
        self._entries.append((r[keep], c[keep], v[keep]))

    def finish(self, offset: float) -> Model:
        """The scaled model."""
        lower, upper, cost, col_scale = (np.concatenate(x) for x in zip(*self._column_parts, strict=True))
        row_lower, row_upper, row_scale = (np.concatenate(x) for x in zip(*self._row_parts, strict=True))
        r, c, v = (np.concatenate(x) for x in zip(*self._entries, strict=True))
        scaled = v * col_scale[c] / row_scale[r]
        matrix = sparse.coo_matrix((scaled, (r, c)), shape=(row_lower.size, cost.size)).tocsc()
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        size, money = self.size, self.money * self.size
        return Model(
            cost=cost * col_scale / self.money,
            lower=lower / (col_scale * size),
            upper=upper / (col_scale * size),
            matrix=matrix,
            row_lower=row_lower / (row_scale * size),
            row_upper=row_upper / (row_scale * size),
            offset=offset / money,
            money=money,
            columns={k: replace(b, scale=b.scale * size) for k, b in self.columns.items()},
            rows={k: replace(b, scale=b.scale * size) for k, b in self.rows.items()},
        )


def with_row(model: Model, coefficients: Floats, lower: float, upper: float) -> Model:
    """The model with one more row (scaled units), coefficients of shape (columns,)."""
    row = sparse.csr_matrix(coefficients[None, :])
    return replace(
        model,
        matrix=sparse.vstack([model.matrix, row], format="csc"),
        row_lower=np.append(model.row_lower, lower),
        row_upper=np.append(model.row_upper, upper),
    )


def with_cost(model: Model, cost: Floats, offset: float = 0.0) -> Model:
    """The model with another objective."""
    return replace(model, cost=cost, offset=offset)


def tied(model: Model, group: Ints, weight: Floats) -> Model:
    """The model in which column j equals weight[j] times a shared variable of group[j].

    Parameters
    ----------
    group : Ints
        Shape (columns,): number of the shared variable; columns of one group follow one decision.
    weight : Floats
        Shape (columns,): 1, or 0 where the decision cannot be carried out.
    """
    count = int(group.max()) + 1
    spread = sparse.csr_matrix((weight, (np.arange(group.size), group)), shape=(group.size, count))
    lower, upper = np.full(count, -np.inf), np.full(count, np.inf)
    live = weight > 0
    np.maximum.at(lower, group[live], model.lower[live])
    np.minimum.at(upper, group[live], model.upper[live])
    decided = np.bincount(group[live], minlength=count) > 0
    lower, upper = np.where(decided, lower, 0.0), np.where(decided, upper, 0.0)
    return replace(
        model,
        cost=spread.T @ model.cost,
        lower=lower,
        upper=upper,
        matrix=(model.matrix @ spread).tocsc(),
    )
