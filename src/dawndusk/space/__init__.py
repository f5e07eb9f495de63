"""One satellite, one design search, one constellation, one link: no plan."""
