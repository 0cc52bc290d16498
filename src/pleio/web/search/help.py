"""What this server can do, in words that people search for: title, description, address."""

from __future__ import annotations

HELP = (
    ("Audit a document", "paste or upload a page, paper, PDF; check identifiers, aliases, citations, units", "/audit"),
    ("Claims", "browse all claims by system; only those contested; filter by words or entity", "/claims"),
    ("Contested claims", "where sources disagree; both sides, belief, what would change it", "/claims?contested=1"),
    ("Jobs", "run a study; progress, cancel, resume; number of worlds, seed, sceptic, neutral, believer", "/jobs"),
    ("Review proposed claims", "accept, edit, reject, undo; reviewers sign in", "/review"),
    ("Sign in", "account, password, token for programs, reviewer", "/signin"),
    ("Interface for programs", "HTTP API, OpenAPI, JSON, cursors, ETag, server-sent events, token", "/api"),
)
