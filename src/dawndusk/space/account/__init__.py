"""What a satellite earns and costs: terms, flight, links, health, metrics, beside the ground."""
