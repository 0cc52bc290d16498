"""Inflected verbs: every form of the verbs that the reader knows, by rule and by the table of irregular ones."""

from __future__ import annotations

from functools import cache

from .lexicon import CHANGES_ALONE, STUDIED
from .predicates import PARTICIPIAL, PHRASAL, PREPOSITIONAL, PROCESSES, TOWARDS, VERBS

# verbs that carry no relation of their own, known so that a clause is seen to have a verb
_TELL_NOTHING = set(
    "differ note record stay subject infect attain achieve reach mount normalise normalize "
    "see use appear seem suggest indicate show demonstrate report observe find identify recognize know emerge "
    "remain reveal describe fail "
    "include prove detect exhibit possess display exert play provide serve form encode consist comprise "
    "contain adopt localize "
    "locate translocate enter cross differentiate dimerize protect target warrant need follow occur persist "
    "retain share exist "
    "market undergo respond represent think believe hypothesize hypothesise speculate predict expect propose "
    "measure deliver receive "
    "administer inject infuse incubate culture lack give become make take allow help try aim attempt tend "
    "continue begin start "
    "compare predict mark enrich concentrate reside parallel mirror localise isolate discover clone name call "
    "define derive circulate accumulate degrade clear excrete "
    "metabolize eliminate absorb "
    "break manage intersect cooperate synergize synergise compete return replace leave last originate bring add "
    "represent tolerate highlight "
    "survive lose gain express encounter expose pretreat immunize immunise challenge instil transfect knock ablate "
    "differentiate synergise accompany characterize characterise spare miss meet carry transport respond mediate "
    "direct send tag route terminate predominate prevail abound place confine carry draw bear dock co-precipitate "
    "coprecipitate join latch lock "
    "die begin rely withdraw randomize randomise assign sensitize dose grow maintain co-treat prime "
    "stain store come supply compose constitute group classify fold metabolise complicate "
    "attribute ascribe pose delete remove inactivate harbour harbor apply introduce draw obtain collect".split()
)
_IRREGULAR = {
    "bind": ("binds", "bound", "binding"), "drive": ("drives", "drove driven", "driving"),
    "rise": ("rises", "rose risen", "rising"),
    "fall": ("falls", "fell fallen", "falling"), "lead": ("leads", "led", "leading"),
    "find": ("finds", "found", "finding"),
    "show": ("shows", "showed shown", "showing"), "give": ("gives", "gave given", "giving"),
    "know": ("knows", "knew known", "knowing"),
    "think": ("thinks", "thought", "thinking"), "break": ("breaks", "broke broken", "breaking"),
    "become": ("becomes", "became", "becoming"),
    "come": ("comes", "came", "coming"),
    "make": ("makes", "made", "making"), "take": ("takes", "took taken", "taking"),
    "grow": ("grows", "grew grown", "growing"),
    "fight": ("fights", "fought", "fighting"), "leave": ("leaves", "left", "leaving"),
    "begin": ("begins", "began begun", "beginning"),
    "bring": ("brings", "brought", "bringing"), "lose": ("loses", "lost", "losing"),
    "undergo": ("undergoes", "underwent undergone", "undergoing"),
    "prove": ("proves", "proved proven", "proving"), "die": ("dies", "died", "dying"),
    "signal": ("signals", "signaled signalled", "signaling signalling"),
    "hold": ("holds", "held", "holding"), "keep": ("keeps", "kept", "keeping"), "put": ("puts", "put", "putting"),
    "set": ("sets", "set", "setting"), "shut": ("shuts", "shut", "shutting"), "cut": ("cuts", "cut", "cutting"),
    "build": ("builds", "built", "building"), "wind": ("winds", "wound", "winding"),
    "feed": ("feeds", "fed", "feeding"),
    "shrink": ("shrinks", "shrank shrunk", "shrinking"), "undo": ("undoes", "undid undone", "undoing"),
    "override": ("overrides", "overrode overridden", "overriding"), "arise": ("arises", "arose arisen", "arising"),
    "overcome": ("overcomes", "overcame overcome", "overcoming"), "shed": ("sheds", "shed", "shedding"),
    "speed": ("speeds", "sped speeded", "speeding"), "forbid": ("forbids", "forbade forbidden", "forbidding"),
    "withhold": ("withholds", "withheld", "withholding"), "rest": ("rests", "rested", "resting"),
    "spread": ("spreads", "spread", "spreading"), "withstand": ("withstands", "withstood", "withstanding"),
    "send": ("sends", "sent", "sending"), "draw": ("draws", "drew drawn", "drawing"),
    "bear": ("bears", "bore borne", "bearing"),
    "undercut": ("undercuts", "undercut", "undercutting"), "upset": ("upsets", "upset", "upsetting"),
    "rid": ("rids", "rid", "ridding"), "sink": ("sinks", "sank sunk", "sinking"),
    "creep": ("creeps", "crept", "creeping"), "leap": ("leaps", "leapt leaped", "leaping"),
    "swell": ("swells", "swelled swollen", "swelling"), "spin": ("spins", "spun", "spinning"),
    "see": ("sees", "saw seen", "seeing"), "use": ("uses", "used", "using"), "let": ("lets", "let", "letting"),
}  # fmt: skip
_DOUBLED = {
    "drop", "control", "abet", "trap", "occur", "prefer", "step", "spur", "cut", "stop", "stem", "trim", "thin", "bar",
    "quit", "plan", "rev", "skip", "propel", "deter", "dim", "shed", "map", "dip", "whip", "prop",
    "cancel", "fulfil", "annul", "cap", "strip", "rob", "tip", "sap", "confer", "submit", "transfer", "compel", "expel",
}  # fmt: skip


@cache
def forms() -> dict[str, tuple[str, str]]:
    """Give every inflected form of the verbs that are known: form to (lemma, one of base, s, ed, ing)."""
    table: dict[str, tuple[str, str]] = {}
    lemmas = set(VERBS) | {lemma for lemma, _ in [*PREPOSITIONAL, *PARTICIPIAL]} | STUDIED | set(CHANGES_ALONE)
    lemmas |= {lemma for lemma, _ in [*PHRASAL, *TOWARDS]} | set(PROCESSES)
    lemmas |= _TELL_NOTHING
    for lemma in sorted(lemmas):
        for form, kind in _inflect(lemma):
            table.setdefault(form, (lemma, kind))
    return table


def _inflect(lemma: str) -> list[tuple[str, str]]:
    if lemma in _IRREGULAR:
        s, ed, ing = _IRREGULAR[lemma]
        return [(lemma, "base"), (s, "s"), *((f, "ed") for f in ed.split()), *((f, "ing") for f in ing.split())]
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return [(lemma, "base"), (lemma + "s", "s"), (lemma + "d", "ed"), (lemma[:-1] + "ing", "ing")]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [(lemma, "base"), (lemma[:-1] + "ies", "s"), (lemma[:-1] + "ied", "ed"), (lemma + "ing", "ing")]
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    s = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return [(lemma, "base"), (s, "s"), (stem + "ed", "ed"), (stem + "ing", "ing")]
