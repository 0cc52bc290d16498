"""Levels and readouts that changed or differ, and what they did so after."""
