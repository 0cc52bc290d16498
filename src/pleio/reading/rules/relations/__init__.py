"""Relations without a sign: binding, places, sources, membership, association."""
