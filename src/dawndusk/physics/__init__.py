"""Pure functions of numbers: orbit, eclipse, power, heat, mass, life."""
