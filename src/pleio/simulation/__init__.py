"""Integrating programs: methods, step control, baselines, doses, events, what to save, ensembles."""
