"""Claims and their evidence: what is said, kept apart from who says so.

A claim has two identities.  `meaning` digests what is claimed and in which context; `digest` also what speaks for it.
Two claims with one meaning are one claim (`merge`).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from ..base import digests, units
from .entity import Curie, Entity
from .text import clean
from .vocabulary import (
    FORMS,
    SIGN_OUTCOMES,
    SIGNED,
    SILENT_ASPECTS,
    SYMMETRIC,
    Aspect,
    Directness,
    Form,
    Kind,
    Modality,
    Question,
    Relation,
    SpeciesName,
    Speech,
    Trust,
    default_kind,
    one_of,
)


def _unit(text: str) -> str:
    units.parse(text)
    return text


Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=120)]
Text = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(clean)]
Probability = Annotated[float, Field(ge=0, le=1)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Sign = Annotated[str, one_of("report", SIGN_OUTCOMES)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Context(_Value):
    """Where a claim is meant to hold, or where an experiment was done; what is not stated is None."""

    species: SpeciesName | None = None
    cell_type: Entity | None = None
    tissue: Entity | None = None
    disease: Entity | None = None
    system: Text | None = None

    def over(self, base: Context) -> Context:
        """Fill what this context leaves open from another one."""
        return base.model_copy(update={name: part for name, part in vars(self).items() if part})

    def key(self) -> dict[str, str]:
        """Give the stated parts as CURIEs and words, for digests."""
        return {name: part.curie if isinstance(part, Entity) else part for name, part in vars(self).items() if part}


class Perturbation(_Value):
    """What was given or taken away: the agent, its form, the species it is from, dose and duration as printed."""

    agent: Text
    form: Form
    from_: SpeciesName | None = Field(default=None, alias="from")
    dose: Text | None = None
    duration: Text | None = None


class Effect(_Value):
    """A reported effect: size with unit, interval and group size where stated."""

    size: Finite | None = None
    unit: Annotated[str, AfterValidator(_unit)] = "1"
    interval: tuple[Finite, Finite] | None = None
    n: Annotated[int, Field(ge=1)] | None = None

    @field_validator("interval")
    @classmethod
    def _ordered(cls, interval: tuple[float, float] | None) -> tuple[float, float] | None:
        if interval and interval[0] > interval[1]:
            raise ValueError(f"interval {list(interval)} runs backwards")
        return interval


class Evidence(_Value):
    """One statement or record that speaks for or against a claim, and how it knows.

    `reports` is what the source found, as an outcome of the claim's contest; by default what `says` implies.
    `read_right` is the probability that a rule which read it from a document read it right; None where a person did.
    """

    says: Speech
    finding: Text
    source: Curie | None = None
    trust: Trust
    read_right: Probability | None = None
    question: Question | None = None
    reports: Sign | None = None
    perturbation: Perturbation | None = None
    context: Context = Context()
    study: Entity | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    power: Probability | None = None
    modality: Modality = "asserted"
    secondary: bool = False
    cites: tuple[Curie, ...] = ()
    laboratory: Text | None = None
    observation: Name | None = None
    rests_on: tuple[Name, ...] = ()

    @field_validator("says", mode="before")
    @classmethod
    def _null_is_a_word(cls, value: Any) -> Any:
        return "null" if value is None else value  # YAML reads a bare `null` as nothing

    @model_validator(mode="after")
    def _whole(self) -> Evidence:
        if self.says == "observation" and self.observation is None:
            raise ValueError("says 'observation' but names none; give 'observation: id'")
        if self.source is None and not (self.secondary or self.says == "observation"):
            raise ValueError("has no 'source'; a statement without one is 'secondary: true'")
        if self.cites and not self.secondary:
            raise ValueError("'cites' belongs to a statement without data of its own; add 'secondary: true'")
        return self

    @property
    def asks(self) -> str:
        """The question this evidence speaks to: the stated one, or what the form of perturbation asks."""
        if self.question:
            return self.question
        return FORMS[self.perturbation.form] if self.perturbation else "association"

    @property
    def digest(self) -> str:
        """The identity of this piece of evidence."""
        return digests.digest(self.to_json())

    def to_json(self) -> dict[str, Any]:
        """Give the evidence as a JSON object in the YAML format's keys, defaults left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


class Claim(_Value):
    """What is claimed: subject, relation, object and aspect in a context, with the evidence that speaks to it."""

    id: Name
    subject: Entity
    relation: Relation
    object: Entity
    value: Text | None = None
    aspect: Aspect | None = None
    context: Context = Context()
    directness: Directness = "unknown"
    kind: Kind
    comparator: Text | None = None
    effect: Effect | None = None
    margin: Text | None = None
    system: Name | None = None
    note: Text | None = None
    rests_on: tuple[Name, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @field_validator("relation", mode="before")
    @classmethod
    def _a_null_is_evidence(cls, value: Any) -> Any:
        if value == "no_effect":
            raise ValueError(
                "a claim never has the relation 'no_effect'; claim what was tested and add evidence 'says: null'"
            )
        return value

    @model_validator(mode="before")
    @classmethod
    def _kind_by_default(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("kind") is None:
            kind = default_kind(str(value.get("relation")), value.get("aspect"))
            return {**value, "kind": kind}
        return value

    @model_validator(mode="after")
    def _fits(self) -> Claim:
        if self.value is not None and self.relation != "has_property":
            raise ValueError("'value' belongs to the relation has_property")
        for item in self.evidence:
            if item.reports and self.relation not in SIGNED:
                raise ValueError(f"'reports' gives a direction, which '{self.relation}' has none of; leave it out")
        return self

    @property
    def meaning(self) -> str:
        """The identity of what is claimed, whoever says so: 64 hexadecimal digits."""
        return digests.digest(self.meant)

    @property
    def meant(self) -> dict[str, Any]:
        """What is claimed, as the JSON object that `meaning` digests."""
        ends = [self.subject.curie, self.object.curie]
        if self.relation in SYMMETRIC:
            ends.sort()
        return {
            "ends": ends,
            "relation": self.relation,
            "value": self.value,
            "aspect": self.aspect,
            "context": self.context.key(),
            "comparator": self.comparator,
        }

    @property
    def digest(self) -> str:
        """The identity of the claim with all it carries, except its id and the order of its evidence."""
        content = self.to_json()
        content.pop("id")
        content["subject"], content["object"] = self.subject.curie, self.object.curie
        content["context"] = self.context.key()
        content["evidence"] = sorted(item.digest for item in self.evidence)
        return digests.digest(content)

    def to_json(self) -> dict[str, Any]:
        """Give the claim as a JSON object in the YAML format's keys, defaults left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def __repr__(self) -> str:
        return f"<Claim {self.id}: {self}; evidence {len(self.evidence)}>"

    def _repr_html_(self) -> str:
        from ..base.html import heading, table

        rows = [(item.says, item.finding, item.source or "", item.modality) for item in self.evidence]
        return heading(str(self), self.id) + table(["says", "finding", "source", "modality"], rows)

    def __str__(self) -> str:
        aspect = "" if self.aspect in SILENT_ASPECTS else f" {self.aspect}"
        where = self.context.cell_type or self.context.tissue or self.context.disease
        place = f" in {where.name}" if where else ""
        value = f": {self.value}" if self.value else ""
        return f"{self.subject.name} {self.relation} {self.object.name}{aspect}{value}{place}"
