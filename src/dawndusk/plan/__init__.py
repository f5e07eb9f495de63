"""Decide: the multi-stage stochastic plan."""
