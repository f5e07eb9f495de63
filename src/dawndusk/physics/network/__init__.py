"""Links of light and radio, graphs of them, round trips, clouds."""
