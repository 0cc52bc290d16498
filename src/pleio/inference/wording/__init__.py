"""How papers word an observation, written as the form has it: regimens, times, spreads, units, species, ids of sources.

Words are only rewritten where they have one meaning.  What has none, or two, stays as it is written, and the form then
says what is wrong with it.
"""

from __future__ import annotations

from .entries import as_the_form_has_it
from .keys import with_form_keys
from .regimens import interval, moment, prescribed
from .units import Worded, worded_unit

__all__ = ["Worded", "as_the_form_has_it", "interval", "moment", "prescribed", "with_form_keys", "worded_unit"]
