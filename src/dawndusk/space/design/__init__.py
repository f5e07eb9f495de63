"""The satellite of least cost: candidates, prices, search."""
