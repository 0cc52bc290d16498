"""Studies changed by hand, answered at once."""
