"""The commands; they compute nothing themselves."""
