"""Cohorts, regimens, endpoints, arms, attribution and value, over a set of weighted worlds."""
