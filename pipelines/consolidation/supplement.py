"""A clerk's supplement (補記): one item of a person's base as an officer decided it, over what the documents say.

The signed decision is the document: its subject names fiscal year, taxpayer and item, its `detail` is the JSON of
`Supplement`. Which items there are, and how their values are written: schemas/consolidation/supplement_items.yaml.
"""

import re
from datetime import date
from functools import cache
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.consolidation.origin_file import origin_file
from pipelines.errors import ConfigurationError
from pipelines.exchange.canonical import canonical_json
from pipelines.ledger.catalogue import catalogue
from pipelines.parameters.strict import read_yaml, validate
from pipelines.paths import SCHEMAS

Kind = Literal["yen", "signed_yen", "count", "flag", "date", "person", "code"]
ITEMS = SCHEMAS / "consolidation" / "supplement_items.yaml"
SQL_TYPES: dict[Kind, str] = {
    "yen": "BIGINT",
    "signed_yen": "BIGINT",
    "count": "INTEGER",
    "flag": "BOOLEAN",
    "date": "DATE",
    "person": "VARCHAR",
    "code": "VARCHAR",
}
_NOUGHT_OR = r"(0|[1-9][0-9]{0,%d})"
_FORMS: dict[Kind, tuple[str, str]] = {
    "yen": (_NOUGHT_OR % 11, "0以上の整数（円、12桁まで）"),
    "signed_yen": (f"-?{_NOUGHT_OR % 11}", "整数（円、12桁まで。損失は負）"),
    "count": (_NOUGHT_OR % 1, "0から99まで"),
    "flag": ("true|false", "true か false"),
    "date": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "YYYY-MM-DD"),
    "person": ("[0-9]{15}", "15桁の宛名番号"),
}


class SupplementFile(BaseModel):
    """`schemas/consolidation/supplement_items.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kinds: dict[Kind, tuple[str, ...]]
    empty_allowed: tuple[str, ...]
    bases: dict[str, str]


class SupplementItem(NamedTuple):
    """An item that may be supplemented: its column, its Japanese term, and what its values look like."""

    name: str
    ja: str
    kind: Kind
    may_be_empty: bool

    @property
    def codes(self) -> dict[str, str]:
        """The codes of the item with their Japanese words; none for an item without codes."""
        file = origin_file()
        return file.words[file.columns[self.name].words or ""] if self.kind == "code" else {}

    @property
    def form(self) -> str:
        """What a value must look like, for people."""
        empty = "。なしは none" if self.may_be_empty else ""
        return (_FORMS[self.kind][1] if self.kind != "code" else "・".join(self.codes)) + empty

    def takes(self, value: str) -> bool:
        """Whether the text is a value of the item."""
        if value == "":
            return self.may_be_empty
        if self.kind == "code":
            return value in self.codes
        return re.fullmatch(_FORMS[self.kind][0], value) is not None and (self.kind != "date" or _is_day(value))


class Supplement(BaseModel):
    """`value`: as the item's kind writes it, "" for none. `basis`: what it rests on. `document_no`: the document that was looked
    at; for collection by an employer (collection_method: employment) the wage report of that employer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    value: str = Field(max_length=40)
    basis: str
    document_no: Annotated[int, Field(ge=1)] | None = None

    def detail(self) -> str:
        """As the decision carries it."""
        return canonical_json(self.model_dump(mode="json", exclude_none=True)).decode()


class Subject(NamedTuple):
    """Whose item of which fiscal year."""

    fiscal_year: int
    taxpayer_no: str
    item: str

    def __str__(self) -> str:
        return f"{self.fiscal_year}:{self.taxpayer_no}:{self.item}"


class Said(NamedTuple):
    """A supplement's decision, read: what it is about, and what it says (None: it is withdrawn)."""

    subject: Subject
    supplement: Supplement | None


@cache
def supplement_file() -> SupplementFile:
    """What the file declares; ConfigurationError when it is wrong."""
    return validate(SupplementFile, read_yaml(ITEMS), file=ITEMS.name, error=ConfigurationError)


@cache
def supplement_items() -> dict[str, SupplementItem]:
    """The items that may be supplemented, by column."""
    file, names = supplement_file(), catalogue().columns
    return {
        name: SupplementItem(
            name, (names.get(f"tax_base.{name}") or names[name])["ja"], kind, name in file.empty_allowed
        )
        for kind, found in file.kinds.items()
        for name in found
    }


def fits(item: SupplementItem, supplement: Supplement) -> bool:
    """Whether the supplement could ever be carried out."""
    needs_report = (item.name, supplement.value) == ("collection_method", "employment")
    return (
        item.takes(supplement.value)
        and supplement.basis in supplement_file().bases
        and (supplement.document_no is not None or not needs_report)
    )


def read_subject(subject: str) -> Subject | None:
    """What a decision's subject names; None when it is no supplement's."""
    found = re.fullmatch(r"([0-9]{4}):([0-9]{15}):([a-z0-9_]+)", subject)
    return Subject(int(found[1]), found[2], found[3]) if found and found[3] in supplement_items() else None


def read_supplement(subject: str, verdict: str, detail: str) -> Said | None:
    """What a decision says; None when it is not well formed."""
    about = read_subject(subject)
    if about is None:
        return None
    if verdict == "withdraw":
        return Said(about, None) if detail == "" else None
    try:
        supplement = Supplement.model_validate_json(detail)
    except ValidationError:
        return None
    return Said(about, supplement) if verdict == "add" and fits(supplement_items()[about.item], supplement) else None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
