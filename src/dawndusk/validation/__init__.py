"""Published claims and reference computations, each beside what dawndusk finds."""
