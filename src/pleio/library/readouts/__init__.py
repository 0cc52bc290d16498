"""What a readout of an observation is in the modules."""
