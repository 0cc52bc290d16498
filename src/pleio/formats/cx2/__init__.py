"""CX2, the format in which NDEx and Cytoscape Web take networks."""
