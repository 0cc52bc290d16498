"""The words that carry a claim: verbs and nouns with the relation and readout they stand for.

Tables of ordinary English and of the trade's language; nothing in them is about one gene or one document.
"""

from __future__ import annotations

from .predicates import DECREASES, INCREASES, REGULATES

STUDIED = set("investigate explore test evaluate study examine assess trial develop pursue propose consider".split())
CHANGES_ALONE: dict[str, str] = {
    "increase": INCREASES, "rise": INCREASES, "grow": INCREASES, "improve": INCREASES, "climb": INCREASES,
    "double": INCREASES,
    "decrease": DECREASES, "fall": DECREASES, "drop": DECREASES, "decline": DECREASES, "diminish": DECREASES,
    "change": REGULATES,
    "peak": INCREASES, "vary": REGULATES, "soar": INCREASES, "surge": INCREASES, "spike": INCREASES,
    "plummet": DECREASES, "plunge": DECREASES, "dwindle": DECREASES, "shrink": DECREASES, "wane": DECREASES,
    "regress": DECREASES, "subside": DECREASES, "recede": DECREASES, "vanish": DECREASES, "disappear": DECREASES,
    "abate": DECREASES, "halve": DECREASES, "triple": INCREASES, "worsen": INCREASES, "expand": INCREASES,
    "persist": INCREASES, "linger": INCREASES, "slow": DECREASES, "quicken": INCREASES,
    "accumulate": INCREASES, "recover": INCREASES, "resolve": DECREASES, "deteriorate": DECREASES,
    "ascend": INCREASES, "skyrocket": INCREASES, "escalate": INCREASES, "intensify": INCREASES, "rebound": INCREASES,
    "strengthen": INCREASES, "quadruple": INCREASES, "jump": INCREASES, "leap": INCREASES, "swell": INCREASES,
    "burgeon": INCREASES, "creep": INCREASES, "lengthen": INCREASES, "thicken": INCREASES, "widen": INCREASES,
    "multiply": INCREASES, "deepen": INCREASES, "tumble": DECREASES, "slump": DECREASES, "sink": DECREASES,
    "ebb": DECREASES, "fade": DECREASES, "dip": DECREASES, "weaken": DECREASES, "lessen": DECREASES,
    "collapse": DECREASES, "crash": DECREASES, "cease": DECREASES, "taper": DECREASES, "shorten": DECREASES,
    "ease": DECREASES, "remit": DECREASES, "normalise": REGULATES, "normalize": REGULATES, "treble": INCREASES,
    "atrophy": DECREASES, "soften": DECREASES, "slacken": DECREASES, "flare": INCREASES, "amplify": INCREASES,
}  # fmt: skip

# adjectives for a level: "levels are higher in …"
LEVELS: dict[str, str] = {
    "increased": INCREASES, "elevated": INCREASES, "higher": INCREASES, "high": INCREASES, "raised": INCREASES,
    "upregulated": INCREASES,
    "up-regulated": INCREASES, "enhanced": INCREASES, "induced": INCREASES, "overexpressed": INCREASES,
    "greater": INCREASES,
    "reduced": DECREASES, "decreased": DECREASES, "lower": DECREASES, "low": DECREASES, "downregulated": DECREASES,
    "diminished": DECREASES,
    "down-regulated": DECREASES, "depleted": DECREASES, "suppressed": DECREASES, "lowered": DECREASES,
    "impaired": DECREASES,
    "larger": INCREASES, "longer": INCREASES, "thicker": INCREASES, "heavier": INCREASES, "faster": INCREASES,
    "smaller": DECREASES, "shorter": DECREASES, "thinner": DECREASES, "lighter": DECREASES, "slower": DECREASES,
    "weaker": DECREASES, "stronger": INCREASES, "milder": DECREASES, "worse": INCREASES,
    "augmented": INCREASES, "heightened": INCREASES, "amplified": INCREASES, "exaggerated": INCREASES,
    "excessive": INCREASES, "sustained": INCREASES, "prolonged": INCREASES, "accelerated": INCREASES,
    "exacerbated": INCREASES, "potentiated": INCREASES, "hyperactivated": INCREASES, "boosted": INCREASES,
    "intensified": INCREASES, "overactivated": INCREASES, "hyperphosphorylated": INCREASES, "overproduced": INCREASES,
    "attenuated": DECREASES, "blunted": DECREASES, "abolished": DECREASES, "abrogated": DECREASES,
    "ablated": DECREASES, "compromised": DECREASES, "curtailed": DECREASES, "dampened": DECREASES,
    "defective": DECREASES, "delayed": DECREASES, "disrupted": DECREASES, "lessened": DECREASES, "lost": DECREASES,
    "mitigated": DECREASES, "repressed": DECREASES, "restricted": DECREASES, "weakened": DECREASES,
    "deficient": DECREASES, "retarded": DECREASES, "hampered": DECREASES, "inhibited": DECREASES,
    "undetectable": DECREASES,
    "subnormal": DECREASES, "supranormal": INCREASES,
    "scarcer": DECREASES, "poorer": DECREASES, "rarer": DECREASES, "denser": INCREASES,
    "altered": REGULATES, "dysregulated": REGULATES, "deregulated": REGULATES, "changed": REGULATES,
    "abnormal": REGULATES, "aberrant": REGULATES,
    "unchanged": "no_effect", "unaffected": "no_effect", "unaltered": "no_effect", "normal": "no_effect",
    "similar": "no_effect",
}  # fmt: skip

