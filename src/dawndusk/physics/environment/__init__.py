"""What orbit does to a satellite: air, drag, disposal, radiation, upsets, impacts."""
