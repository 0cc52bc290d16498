"""Score the belief model on the dated retrodictions and write the result into docs/theory/belief.md.

python scripts/score_retrodictions.py            print the section
python scripts/score_retrodictions.py --write    put it into the page
python scripts/score_retrodictions.py --find     print every retrodiction that the rule allows, as YAML
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pleio
from pleio.library.validation.retrodiction import KINDS, candidates, gains, score

PAGE = Path(__file__).resolve().parents[1] / "docs" / "theory" / "belief.md"
BEGIN, END = "<!-- retrodictions: begin -->", "<!-- retrodictions: end -->"


def section() -> str:
    """Write the figures of the section, between its marks."""
    library = pleio.open("il11")
    neutral = score(library)
    counts = Counter(each.kind for each in neutral)
    later = len({each.later for each in neutral})
    lines = [
        BEGIN,
        f"{len(neutral)} retrodictions from {later} later sources: {counts[KINDS[0]]} agree with most of the earlier "
        f"reports, {counts[KINDS[1]]}",
        f"report the other direction, {counts[KINDS[2]]} report no effect where an effect had been reported.",
        "",
        "| band | gain over the base rate (95 % interval) | gain over the prior (95 % interval) |",
        "|---|---|---|",
    ]
    for band in ("sceptic", "neutral", "believer"):
        base, prior = gains(neutral if band == "neutral" else score(library, band=band))
        lines.append(f"| {band} | {_interval(base)} | {_interval(prior)} |")
    return "\n".join([*lines, END])


def _interval(found: object) -> str:
    gain, low, high = (getattr(found, name) for name in ("gain", "low", "high"))
    return f"{gain:+.2f} ({low:+.2f} to {high:+.2f})".replace("-", "−")


def main() -> None:
    if "--find" in sys.argv:
        for each in candidates(pleio.open("il11")):
            print(f"- {{claim: {each.claim}, question: {each.question}, until: {each.until}, later: {each.later!r}}}")
        return
    made = section()
    if "--write" not in sys.argv:
        print(made)
        return
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + made + after, encoding="utf-8")


if __name__ == "__main__":
    main()
