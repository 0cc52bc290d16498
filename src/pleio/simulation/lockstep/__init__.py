"""The lockstep engine: as many trajectories at once as a vector has lanes, each with its own time and step size."""
