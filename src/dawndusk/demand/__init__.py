"""Make scenario trees of demand."""
