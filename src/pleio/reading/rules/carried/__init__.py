"""What a sentence takes over from the effects read before it."""
