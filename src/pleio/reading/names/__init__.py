"""Names of known things found in text."""
