"""Plan and simulate AI compute capacity on the ground and in orbit."""
