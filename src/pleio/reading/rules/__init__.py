"""The rules: each turns one way of saying something into drafts of statements, and signs them with its id."""
