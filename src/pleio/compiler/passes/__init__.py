"""What is done to a graph or to equations, one idea a file; nothing here depends on the machine."""
