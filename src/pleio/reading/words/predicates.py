"""Predicates: the verbs that carry a claim, with the relation and readout they stand for and how they take arguments.

Tables of ordinary English and of the trade's language; nothing in them is about one gene or one document.
"""

from __future__ import annotations

from dataclasses import dataclass

INCREASES, DECREASES, REGULATES = "increases", "decreases", "regulates"


@dataclass(frozen=True)
class Verb:
    """A verb: its relation, the readout it implies, and the preposition it needs (empty for a direct object)."""

    lemma: str
    relation: str
    aspect: str | None = None
    preposition: str = ""


_UP = (
    "increase raise elevate enhance promote stimulate induce upregulate up-regulate augment boost potentiate "
    "support trigger drive cause facilitate accelerate improve restore sustain maintain strengthen amplify evoke "
    "elicit provoke initiate favor favour foster aggravate exacerbate worsen prolong extend mediate enable permit "
    "generate heighten preserve rescue recover heal expand mobilize mobilise prime double triple quadruple confer "
    "hasten intensify fuel stabilise stabilize produce regenerate lengthen encourage bolster catalyze catalyse "
    "create deepen engender ensure escalate expedite hyperactivate incite instigate kindle magnify maximize "
    "maximise multiply nurture perpetuate precipitate propagate prompt propel quicken reinstate reinforce "
    "replenish revive safeguard underlie sharpen spark speed spur unleash upmodulate yield enrich instruct nourish "
    "widen broaden overactivate derepress rejuvenate repair protract steepen thicken enlarge "
    "ignite shield explain launch usher escort awaken invigorate embolden exaggerate accentuate swell ramp "
    "abet aid assist coactivate co-activate costimulate co-stimulate superinduce superactivate hyperstimulate "
    "overstimulate coinduce co-induce disinhibit empower establish excite impel inflame preactivate "
    "pre-activate provision reconstitute restart resuscitate revitalize revitalise spawn stiffen stoke tighten toughen "
    "underpin unlock unmask vasodilate lift maximise reawaken refill resensitize resensitise deubiquitinate "
    "deubiquitylate up-modulate overexcite sensitize sensitise autophosphorylate jumpstart jump-start drive "
    "rehabilitate redouble rekindle unblock entice conserve"
)
_DOWN = (
    "decrease reduce lower inhibit suppress attenuate diminish block abolish prevent impair abrogate dampen "
    "antagonize antagonise counteract limit slow delay downregulate down-regulate neutralize neutralise repress "
    "curb blunt ameliorate alleviate mitigate weaken restrict oppose deplete shorten reverse degrade inactivate "
    "silence halve eliminate disrupt hinder arrest quench curtail interrupt minimize minimise relieve ease fight "
    "combat lessen retard resolve preclude avert destroy thwart extinguish cripple compromise clear abate allay "
    "annul avoid cancel check cleave constrain counter counterbalance cut damp deactivate decelerate "
    "depress deter detoxify disable discourage dismantle dispel dissipate downmodulate drain eradicate erode erase "
    "flatten forestall foil halt hamper impede kill lighten moderate mute negate nullify offset override overcome "
    "paralyze paralyse prune quell remove restrain shrink slash stall starve stop stunt subdue temper "
    "undermine undo withhold hydrolyze hydrolyse digest deconjugate internalize ubiquitinate scavenge inhibit "
    "terminate stifle choke stem dull smother squelch sap hobble abort discontinue truncate depolarize uncouple "
    "desensitize desensitise occlude obliterate forbid desaturate normalize normalise "
    "abridge annihilate assuage blight buffer corepress co-repress transrepress trans-repress correct "
    "counter-regulate counterregulate cull damage dent depolymerize depolymerise destabilize destabilise "
    "disassemble dislodge dissolve down-modulate harm imperil jeopardize jeopardise lyse "
    "obstruct outcompete palliate poison prohibit purge quiesce quieten rectify redress remedy soften soothe surmount "
    "threaten trim undercut wreck scupper expel evict disarm dissociate disengage disintegrate tame "
    "ubiquitylate polyubiquitinate proteolyze proteolyse decompose denature drown endanger "
    "hyperpolarize enfeeble impoverish incapacitate neuter overpower overwhelm rarefy repel "
    "repulse rupture squash strangle suffocate swamp taper thin unload vitiate"
)
_EITHER = (
    "regulate modulate affect influence alter change control impact modify shape dysregulate deregulate govern "
    "coordinate orchestrate tune fine-tune reprogram remodel perturb reshape rewire recalibrate skew bias redirect "
    "dictate determine steer calibrate rebalance target autoregulate adjust balance crossregulate "
    "cross-regulate disturb entrain gate guide hijack co-opt subvert usurp exploit instruct licence oversee "
    "rearrange redistribute reprogramme reset retune sculpt specify synchronize synchronise transform toggle upset "
    "acetylate deacetylate methylate demethylate sumoylate desumoylate neddylate palmitoylate myristoylate "
    "glycosylate hydroxylate nitrosylate oxidize oxidise prenylate hypermethylate"
)
VERBS: dict[str, Verb] = {
    **{lemma: Verb(lemma, INCREASES) for lemma in _UP.split()},
    **{lemma: Verb(lemma, DECREASES) for lemma in _DOWN.split()},
    **{lemma: Verb(lemma, REGULATES) for lemma in _EITHER.split() if lemma != "target"},
    "activate": Verb("activate", INCREASES, "activity"),
    "stimulate": Verb("stimulate", INCREASES),
    "reactivate": Verb("reactivate", INCREASES, "activity"),
    "inactivate": Verb("inactivate", DECREASES, "activity"),
    "transactivate": Verb("transactivate", INCREASES, "mRNA"),
    "transcribe": Verb("transcribe", INCREASES, "mRNA"),
    "phosphorylate": Verb("phosphorylate", INCREASES, "phosphorylation"),
    "hyperphosphorylate": Verb("hyperphosphorylate", INCREASES, "phosphorylation"),
    "transphosphorylate": Verb("transphosphorylate", INCREASES, "phosphorylation"),
    "dephosphorylate": Verb("dephosphorylate", DECREASES, "phosphorylation"),
    "bind": Verb("bind", "binds"),
    "engage": Verb("engage", "binds"),
    "contact": Verb("contact", "binds"),
    "recognise": Verb("recognise", "binds"),
    "ligate": Verb("ligate", "binds"),
    "capture": Verb("capture", "binds"),
    "trap": Verb("trap", "binds"),
    "chelate": Verb("chelate", "binds"),
    "recruit": Verb("recruit", "binds"),
    "attract": Verb("attract", INCREASES),
    "chemoattract": Verb("chemoattract", INCREASES),
    "liberate": Verb("liberate", INCREASES, "secretion"),
    "occupy": Verb("occupy", "binds"),
    "anchor": Verb("anchor", "binds"),
    "coimmunoprecipitate": Verb("coimmunoprecipitate", "binds"),
    "co-immunoprecipitate": Verb("co-immunoprecipitate", "binds"),
    "heterodimerize": Verb("heterodimerize", "binds"),
    "heterodimerise": Verb("heterodimerise", "binds"),
    "overproduce": Verb("overproduce", "secretes"),
    "elaborate": Verb("elaborate", "secretes"),
    "discharge": Verb("discharge", "secretes"),
    "exude": Verb("exude", "secretes"),
    "over-express": Verb("over-express", "expresses"),
    "cure": Verb("cure", "treats"),
    "sequester": Verb("sequester", "binds"),
    "enlist": Verb("enlist", "binds"),
    "tether": Verb("tether", "binds"),
    "scaffold": Verb("scaffold", "binds"),
    "clasp": Verb("clasp", "binds"),
    "express": Verb("express", "expresses"),
    "overexpress": Verb("overexpress", "expresses"),
    "coexpress": Verb("coexpress", "expresses"),
    "co-express": Verb("co-express", "expresses"),
    "secrete": Verb("secrete", "secretes"),
    "release": Verb("release", "secretes"),
    "synthesize": Verb("synthesize", "secretes"),
    "synthesise": Verb("synthesise", "secretes"),
    "shed": Verb("shed", "secretes"),
    "treat": Verb("treat", "treats"),
}  # fmt: skip

