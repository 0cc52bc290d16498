"""One folder per exchange format, each with read and write."""
