"""The atlas: the claims as a graph, from what surrounds one entity to all of it."""
