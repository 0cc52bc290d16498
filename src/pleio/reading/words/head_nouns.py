"""Nouns by what they say as the head of a phrase: a course, an agent, a class of molecules, animals or cells."""

from __future__ import annotations

import re

LIGHT_HEADS = set(
    "progression development process processes mechanism mechanisms risk severity course degree extent onset "
    "pathogenesis shift "
    "presence accumulation occurrence incidence rate rates number numbers pathways events patterns array range variety "
    "downstream emergence state states proportion proportions percentage percentages frequency frequencies fraction "
    "quantity quantities".split()
)
AGENT_HEADS = set(
    "inhibitor inhibitors antagonist antagonists agonist agonists antibody antibodies blocker blockers mimetic "
    "mimetics analog analogs "
    "analogue analogues nanobody modulator modulators receptor receptors ligand ligands trap vaccine "
    "superagonist mutein muteins".split()
)
HYPERNYMS = set(
    "cytokines genes proteins factors mediators molecules chemokines markers receptors kinases targets ligands "
    "family members "
    "interleukins enzymes hormones interferons gene protein".split()
)
MODEL_WORDS = set(
    "mice mouse rats cells animals embryos macrophages fibroblasts neurons zebrafish littermates males females "
    "pups mutants macrophage myoblasts keratinocytes astrocytes hepatocytes platelets fish larvae offspring "
    "strain strains".split()
)
CELLS = re.compile(r"\b(?:cells?|\w+(?:blasts?|cytes?|phages?)|neurons?|microglia|platelets)\b", re.I)
CLASS_TAILS = set(
    "suppressor oncogene oncoprotein adaptor adapter ligase phosphatase protease enzyme channel transporter hormone "
    "chemokine chaperone gtpase antigen adhesin neuropeptide neurotrophin adipokine myokine glycoprotein homodimer "
    "homotrimer allele alleles gene".split()
)
JOINT_HEADS = set(
    "complex complexes interaction interactions combination ratio balance association heterodimer binding mixture "
    "synergy coexpression co-expression crosstalk".split()
)
KINDS = HYPERNYMS | set(
    "peptides peptide subunits subunit molecule compound inhibitor inhibitors agonist agonists antagonist antagonists "
    "antibody drug drugs kinase protease phosphatase ligase transporter channel enzyme steroid oncogene suppressor "
    "alarmin adipokine myokine regulator sensor adaptor adapter coactivator corepressor analogue analog derivative "
    "agent biologic biosimilar statin blocker activator stimulator modulator interleukin decoy integrin lectin "
    "glycoprotein lipid metabolite toxin virus antibiotic chelator nuclease helicase polymerase deacetylase "
    "demethylase methyltransferase acetyltransferase cyclin caspase".split()
)
# an unknown word that ends like the name of a medicine
MEDICINE = re.compile(
    r"(?!.*(?:domain|protein|toxin|strain|chain|action|function|ation|gene|medicine|line|site|cytokine|vaccine)$)"
    r"[a-z]{3,}(?:mycin|mab|cept|nib|lib|vir|ine|ide|in|pril|ol|one|ate|azole|ast|oxan|arin|stat|ocin|acin|ene)"
)
