"""The commands: thin, lazy, with one way to print and one way to fail.

Standard output carries results only; progress, reports of failure and hints go to standard error.
"""
