"""What every layer may use: errors, units, CURIEs, digests, YAML with places, the names of array axes."""
