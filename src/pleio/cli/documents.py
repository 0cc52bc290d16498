"""`pleio read` and `pleio audit`: what a document says, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from .output import print_lines, print_table, say

DOC = typer.Argument(
    ..., help="A file: Markdown, HTML, text, JATS XML or PDF; `-` reads standard input.", metavar="DOC"
)


def add_to(app: typer.Typer) -> None:
    app.command("read")(read)
    app.command("audit")(audit)


def read(
    doc: str = DOC,
    json: bool = typer.Option(False, "--json", help="JSON Lines, one claim each, with exact character spans."),
    save: bool = typer.Option(False, "--save", help="Keep the document and its claims in the data directory."),
) -> None:
    """Read the claims of a document, each with the exact span that carries it."""
    from pleio import reading

    document = reading.open_document(_source(doc))
    statements = reading.read(document)
    if save:
        from pleio.library.keeping.documents import keep_reading

        say(f"kept as {keep_reading(document, statements)}")
    rows = [statement.to_json() for statement in statements]
    if json:
        print_lines(rows)
        return
    head = ["subject", "relation", "object", "aspect", "says", "at"]
    print_table(head, (_row(row) for row in rows))
    say(f"{len(rows)} {'claim' if len(rows) == 1 else 'claims'} in {document.name}")


def audit(
    doc: str = DOC,
    json: bool = typer.Option(False, "--json", help="JSON Lines, one finding each."),
    html: Path | None = typer.Option(None, "--html", help="Write the page with its findings marked to this file."),
    sarif: Path | None = typer.Option(None, "--sarif", help="Write the findings as SARIF 2.1.0 to this file."),
    fix: Path | None = typer.Option(None, "--fix", help="Write the page with only the certain corrections made."),
) -> int:
    """Audit a document: identifiers, aliases, arithmetic, citations, contradictions.  Exit status 1 if it finds any."""
    from pleio import reading

    document = reading.open_document(_source(doc))
    findings = reading.audit(document)
    if html is not None:
        _write(html, reading.report_html(document, findings))
    if sarif is not None:
        import json as texts

        _write(sarif, texts.dumps(reading.report_sarif(document, findings), ensure_ascii=False, indent=1) + "\n")
    if fix is not None:
        _write(fix, reading.fix(document, findings))
    if json:
        print_lines(finding.to_json() for finding in findings)
    else:
        typer.echo(reading.report_text(document, findings))
    return 1 if any(finding.severity in ("error", "warning") for finding in findings) else 0


def _source(doc: str) -> Path | bytes:
    if doc == "-":
        import sys

        from pleio.reading.documents.document import LARGEST_PDF

        return sys.stdin.buffer.read(LARGEST_PDF + 1)  # one byte too many is enough to refuse the rest
    return Path(doc)


def _write(path: Path, text: str) -> None:
    from pleio.store import write_file

    write_file(path, text.encode())
    say(f"wrote {path}")


def _row(row: dict[str, Any]) -> list[str]:
    status = {"null_result": "null", "refuted": "refuted"}.get(row["status"], row["modality"])
    return [row["subject"], row["relation"], row["object"], row["aspect"] or "", status, f"{row['start']}–{row['end']}"]
