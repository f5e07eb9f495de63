"""The result of a run: one labelled tree, its file, and what goes into it."""
