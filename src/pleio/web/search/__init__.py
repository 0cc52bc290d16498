"""Search over everything that is published or kept: by words, with snippets, each kind for itself."""
