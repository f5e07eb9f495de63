"""Constellations, filed and real: files, fleets, environment, neighbours, exports."""
