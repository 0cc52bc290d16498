"""Nanopublications: a claim, where it is known from, and who published it, as three named graphs."""
