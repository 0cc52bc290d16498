"""What is read off: endpoints of trajectories, times to events, non-compartmental analysis, simulated trials."""
