"""Where the figures of a tax base came from: its documents, and for each figure the items that gave it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class SourceDocument:
    """A document behind a tax base, with the Japanese names of its kind and of how it was submitted.

    `payer_may_be_person`: the payer gave no corporate number, so that the address may be where a person lives.
    """

    document_no: int
    kind: str
    submission: str
    received_on: date
    payer_name: str
    payer_address: str
    payer_may_be_person: bool


@dataclass(frozen=True)
class Item:
    """An item of a document's layout."""

    no: int
    ja: str


@dataclass(frozen=True)
class Part:
    """What one document gave to a figure, or an officer's supplement (補記), or the resident register (neither of both): its items, and
    the value that counted.
    """

    document_no: int | None
    items: tuple[Item, ...]
    value: object
    decision_no: int | None = None


@dataclass(frozen=True)
class Input:
    """A figure of the tax base with its parts; `words` are the Japanese words of its codes, `note` says how they join."""

    name: str
    label: str
    value: object
    source: str
    parts: tuple[Part, ...]
    note: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Origins:
    """The documents behind one version of a tax base, and every figure of it."""

    documents: tuple[SourceDocument, ...] = ()
    inputs: tuple[Input, ...] = ()
