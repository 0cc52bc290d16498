"""Publishing a library: the page read and audited, claims believed, studies run, all of it saved as artifacts.

Each stage records what it used.  What is already published from the same library, by the same code, with as many
worlds, is not made again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from ..artifacts import Archive, Entry, Envelope, Recording, recording
from ..base.digests import digest_bytes
from ..base.errors import Problem, StudyError, nearest
from ..base.yaml import load, validate
from . import content
from .diagrams.pathway import pathway
from .publishing.claims import claim_set
from .publishing.made import claims_of, model_of, save_figures
from .publishing.page import PageText, take_apart
from .publishing.studies import published_study, value_of

if TYPE_CHECKING:
    from ..reading import Document
    from .opened import Library
    from .question import StudyInLibrary

Report = Callable[[int, int], None]
Stage = Callable[[str], AbstractContextManager[Report]]
PACKAGE = Path(__file__).parents[1]


def publish(library: Library, archive: Archive, *, worlds: int | None = None, stage: Stage | None = None) -> Entry:
    """Publish a library's page with everything that it stands on; give the page's entry.

    Args:
        worlds: of each study; the study's own number by default.
        stage: shows progress: called with a stage's name, gives a context that yields `report(done, total)`.

    Raises:
        InputError: a file of the library is wrong.
        StoreError: the data directory cannot be written.
    """
    made_of = {"library": library.name, "files": files_digest(library), "worlds": worlds or 0}
    known = next((entry for entry in archive.entries("page") if entry.name == library.name), None)
    if known is not None:
        activity = archive.activity(known.id)
        if activity is not None and dict(activity.parameters) == made_of:
            return known
    return _Publication(library, archive, worlds, stage or _quietly).run(made_of)


def files_digest(library: Library) -> str:
    """Digest the library's files and the code that works on them; how pages and commands look makes no difference."""
    files = sorted({*library.folder.rglob("*"), *PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.yaml")})
    working = [file for file in files if file.is_file() and file.relative_to(PACKAGE).parts[0] not in ("web", "cli")]
    names = [f"{file.relative_to(PACKAGE)} {digest_bytes(file.read_bytes())}" for file in working]
    return digest_bytes("\n".join(names).encode())


@dataclass
class _Publication:
    """One publication under way; each method is a stage."""

    library: Library
    archive: Archive
    worlds: int | None
    stage: Stage

    def run(self, made_of: dict[str, object]) -> Entry:
        from ..reading import open_document

        document = open_document(self.library.folder / "page.md", name=f"{self.library.name}/page.md")
        with recording("publish the page", parameters=made_of) as work:
            text_of, audit = self.read_and_audit(document, work)
            claims, claims_id = self.believe(work)
            text = take_apart(document, {c.id for c in claims.claims}, {s.id for s in claims.sources})
            work.use("text", text_of)
            studies = [self.study(name, claims_id, work) for name in read_publication(self.library).studies]
            with self.stage("publishing the page"):
                page = self.page(text, claims_id, [one for one, _ in studies], audit)
                envelope = work.make("page", text.title, content.to_json(page))
                return self.archive.save(envelope, name=self.library.name, activity=work.finish())

    def read_and_audit(self, document: Document, work: Recording) -> tuple[Envelope, Envelope]:
        """Keep the text, read its claims, and check it."""
        from .. import reading

        with self.stage("reading and auditing the page"):
            text = work.make("document", document.name, {"name": document.name, "text": document.text})
            self.archive.save(text, name=f"{self.library.name}-text")
            with recording("audit the page") as auditing:
                auditing.use("document", text)
                findings = [
                    content.Finding(
                        found.kind, found.severity, found.message, found.correction, found.start, found.end,
                        found.quote, document.line_of(found.start),
                    )
                    for found in reading.audit(document)
                ]  # fmt: skip
                read = len(reading.read(document))
                audit = content.Audit(
                    document.name, document.name, document.digest, document.text, read, tuple(findings)
                )
                envelope = auditing.make("audit", f"Audit of {document.name}", content.to_json(audit))
                self.archive.save(envelope, name=f"{self.library.name}-audit", activity=auditing.finish())
        work.use("audit", envelope)
        return text, envelope

    def believe(self, work: Recording) -> tuple[content.ClaimSet, Envelope]:
        """Work out what is believed of every claim."""
        with self.stage("believing the claims"), recording("believe the claims", parameters={"band": "neutral"}) as now:
            claims = claim_set(self.library.name, self.library.belief("neutral"), self.library.references)
            for source in claims.sources:
                now.use("source", source.id)
            envelope = now.make("claim_set", f"Claims of {self.library.name}", content.to_json(claims))
            self.archive.save(envelope, name=f"{self.library.name}-claims", activity=now.finish())
        work.use("claims", envelope)
        return claims, envelope

    def claims_of(self, asked: StudyInLibrary, claims: Envelope) -> Envelope:
        """Give the claims as a study believes them: those of the page, unless its band or its species is another."""
        band = asked.study.worlds.belief
        if asked.beliefs(band) is self.library.belief("neutral"):
            return claims
        theirs = claims_of(asked, band)
        self.archive.save(theirs)
        return theirs

    def study(self, name: str, claims: Envelope, work: Recording) -> tuple[Envelope, content.Study]:
        """Assemble the mechanism, run the study, draw it, say what to test next."""
        from ..store import cache_folder

        asked = self.library.study(name)
        with self.stage(f"assembling {name}"), recording("assemble the mechanism") as assembling:
            assembling.use("claims", claims)
            model = assembling.make("model", f"Mechanism of {asked.study.title}", content.to_json(model_of(asked)))
            self.archive.save(model, name=f"{name}-mechanism", activity=assembling.finish())
            definition = (self.library.folder / "studies" / f"{name}.yaml").read_text(encoding="utf-8")
            stated = assembling.make("study", asked.study.title, {"name": name, "definition": definition})
            self.archive.save(stated, name=f"{name}-study")
        drawn = asked.worlds(self.worlds)
        with (
            self.stage(f"running {name}: {len(drawn):,} worlds") as report,
            recording("run the study", seed=drawn.seed, parameters={"worlds": len(drawn), "band": drawn.band}) as now,
        ):
            now.use("mechanism", model)
            now.use("study", stated)
            now.use("claims", self.claims_of(asked, claims))
            result = asked.run(drawn, folder=cache_folder("studies"), progress=report)
        with self.stage(f"valuing and drawing {name}"):
            value, note = value_of(asked, result)
            drawings = save_figures(self.archive, name, asked, result, value, now)
            found = drawings.named_in(published_study(asked, result, value, note, definition))
            envelope = now.make("result", asked.study.title, content.to_json(found))
            self.archive.save(envelope, name=name, activity=now.finish())
        work.use("study", envelope)
        work.use_all("figure", [*drawings.figures, *drawings.closer])
        return envelope, found

    def page(self, text: PageText, kept: Envelope, studies: list[Envelope], audit: Envelope) -> content.Page:
        """Put the page together from its parts, by their ids."""
        plan = read_publication(self.library)
        found = [content.from_json(content.Study, study.content) for study in studies]
        modules = sorted({module for study in found for module in study.mechanism})
        return content.Page(
            self.library.name,
            text.title,
            plan.subject,
            " ".join(f"**{study.title}.** {study.answer}" for study in found),
            text.text,
            text.facts,
            text.keys,
            pathway(self.library, self.library.belief("neutral"), modules),
            kept.id,
            tuple(study.id for study in studies),
            tuple(figure for study in found for figure in study.figures),
            audit.id,
        )


class Publication(BaseModel):
    """`publication.yaml`: what the page is about in a few words, and the studies that it shows, in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    studies: tuple[str, ...]


def read_publication(library: Library) -> Publication:
    """Read what a library's page shows.

    Raises:
        InputError: the file is malformed or names a study that does not exist.
    """
    table = load(library.folder / "publication.yaml", name="publication.yaml", error=StudyError)
    plan = validate(table, Publication, error=StudyError)
    unknown = [name for name in plan.studies if name not in library.studies]
    if unknown:
        where = table.where(("studies",))
        raise StudyError(
            "publication.yaml",
            [Problem(where, f"'{name}' is no study", nearest(name, library.studies)) for name in unknown],
        )
    return plan


def _quietly(name: str) -> AbstractContextManager[Report]:
    return nullcontext(lambda done, total: None)
