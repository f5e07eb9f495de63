"""Orbit mean-elements messages (OMM), read and written in every notation."""