PREPOSITIONAL: dict[tuple[str, str], Verb] = {
    (lemma, preposition): Verb(lemma, relation, aspect, preposition)
    for lemma, preposition, relation, aspect in [
        ("contribute", "to", INCREASES, None), ("lead", "to", INCREASES, None), ("result", "in", INCREASES, None),
        ("culminate", "in", INCREASES, None), ("account", "for", INCREASES, None),
        ("translate", "into", INCREASES, None), ("predispose", "to", INCREASES, None),
        ("switch", "on", INCREASES, "activity"), ("turn", "on", INCREASES, "activity"),
        ("act", "against", DECREASES, None),
        ("protect", "against", DECREASES, None),
        ("guard", "against", DECREASES, None), ("defend", "against", DECREASES, None),
        ("militate", "against", DECREASES, None), ("work", "against", DECREASES, None),
        *((joint, "in", INCREASES, None) for joint in ("synergize", "synergise", "cooperate", "collaborate")),
        ("aid", "in", INCREASES, None), ("assist", "in", INCREASES, None), ("help", "in", INCREASES, None),
        ("dispose", "to", INCREASES, None), ("eventuate", "in", INCREASES, None),
        ("feed", "into", REGULATES, None), ("converge", "on", REGULATES, None), ("preside", "over", REGULATES, None),
        ("intervene", "in", REGULATES, None), ("act", "upon", REGULATES, None), ("impinge", "upon", REGULATES, None),
        ("impact", "on", REGULATES, None), ("bear", "on", REGULATES, None), ("partake", "in", REGULATES, None),
        ("partner", "with", "binds", None), ("oligomerise", "with", "binds", None), ("anchor", "to", "binds", None),
        ("tether", "to", "binds", None), ("adsorb", "to", "binds", None), ("hybridize", "with", "binds", None),
        ("act", "on", REGULATES, None), ("impinge", "on", REGULATES, None), ("participate", "in", REGULATES, None),
        ("function", "in", REGULATES, None), ("interfere", "with", DECREASES, None),
        ("compete", "with", DECREASES, None),
        ("bind", "to", "binds", None), ("adhere", "to", "binds", None), ("couple", "to", "binds", None),
        ("bind", "with", "binds", None), ("interact", "with", "binds", None), ("associate", "with", "binds", None),
        ("complex", "with", "binds", None), ("heterodimerize", "with", "binds", None), ("pair", "with", "binds", None),
        ("dimerize", "with", "binds", None), ("engage", "with", "binds", None), ("cooperate", "with", "none", None),
        ("heterodimerise", "with", "binds", None), ("dimerise", "with", "binds", None), ("dock", "to", "binds", None),
        ("attach", "to", "binds", None), ("dock", "on", "binds", None), ("dock", "onto", "binds", None),
        ("bind", "onto", "binds", None), ("latch", "onto", "binds", None), ("lock", "onto", "binds", None),
        ("co-precipitate", "with", "binds", None), ("coprecipitate", "with", "binds", None),
        ("co-immunoprecipitate", "with", "binds", None), ("coimmunoprecipitate", "with", "binds", None),
        ("cross-react", "with", "binds", None), ("oligomerize", "with", "binds", None), ("join", "with", "binds", None),
        ("bind", "at", "binds", None), ("dock", "at", "binds", None),
        ("signal", "through", "binds", None), ("signal", "via", "binds", None),
        ("act", "through", "binds", None), ("act", "via", "binds", None),
        ("correlate", "with", "associated_with", None), ("track", "with", "associated_with", None),
        ("coincide", "with", "associated_with", None), ("associate", "to", "associated_with", None),
        ("belong", "to", "member_of", None),
        ("depend", "on", "depends", None), ("depend", "upon", "depends", None), ("rely", "on", "depends", None),
        ("hinge", "on", "depends", None), ("rest", "on", "depends", None), ("die", "of", "none", None),
        ("result", "from", "follows", None), ("arise", "from", "follows", None), ("stem", "from", "follows", None),
    ]
}  # fmt: skip

