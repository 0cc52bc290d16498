"""pleio: claims with evidence, assembled into a runnable mechanism, simulated in every world the evidence allows.

The dozen names a newcomer needs; each loads what it stands on at first use, so that `import pleio` stays light.
"""

from __future__ import annotations

__version__ = "0.1.0"