# nouns of an agent: "X is an inhibitor of Y"
AGENT_NOUNS: dict[str, str] = {
    "inhibitor": DECREASES, "antagonist": DECREASES, "suppressor": DECREASES, "blocker": DECREASES,
    "repressor": DECREASES, "brake": DECREASES,
    "activator": INCREASES, "inducer": INCREASES, "stimulator": INCREASES, "driver": INCREASES, "promoter": INCREASES,
    "enhancer": INCREASES,
    "mediator": INCREASES, "stimulus": INCREASES, "cause": INCREASES, "trigger": INCREASES, "effector": INCREASES,
    "stimulant": INCREASES,
    "regulator": REGULATES, "modulator": REGULATES, "determinant": REGULATES, "controller": REGULATES,
    "mitogen": INCREASES, "agonist": INCREASES, "superagonist": INCREASES, "potentiator": INCREASES,
    "amplifier": INCREASES, "booster": INCREASES, "accelerator": INCREASES, "facilitator": INCREASES,
    "initiator": INCREASES, "instigator": INCREASES, "stabilizer": INCREASES, "stabiliser": INCREASES,
    "coactivator": INCREASES, "co-activator": INCREASES, "transactivator": INCREASES, "chemoattractant": INCREASES,
    "attractant": INCREASES, "contributor": INCREASES, "elicitor": INCREASES, "provoker": INCREASES,
    "culprit": INCREASES, "precipitant": INCREASES, "costimulator": INCREASES, "inductor": INCREASES,
    "attenuator": DECREASES, "inactivator": DECREASES, "neutralizer": DECREASES, "neutraliser": DECREASES,
    "silencer": DECREASES, "quencher": DECREASES, "degrader": DECREASES, "destabilizer": DECREASES,
    "destabiliser": DECREASES, "disruptor": DECREASES, "corepressor": DECREASES, "co-repressor": DECREASES,
    "dampener": DECREASES, "scavenger": DECREASES, "terminator": DECREASES, "barrier": DECREASES, "killer": DECREASES,
    "orchestrator": REGULATES, "gatekeeper": REGULATES, "rheostat": REGULATES, "governor": REGULATES,
    "coordinator": REGULATES, "coregulator": REGULATES, "co-regulator": REGULATES, "switch": REGULATES,
}  # fmt: skip

