"""Integration methods as data: coefficients, order, where they come from."""
