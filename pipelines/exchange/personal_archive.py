"""An archive of documents for people, handed over by somebody who must not read them: each is sealed to its own person.

Interim scheme of ours (decision 0023). Until it leaves the archive holds the documents as they are, inside a sealed file, so
that what is approved has one digest; every document is encrypted when it leaves.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipelines.vault import encrypt_for_person

if TYPE_CHECKING:
    from pipelines.vault import KeyRing

INDEX = "index.csv"
SEALED = ".age"


def archive(documents: Mapping[str, bytes], index: Iterable[Mapping[str, str]]) -> bytes:
    """A ZIP of `<宛名番号>.pdf` by 宛名番号, with `index`, which tells whose each is; the same contents give the same bytes."""
    rows = list(index)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    entries = {INDEX: text.getvalue().encode()} | {f"{number}.pdf": made for number, made in documents.items()}
    return _zip(entries)


def sealed_archive(payload: bytes, keyring: "KeyRing", fiscal_year: int) -> bytes:
    """The archive with every document encrypted to its person (`<宛名番号>.pdf.age`); the index stays readable."""
    with zipfile.ZipFile(io.BytesIO(payload)) as clear:
        entries = {name: clear.read(name) for name in clear.namelist()}
    index = {INDEX: entries.pop(INDEX)}
    return _zip(
        index
        | {
            name + SEALED: encrypt_for_person(content, keyring, fiscal_year, name.removesuffix(".pdf"))
            for name, content in entries.items()
        }
    )


def _zip(entries: Mapping[str, bytes]) -> bytes:
    """No clock and no machine in it: ZipInfo's default day is 1980-01-01."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for name, content in entries.items():
            target.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()
