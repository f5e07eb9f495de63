"""Units, records, axes, time, labels, constants, errors; Offer, Resource, Tree, Plan, Cells, Trace."""