# nouns of an action: "inhibition of Y", "Y activation"
ACTION_NOUNS: dict[str, tuple[str, str | None]] = {
    "activation": (INCREASES, "activity"), "stimulation": (INCREASES, None), "induction": (INCREASES, None),
    "promotion": (INCREASES, None),
    "upregulation": (INCREASES, "abundance"), "up-regulation": (INCREASES, "abundance"),
    "enhancement": (INCREASES, None),
    "phosphorylation": (INCREASES, "phosphorylation"), "increase": (INCREASES, None), "elevation": (INCREASES, None),
    "rise": (INCREASES, None),
    "inhibition": (DECREASES, None), "suppression": (DECREASES, None), "reduction": (DECREASES, None),
    "decrease": (DECREASES, None),
    "downregulation": (DECREASES, "abundance"), "down-regulation": (DECREASES, "abundance"),
    "attenuation": (DECREASES, None),
    "prevention": (DECREASES, None), "blockade": (DECREASES, None), "loss": (DECREASES, None),
    "decline": (DECREASES, None), "fall": (DECREASES, None),
    "impairment": (DECREASES, None), "regulation": (REGULATES, None), "modulation": (REGULATES, None),
    "control": (REGULATES, None),
    "alteration": (REGULATES, None), "changes": (REGULATES, None), "change": (REGULATES, None),
    "dysregulation": (REGULATES, None),
    "cleavage": (DECREASES, None), "degradation": (DECREASES, None), "inactivation": (DECREASES, None),
    "neutralization": (DECREASES, None), "neutralisation": (DECREASES, None), "antagonism": (DECREASES, None),
    "sequestration": (DECREASES, None), "repression": (DECREASES, None), "silencing": (DECREASES, None),
    "abolition": (DECREASES, None), "depletion": (DECREASES, None), "clearance": (DECREASES, None),
    "production": (INCREASES, None), "secretion": (INCREASES, "secretion"), "release": (INCREASES, "secretion"),
    "synthesis": (INCREASES, None), "expression": (INCREASES, "abundance"), "transcription": (INCREASES, "mRNA"),
    "transactivation": (INCREASES, "mRNA"), "potentiation": (INCREASES, None), "acceleration": (INCREASES, None),
    "stabilization": (INCREASES, None), "stabilisation": (INCREASES, None),
    "dephosphorylation": (DECREASES, "phosphorylation"),
    "mobilization": (INCREASES, None), "mobilisation": (INCREASES, None),
    "amplification": (INCREASES, None), "augmentation": (INCREASES, None), "aggravation": (INCREASES, None),
    "exacerbation": (INCREASES, None), "facilitation": (INCREASES, None), "generation": (INCREASES, None),
    "hyperactivation": (INCREASES, "activity"), "overactivation": (INCREASES, "activity"),
    "hyperphosphorylation": (INCREASES, "phosphorylation"), "initiation": (INCREASES, None),
    "preservation": (INCREASES, None), "prolongation": (INCREASES, None), "reactivation": (INCREASES, "activity"),
    "restoration": (INCREASES, None), "strengthening": (INCREASES, None), "triggering": (INCREASES, None),
    "worsening": (INCREASES, None), "costimulation": (INCREASES, None), "co-stimulation": (INCREASES, None),
    "coactivation": (INCREASES, None), "overproduction": (INCREASES, "abundance"), "provocation": (INCREASES, None),
    "elicitation": (INCREASES, None), "intensification": (INCREASES, None), "derepression": (INCREASES, None),
    "disinhibition": (INCREASES, None), "overexpression": (INCREASES, "abundance"), "formation": (INCREASES, None),
    "autophosphorylation": (INCREASES, "phosphorylation"), "transphosphorylation": (INCREASES, "phosphorylation"),
    "improvement": (INCREASES, None), "rescue": (INCREASES, None), "recovery": (INCREASES, None),
    "abrogation": (DECREASES, None), "abolishment": (DECREASES, None), "amelioration": (DECREASES, None),
    "alleviation": (DECREASES, None), "curtailment": (DECREASES, None), "dampening": (DECREASES, None),
    "destabilization": (DECREASES, None), "destabilisation": (DECREASES, None), "destruction": (DECREASES, None),
    "disruption": (DECREASES, None), "elimination": (DECREASES, None), "eradication": (DECREASES, None),
    "hydrolysis": (DECREASES, None), "interruption": (DECREASES, None), "limitation": (DECREASES, None),
    "mitigation": (DECREASES, None), "perturbation": (REGULATES, None), "restriction": (DECREASES, None),
    "retardation": (DECREASES, None), "termination": (DECREASES, None), "transrepression": (DECREASES, "mRNA"),
    "ubiquitination": (DECREASES, "abundance"), "ubiquitylation": (DECREASES, "abundance"),
    "polyubiquitination": (DECREASES, "abundance"), "proteolysis": (DECREASES, "abundance"),
    "weakening": (DECREASES, None), "removal": (DECREASES, None), "scavenging": (DECREASES, None),
    "quenching": (DECREASES, None), "breakdown": (DECREASES, None), "counteraction": (DECREASES, None),
    "lowering": (DECREASES, None), "shortening": (DECREASES, None), "blocking": (DECREASES, None),
    "inhibitions": (DECREASES, None), "blunting": (DECREASES, None), "obstruction": (DECREASES, None),
    "deregulation": (REGULATES, None), "remodeling": (REGULATES, None), "remodelling": (REGULATES, None),
    "acetylation": (REGULATES, None), "deacetylation": (REGULATES, None), "methylation": (REGULATES, None),
    "sumoylation": (REGULATES, None), "reprogramming": (REGULATES, None), "coordination": (REGULATES, None),
    "support": (INCREASES, None), "maintenance": (INCREASES, None), "recruitment": (INCREASES, None),
}  # fmt: skip

# what a readout word says about the object
READOUTS: dict[str, str] = {
    "mrna": "mRNA", "mrnas": "mRNA", "transcript": "mRNA", "transcripts": "mRNA", "transcription": "mRNA",
    "transcriptional": "mRNA",
    "protein": "protein", "proteins": "protein",
    "secretion": "secretion", "release": "secretion", "phosphorylation": "phosphorylation",
    "phosphorylated": "phosphorylation",
    "activation": "activity", "activity": "activity", "activities": "activity", "signaling": "activity",
    "signalling": "activity",
    "expression": "abundance", "level": "abundance", "levels": "abundance", "concentration": "abundance",
    "concentrations": "abundance",
    "induction": "abundance", "production": "abundance", "synthesis": "abundance", "abundance": "abundance",
    "content": "abundance", "amount": "abundance", "amounts": "abundance",
    "titer": "abundance", "titers": "abundance", "titre": "abundance", "titres": "abundance",
}  # fmt: skip
READOUT_ORDER = ("phosphorylation", "secretion", "mRNA", "activity", "protein", "abundance")

