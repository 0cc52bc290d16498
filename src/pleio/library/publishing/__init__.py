"""From the library, its beliefs and its studies to what published artifacts contain."""
