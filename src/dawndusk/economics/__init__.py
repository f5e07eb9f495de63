"""Pure functions of money."""
