"""The tables of claims: content-addressed rows, the layers that they lie in, and the reviews that are never rewritten.

A claim or a piece of evidence is one row for ever, named by its digest.  A layer (the library, an import, a person's
own claims, what a reader proposes) holds claims by membership, so that laying one down or taking it away touches no
other.  `claim.state` follows from memberships and reviews; `settling.settle` is the one place that works it out.
"""

from __future__ import annotations

from ...store import Schema

LIBRARY, IMPORT, PRIVATE, PROPOSAL = KINDS = ("library", "import", "private", "proposal")

GONE, PROPOSED, ACCEPTED, REJECTED, REPLACED = range(5)
STATES = ("gone", "proposed", "accepted", "rejected", "replaced")

SCHEMA = Schema(
    "claims",
    (
        (
            """CREATE TABLE document (
                digest TEXT PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,
                added TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE layer (
                key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, digest TEXT NOT NULL,
                claims INTEGER NOT NULL, added TEXT NOT NULL
            ) STRICT""",
            "CREATE TABLE entity (key INTEGER PRIMARY KEY, curie TEXT NOT NULL UNIQUE, name TEXT NOT NULL) STRICT",
            "CREATE INDEX entity_by_name ON entity (name COLLATE NOCASE)",
            # topic: what its contests have in common, that is all of a contest's id but the question
            """CREATE TABLE claim (
                key INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, meaning BLOB NOT NULL, topic BLOB NOT NULL,
                id TEXT NOT NULL, subject INTEGER NOT NULL REFERENCES entity, relation TEXT NOT NULL,
                object INTEGER NOT NULL REFERENCES entity, state INTEGER NOT NULL,
                species TEXT, sentence TEXT NOT NULL, body TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX claim_by_topic ON claim (topic)",
            "CREATE INDEX claim_by_id ON claim (id)",
            "CREATE INDEX claim_out ON claim (subject, state, object, relation)",
            "CREATE INDEX claim_in ON claim (object, state, subject, relation)",
            "CREATE INDEX claim_unsettled ON claim (state) WHERE state <> 2",
            """CREATE TABLE evidence (
                key INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, source TEXT, laboratory TEXT,
                finding TEXT NOT NULL, body TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX evidence_by_source ON evidence (source)",
            """CREATE TABLE claim_evidence (
                claim INTEGER NOT NULL REFERENCES claim, evidence INTEGER NOT NULL REFERENCES evidence,
                PRIMARY KEY (claim, evidence)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX claim_evidence_by_evidence ON claim_evidence (evidence)",
            """CREATE TABLE claim_context (
                entity INTEGER NOT NULL REFERENCES entity, claim INTEGER NOT NULL REFERENCES claim,
                PRIMARY KEY (entity, claim)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE claim_assumption (
                assumption TEXT NOT NULL, claim INTEGER NOT NULL REFERENCES claim, PRIMARY KEY (assumption, claim)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE layer_claim (
                claim INTEGER NOT NULL REFERENCES claim, layer INTEGER NOT NULL REFERENCES layer,
                PRIMARY KEY (claim, layer)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX layer_claim_by_layer ON layer_claim (layer)",
            """CREATE TABLE layer_assumption (
                layer INTEGER NOT NULL REFERENCES layer, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (layer, id)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE layer_reference (
                layer INTEGER NOT NULL REFERENCES layer, curie TEXT NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (curie, layer)
            ) STRICT, WITHOUT ROWID""",
            # decision: accept, reject, edit (replacement says with what), undo (undoes says which)
            """CREATE TABLE review (
                number INTEGER PRIMARY KEY AUTOINCREMENT, claim INTEGER NOT NULL REFERENCES claim,
                decision TEXT NOT NULL CHECK (decision IN ('accept', 'reject', 'edit', 'undo')),
                replacement INTEGER REFERENCES claim, undoes INTEGER UNIQUE REFERENCES review,
                who TEXT NOT NULL, why TEXT NOT NULL, decided TEXT NOT NULL,
                CHECK ((decision = 'edit') = (replacement IS NOT NULL)),
                CHECK ((decision = 'undo') = (undoes IS NOT NULL))
            ) STRICT""",
            "CREATE INDEX review_by_claim ON review (claim)",
            "CREATE INDEX review_by_replacement ON review (replacement)",
            """CREATE TRIGGER review_stands BEFORE UPDATE ON review
                BEGIN SELECT raise(ABORT, 'a review is never changed'); END""",
            """CREATE TRIGGER review_stays BEFORE DELETE ON review
                BEGIN SELECT raise(ABORT, 'a review is never deleted'); END""",
            # the decision that holds for each claim: the last one that was not undone
            "CREATE VIEW undone AS SELECT undoes AS number FROM review WHERE undoes IS NOT NULL",
            """CREATE VIEW standing AS SELECT * FROM review r
                WHERE decision <> 'undo' AND number NOT IN undone AND NOT EXISTS (
                    SELECT 1 FROM review n WHERE n.claim = r.claim AND n.number > r.number AND n.decision <> 'undo'
                        AND n.number NOT IN undone
                )""",
            # the order is fixed: the index holds places in this very text
            """CREATE VIEW claim_words AS SELECT key, sentence, (
                    SELECT group_concat(finding, ' · ') FROM (
                        SELECT e.finding FROM claim_evidence l JOIN evidence e ON e.key = l.evidence
                        WHERE l.claim = claim.key ORDER BY l.evidence
                    )
                ) AS findings FROM claim""",
        ),
    ),
    with_search=(
        """CREATE VIRTUAL TABLE IF NOT EXISTS claim_text USING fts5 (
            sentence, findings, content = 'claim_words', content_rowid = 'key',
            tokenize = "unicode61 remove_diacritics 2"
        )""",
    ),
)
