"""Who is simulated: what is drawn for each subject of each world, by counter-based random numbers."""
