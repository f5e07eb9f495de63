"""Sun and shadow: beta angle, eclipses, a year of light, and how wings meet it."""
