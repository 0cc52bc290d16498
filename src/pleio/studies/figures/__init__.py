"""Figures of a study as Vega-Lite specifications that carry their data."""
