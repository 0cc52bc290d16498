"""Short pages in which one thing can be said rightly or wrongly: `⟦right→wrong⟧`.

Read with the right words a page raises no error and no warning; with the wrong ones, the defect is found at one of the
marked places.  An empty right side is something added, an empty wrong side something left out.
"""

# ruff: noqa: E501 (a line is a page)
from __future__ import annotations

import re
from dataclasses import dataclass

_CHOICE = re.compile(r"⟦([^→⟧]*)→([^⟧]*)⟧")


@dataclass(frozen=True)
class Form:
    """A page with places that can be right or wrong."""

    kind: str
    text: str
    media: str

    @property
    def right(self) -> str:
        return _CHOICE.sub(lambda m: m[1], self.text)

    @property
    def wrong(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The page with its defect, and the ranges at which a finding of it may lie."""
        made, spans, at = "", [], 0
        for match in _CHOICE.finditer(self.text):
            made += self.text[at : match.start()]
            spans.append((len(made), len(made) + len(match[2])))
            made, at = made + match[2], match.end()
        return made + self.text[at:], tuple(spans)


def _page(kind: str, *texts: str, head: str = "", tail: str = "", media: str = "markdown") -> None:
    FORMS.extend(Form(kind, head + text + tail, media) for text in texts)


FORMS: list[Form] = []
LIF = "# LIF\n\nLIF is a cytokine of the interleukin-6 family.\n\n"
REFERENCES = "\n\n## References\n\n- [@abel2001]: Abel A. Example Rev 2001;1:1-9.\n- [@bohr2005]: Bohr B. Example Rev 2005;5:1-9.\n"
NUMBERED = "\n\n## References\n\n1. Abel A. Example Rev 2001;1:1-9.\n2. Bohr B. Example Rev 2005;5:1-9.\n"

_page(
    "wrong_ncbi",
    "The human gene has the NCBI Gene ID ⟦3976→3569⟧ and lies on chromosome 22.",
    "LIF (Entrez Gene ID: ⟦3976→3589⟧) is made by many cells.",
    "LIF (NCBI GeneID ⟦3976→3589⟧, 22q12.2) is made by many cells.",
    "LIF binds LIFR (gene ID ⟦3977→3976⟧) and IL6ST (gene ID 3572).",
    "LIF binds LIFR (gene ID 3977) and IL6ST (gene ID ⟦3572→3570⟧).",
    "It binds gp130 (IL6ST; NCBI Gene ⟦3572→3977⟧; HGNC:6021).",
    "See [LIF at NCBI](https://www.ncbi.nlm.nih.gov/gene/⟦3976→3569⟧).",
    "See [NCBI Gene](https://www.ncbi.nlm.nih.gov/gene/⟦3976→3569⟧/) for more.",
    "See https://www.ncbi.nlm.nih.gov/gene/⟦3976→3569⟧ for more about LIF.",
    "## External links\n\n- NCBI Gene: ⟦3976→3569⟧\n- UniProt: P15018",
    "## External links\n\n- [LIFR](https://www.ncbi.nlm.nih.gov/gene/⟦3977→3976⟧)",
    "| Gene | NCBI Gene |\n|---|---|\n| LIFR | ⟦3977→3976⟧ |\n| IL6ST | 3572 |",
    "| Protein | Role | Entrez ID |\n|---|---|---|\n| [IL6ST](/genes/il6st) | shared | ⟦3572→3976⟧ |",
    "<table>\n<tr><th>Gene</th><th>Gene ID</th></tr>\n<tr><td>LIFR</td><td>⟦3977→3572⟧</td></tr>\n"
    "<tr><td>IL6ST</td><td>3572</td></tr>\n</table>",
    "Identifiers: NCBI Gene ⟦3976→3569⟧; UniProt P15018; OMIM 159540.",
    "[LIF](https://www.ncbi.nlm.nih.gov/gene/3976 \"NCBI Gene ⟦3976→3569⟧\") has its own page there.",
    head=LIF,
)  # fmt: skip
_page(
    "wrong_uniprot",
    "The protein (UniProt ⟦P15018→P05231⟧) has four helices.",
    "The protein (UniProtKB/Swiss-Prot ⟦P15018→P05231⟧) has four helices.",
    "LIF (UniProt accession ⟦P15018→P20809⟧) has four helices.",
    "LIF is [⟦P15018→P05231⟧](https://www.uniprot.org/uniprotkb/⟦P15018→P05231⟧/entry) in UniProt.",
    "It binds LIFR (UniProt: ⟦P42702→P40189⟧).",
    "| Chain | UniProt |\n|---|---|\n| LIFR | ⟦P42702→P40189⟧ |\n| IL6ST | P40189 |",
    "## Identifiers\n\n* UniProt: ⟦P15018→P05231⟧\n* OMIM: 159540",
    head=LIF,
)
_page(
    "wrong_omim",
    "LIF (OMIM ⟦159540→147620⟧) lies on chromosome 22.",
    "LIF (OMIM *⟦159540→147620⟧) lies on chromosome 22.",
    "LIF (MIM #⟦159540→147620⟧) lies on chromosome 22.",
    "LIF (MIM number ⟦159540→147620⟧) lies on chromosome 22.",
    "See [OMIM](https://www.omim.org/entry/⟦159540→147620⟧) for variants.",
    "## External links\n\n- OMIM: ⟦159540→147620⟧",
    "| Gene | MIM |\n|---|---|\n| LIFR | ⟦151443→600694⟧ |\n| IL6ST | 600694 |",
    head=LIF,
)
_page(
    "wrong_hgnc",
    "LIF (HGNC:⟦6596→6018⟧) lies on chromosome 22.",
    "LIF (HGNC ID ⟦6596→6018⟧) lies on chromosome 22.",
    "LIF (HGNC: ⟦6596→6018⟧) lies on chromosome 22.",
    "[LIF at HGNC](https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:⟦6596→6018⟧) gives its names.",
    "| Gene | HGNC ID |\n|---|---|\n| LIFR | HGNC:⟦6597→6021⟧ |\n| IL6ST | HGNC:6021 |",
    head=LIF,
)
_page(
    "wrong_ensembl",
    "LIF (Ensembl ⟦ENSG00000128342→ENSG00000136244⟧) lies on chromosome 22.",
    "| Gene | Ensembl |\n|---|---|\n| LIFR | ⟦ENSG00000113594→ENSG00000136244⟧ |",
    head=LIF,
)
BOX = "# LIF\n\n| Property | Value |\n|---|---|\n| Symbol | LIF |\n| NCBI Gene | 3976 |\n| UniProt | P15018 |\n"
_page(
    "foreign_alias",
    "| Aliases | CDF, ⟦→IL10A, ⟧DIA, HILDA |",
    "| Aliases | CDF; ⟦→CSIF; ⟧DIA; HILDA |",
    "| Aliases | CDF / ⟦→BSF2 / ⟧DIA / HILDA |",
    "| Aliases | CDF<br>⟦→BSF2<br>⟧DIA<br>HILDA |",
    "| Other names | CDF, DIA and ⟦HILDA→MIC-1⟧ |",
    "| Also known as | CDF (DIA, ⟦HILDA→leptin⟧) |",
    "| Synonyms | `CDF`, `⟦DIA→TNFA⟧`, `HILDA` |",
    "| Synonym | CDF, ⟦DIA→TNFA⟧ |",
    "| Alternate symbols | CDF, ⟦DIA→TNFA⟧ |",
    head=BOX, tail="\n\nLIF is a cytokine.\n",
)  # fmt: skip
_page(
    "foreign_alias",
    "LIF, also known as CDF, ⟦DIA→BSF2⟧ or HILDA, is a cytokine.",
    "LIF (also called ⟦DIA→osteopontin⟧) is a cytokine.",
    "LIF is a cytokine. Aliases: CDF, ⟦DIA→TNFA⟧, HILDA.",
    "**Aliases:** CDF, ⟦DIA→TNFA⟧, HILDA\n\nLIF is a cytokine.",
    "- **Aliases:** CDF, ⟦DIA→TNFA⟧, HILDA\n- **Locus:** 22q12.2\n\nLIF is a cytokine.",
    "Other names of LIF are CDF, ⟦DIA→TNFA⟧ and HILDA.",
    head="# LIF\n\n",
)
_page(
    "drug_as_alias",
    "| Aliases | CDF, ⟦→emfilermin, ⟧DIA |",
    "| Aliases | CDF; DIA; ⟦HILDA→Filgrastim⟧ |",
    "| Other names | CDF, ⟦DIA→tocilizumab⟧ and HILDA |",
    head=BOX, tail="\n\nLIF is a cytokine.\n",
)  # fmt: skip
_page(
    "drug_as_alias",
    "LIF, also known as CDF or ⟦DIA→filgrastim⟧, is a cytokine.",
    "LIF is a cytokine. Aliases: CDF, ⟦DIA→metformin⟧.",
    head="# LIF\n\n",
)
_page(
    "length_arithmetic",
    "The precursor has ⟦202→220⟧ amino acids, the signal peptide ⟦22→22⟧ and the mature protein ⟦180→180⟧.",
    "LIF is made as a 202-amino-acid precursor; after removal of the 22-amino-acid signal peptide ⟦180→202⟧ residues "
    "remain in the mature protein.",
    "The 202 aa precursor carries a 22 aa signal peptide. The mature form is ⟦180→184⟧ aa long.",
    "A signal peptide (residues 1-22) is cleaved from the 202-residue precursor, and the mature protein has "
    "⟦180→190⟧ residues.",
    "LIF is translated as 202 amino acids. The N-terminal 22 amino acids are a signal sequence. Mature LIF has "
    "⟦180→178⟧ amino acids.",
    "LIF is a protein of 202 amino acids; cleavage of a signal peptide of 22 residues gives a mature chain of "
    "⟦180→170⟧ residues.",
    "- Precursor: 202 aa\n- Signal peptide: 22 aa\n- Mature protein: ⟦180→182⟧ aa",
    "| Form | Length |\n|---|---|\n| Precursor | 202 aa |\n| Signal peptide | 22 aa |\n| Mature protein | ⟦180→182⟧ aa |",
    "| Form | Amino acids |\n|---|---|\n| Precursor | 202 |\n| Signal peptide | 22 |\n| Mature chain | ⟦180→181⟧ |",
    "| Property | Value |\n|---|---|\n| Symbol | LIF |\n| Length (precursor) | 202 aa |\n| Length (signal peptide) | 22 aa |\n"
    "| Length (mature) | ⟦180→181⟧ aa |",
    "The precursor (202 amino acids) loses 22 amino acids of signal peptide, leaving ⟦180→190⟧ amino acids in the mature "
    "protein.",
    "The mature protein, ⟦180→150⟧ residues, results from cleavage of a 22-residue signal peptide from a precursor of 202 "
    "residues.",
    head=LIF,
)  # fmt: skip
_page(
    "length_arithmetic",
    "| Length | ⟦202→202⟧ aa |\n| Molecular mass | ⟦22→220⟧ kDa |",
    "| Length | ⟦202→202⟧ amino acids |\n| Molecular weight | ⟦~22 kDa→~2.2 kDa⟧ |",
    "| Mass | 22 kDa |\n| Length | ⟦202→1202⟧ aa |",
    head=BOX, tail="\n\nLIF is a cytokine.\n",
)  # fmt: skip
_page(
    "length_arithmetic",
    "Mature LIF has 180 amino acids and a mass of ⟦20→200⟧ kDa.",
    "The 202-residue precursor of LIF weighs ⟦22→2.2⟧ kDa.",
    "LIF has ⟦180→1800⟧ amino acids in its mature form and a predicted mass of ⟦20→20⟧ kDa.",
    head=LIF,
)
_page(
    "citation_without_reference",
    "LIF supports neurons [@abel2001]⟦→[@quill1999]⟧ and stem cells [@bohr2005].",
    "LIF supports neurons [@abel2001; ⟦@bohr2005→@quill1999⟧]. LIF supports stem cells [@bohr2005].",
    "LIF supports neurons [@abel2001, ⟦@bohr2005→@quill1999⟧]. LIF supports stem cells [@bohr2005].",
    "LIF supports neurons [see @abel2001; ⟦@bohr2005→@quill1999⟧]. LIF supports stem cells [@bohr2005].",
    "LIF supports neurons [⟦@abel2001→@quill1999⟧, p. 7] and stem cells [@bohr2005; @abel2001].",
    "| Cell | Source |\n|---|---|\n| Neuron | [⟦@abel2001→@quill1999⟧] |\n\nLIF supports stem cells [@bohr2005; @abel2001].",
    head=LIF, tail=REFERENCES,
)  # fmt: skip
_page(
    "citation_without_reference",
    "LIF supports neurons [1] and stem cells [⟦2→4⟧]. It is made by many cells [2].",
    "LIF supports neurons [1, ⟦2→12⟧]. It is made by many cells [2].",
    "LIF supports neurons [1-⟦2→5⟧]. It is made by many cells [2].",
    "LIF supports neurons [1][⟦2→3⟧]. It is made by many cells [2].",
    "LIF supports neurons<sup>1,⟦2→7⟧</sup>. It is made by many cells<sup>2</sup>.",
    "LIF supports neurons^[⟦2→6⟧]^. It is made by many cells [1, 2].",
    "LIF supports neurons.[1] It is made by many cells.[⟦2→9⟧] It is small.[2]",
    head=LIF, tail=NUMBERED,
)  # fmt: skip
_page(
    "citation_without_reference",
    "LIF supports neurons (Abel 2001) and stem cells (⟦Bohr 2005→Quill 1999⟧). It is small (Bohr 2005).",
    "LIF supports neurons (Abel, 2001; ⟦Bohr, 2005→Quill, 1999⟧). It is small (Bohr, 2005).",
    "LIF supports neurons (Abel et al., 2001) and stem cells (⟦Bohr et al., 2005→Quill et al., 1999⟧). It is small "
    "(Bohr et al., 2005).",
    "LIF supports neurons (Abel 2001). It is small (⟦Bohr 2005→Bohr 2015⟧) and acidic (Bohr 2005).",
    head=LIF, tail="\n\n## References\n\n- Abel A, Ames A. Example Rev 2001;1:1-9.\n- Bohr B, Bell B. Example Rev 2005;5:1-9.\n",
)  # fmt: skip
_page(
    "unparsable_citation",
    *(
        f"LIF supports neurons ⟦[@abel2001]→{broken}⟧. It supports stem cells [@bohr2005; @abel2001]."
        for broken in (
            "[abel2001]", "[@abel2001", "@abel2001]", "[@abel2001,, @bohr2005]", "[@ abel2001]", "[@abel2001 @bohr2005]",
            "[abel2001@]", '["@abel2001"]', "[@@abel2001]", "(@abel2001)", "{@abel2001}", "<@abel2001>", "[@abel2001}",
            "[ @abel2001 ]", "[[@abel2001]]", "[#abel2001]", "[@[abel2001]", "[@abel2001;@]", "[@abel2001]]", "[＠abel2001]",
            "[@abel2001|bohr2005]", "[@abel2001; bohr2005]", "\\[@abel2001\\]", "[@abel 2001]", "[@abel_2001_]", "[@]",
        )
    ),
    head=LIF, tail=REFERENCES,
)  # fmt: skip
_page(
    "unparsable_citation",
    "LIF supports neurons [1]. It is small ⟦[2]→[2⟧. It is acidic [2].",
    "LIF supports neurons [1]. It is small ⟦[1, 2]→[1,,2]⟧. It is acidic [2].",
    "LIF supports neurons [1]. It is small ⟦[2]→[2)⟧. It is acidic [2].",
    "LIF supports neurons [1]. It is small ⟦[2]→[?]⟧. It is acidic [2].",
    "LIF supports neurons [1]. It is small ⟦[2]→[2.⟧ It is acidic [2].",
    "LIF supports neurons [1]. It is small ⟦[1-2]→[1--2]⟧. It is acidic [2].",
    head=LIF, tail=NUMBERED,
)  # fmt: skip
HTML_BOX = (
    '<table class="infobox">\n<tr><th>Symbol</th><td>LIF</td></tr>\n<tr><th>NCBI Gene</th><td>3976</td></tr>\n'
    "<tr><th>UniProt</th><td>P15018</td></tr>\n<tr><th>OMIM</th><td>159540</td></tr>\n</table>\n"
)
MARKDOWN_BOX = (
    "| Property | Value |\n|---|---|\n| Symbol | LIF |\n| NCBI Gene | 3976 |\n| UniProt | P15018 |\n| OMIM | 159540 |\n"
)
_page(
    "duplicated_infobox",
    f"{HTML_BOX}\n⟦→{MARKDOWN_BOX}\n⟧LIF is a cytokine.\n",
    f"{MARKDOWN_BOX}\n⟦→{HTML_BOX}\n⟧LIF is a cytokine.\n",
    f"{HTML_BOX}\nLIF is a cytokine.\n\n## Structure\n\nIt has four helices.\n\n⟦→{MARKDOWN_BOX}⟧",
    f"{MARKDOWN_BOX}\n⟦→{MARKDOWN_BOX}\n⟧LIF is a cytokine.\n",
    f"{MARKDOWN_BOX}\nLIF is a cytokine.\n\n⟦→- **Symbol:** LIF\n- **NCBI Gene:** 3976\n- **UniProt:** P15018\n- **OMIM:** 159540\n\n⟧"
    "It has four helices.\n",
    head="# LIF\n\n",
)  # fmt: skip
_page(
    "broken_internal_link",
    "See [receptors](⟦#receptors→#receptor⟧).\n\n## Receptors\n\nLIF binds [LIFR](/genes/lifr) and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR](/genes/ lifr)⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR]/genes/lifr)⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR](/genes/lifr⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR](<>)⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR](genes/lifr)⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR](/genes/)⟧ and [IL6ST](/genes/il6st), then [JAK1](/genes/jak1).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR](/gnes/lifr)⟧ and [IL6ST](/genes/il6st), then [JAK1](/genes/jak1).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR](/genes/il6r)⟧ and [IL6ST](/genes/il6st), then [JAK1](/genes/jak1).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[[LIFR](/genes/lifr)⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR]((/genes/lifr))⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[LIFR](/genes/lifr\"⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](/genes/lifr)→[](/genes/lifr)⟧ and [IL6ST](/genes/il6st).",
    "LIF binds ⟦[LIFR](./lifr)→[LIFR](./ lifr)⟧ and [IL6ST](./il6st).",
    "LIF binds ⟦[LIFR](./lifr)→[LIFR](.//lifr)⟧ and [IL6ST](../genes/il6st).",
    "LIF binds ⟦[LIFR][r]→[LIFR][s]⟧ and [IL6ST][i].\n\n[r]: /genes/lifr\n[i]: /genes/il6st",
    "LIF binds ⟦[[LIFR]]→[[LIFR]⟧ and [[IL6ST]].",
    'LIF binds ⟦<a href="/genes/lifr">LIFR</a>→<a href="">LIFR</a>⟧ and <a href="/genes/il6st">IL6ST</a>.',
    'LIF binds ⟦<a href="/genes/lifr">LIFR</a>→<a href="/genes/lifr>LIFR</a>⟧ and <a href="/genes/il6st">IL6ST</a>.',
    head=LIF,
)  # fmt: skip
_page(
    "contradiction",
    "- LIF increases SOCS3 mRNA in mouse hepatocytes.\n⟦→- LIF decreases SOCS3 mRNA in mouse hepatocytes.\n⟧",
    "LIF increases SOCS3 mRNA in mouse hepatocytes. It is acidic. ⟦→LIF reduces SOCS3 mRNA in mouse hepatocytes.⟧",
    "## Liver\n\nLIF increases SOCS3 mRNA in mouse hepatocytes.\n\n## Regulation\n\n⟦LIF binds its receptor→SOCS3 mRNA in "
    "mouse hepatocytes is decreased by LIF⟧.",
    "LIF levels are increased in serum of patients with sepsis. ⟦→Patients with sepsis have decreased serum levels of "
    "LIF.⟧",
    "LIF levels are higher in serum of patients with sepsis. ⟦→LIF levels are lower in serum of patients with sepsis.⟧",
    "- LIF promotes neuron survival.\n- ⟦LIF is acidic.→LIF inhibits neuron survival.⟧",
    "LIF increases SOCS3 mRNA in mouse hepatocytes. ⟦→LIF does not increase SOCS3 mRNA in mouse hepatocytes.⟧",
    "LIF increases SOCS3 mRNA in hepatocytes. ⟦→LIF has no effect on SOCS3 mRNA in hepatocytes.⟧",
    "LIF increases SOCS3 mRNA in hepatocytes. ⟦→In hepatocytes, LIF lowered SOCS3 mRNA.⟧",
    "LIF up-regulates SOCS3 in astrocytes. ⟦→LIF downregulates SOCS3 in astrocytes.⟧",
    "LIF increases SOCS3 mRNA in astrocytes.\n\n| Factor | Target | Cell | Effect |\n|---|---|---|---|\n"
    "| LIF | SOCS3 mRNA | astrocytes | ⟦increases→decreases⟧ |",
    head=LIF,
)  # fmt: skip
_page(
    "unit_error",
    "LIF at 10 ng/mL raises SOCS3 mRNA in hepatocytes. In the same cells ⟦10 ng/mL→10 mg/mL⟧ LIF raises STAT3 "
    "phosphorylation.",
    "LIF at 10 ng/mL raises SOCS3 mRNA in hepatocytes. In the same cells ⟦10 ng/mL→10 µg/mL⟧ LIF raises STAT3 "
    "phosphorylation.",
    "LIF at 10 ng/mL raises SOCS3 mRNA in hepatocytes. In the same cells ⟦10 ng/mL→10 pg/mL⟧ LIF raises STAT3 "
    "phosphorylation.",
    "Cells were treated with ⟦20 ng/mL→20 mg/mL⟧ LIF for 24 h.",
    "Cells were treated with LIF (⟦20 ng/ml→20 g/l⟧) for 24 h.",
    "Cells were given 3 µM ruxolitinib. At ⟦3 µM→3 mM⟧ ruxolitinib blocks the effect of LIF.",
    "Ruxolitinib inhibits JAK1 with an IC50 of 3.3 nM. The IC50 of ruxolitinib for JAK1 is ⟦3.3 nM→3.3 µM⟧ in other hands.",
    "| Agent | Dose |\n|---|---|\n| LIF | 10 ng/mL |\n\nLIF at ⟦10 ng/mL→10 mg/mL⟧ raises SOCS3 mRNA in hepatocytes.",
    "Mature LIF has a mass of 20 kDa. On gels LIF, ⟦20 kDa→20 Da⟧, runs as a broad band.",
    "The half-life of LIF is 6 min. LIF has a half-life of ⟦6 min→6 h⟧ in mice.",
    "LIF (10 µg/kg) raises platelets in monkeys. In monkeys LIF at ⟦10 µg/kg→10 mg/kg⟧ is well tolerated.",
    head=LIF,
)  # fmt: skip
_page(
    "empty_section",
    "## Structure\n\nFour helices.\n\n## Clinical use⟦\n\nNone so far.→⟧\n\n## Names\n\nCDF.",
    "## Structure\n\nFour helices.\n\n## Clinical use⟦\n\nNone so far.→⟧",
    "## Structure\n\nFour helices.\n\n### Receptor site⟦\n\nIt lies on the D helix.→⟧\n\n## Names\n\nCDF.",
    "## Structure\n\n### Fold\n\n⟦Four helices.→⟧\n\n### Receptor site\n\nIt lies on the D helix.",
    "## Structure\n\nFour helices.\n\n## Clinical use\n\n⟦None so far.→TODO⟧\n\n## Names\n\nCDF.",
    "## Structure\n\nFour helices.\n\n## Clinical use\n\n⟦None so far.→...⟧\n\n## Names\n\nCDF.",
    "## Structure\n\nFour helices.\n\n## Clinical use\n\n⟦None so far.→-⟧\n\n## Names\n\nCDF.",
    "## Structure\n\nFour helices.\n\n## Clinical use\n\n⟦None so far.→*To be written.*⟧\n\n## Names\n\nCDF.",
    "## Structure\n\nFour helices.\n\n## Clinical use\n\n⟦None so far.→This section is empty.⟧\n\n## Names\n\nCDF.",
    "## Structure\n\nFour helices.\n\n## Clinical use\n\n⟦None so far.→<!-- to do -->⟧\n\n## Names\n\nCDF.",
    "Structure\n---------\n\nFour helices.\n\nClinical use\n------------⟦\n\nNone so far.→⟧\n\nNames\n-----\n\nCDF.",
    "## Structure\n\nFour helices.\n\n## Tests\n\n⟦A blood test exists.→The tests are:⟧\n\n## Names\n\nCDF.",
    head=LIF,
)
_page(
    "empty_section",
    "<h2>Structure</h2><p>Four helices.</p><h2>Clinical use</h2>⟦<p>None so far.</p>→⟧<h2>Names</h2><p>CDF.</p>",
    "<h2>Structure</h2><p>Four helices.</p><h2>Clinical use</h2>⟦<p>None so far.</p>→<p></p>⟧",
    "<h2>Structure</h2><p>Four helices.</p><h3>Site</h3>⟦<p>D helix.</p>→<ul></ul>⟧<h2>Names</h2><p>CDF.</p>",
    head="<html><body><h1>LIF</h1><p>LIF is a cytokine.</p>", tail="</body></html>", media="html",
)  # fmt: skip
