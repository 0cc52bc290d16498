"""The application: pages over what the lower layers compute."""
