"""Who acts in a sentence: its subjects resolved, the agent of a paragraph, and what groups were given or lack."""
