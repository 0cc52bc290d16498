"""RDF: claims as triples, written as N-Triples or Turtle, and asked in SPARQL."""