LIGHT_VERBS = set(
    "have has had having exert exerts exerted exerting play plays played playing exhibit exhibits exhibited show "
    "shows showed shown "
    "demonstrate demonstrates demonstrated display displays displayed possess possesses possessed provide "
    "provides provided "
    "providing produce produced produces mediate mediates mediated fulfil fulfils serve serves".split()
)
EFFECT_NOUNS = set("effect effects impact impacts influence action actions consequence consequences".split())
ROLE_NOUNS = set("role roles function functions part involvement importance significance".split())
PROPERTY_NOUNS = EFFECT_NOUNS | ROLE_NOUNS | set(
    "property properties activity activities potential capacity capacities ability signal signals cytokine "
    "factor molecule profile "
    "mechanism mechanisms efficacy response responses protein peptide hormone agent drug applications "
    "application".split()
)  # fmt: skip

REQUIRED = {
    "required": INCREASES, "essential": INCREASES, "necessary": INCREASES, "crucial": INCREASES, "critical": INCREASES,
    "indispensable": INCREASES, "needed": INCREASES, "vital": INCREASES, "sufficient": INCREASES,
    "responsible": INCREASES,
    "important": REGULATES, "involved": REGULATES, "key": REGULATES, "central": REGULATES,
}  # fmt: skip
DISPENSABLE = {"dispensable", "redundant", "unnecessary", "nonessential", "non-essential"}

LOSS_NOUNS = {
    "deleting": "knockout", "ablating": "knockout", "depleting": "depletion", "disrupting": "knockout",
    "removing": "withdrawal", "inactivating": "knockout", "eliminating": "knockout",
    "knockdown": "siRNA", "knock-down": "siRNA", "silencing": "siRNA", "sirna": "siRNA", "shrna": "siRNA",
    "depletion": "depletion",
    "knockout": "knockout", "knock-out": "knockout", "deletion": "knockout", "ablation": "knockout",
    "deficiency": "knockout",
    "loss": "knockout", "absence": "knockout", "inactivation": "knockout", "disruption": "knockout",
    "haploinsufficiency": "knockout",
    "inhibition": "inhibition", "blockade": "blockade", "neutralization": "antibody", "neutralisation": "antibody",
    "withdrawal": "withdrawal",
    "removal": "withdrawal", "lack": "knockout", "antagonism": "blockade", "blocking": "blockade",
    "neutralizing": "antibody", "neutralising": "antibody", "suppression": "inhibition", "repression": "inhibition",
    "downregulation": "inhibition", "down-regulation": "inhibition", "immunodepletion": "depletion",
    "immunoneutralization": "antibody", "immunoneutralisation": "antibody", "elimination": "knockout",
    "interruption": "inhibition", "knockdowns": "siRNA", "rnai": "siRNA", "sirnas": "siRNA", "shrnas": "siRNA",
    "disruptions": "knockout", "hypomorphism": "knockout", "excision": "knockout", "nullizygosity": "knockout",
    "degradation": "depletion", "sequestration": "blockade", "inhibitions": "inhibition",
}  # fmt: skip
LOSS_SUFFIXES = {"deficient", "null", "knockout", "/-", "depleted", "silenced", "lacking", "negative", "ko"}
LOSS_WORDS = set(
    "deficient null knockout knock-out ko lacking -/- knockdown heterozygous haploinsufficient hypomorphic".split()
)

GIVEN_NOUNS = set(
    "treatment pretreatment preincubation administration stimulation therapy injection infusion exposure "
    "supplementation addition application incubation "
    "protein cytokine cytokines molecule molecules gene genes peptide hormone factor kinase kinases isoform "
    "isoforms engagement binding "
    "signaling signalling axis delivery dosing overexpression expression levels level use activity "
    "concentrations concentration re-expression reexpression restoration reconstitution transfection transduction "
    "priming preconditioning coculture dose doses course bolus infusions injections cycles batch "
    "batches ingestion intake challenge knock-in".split()
)

ANAPHORA = set(
    "cytokine protein hormone factor molecule peptide drug antibody kinase receptor ligand chemokine agent "
    "compound enzyme gene "
    "interleukin treatment effect effects reduction increase property properties therapy glycoprotein interferon "
    "finding".split()
)

CLASSES = set(
    "cytokine cytokines chemokine hormone kinase receptor enzyme phosphatase adipokine myokine interleukin "
    "glycoprotein lymphokine growth-factor "
    "neuropeptide adhesion-molecule alarmin".split()
)
