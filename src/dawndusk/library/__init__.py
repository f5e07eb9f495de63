"""What ships and what a user wrote: found, read, checked, sourced and drawn."""
