"""What surrounds a claim: dose, duration, and the context that its sentence, panel or heading gives."""
