"""The figures of the library's modules, by what they are of."""
