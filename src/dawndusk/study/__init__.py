"""Scenario to run to result; all file formats and I/O."""
