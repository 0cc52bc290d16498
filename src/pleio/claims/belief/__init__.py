"""Belief: one generative model, its constants, and what is believed of contests and assumptions."""
