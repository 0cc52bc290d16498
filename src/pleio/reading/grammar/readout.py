"""A phrase split into its readout and what is read out: "IL11 mRNA levels" is IL11, read out as mRNA."""

from __future__ import annotations

from ..words.head_nouns import HYPERNYMS
from ..words.lexicon import READOUT_ORDER, READOUTS
from .phrases import Noun
from .wording import content


def split_readout(noun: Noun) -> tuple[str | None, list[Noun]]:
    """Split a phrase into its readout and what is read out."""
    words = content(noun.words)
    tail = len(words)
    while tail > 0 and words[tail - 1].lower in READOUTS and not words[tail - 1].mention:
        tail -= 1
    marks = [READOUTS[w.lower] for w in words[tail:]]
    core = words[:tail]
    names = [w for w in core if w.mention is not None and w.is_name]
    lowers = [w.lower for w in core]
    if len(core) > 2 and lowers[-2:] in (["dna", "binding"], ["promoter", "activity"]) and core[-3].is_name:
        return "activity", [Noun(core[:-2], [], noun.members)]  # "NF-κB DNA binding"
    if not marks:
        phospho = next((w for w in words if w.lower.startswith(("phospho", "phosphorylated")) and names), None)
        if phospho is not None and len(names) == 1 and words[-1] is names[0]:
            return "phosphorylation", [Noun([names[0]], noun.of, noun.members)]
        return None, [noun]
    aspect = next(a for a in READOUT_ORDER if a in marks)
    core_ = [w for w in core if not (w.mention is not None and w.suffix in _BROUGHT)]
    own = [w for w in core_ if w.mention is not None or w.tag in ("NN", "NNS", "NNP")]
    own = [w for w in own if w.lower not in _HOW_READ]
    if noun.of and not own:
        return aspect, list(noun.of)
    if not core or not any(w.mention or w.tag.startswith(("NN", "FW")) or w.lower in HYPERNYMS for w in core):
        return None, [noun]
    if aspect == "mRNA" and core[-1].tag.startswith(("NN", "JJ")) and not names:
        return aspect, [Noun(core, [], noun.members)]
    if names and core[-1].is_name:
        return aspect, [Noun(core, [], noun.members)]
    if noun.members or core[-1].lower in HYPERNYMS or core[-1].lower + "s" in HYPERNYMS:
        return aspect, [Noun(core, [], noun.members)]
    if (
        names
        and len(names) == 1
        and all(
            w.lower in ("gene", "protein", "target", "isoform", "isoforms") or w is names[0] or w.tag.startswith("JJ")
            for w in core
        )
    ):
        return aspect, [Noun([names[0]], [], noun.members)]
    return None, [noun]


# words that say how or where something is read out, not what
_HOW_READ = set(
    "steady-state steady state gene surface cell-surface serum plasma tissue basal constitutive relative total mean "
    "messenger nuclear cytoplasmic membrane peak protein transcript mrna rna baseline fold".split()
)
_BROUGHT = {"-induced", "-triggered", "-stimulated", "-driven", "-evoked", "-elicited", "-mediated", "-dependent"}
