"""Tables of signed interactions: SIGNOR and OmniPath."""
