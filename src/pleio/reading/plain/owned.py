"""Whose expression, whose levels, whose loss: what the entry of a gene leaves out, since all of it is about that gene.

"Transcription is driven by A", "levels fall after surgery", "knockdown slows growth", "gain-of-function mutations cause
D": the owner is put before the noun, so that every rule reads it.  What is put there takes no room in the text.  Only
pages that are the entry of one molecule are read so; in a paper a bare "expression" is that of what was just measured.
"""

from __future__ import annotations

from dataclasses import replace

from ..names.mention import Mention
from ..words.inflection import forms
from ..words.lexicon import LEVELS
from ..words.predicates import VERBS
from ..words.wordclasses import BE, DO, HAVE, MODALS, PREPOSITIONS
from .word import Word

_READ_OUT = set(
    "expression transcription transcript transcripts mrna secretion release shedding synthesis production "
    "overexpression overactivity hyperactivity level levels concentration concentrations abundance".split()
)
_TAKEN = set(
    "knockdown knockout deletion ablation silencing depletion inhibition blockade neutralization neutralisation "
    "deficiency haploinsufficiency inactivation".split()
)
_CHANGED = set("mutation mutations variant variants polymorphism polymorphisms alleles".split())
_RUNNING = {"signaling", "signalling"}
_HEADS = _READ_OUT | _TAKEN | _CHANGED | _RUNNING
_DONE_TO = (_READ_OUT | {"translation"}) - {"overexpression"}
_WHICH = set(
    "serum plasma circulating systemic urinary sputum tissue transcript mrna protein gene high higher highest low "
    "lower lowest elevated increased reduced raised decreased transgenic ectopic forced constitutive basal renal "
    "hepatic intestinal cardiac pulmonary surface cell-surface strong abundant excessive sustained local conditional "
    "genetic pharmacological pharmacologic targeted germline global inducible homozygous heterozygous biallelic "
    "activating inactivating gain-of-function loss-of-function missense nonsense truncating somatic rare common "
    "several certain coding promoter".split()
)
_TURNS = {"and", "but", "whereas", "while", "although"}
_WITHIN = {"in", "of", "at", "to", "with", "for", "within", "near"}
_LONGEST_OPENING = 12


def owned(words: list[Word], owner: Mention | None, listed: bool = False) -> list[Word]:
    """Give a sentence with the owner of what it measures or takes away without saying whose.

    `listed` says that places and how much is there stand in a list of their own ("Liver: high").
    """
    if owner is None or not words:
        return words
    words = _kind(_summary(words, owner), owner)
    if not (listed and words[0].lower in _MOST):
        words = _subject(words, owner)
    places = {i for start in _openings(words) if (i := _bare(words, start)) is not None}
    if len(words) > 3 and words[0].lower == "the":
        at = 1 + (words[1].lower in ("molecular", "molar", "plasma", "serum", "circulating", "terminal", "elimination"))
        if words[at].lower in ("half-life", "mass", "weight") and words[at + 1].lower != "of":
            places.add(at)
    places |= {i for i in range(2, len(words)) if words[i].lower in _DONE_TO and _is_done_to(words, i, owner)}
    if not places:
        return words
    out: list[Word] = []
    for i, word in enumerate(words):
        if i in places:
            out.append(_word(owner, word.start))
            if word.text[0].isupper() and word.text[1:].islower():
                word = replace(word, text=word.text.lower())
        out.append(word)
    return out


def _summary(words: list[Word], owner: Mention) -> list[Word]:
    """ "This gene encodes a …", "The protein encoded by this gene is a …": the owner is a …"""
    lowers = [w.lower for w in words[:8]]
    for opening, verb in _SUMMARIES:
        if any(lowers[: len(opening)] == [first, *opening[1:]] for first in (opening[0], "this", "the")):
            rest = words[len(opening) :]
            if len(opening) == 2 and not (
                rest and (rest[0].lower in BE or forms().get(rest[0].lower, ("", ""))[1] == "s")
            ):
                return words
            if not rest or (verb and rest[0].lower not in ("a", "an", "the", "one")):
                return words
            at = words[len(opening) - 1]
            said = [replace(at, text="is", mention=None)] if verb else []
            return [_word(owner, words[0].start), *said, *rest]
    return words


