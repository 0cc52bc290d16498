"""Library modules: their Antimony, their YAML tables, and what carries them."""
