"""Neighbours: who comes near whom, what collides, and satellites in formation."""
