"""BEL, the Biological Expression Language: statements with their citation and evidence."""
