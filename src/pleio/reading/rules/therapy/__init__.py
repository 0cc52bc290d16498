"""Medicines: what they are for, how they did in trials, and what harm they are blamed for."""
