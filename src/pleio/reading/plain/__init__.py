"""What is done to a sentence before it is tagged: names as one word, asides set apart, what was left out put back."""
