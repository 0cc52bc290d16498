"""SBML: the exchange format of systems biology."""
