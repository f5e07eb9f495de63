"""One satellite: power, heat, mass, and how long it delivers."""
