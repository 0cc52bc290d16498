"""One view module for each kind of page: each turns published contents into one context."""
