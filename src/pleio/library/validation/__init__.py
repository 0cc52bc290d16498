"""Observations beside simulations: what a row asks, three forecasts of it, and what it says of worlds."""
