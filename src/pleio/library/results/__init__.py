"""Runs that were made: kept, compared, cited, explained."""
