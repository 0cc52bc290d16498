"""Many defects planted at random into clean pages: `python -m bench.audit_defects [--seeds N] [KIND …]`.

For each kind: how many were planted, how many were missed, and how many other alarms of severity error or warning there
were.  The plans and the pages are those of the tests.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "tests"


def main() -> None:
    sys.path[:0] = [str(HERE), str(HERE / "unit" / "reading")]
    from test_audit_mutations import PAGES, problems

    from audit_defects import PLANS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=list(PLANS))
    parser.add_argument("--seeds", type=int, default=25, help="of each kind and page")
    options = parser.parse_args()
    begin = time.process_time()
    for kind in options.kinds:
        found = [
            f"{p.stem}: {each}" for p in PAGES for seed in range(options.seeds) for each in problems(p, kind, seed)
        ]
        missed = sum(" missed " in each for each in found)
        print(
            f"{kind:28} {options.seeds * len(PAGES):5} tried   {missed:3} missed   {len(found) - missed:3} false alarms"
        )
        for each in sorted(set(found))[:20]:
            print(f"    {each[:200]}")
    print(f"{time.process_time() - begin:.0f} s of CPU")


if __name__ == "__main__":
    main()
