"""Whether what the playground remembers ever changes an answer: random moves, answered warm and with empty memories.

    python -m bench.remembered --walks 50 --moves 30

Each walk begins with empty memories and is answered move by move; then every move again, alone, with nothing that the
package keeps in memory, the library included.  Answers must be the same to the last bit.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from scenario_moves import answered, differences, forget, moves


def main() -> int:
    """Move, compare, and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--walks", type=int, default=20)
    parser.add_argument("--moves", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep-library", action="store_true", help="empty only what answers are remembered in")
    given = parser.parse_args()
    compared, refused, wrong, begun = 0, 0, 0, time.process_time()
    for seed in range(given.seed, given.seed + given.walks):
        forget()
        asked = list(moves(random.Random(seed), given.moves))
        warm = [answered(one) for one in asked]
        for scenario, remembered in zip(asked, warm, strict=True):
            forget(everything=not given.keep_library)
            found = differences(remembered, answered(scenario))
            compared, refused, wrong = compared + 1, refused + isinstance(remembered, str), wrong + bool(found)
            if found:
                print(f"walk {seed}: {scenario}\n  " + "\n  ".join(found[:6]), flush=True)
    spent = time.process_time() - begun
    print(f"{compared} moves in {given.walks} walks, {refused} refused, {wrong} not the same; {spent:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