_SUMMARIES: tuple[tuple[tuple[str, ...], bool], ...] = (
    (("this", "gene", "encodes"), True),
    (("the", "protein", "encoded", "by", "this", "gene"), False),
    (("the", "encoded", "protein"), False),
    (("the", "product", "of", "this", "gene"), False),
    (("the", "gene", "product"), False),
    (("the", "gene"), False),
    (("the", "locus"), False),
)


_CLASS_HEADS = set(
    "kinase receptor cytokine factor protein chemokine hormone ligand enzyme adapter adaptor regulator inhibitor "
    "activator mediator glycoprotein phosphatase protease transporter coreceptor co-receptor peptide".split()
)
_GOES_ON = set("that which for of with involved required indispensable essential necessary important acting".split())


def _kind(words: list[Word], owner: Mention) -> list[Word]:
    """ "Non-receptor kinase required for B", "Cytokine that binds C": the owner is such a one."""
    for i, word in enumerate(words[:6]):
        after = words[i + 1].lower if i + 1 < len(words) else ""
        if word.mention is not None and word.lower not in _CLASS_HEADS:
            return words
        if word.lower in _CLASS_HEADS and after in _GOES_ON and words[0].lower not in _DETERMINED:
            before = words[: i + 1] + [w for w in words[i + 1 :] if after not in ("that", "which")]
            if any(w.lower in BE | HAVE | MODALS for w in before if w.text != ",") and after not in ("that", "which"):
                return words
            at = words[0].start
            told = [replace(words[0], text=t, end=at, mention=None, known="", parens=[]) for t in ("is", "a")]
            return [_word(owner, at), *told, replace(words[0], text=words[0].text.lower()), *words[1:]]
        if forms().get(word.lower, ("", ""))[1] == "s" and word.lower not in _CLASS_HEADS:
            return words
    return words


_DETERMINED = {"a", "an", "the", "this", "these", "its", "no", "each", "one", "another", "both", "in", "as"}


def _word(owner: Mention, at: int) -> Word:
    """The owner, where it takes no room in the text."""
    return Word(owner.text, at, at, replace(owner, start=at, end=at))


def _subject(words: list[Word], owner: Mention) -> list[Word]:
    """ "Found on mast cells; absent from B cells": the owner is found there, and is absent there."""
    openings = [0]
    if words[0].lower in PREPOSITIONS:
        openings += [k + 1 for k in range(1, min(len(words), _LONGEST_OPENING)) if words[k].text == ","][:1]
    start = next((k for k in openings if _is_state(words, k)), None)
    if start is None or _has_subject(words, start):
        return words
    at = [start, *(k + 1 for k in range(start, len(words) - 2) if words[k].text == ";" and _is_state(words, k + 1))]
    out: list[Word] = []
    for i, word in enumerate(words):
        if i in at:
            place = replace(word, text="is", end=word.start, mention=None, known="", parens=[], denied=[], suffix="")
            out += [_word(owner, word.start), place]
            if word.lower in _MOST:
                out.append(replace(place, text="expressed"))
                continue
            word = replace(word, text=word.text[0].lower() + word.text[1:]) if word.mention is None else word
        out.append(word)
    return out


_STATES = set("absent abundant present detectable undetectable essential dispensable indispensable ubiquitous".split())
_MOST = {"highest", "strongest", "lowest", "weakest", "high", "low", "prominent"}
_STATES |= _MOST
_MANNER = {"not", "also", "only", "never", "most", "barely", "almost", "ubiquitously"}


def _is_state(words: list[Word], at: int) -> bool:
    """Say whether a participle or an adjective stands there that says of something how or where it is."""
    while at < len(words) and (words[at].lower in _MANNER or (words[at].lower.endswith("ly") and not words[at].known)):
        at += 1
    if at + 1 >= len(words) or words[at].mention is not None:
        return False
    lower, after = words[at].lower, words[at + 1].lower
    if after == "at" and lower not in _STATES and forms().get(lower, ("", ""))[1] != "ed":
        return False
    return after in PREPOSITIONS | {"exclusively", "mainly", "predominantly", "strongly", "only"} and (
        lower in _STATES or (forms().get(lower, ("", ""))[1] == "ed" and lower not in _NOT_STATES)
    )


