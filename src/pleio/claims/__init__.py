"""Entities, claims, evidence, contests, assumptions and belief."""