# verbs with an object that say something of what follows a preposition: "sensitizes cells to B", "deprives cells of B"
TOWARDS: dict[tuple[str, str], str] = {
    **{(v, p): INCREASES for v, ps in {
        "sensitize": "to", "sensitise": "to", "predispose": "to", "endow": "with", "imbue": "with", "arm": "with",
        "equip": "with", "commit": "to", "convert": "to into", "transform": "into", "drive": "to toward towards into",
        "direct": "toward towards", "push": "toward towards into", "skew": "toward towards to",
        "polarize": "toward towards to into", "polarise": "toward towards to into", "steer": "toward towards",
        "shift": "toward towards to", "bias": "toward towards", "guide": "toward towards", "nudge": "toward towards",
        "provoke": "into", "induce": "into", "switch": "to toward towards", "tip": "toward towards", "send": "into",
        "coax": "into", "goad": "into", "reprogram": "to toward towards into",
    }.items() for p in ps.split()},
    **{(v, p): DECREASES for v, ps in {
        "desensitize": "to", "desensitise": "to", "deprive": "of", "strip": "of", "rob": "of", "rid": "of",
        "rescue": "from", "save": "from", "shield": "from against", "spare": "from", "guard": "against from",
        "insulate": "from", "safeguard": "against from", "defend": "against", "immunize": "against",
        "keep": "from", "relieve": "of", "free": "of from", "cleanse": "of", "buffer": "against",
    }.items() for p in ps.split()},
}  # fmt: skip

