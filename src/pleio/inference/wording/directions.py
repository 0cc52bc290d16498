"""Words of which way something went."""

from __future__ import annotations

DIRECTIONS = {
    "up": "increases", "increase": "increases", "increased": "increases", "higher": "increases", "rises": "increases",
    "down": "decreases", "decrease": "decreases", "decreased": "decreases", "lower": "decreases", "falls": "decreases",
    "increases": "increases", "decreases": "decreases", "reduced": "decreases", "unchanged": "no_effect",
    "no effect": "no_effect", "none": "no_effect", "no change": "no_effect", "unaffected": "no_effect",
    "no difference": "no_effect", "not changed": "no_effect", "same": "no_effect", "null": "no_effect",
    "elevated": "increases", "raised": "increases", "raises": "increases", "more": "increases", "+": "increases",
    "positive": "increases", "enhanced": "increases", "rise": "increases", "suppressed": "decreases",
    "inhibited": "decreases", "inhibits": "decreases", "reduces": "decreases", "lowers": "decreases",
    "less": "decreases", "fall": "decreases", "negative": "decreases", "-": "decreases", "lowered": "decreases",
}  # fmt: skip
