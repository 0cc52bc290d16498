"""Where a number is from, and how far it is trusted, as people write it: `PMID 123`, an address, a citation."""

from __future__ import annotations

import re

from ...base.curies import PREFIXES

TRUST = {
    "unverified": "unv-M", "memory": "unv-L", "from memory": "unv-L", "recalled": "unv-L", "secondary": "unv-M",
    "seen": "abstract", "full text": "abstract", "paper": "abstract", "page": "abstract", "text": "abstract",
    "table": "abstract", "legend": "abstract", "figure legend": "abstract", "label": "abstract",
    "registry": "abstract", "published": "abstract", "abs": "abstract", "seed": "unv-M", "review": "unv-M",
    "high": "unv-H", "medium": "unv-M", "moderate": "unv-M", "low": "unv-L", "primary": "abstract",
    "digitised": "derived", "digitized": "derived", "figure": "derived", "calculated": "derived",
}  # fmt: skip
"""Words for how a number was seen, none of which may say more than was."""
WEAKER = ("abstract", "derived", "unv-H", "unv-M", "unv-L")
"""Tags from the one that says most; of several words, `abstract and figure 2`, the one that says least holds."""


def worded_trust(text: str) -> str:
    """Write words for trust as the form has it; what is not known stays as it is.

    Example:
        >>> worded_trust("abstract seen"), worded_trust("figure legend"), worded_trust("table 2, figure 3")
        ('abstract', 'abstract', 'derived')
    """
    told = re.sub(r"^unverified(?=-[HML]$)", "unv", text.strip())
    words = told.strip("[]").lower()
    if told in WEAKER or words in TRUST:
        return TRUST.get(words, told)
    seen = {TRUST.get(word, word) for word in re.findall(r"full text|from memory|[a-z]+", words)}
    return max(seen & set(WEAKER), key=WEAKER.index, default=told)


def worded_source(text: str) -> str:
    """Write a source as a CURIE: of an id or address as it is, of a citation in words by its letters.

    What has a prefix that is known stays as it is, so that an id of a wrong form is told.

    Example:
        >>> worded_source("PMID 123"), worded_source("NCT05740475"), worded_source("Wu et al. 2012, table 2")
        ('pubmed:123', 'clinicaltrials:NCT05740475', 'pleio:wu-et-al.-2012-table-2')
    """
    told = re.sub(r"^https?://(?:dx\.)?doi\.org/", "doi:", text.strip())
    page = r"^https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d+)/?$"
    told = re.sub(page, r"pubmed:\1", told)
    told = re.sub(r"^(?:PMID|pmid|PubMed)[:\s]\s*(\d+)$", r"pubmed:\1", told)
    told = re.sub(r"^(?:DOI|doi)[:\s]\s*(?=10\.\S+$)", "doi:", told)
    told = re.sub(r"^(?:PMC:?\s*)(?=PMC\d|\d+$)", "pmc:PMC", told).replace("pmc:PMCPMC", "pmc:PMC")
    told = re.sub(r"^https?://(?:www\.)?nature\.com/articles/(\S+?)/?$", r"doi:10.1038/\1", told)
    told = re.sub(r"^https?://(?:www\.)?(?:ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/(PMC\d+)/?$",
                  r"pmc:\1", told)  # fmt: skip
    told = re.sub(r"^(?=NCT\d{8}$)", "clinicaltrials:", told)
    told = re.sub(r"^(?=https?://\S+$)", "url:", told)
    if re.match(r"10\.\d{4,}/", told):
        return f"doi:{told}"
    if told.partition(":")[0] in PREFIXES and ":" in told:
        return told
    return f"pleio:{slug}" if (slug := _slug(told)) else told


def _slug(text: str) -> str:
    """Write a citation in small letters, digits and hyphens; "" where nothing is left of it."""
    return re.sub(r"[^a-z0-9_./-]+", "-", text.lower()).strip("-./_")
