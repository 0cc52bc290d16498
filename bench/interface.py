"""Whether the interface ever fails, or answers what its description does not have: its test, for as long as wished.

    python -m bench.interface --examples 200

Each operation is asked so many times what its description allows, and as often what it does not, differently each run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from asked_interface import MODES, ask_everything
from published_sample import publish_sample


def main() -> int:
    """Ask, and print what was wrong."""
    from pleio.artifacts import Archive
    from pleio.store import open_store
    from pleio.web import create_app

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--examples", type=int, default=100)
    given = parser.parse_args()
    every = []
    for mode in MODES:
        with tempfile.TemporaryDirectory() as home:
            archive = Archive(open_store(Path(home)))
            publish_sample(archive)
            app = create_app(archive, hosts=["localhost", "testserver"])
            begun = time.process_time()
            operations, wrong = ask_everything(app, mode, given.examples, always_the_same=False)
        spent = time.process_time() - begun
        print(f"{mode}: {operations} operations, {given.examples} times each, {len(wrong)} wrong, {spent:.0f} s")
        every += wrong
    print("\n\n".join(every))
    return 1 if every else 0


if __name__ == "__main__":
    sys.exit(main())