# verbs whose meaning lies in a particle or a second word: "switches off", "gives rise to", "holds in check"
PHRASAL: dict[tuple[str, str], str] = {
    **{(v, p): DECREASES for v, ps in {
        "shut": "off down", "switch": "off", "turn": "off down", "hold": "back check", "keep": "check", "slow": "down",
        "break": "down", "wipe": "out", "cut": "down back", "tone": "down", "damp": "down", "knock": "down out",
        "dial": "down", "bring": "down check control baseline", "return": "baseline",
        "drive": "down", "push": "down", "put": "brake", "rein": "in", "set": "back", "keep ": "down",
        "clear": "away up", "wind": "down", "fend": "off", "ward": "off", "stave": "off", "scale": "back",
    }.items() for p in ps.split()},
    **{(v, p): INCREASES for v, ps in {
        "switch": "on", "turn": "on up", "set": "off motion", "bring": "about on", "build": "up", "speed": "up",
        "ramp": "up", "give": "rise", "step": "up", "rev": "up", "drive": "up", "push": "up", "scale": "up",
        "spark": "off", "usher": "in", "dial": "up", "prop": "up", "whip": "up",
    }.items() for p in ps.split()},
}  # fmt: skip

# "<lemma>ed with/in/to": a participle that states a relation without an agent
PARTICIPIAL: dict[tuple[str, str], str] = {
    ("affiliate", "with"): "associated_with",
    ("associate", "with"): "associated_with", ("link", "to"): "associated_with", ("link", "with"): "associated_with",
    ("correlate", "with"): "associated_with", ("implicate", "in"): "associated_with",
    ("connect", "to"): "associated_with", ("tie", "to"): "associated_with",
    ("relate", "to"): "associated_with", ("couple", "to"): "associated_with", ("involve", "in"): REGULATES,
    ("recruit", "to"): "binds", ("tether", "to"): "binds", ("anchor", "to"): "binds", ("complex", "with"): "binds",
    ("crosslink", "to"): "binds", ("cross-link", "to"): "binds", ("conjugate", "to"): "binds",
    ("require", "for"): INCREASES, ("need", "for"): INCREASES, ("bind", "to"): "binds",
    ("approve", "for"): "treats", ("license", "for"): "treats", ("licence", "for"): "treats",
    ("indicate", "for"): "treats", ("indicate", "as"): "treats", ("approve", "as"): "treats",
    ("recommend", "for"): "treats", ("authorize", "for"): "treats",
    ("authorise", "for"): "treats", ("employ", "for"): "treats", ("register", "for"): "treats",
    ("indicate", "in"): "treats", ("recommend", "in"): "treats",
    ("approve", "in"): "treats", ("use", "for"): "treats", ("use", "in"): "treats",
    ("prescribe", "for"): "treats", ("licence", "in"): "treats", ("license", "in"): "treats",
    ("market", "for"): "treats", ("use", "against"): "treats", ("approve", "against"): "treats",
}  # fmt: skip

# what cells and tissues do by themselves, as the process it is
PROCESSES: dict[str, str] = {
    "proliferate": "proliferation", "migrate": "migration", "survive": "survival", "differentiate": "differentiation",
    "mature": "maturation", "die": "death", "divide": "division", "contract": "contraction", "invade": "invasion",
    "degranulate": "degranulation", "regenerate": "regeneration", "accumulate": "accumulation",
    "lactate": "lactation", "ovulate": "ovulation", "bleed": "bleeding", "breed": "reproduction",
    "sporulate": "sporulation",
    "reproduce": "reproduction", "thrive": "growth", "feed": "feeding", "learn": "learning", "heal": "healing",
    "degenerate": "degeneration", "calcify": "calcification", "polarize": "polarization", "adhere": "adhesion",
    "aggregate": "aggregation", "infiltrate": "infiltration", "senesce": "senescence", "relax": "relaxation",
}  # fmt: skip
