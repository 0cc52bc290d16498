"""The closed word classes of English, and the words that behave unlike their tag in this kind of text."""

from __future__ import annotations

DETERMINERS = set(
    "the a an this that these those its their his her our some any each every both all no several various "
    "multiple many certain other "
    "another such few most more less different specific numerous diverse additional further either neither".split()
)
PRONOUNS = {"it", "they", "them", "this", "these", "those", "which", "both", "itself", "themselves"}
MODALS = {"may", "might", "could", "can", "will", "would", "should", "must", "cannot"}
BE = {
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "am",
    "remains",
    "remained",
    "remain",
    "becomes",
    "became",
    "become",
}
HAVE = {"has", "have", "had", "having"}
DO = {"does", "do", "did"}
NEGATIONS = {"not", "n't", "n’t", "never", "neither", "nor", "cannot", "hardly"}
WH = {"which", "who", "whose", "where", "whereby", "whom"}
SUBORDINATORS = {
    "while",
    "whereas",
    "although",
    "though",
    "because",
    "when",
    "if",
    "whether",
    "since",
    "so",
    "until",
    "unless",
    "once",
}
PREPOSITIONS = set(
    "in of on to for by with from through via at as against into during after before following under between "
    "within across upon "
    "toward towards over per among throughout without despite including like than about around despite besides "
    "beyond due versus "
    "unlike compared above below along onto until using except".split()
)
LISTERS = {"including", "like", "namely"}
ADVERBS = set(
    "also then thereby however therefore thus often only even still further moreover instead hence already now "
    "widely primarily mainly "
    "together again rather strongly weakly too very highly up down both potentially significantly markedly "
    "robustly partly fully "
    "subsequently consequently directly indirectly additionally furthermore notably dose-dependently rapidly yet "
    "well nearly almost "
    "once twice thereafter in-turn conversely likewise similarly generally typically commonly frequently usually "
    "particularly especially".split()
)
NOUN_LIKE = set(
    "increase decrease rise fall change control influence impact function signal support trigger drive cause "
    "result lead treat test "
    "study report show form limit slow delay block release contact use fight drop decline peak step trial target "
    "need help attempt "
    "aim try share review measure state host culture shape model process aid damage harm guide gate buffer "
    "balance trim mount cap clamp pattern condition switch tip lift supplement mask dip leap jump crash collapse "
    "rebound taper flare poison shift rescue ".split()
)
COMPOUNDS = {
    "signaling",
    "signalling",
    "binding",
    "remodeling",
    "remodelling",
    "aging",
    "ageing",
    "healing",
    "feeding",
    "sequencing",
    "bleeding",
}
CHANGE_NOUN_FORMS = {
    "increases",
    "decreases",
    "rises",
    "falls",
    "changes",
    "drops",
    "declines",
    "increase",
    "decrease",
    "rise",
    "fall",
    "change",
}