_NOT_STATES = {"compared", "based", "given", "used", "followed", "combined", "taken", "treated", "caused", "driven"}


def _has_subject(words: list[Word], start: int) -> bool:
    """Say whether the participle only opens a sentence that has its own subject: "Induced by A, B binds C"."""
    for k in range(start + 1, len(words) - 2):
        if words[k].text != ",":
            continue
        after = words[k + 1]
        if after.lower in ("it", "this", "these", "they"):
            return True
        acts = forms().get(words[k + 2].lower, ("", ""))[1] in ("s", "ed") or words[k + 2].lower in BE | HAVE | MODALS
        if after.mention is not None and after.mention.is_molecule and acts and words[k + 2].mention is None:
            return True
        if after.lower == "the" and any(w.lower in BE | HAVE | MODALS for w in words[k + 2 : k + 8]):
            return True
    return False


def _openings(words: list[Word]) -> list[int]:
    """Where a clause can begin: at the start, after the phrase that opens a sentence, after a comma with "and"."""
    found = [0]
    if words and words[0].lower in PREPOSITIONS:
        comma = next((k for k in range(1, min(len(words), _LONGEST_OPENING)) if words[k].text == ","), 0)
        if comma:
            found.append(comma + 1)
    for k in range(1, len(words) - 1):
        if words[k].text == ";" or (words[k].text == "," and words[k + 1].lower in _TURNS):
            found.append(k + 1 + (words[k].text == ","))
    return found


def _bare(words: list[Word], start: int) -> int | None:
    """Give the place of a noun that opens a clause and has no owner, if one does."""
    at = start
    while at < len(words) and words[at].mention is None and (words[at].lower in _WHICH or _is_place(words[at])):
        at += 1
    if at + 1 >= len(words) or words[at].mention is not None or words[at].lower not in _HEADS:
        return None
    after = words[at + 1]
    if after.lower == "and" and at + 2 < len(words) and words[at + 2].lower in _HEADS:
        return _bare(words, at + 2) and at
    if after.lower == "of" or after.mention is not None:
        return None
    if after.lower in PREPOSITIONS:
        return None if after.lower in _WITHIN and _names_another(words, at + 2) else at
    form = forms().get(after.lower, ("", ""))[1]
    goes_on = after.lower in BE | HAVE | MODALS | DO or form in ("s", "ed", "base") or after.lower.endswith("ly")
    return at if goes_on and after.lower not in _HEADS else None


def _is_place(word: Word) -> bool:
    """Say whether a word is of an organ or a fluid: "synovial fluid levels"."""
    return word.known in ("tissue", "part")


def _names_another(words: list[Word], at: int) -> bool:
    """Say whether the phrase after a preposition is a molecule: "mutations in A", "the gene" included."""
    for word in words[at : at + 4]:
        if word.mention is not None:
            return word.mention.is_molecule
        if word.lower in ("gene", "genes", "protein", "receptor", "promoter"):
            return True
        if word.lower in PREPOSITIONS | BE or not word.text[0].isalpha():
            return False
    return False


def _is_done_to(words: list[Word], i: int, owner: Mention) -> bool:
    """Say whether a bare noun is the object of a verb of effect whose subject is another: "A raises expression."."""
    after = words[i + 1].lower if i + 1 < len(words) else "."
    if words[i].mention is not None or not (after in PREPOSITIONS - {"of"} or not after[0].isalpha()):
        return False
    first = i
    while first > 1 and words[first - 1].mention is None and words[first - 1].lower in _WHICH - {"lower", "raised"}:
        first -= 1
    lemma, form = forms().get(words[first - 1].lower, ("", ""))
    verb = VERBS.get(lemma)
    if lemma in ("have", "show", "exhibit", "display") or words[first - 1].lower in HAVE:
        return any(w.lower in LEVELS for w in words[first:i])  # "patients have elevated serum levels"
    if verb is None or verb.relation not in ("increases", "decreases") or form not in ("s", "base", "ed"):
        return False
    before = words[: first - 1]
    if any(w.lower in ("it", "its", "that", "which", "their", "to") for w in before):
        return False
    return not any(w.mention is not None and w.mention.curie == owner.curie for w in before)
