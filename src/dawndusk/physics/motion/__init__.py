"""Where satellites are: orbits, their drift, the Sun, and many satellites at once."""
