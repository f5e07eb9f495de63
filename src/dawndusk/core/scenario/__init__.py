"""Blocks of a scenario that every kind of supply and demand shares; see `dawndusk.supply.scenario`."""
