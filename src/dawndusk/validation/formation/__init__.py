"""Satellites that fly in formation: the motion behind one published case."""
